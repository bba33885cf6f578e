/** Reads every file of a folder and parses it with `yaml`, as anyone would. `node yaml.mjs FOLDER` */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const [folder] = process.argv.slice(2);
for (const name of readdirSync(folder)) parse(readFileSync(join(folder, name), 'utf8'));
