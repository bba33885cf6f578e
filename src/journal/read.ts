/** Journals back from the disk. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LockstepError } from '../errors.ts';
import type { AccountIdentity } from '../model/account.ts';
import { errnoMessage, errnoOf } from '../util/errno.ts';
import { printable } from '../util/printable.ts';
import { readOwn } from '../util/safe-files.ts';
import { parseEvent } from './event-schema.ts';
import type { Begin, BeginWithoutAccount, JournalEvent } from './events.ts';
import { RUNS } from './write.ts';

export interface RunRecord {
  readonly id: string;
  readonly begin: Begin | BeginWithoutAccount;
  /** Absent for a run of lockstep 0.1. */
  readonly account?: AccountIdentity;
  readonly events: readonly JournalEvent[];
  /** Absent for a run that was killed. */
  readonly exitCode?: number;
}

export interface Runs {
  readonly runs: readonly RunRecord[];
  /** Files that are no journals: broken, or of a run that was killed before it could begin. Their names can be printed. */
  readonly unreadable: readonly { readonly id: string; readonly reason: string }[];
}

/** All runs of this folder, newest first. A broken journal hides no other. */
export async function readRuns(cwd: string): Promise<Runs> {
  let names: string[];
  try {
    names = await readdir(join(cwd, RUNS));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { runs: [], unreadable: [] };
    throw new LockstepError(`${RUNS} cannot be read: ${errnoMessage(error)}`);
  }
  const ids = names.filter((name) => name.endsWith('.jsonl')).map((name) => name.slice(0, -'.jsonl'.length));
  const runs: RunRecord[] = [];
  const unreadable: { id: string; reason: string }[] = [];
  for (const id of ids.sort().reverse()) {
    try {
      runs.push(await readRun(cwd, id));
    } catch (error) {
      if (!(error instanceof LockstepError)) throw error;
      unreadable.push({ id: printable(id), reason: error.message });
    }
  }
  return { runs, unreadable };
}

/** @throws LockstepError for a run that does not exist, or a file that is no journal */
export async function readRun(cwd: string, id: string): Promise<RunRecord> {
  const shown = join(RUNS, `${id}.jsonl`);
  if (!/^[\w-]+$/.test(id))
    throw new LockstepError(`"${id}" is not the name of a run`, { hint: 'lockstep runs lists them' });
  let text: string;
  try {
    text = await readOwn(join(cwd, shown));
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw new LockstepError(`${shown} cannot be read: ${errnoMessage(error)}`);
    throw new LockstepError(`there is no run ${id} in this folder`, { hint: 'lockstep runs lists them' });
  }
  const events = parseLines(text, shown);
  const [begin] = events;
  if (begin?.event !== 'begin') throw new LockstepError(`${shown} is not a journal of lockstep`);
  const end = events.find((event) => event.event === 'end');
  const account = begin.formatVersion === 1 ? {} : { account: begin.account };
  return { id, begin, ...account, events, ...(end === undefined ? {} : { exitCode: end.exitCode }) };
}

/**
 * The last line of a killed run may be half written, also when a later run has added a line after it (`markReported`): such a
 * line is ignored. Any other broken line is an error.
 */
function parseLines(text: string, shown: string): JournalEvent[] {
  const lines = text.split('\n').filter((line) => line !== '');
  const events = lines.map(parseEvent);
  const reported = events.findIndex((event) => event?.event === 'told');
  const mayBeBroken = [events.length - 1, reported - 1];
  const broken = events.findIndex((event, index) => event === undefined && !mayBeBroken.includes(index));
  if (broken >= 0) throw new LockstepError(`${shown}:${broken + 1} is not a line of a journal`);
  return events.filter((event) => event !== undefined);
}
