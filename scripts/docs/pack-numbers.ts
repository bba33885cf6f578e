/**
 * What the packs hold, counted from the packs themselves: settings, locks, and of the CIS benchmark how many controls are on
 * settings, by hand, or left out with a reason. Run: npm run packs
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPolicies } from '../../src/policy/load.ts';
import { controlsIn } from '../../src/reconcile/control-comment.ts';

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

/** The table of packs and the line of CIS numbers, as markdown. */
export async function packTable(): Promise<string> {
  const packs = await packNumbers();
  const rows = packs.map(({ name, settings, locks, byHand }) => [`\`${name}\``, settings, locks, byHand.length]);
  const cis = packs.filter(({ name }) => name.startsWith('cis-'));
  const count = (part: 'onSettings' | 'byHand' | 'leftOut') => cis.reduce((sum, pack) => sum + pack[part].length, 0);
  const [on, hand, out] = [count('onSettings'), count('byHand'), count('leftOut')];
  return [
    table(['Pack', 'Settings', 'Locks', 'By hand'], rows),
    '',
    `Of the ${on + hand + out} controls of the CIS Zoom Benchmark 1.0.0, ${on} are on settings, ${hand} are listed to be done by hand, ` +
      `and ${out} are left out, each with its reason in the pack's header.`,
    '',
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [first = [], ...rest] = cells;
  return [line(first), rule, ...rest.map(line)].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(await packTable());
