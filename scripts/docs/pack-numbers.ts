/**
 * What the packs hold, counted from the packs themselves: settings, locks, and of the CIS benchmark how many controls are on
 * settings, by hand, or left out with a reason. Run: npm run packs
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPolicies } from '../../src/policy/load.ts';
import { controlsIn } from '../../src/reconcile/control-comment.ts';
import { table } from './markdown.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKS = join(ROOT, 'policies');

export interface PackNumbers {
  readonly name: string;
  readonly settings: number;
  readonly locks: number;
  /** Ids of controls. */
  readonly onSettings: readonly string[];
  readonly byHand: readonly string[];
  readonly leftOut: readonly string[];
}

/** Of each pack its own, without what it extends. */
export async function packNumbers(): Promise<readonly PackNumbers[]> {
  const names = readdirSync(PACKS).flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : []));
  return Promise.all(names.sort().map(numbersOf));
}

async function numbersOf(name: string): Promise<PackNumbers> {
  const file = join(PACKS, `${name}.yaml`);
  const options = { cwd: ROOT, env: {}, allowUnknown: false, secrets: 'named' as const, packs: PACKS };
  const { desired, manual } = await loadPolicies([file], options);
  const own = `policies/${name}.yaml`;
  const facts = desired.entries.flatMap((entry) => entry.facts.filter(({ provenance }) => provenance.file === own));
  const ids = facts.flatMap(({ provenance }) => controlsIn(provenance.reason).map(({ id }) => id));
  return {
    name,
    settings: facts.filter(({ kind }) => kind === 'set').length,
    locks: facts.filter(({ kind }) => kind === 'lock').length,
    onSettings: [...new Set(ids)],
    byHand: manual.flatMap(({ id, provenance }) => (provenance.file === own ? [id] : [])),
    leftOut: [...readFileSync(file, 'utf8').matchAll(/^# {3}(CIS [\d.]+)/gm)].map(([, id = '']) => id),
  };
}

/** What each pack holds. */
export async function packTable(): Promise<string> {
  const rows = (await packNumbers()).map(({ name, settings, locks, byHand }) => [
    `\`${name}\``,
    settings,
    locks,
    byHand.length,
  ]);
  return table(['Pack', 'Settings', 'Locks', 'By hand'], rows);
}

/** Where the controls of the CIS benchmark are, by level. */
export async function cisTable(): Promise<string> {
  const packs = await packNumbers();
  const levels = ['cis-zoom-l1', 'cis-zoom-l2'].flatMap((name, index) =>
    packs.flatMap((pack) => (pack.name === name ? [cisRow(`Level ${index + 1}`, [pack])] : [])),
  );
  const both = cisRow(
    'Both',
    packs.filter(({ name }) => name.startsWith('cis-')),
  );
  return table(['CIS Zoom Benchmark 1.0.0', 'On settings', 'By hand', 'Left out', 'Together'], [...levels, both]);
}

function cisRow(title: string, packs: readonly PackNumbers[]): readonly (string | number)[] {
  const parts = (['onSettings', 'byHand', 'leftOut'] as const).map((part) =>
    packs.reduce((sum, pack) => sum + pack[part].length, 0),
  );
  return [title, ...parts, parts.reduce((sum, count) => sum + count, 0)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${await packTable()}\n${await cisTable()}`);
}
