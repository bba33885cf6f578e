/** `npm run sbom` says of the bundle what the build and npm itself say of it, in CycloneDX. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { CLI, withFiles } from '../../helpers/built.ts';
import { program, ROOT, script } from '../../helpers/scripts.ts';

/** The part of the CycloneDX 1.6 schema that we use; it allows no other keys either. */
const licences = z.array(
  z.union([
    z.strictObject({ license: z.strictObject({ id: z.string() }) }),
    z.strictObject({ expression: z.string().includes(' ') }),
  ]),
);
const purl = z.string().regex(/^pkg:npm\/(%40[\w.-]+\/)?[\w.-]+@\d[\w.+-]*$/);
const library = z.strictObject({
  type: z.literal('library'),
  'bom-ref': purl,
  name: z.string().min(1),
  version: z.string().min(1),
  scope: z.literal('required'),
  hashes: z
    .array(z.strictObject({ alg: z.literal('SHA-512'), content: z.string().regex(/^[0-9a-f]{128}$/) }))
    .length(1),
  licenses: licences.length(1),
  purl,
});
const bomSchema = z.strictObject({
  $schema: z.literal('http://cyclonedx.org/schema/bom-1.6.schema.json'),
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.6'),
  version: z.literal(1),
  metadata: z.strictObject({
    timestamp: z.iso.datetime().optional(),
    lifecycles: z.tuple([z.strictObject({ phase: z.literal('build') })]),
    tools: z.strictObject({
      components: z.array(z.strictObject({ type: z.literal('application'), name: z.string(), version: z.string() })),
    }),
    component: z.strictObject({
      type: z.literal('application'),
      'bom-ref': purl,
      name: z.string(),
      version: z.string(),
      description: z.string(),
      licenses: licences.length(1),
      purl,
    }),
  }),
  components: z.array(library),
  dependencies: z.array(z.strictObject({ ref: purl, dependsOn: z.array(purl) })),
});

let text: string;
let bom: z.infer<typeof bomSchema>;
beforeAll(async () => {
  const { code, stdout, stderr } = await script('supply-chain/sbom.ts');
  expect(code, stderr).toBe(0);
  text = stdout;
  bom = bomSchema.parse(JSON.parse(text));
});

it('is of this package, at this version', () => {
  const { name, version, license } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const { component } = bom.metadata;
  expect(component).toMatchObject({ name, version, purl: `pkg:npm/${name}@${version}` });
  expect(component.licenses).toEqual([{ license: { id: license } }]);
});

it('holds what the build gives the licences of, and nothing else', () => {
  const told = readFileSync(join(CLI, '../THIRD-PARTY-LICENSES.txt'), 'utf8');
  const built = [...told.matchAll(/^-{80}\n\n(\S+) (\S+) \(/gm)].map(([, name, version]) => `${name}@${version}`);
  expect(built.length).toBeGreaterThan(50);
  expect(bom.components.map(({ name, version }) => `${name}@${version}`).sort()).toEqual([...new Set(built)].sort());
});

it('says of each package what `npm sbom` says', async () => {
  const { stdout } = await program('npm', ['sbom', '--sbom-format', 'cyclonedx', '--include=dev']);
  const known = JSON.parse(stdout) as { components: readonly z.infer<typeof library>[] };
  const byPurl = new Map(known.components.map((component) => [component.purl, component]));
  for (const { purl, name, version, hashes, licenses } of bom.components) {
    expect(byPurl.get(purl), purl).toMatchObject({ name, version, hashes, licenses });
  }
});

it('names everything once, and everything is reached from lockstep', () => {
  const { 'bom-ref': root } = bom.metadata.component;
  const refs = [root, ...bom.components.map((component) => component['bom-ref'])];
  expect(new Set(refs).size).toBe(refs.length);
  const imports = new Map(bom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  expect([...imports.keys()].sort()).toEqual([...refs].sort());
  const reached = new Set([root]);
  for (const ref of reached) for (const next of imports.get(ref) ?? []) reached.add(next);
  expect([...reached].sort()).toEqual([...refs].sort());
});

it('the same commit gives the same bytes, and the time of the commit where it is given', async () => {
  await withFiles({}, async (folder) => {
    const file = join(folder, 'bom.json');
    const again = await script('supply-chain/sbom.ts', [file]);
    expect(again).toMatchObject({ code: 0, stdout: '' });
    expect(await readFile(file, 'utf8')).toBe(text);
    const { stdout } = await script('supply-chain/sbom.ts', [], { SOURCE_DATE_EPOCH: '1700000000' });
    const dated = bomSchema.parse(JSON.parse(stdout));
    expect(dated).toEqual({ ...bom, metadata: { ...bom.metadata, timestamp: '2023-11-14T22:13:20.000Z' } });
  });
});
