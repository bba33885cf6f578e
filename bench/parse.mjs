/** Reads a saved plan as plainly as can be: `node parse.mjs FILE`. JSON Lines line by line, anything else as one text. */
import { readFileSync } from 'node:fs';

const text = readFileSync(process.argv[2], 'utf8');
const lines = text.trimEnd().split('\n');
const isLines = lines.length > 1 && lines[0].startsWith('{') && lines[0].endsWith('}');
const parsed = isLines ? lines.map((line) => JSON.parse(line)) : JSON.parse(text);
console.log(Object.keys(parsed).length);
