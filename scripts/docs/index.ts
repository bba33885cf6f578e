/** Writes the generated parts of the documents anew. Run by `npm run docs`, which builds first. */
import { writeFile } from 'node:fs/promises';
import { generatedFiles } from './generated.ts';

for (const [path, text] of await generatedFiles()) await writeFile(new URL(`../../${path}`, import.meta.url), text);
