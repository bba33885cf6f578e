/** The generated part of docs/maintainers/dependencies.md: what becomes part of the bundle. */
import { bundle, importsIn, OWN } from '../build/bundle.ts';
import { lockedAt } from '../supply-chain/lock-file.ts';
import { table } from './markdown.ts';

/** One row for each package that others bring into the bundle. Without versions: these are in the lock file and the SBOM. */
export async function bundledTable(): Promise<string> {
  const imports = importsIn(await bundle({ write: false }));
  const direct = imports.get(OWN) ?? [];
  const brought = [...imports.keys()].filter((folder) => folder !== OWN && !direct.includes(folder));
  const rows = brought.map((folder) => {
    const { name, license } = lockedAt(folder);
    const by = direct.filter((start) => reachedFrom(start, imports).has(folder)).map((start) => lockedAt(start).name);
    return { name, license, by };
  });
  const lines = [...new Set(rows.map(({ name }) => name))].sort().map((name) => {
    const versions = rows.filter((row) => row.name === name);
    const licences = new Set(versions.map(({ license }) => license));
    const by = new Set(versions.flatMap((row) => row.by).map((direct) => `\`${direct}\``));
    return [`\`${name}\``, [...licences].join(', '), [...by].sort().join(', ')];
  });
  return table(['Package', 'Licence', 'Comes with'], lines);
}

function reachedFrom(start: string, imports: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const reached = new Set([start]);
  // A set hands out what is added while it is walked.
  for (const folder of reached) for (const next of imports.get(folder) ?? []) reached.add(next);
  return reached;
}
