import { EXIT } from '../errors.ts';
import { type RunRecord, readRuns, summarize } from '../journal/read.ts';
import type { Host } from '../terminal.ts';
import { printable, printableJson } from '../util/printable.ts';
import { type Flags, formatOf } from './flags.ts';
import { describeRun } from './interrupted-run.ts';
import { print } from './write-report.ts';

/** What was applied from this folder, newest first. */
export async function runs(host: Host, _paths: readonly string[], flags: Flags): Promise<number> {
  const { runs: found, unreadable } = await readRuns(host.cwd);
  for (const { id, reason } of unreadable) host.stderr.write(`left out: ${id}: ${printable(reason)}\n`);
  await print(host, formatOf(flags) === 'json' ? asJson(found) : asText(found));
  return EXIT.ok;
}

function asText(found: readonly RunRecord[]): string {
  if (found.length === 0) return 'No runs in this folder.\n';
  return `${found.map((run) => `${run.id}  ${describeRun(run)}`).join('\n')}\n`;
}

function asJson(found: readonly RunRecord[]): string {
  const rows = found.map((run) => {
    const { time, account, fingerprint } = run.begin;
    return { id: run.id, time, account, fingerprint, exitCode: run.exitCode ?? null, ...summarize(run) };
  });
  return `${printableJson(rows)}\n`;
}
