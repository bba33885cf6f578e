import { describeRun } from '../library/interrupted-run.ts';
import type { Settings } from '../library/option.ts';
import { runs as listRuns } from '../library/runs.ts';
import type { RunListed } from '../library/verdicts.ts';
import { accountLine } from '../model/account.ts';
import type { Host } from '../terminal.ts';
import { printable, printableJson } from '../util/printable.ts';
import type { RUNS_COMMAND } from './options.ts';
import { print } from './output.ts';

export async function runs(host: Host, { format }: Settings<typeof RUNS_COMMAND.options>): Promise<number> {
  const { runs: found, unreadable, exitCode } = await listRuns({ cwd: host.cwd });
  for (const { id, reason } of unreadable) host.stderr.write(`left out: ${id}: ${printable(reason)}\n`);
  await print(host, format === 'json' ? asJson(found) : asText(found));
  return exitCode;
}

function asText(found: readonly RunListed[]): string {
  if (found.length === 0) return 'No runs in this folder.\n';
  return `${found.map((run) => `${run.id}  ${whose(run)}  ${describeRun(run)}`).join('\n')}\n`;
}

function whose({ account }: RunListed): string {
  return account === undefined ? 'from 0.1' : accountLine(account);
}

function asJson(found: readonly RunListed[]): string {
  // Every row has an account and an exit code: `null` for a run of lockstep 0.1, and for one that was killed.
  const rows = found.map(({ id, time, account = null, fingerprint, exitCode = null, ...summary }) => {
    return { id, time, account, fingerprint, exitCode, ...summary };
  });
  return `${printableJson(rows)}\n`;
}
