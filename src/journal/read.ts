/** Journals back from the disk: what ran, how it ended, and what it changed. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { LockstepError } from '../errors.ts';
import type { Change } from '../model/plan.ts';
import { changeSchema } from '../model/plan-schema.ts';
import { errnoMessage, errnoOf } from '../util/errno.ts';
import { printable } from '../util/printable.ts';
import { readOwn } from '../util/safe-files.ts';
import { parseUntrusted } from '../util/untrusted-json.ts';
import type { Begin, JournalEvent } from './events.ts';
import { RUNS } from './write.ts';

export interface RunRecord {
  readonly id: string;
  readonly begin: Begin;
  readonly events: readonly JournalEvent[];
  /** Absent for a run that was killed. */
  readonly exitCode?: number;
}

/** What of a run is known to have reached Zoom, and what may have. */
export interface RunSummary {
  readonly applied: number;
  /** Sent, and the run ended before it was read back. */
  readonly unverified: number;
  readonly notThrough: number;
  readonly stepsLeft: number;
}

export interface Runs {
  readonly runs: readonly RunRecord[];
  /** Files that are no journals: of a run that was killed before it could begin, or broken. Their names are fit to print. */
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
  return { id, begin, events, ...(end === undefined ? {} : { exitCode: end.exitCode }) };
}

/**
 * The last line of a killed run may be half written, and a later run may have noted something behind it: that line is
 * left out. Any other broken line is an error.
 */
function parseLines(text: string, shown: string): JournalEvent[] {
  const lines = text.split('\n').filter((line) => line !== '');
  const events = lines.map(parseLine);
  const end = events.findIndex((event) => event?.event === 'told');
  const last = (end < 0 ? events.length : end) - 1;
  const broken = events.findIndex((event, index) => event === undefined && index !== last);
  if (broken >= 0) throw new LockstepError(`${shown}:${broken + 1} is not a line of a journal`);
  return events.filter((event) => event !== undefined);
}

const time = z.string().regex(/^[\dTZ:.-]+$/);
const refusalSchema = z.looseObject({ message: z.string(), mayBeTaken: z.literal(true).optional() });
const eventSchema = z.union([
  z.looseObject({
    event: z.literal('begin'),
    formatVersion: z.literal(1),
    time,
    lockstep: z.string(),
    account: z.string(),
    fingerprint: z.string(),
    pid: z.number(),
    steps: z.number(),
  }),
  z.looseObject({ event: z.literal('sending'), time, step: z.string(), changes: z.array(changeSchema) }),
  z.looseObject({ event: z.literal('sent'), time, step: z.string(), refusal: refusalSchema.optional() }),
  z.looseObject({
    event: z.literal('verified'),
    time,
    results: z.array(z.looseObject({ step: z.string(), path: z.string(), status: z.string() })),
  }),
  z.looseObject({ event: z.literal('secret'), time, target: z.string(), path: z.string(), digest: z.string() }),
  z.looseObject({ event: z.literal('told'), time }),
  z.looseObject({ event: z.literal('end'), time, exitCode: z.number() }),
]);

function parseLine(line: string): JournalEvent | undefined {
  const parsed = parseUntrusted(line);
  const event = parsed.ok ? eventSchema.safeParse(parsed.value) : undefined;
  return event?.success === true ? (event.data as JournalEvent) : undefined;
}

/** Every change that was sent and not surely refused, in the order of sending: Zoom took it, or may have. */
export function sentChanges({ events }: RunRecord): readonly Change[] {
  const refused = new Set(
    events.flatMap((event) =>
      event.event === 'sent' && event.refusal !== undefined && event.refusal.mayBeTaken !== true ? [event.step] : [],
    ),
  );
  return events.flatMap((event) => (event.event === 'sending' && !refused.has(event.step) ? event.changes : []));
}

export function summarize(run: RunRecord): RunSummary {
  const results = run.events.flatMap((event) => (event.event === 'verified' ? event.results : []));
  const sending = run.events.filter((event) => event.event === 'sending');
  const applied = results.filter(({ status }) => status === 'applied').length;
  return {
    applied,
    unverified: sentChanges(run).length - results.length,
    notThrough: results.length - applied + sending.flatMap(({ changes }) => changes).length - sentChanges(run).length,
    // What was sent again without the part that Zoom refused is no step of the plan.
    stepsLeft: Math.max(0, run.begin.steps - sending.length),
  };
}
