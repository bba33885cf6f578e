/**
 * What lockstep costs, each figure beside a baseline of the same run. `npm run bench` runs everything but the comparison;
 * `npm run bench -- requests`, `start`, `text`, `fields`, `scale`, `rates`, `compare` run these parts, and
 * `npm run bench -- against COMMIT` runs another commit next to this one. Exits with 1 when a goal is missed that does not
 * depend on what else the machine does: requests, and answers 429.
 */
import { cpus } from 'node:os';
import { against } from './against.ts';
import { compare } from './compare.ts';
import { fields } from './fields.ts';
import { type SandboxProcess, startSandboxProcess } from './processes.ts';
import { rates } from './rates.ts';
import { requests } from './requests.ts';
import { scale } from './scale.ts';
import { start } from './start.ts';
import { goalTable, type Part } from './tables.ts';
import { text } from './text.ts';

const PARTS: Readonly<Record<string, (sandbox: SandboxProcess) => Promise<Part>>> = {
  requests,
  start,
  text,
  fields,
  scale,
  rates,
  compare,
};

const [first, commit, ...more] = process.argv.slice(2);
if (first === 'against' && (commit === undefined || more.length > 0)) throw new Error('against takes one commit');
const asked = first === 'against' ? [] : process.argv.slice(2);
const unknown = asked.filter((name) => PARTS[name] === undefined);
if (unknown.length > 0) throw new Error(`${unknown.join(', ')}: none of ${Object.keys(PARTS).join(', ')}`);
const names = asked.length > 0 ? asked : Object.keys(PARTS).filter((name) => name !== 'compare');
const runs =
  first === 'against' && commit !== undefined
    ? [(sandbox: SandboxProcess) => against(sandbox, commit)]
    : names.map((name) => PARTS[name] as (typeof PARTS)[string]);

const sandbox = startSandboxProcess();
try {
  const parts: Part[] = [];
  for (const run of runs) {
    const part = await run(sandbox);
    console.log(`\n${part.title}\n\n${part.tables.join('\n\n')}`);
    parts.push(part);
  }
  const goals = parts.flatMap((part) => part.goals);
  if (goals.length > 0) console.log(`\n${goalTable(goals)}`);
  console.log(`\nnode ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`);
  if (goals.some(({ met, binding }) => binding && !met)) process.exitCode = 1;
} finally {
  sandbox.stop();
}
