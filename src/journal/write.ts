/** Keeps a run as it happens: one JSON line an event, on the disk before the next request. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { LockstepError } from '../errors.ts';
import { errnoMessage } from '../util/errno.ts';
import { appendOwn, OWNER_ONLY, ownFolder } from '../util/safe-files.ts';
import type { Begin, JournalEvent } from './events.ts';

export const RUNS = join('.lockstep', 'runs');

export interface Journal {
  /** The run's name, for `lockstep rollback`. */
  readonly id: string;
  /** Resolves when the event is on the disk. */
  record(event: JournalEvent): Promise<void>;
  /** @throws LockstepError when the file was deleted: what is recorded now is lost with it */
  confirm(): Promise<void>;
  /** Records the last event and closes the file, also where that event could not be written. */
  end(event: JournalEvent): Promise<void>;
}

/**
 * Begins a journal in `.lockstep/runs`, readable by its owner only: values of settings are in it.
 * @throws LockstepError when it cannot be written, before anything is sent
 */
export async function openJournal(cwd: string, begin: Begin): Promise<Journal> {
  const id = `${begin.time.replaceAll(/[:.]/g, '-')}-${randomBytes(3).toString('hex')}`;
  const file = join(cwd, RUNS, `${id}.jsonl`);
  try {
    await ownFolder(cwd, RUNS);
    // To the end, always: a later run may add a line to it (`markReported`) while this one is suspended.
    const handle = await open(file, 'ax', OWNER_ONLY);
    const journal = journalOver(id, handle, relative(cwd, file));
    await journal.record(begin).catch(async (error: unknown) => {
      // Nothing was sent: an empty journal would only puzzle its reader.
      await handle.close();
      await rm(file, { force: true });
      throw error;
    });
    return journal;
  } catch (error) {
    throw error instanceof LockstepError ? error : unwritable(relative(cwd, file), error);
  }
}

/** Notes in the journal of an interrupted run that it has been reported. A failure to do so is no reason to stop. */
export async function markReported(cwd: string, id: string, time: string): Promise<void> {
  const event: JournalEvent = { event: 'told', time };
  await appendOwn(join(cwd, RUNS, `${id}.jsonl`), `\n${JSON.stringify(event)}\n`).catch(() => undefined);
}

/** Events of requests that run side by side share one write and one sync; each waits until its own is on the disk. */
function journalOver(id: string, handle: FileHandle, shown: string): Journal {
  let waiting: string[] = [];
  let flushing: Promise<void> | undefined;
  const confirm = async (): Promise<void> => {
    // A file that was deleted accepts every line and keeps none.
    if ((await handle.stat()).nlink === 0) throw unwritable(shown, deleted(shown));
  };
  const flush = async (): Promise<void> => {
    const lines = waiting;
    waiting = [];
    flushing = undefined;
    try {
      await handle.appendFile(lines.join(''));
      await handle.sync();
    } catch (error) {
      throw unwritable(shown, error);
    }
    await confirm();
  };
  let last: Promise<void> = Promise.resolve();
  const record = (event: JournalEvent): Promise<void> => {
    waiting.push(`${JSON.stringify(event)}\n`);
    flushing ??= last.then(flush);
    last = flushing.catch(() => undefined);
    return flushing;
  };
  return {
    id,
    record,
    confirm,
    async end(event) {
      try {
        await record(event);
      } finally {
        // Whatever the end of the file is worth, every line before it has been synced.
        await handle.close().catch(() => undefined);
      }
    },
  };
}

function deleted(file: string): Error {
  return Object.assign(new Error(`${file} was deleted`), { code: 'ENOENT' });
}

function unwritable(file: string, error: unknown): LockstepError {
  return new LockstepError(`the journal ${file} cannot be written: ${errnoMessage(error)}`, {
    hint: 'lockstep sends nothing that it cannot keep a record of; free the disk or run in a folder that can be written',
  });
}
