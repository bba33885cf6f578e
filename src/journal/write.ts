/** Keeps a run as it happens: one JSON line an event, on the disk before the next request. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { LockstepError } from '../errors.ts';
import { appendOwn, ownFolder, whyNot } from '../util/safe-files.ts';
import type { Begin, JournalEvent } from './events.ts';

export const RUNS = join('.lockstep', 'runs');

export interface Journal {
  /** The run's name, for `lockstep rollback`. */
  readonly id: string;
  /** Resolves when the event is on the disk. */
  record(event: JournalEvent): Promise<void>;
  close(): Promise<void>;
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
    const handle = await open(file, 'wx', 0o600);
    const journal = journalOver(id, handle, relative(cwd, file));
    await journal.record(begin).catch(async (error: unknown) => {
      // Nothing was sent: an empty journal would only puzzle its reader.
      await journal.close();
      await rm(file, { force: true });
      throw error;
    });
    return journal;
  } catch (error) {
    throw error instanceof LockstepError ? error : unwritable(relative(cwd, file), error);
  }
}

/** Notes in a broken run's journal that it has been told. Not being able to is no reason to stop. */
export async function markTold(cwd: string, id: string, time: string): Promise<void> {
  const event: JournalEvent = { event: 'told', time };
  await appendOwn(join(cwd, RUNS, `${id}.jsonl`), `\n${JSON.stringify(event)}\n`).catch(() => undefined);
}

/** Events of requests that run side by side share one write and one sync; each waits until its own is on the disk. */
function journalOver(id: string, handle: FileHandle, shown: string): Journal {
  let waiting: string[] = [];
  let flushing: Promise<void> | undefined;
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
  };
  let last: Promise<void> = Promise.resolve();
  return {
    id,
    record: (event) => {
      waiting.push(`${JSON.stringify(event)}\n`);
      flushing ??= last.then(flush);
      last = flushing.catch(() => undefined);
      return flushing;
    },
    close: async () => {
      await last;
      await handle.close();
    },
  };
}

function unwritable(file: string, error: unknown): LockstepError {
  return new LockstepError(`the journal ${file} cannot be written: ${whyNot(error)}`, {
    hint: 'lockstep sends nothing that it cannot keep a record of; free the disk or run in a folder that can be written',
  });
}
