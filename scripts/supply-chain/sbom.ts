/**
 * The software bill of materials of the published package, as CycloneDX 1.6: what the bundler takes in, with version, licence
 * and hash from the lock file, and which imports which. `npm sbom` cannot tell this: for npm all our packages are for
 * development only. The same commit gives the same bytes; a time is only in it when SOURCE_DATE_EPOCH gives one.
 * Run: npm run sbom [-- FILE]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, importsIn, OWN, ROOT } from '../build/bundle.ts';
import { type Locked, lockedAt } from './lock-file.ts';

const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Own;
const imports = importsIn(await bundle({ write: false }));

interface Own {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
}

const folders = [...imports.keys()];
/** Two folders may hold the same version of a package: that is one component. */
const folderByRef = new Map(folders.map((folder) => [refOf(folder), folder]));
const components = [...folderByRef].flatMap(([ref, folder]) =>
  folder === OWN ? [] : [component(ref, lockedAt(folder))],
);
const dependencies = [...folderByRef.keys()].map((ref) => {
  const imported = folders.filter((folder) => refOf(folder) === ref).flatMap((folder) => imports.get(folder) ?? []);
  return { ref, dependsOn: [...new Set(imported.map(refOf))].sort() };
});

const sbom = {
  $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: {
    ...timestamp(process.env['SOURCE_DATE_EPOCH']),
    lifecycles: [{ phase: 'build' }],
    tools: {
      components: [
        { type: 'application', name: `${own.name} scripts/supply-chain/sbom.ts`, version: own.version },
        { type: 'application', name: 'rolldown', version: lockedAt('node_modules/rolldown').version },
      ],
    },
    component: {
      type: 'application',
      'bom-ref': refOf(OWN),
      name: own.name,
      version: own.version,
      description: own.description,
      licenses: licences(own.license),
      purl: refOf(OWN),
    },
  },
  components,
  dependencies,
};

const text = `${JSON.stringify(sbom, undefined, 2)}\n`;
const [file] = process.argv.slice(2);
if (file === undefined) process.stdout.write(text);
else writeFileSync(file, text);

function component(ref: string, { name, version, license, integrity }: Locked): object {
  return {
    type: 'library',
    'bom-ref': ref,
    name,
    version,
    scope: 'required',
    hashes: [{ alg: 'SHA-512', content: Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex') }],
    licenses: licences(license),
    purl: ref,
  };
}

/** The package URL of what is in a folder, which names it in this document too. */
function refOf(folder: string): string {
  const { name, version } = folder === OWN ? own : lockedAt(folder);
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** One licence is an id, several are an expression. */
function licences(spdx: string): object[] {
  return /^[\w.+-]+$/.test(spdx) ? [{ license: { id: spdx } }] : [{ expression: spdx }];
}

function timestamp(epoch: string | undefined): object {
  return epoch === undefined ? {} : { timestamp: new Date(Number(epoch) * 1000).toISOString() };
}
