import { EXIT } from '../errors.ts';
import { readRuns } from '../journal/read.ts';
import { summarize } from '../journal/summary.ts';
import type { Settings } from './option.ts';
import type { RUNS } from './signatures.ts';
import type { RunsVerdict } from './verdicts.ts';

/** What was applied from this folder, newest first. */
export async function runs({ cwd = process.cwd() }: Settings<typeof RUNS.options>): Promise<RunsVerdict> {
  const found = await readRuns(cwd);
  const listed = found.runs.map((run) => {
    const { time, fingerprint } = run.begin;
    const account = run.account === undefined ? {} : { account: run.account };
    const ended = run.exitCode === undefined ? {} : { exitCode: run.exitCode };
    return { id: run.id, time, ...account, fingerprint, ...ended, ...summarize(run) };
  });
  return { exitCode: EXIT.ok, runs: listed, unreadable: found.unreadable };
}
