/** Writes the generated parts of README.md anew. Run by `npm run docs`, which builds first. */
import { readFile, writeFile } from 'node:fs/promises';
import { generatedBlocks, withBlocks } from './readme-blocks.ts';

const README = new URL('../../README.md', import.meta.url);
await writeFile(README, withBlocks(await readFile(README, 'utf8'), await generatedBlocks()));
