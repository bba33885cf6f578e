/** How a run before this one ended. */
import { type RunRecord, readRuns } from '../journal/read.ts';
import { isAccountHeld } from '../journal/run-lock.ts';
import { type RunSummary, sentChanges, summarize } from '../journal/summary.ts';
import { markReported } from '../journal/write.ts';
import { type AccountIdentity, isSameAccount } from '../model/account.ts';
import { targetLabel } from '../model/target.ts';
import { printable } from '../util/printable.ts';
import type { Call } from './call.ts';

/** One line on how a run ended. */
export function describeRun(run: RunSummary & { readonly exitCode?: number }): string {
  const { exitCode, applied, unverified, notThrough, stepsLeft } = run;
  const counts = `${applied} applied, ${unverified} sent and not read back, ${notThrough} not applied, ${stepsLeft} requests not sent`;
  return exitCode === undefined ? `did not finish: ${counts}` : `ended with exit code ${exitCode}: ${counts}`;
}

/** Locks that a run removed and did not restore: what may be open because the run was killed. */
function removedLocks(run: RunRecord): readonly string[] {
  const locks = new Map<string, boolean>();
  for (const { kind, target, path } of sentChanges(run)) {
    if (kind !== 'set') locks.set(`the lock ${path} of ${targetLabel(target)}`, kind === 'unlock');
  }
  return [...locks].flatMap(([name, off]) => (off ? [name] : []));
}

/** Reports a killed run at the next one. What it did is in Zoom, and this run continues from there. */
export async function warnOfInterruptedRun(call: Call, account: AccountIdentity): Promise<void> {
  const isOurs = (run: RunRecord) => run.account !== undefined && isSameAccount(run.account, account);
  const last = (await readRuns(call.cwd)).runs.find(isOurs);
  if (last === undefined || last.exitCode !== undefined || last.events.some(({ event }) => event === 'told')) return;
  // It has not ended because it is still running; the run lock reports that.
  if (await isAccountHeld(call.cwd, account)) return;
  const open = removedLocks(last);
  const unlocked = open.length === 0 ? '' : ` It removed and did not restore ${open.map(printable).join(', ')}.`;
  const message = `The last run, ${last.id}, ${describeRun(summarize(last))}.${unlocked} This run reads Zoom again and plans what is missing.`;
  call.warn([{ kind: 'earlier-run', message }]);
  await markReported(call.cwd, last.id, new Date().toISOString());
}
