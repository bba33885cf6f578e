/** What is recorded comes back as it was, whatever ended the run; what cannot be kept is not taken for kept. */
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Begin, JournalEvent } from '../../src/journal/events.ts';
import { readRun, readRuns } from '../../src/journal/read.ts';
import { sentChanges, summarize } from '../../src/journal/summary.ts';
import { type Journal, markReported, openJournal } from '../../src/journal/write.ts';
import type { Change } from '../../src/model/plan.ts';
import { OWN } from '../helpers/account.ts';
import { STUDENTS } from '../helpers/desired.ts';

const TIME = '2026-01-01T00:00:00.000Z';
const BEGIN: Begin = {
  event: 'begin',
  formatVersion: 2,
  time: TIME,
  lockstep: '0.1.0',
  account: OWN,
  fingerprint: 'f',
  pid: 1,
  steps: 3,
};
const DOCUMENT = { endpoint: 'settings', query: { option: 'meeting_security' } } as const;

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'lockstep-journal-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

function change(path: string): Change {
  const provenance = { file: 'p.yaml', line: 1, column: 1 };
  return { kind: 'set', target: STUDENTS, path, before: true, after: false, direction: 'neutral', provenance };
}

const sending = (step: string, ...paths: string[]): JournalEvent => ({
  event: 'sending',
  time: TIME,
  step,
  target: STUDENTS,
  document: DOCUMENT,
  changes: paths.map(change),
});
const sent = (step: string, refusal?: { message: string; mayBeTaken?: true }): JournalEvent => ({
  event: 'sent',
  time: TIME,
  step,
  ...(refusal === undefined ? {} : { refusal }),
});
const verified = (step: string, path: string, status: 'applied' | 'ineffective'): JournalEvent => ({
  event: 'verified',
  time: TIME,
  results: [{ step, kind: 'set', path, status }],
});
const end: JournalEvent = { event: 'end', time: TIME, exitCode: 4 };

async function kept(...events: readonly JournalEvent[]): Promise<Journal> {
  const journal = await openJournal(cwd, BEGIN);
  for (const event of events) await journal.record(event);
  return journal;
}

const fileOf = ({ id }: Journal) => join(cwd, '.lockstep/runs', `${id}.jsonl`);

describe('a journal', () => {
  it('comes back as it was recorded, and is for its owner only', async () => {
    const events = [
      sending('a', 'in_meeting.chat'),
      sent('a', { message: 'no' }),
      sending('b', 'in_meeting.polling'),
      sent('b'),
      verified('b', 'in_meeting.polling', 'applied'),
      { event: 'secret', time: TIME, target: 'account', path: 'chat.x', digest: 'd' },
    ] as const;
    const journal = await kept(...events);
    await journal.end(end);
    expect(await readRun(cwd, journal.id)).toEqual({
      id: journal.id,
      begin: BEGIN,
      account: OWN,
      events: [BEGIN, ...events, end],
      exitCode: 4,
    });
    expect(statSync(fileOf(journal)).mode & 0o777).toBe(0o600);
  });

  it('keeps the order of events that are recorded side by side', async () => {
    const journal = await openJournal(cwd, BEGIN);
    const steps = Array.from({ length: 50 }, (_, index) => sent(String(index)));
    await Promise.all(steps.map((event) => journal.record(event)));
    expect((await readRun(cwd, journal.id)).events).toEqual([BEGIN, ...steps]);
    await journal.end(end);
  });

  it.each([
    ['its file', (journal: Journal) => rmSync(fileOf(journal))],
    ['its folder', () => rmSync(join(cwd, '.lockstep'), { recursive: true })],
  ])('takes nothing more once %s is deleted', async (_, remove) => {
    const journal = await kept(sent('a'));
    await journal.confirm();
    remove(journal);
    const gone = expect.objectContaining({
      exitCode: 1,
      message: expect.stringMatching(/cannot be written: .*ENOENT/),
    });
    await expect(journal.confirm()).rejects.toEqual(gone);
    await expect(journal.record(sent('b'))).rejects.toEqual(gone);
    await expect(journal.end(end)).rejects.toEqual(gone);
  });

  it('that cannot be begun leaves nothing', async () => {
    mkdirSync(join(cwd, '.lockstep'));
    writeFileSync(join(cwd, '.lockstep/runs'), '');
    await expect(openJournal(cwd, BEGIN)).rejects.toMatchObject({ message: expect.stringContaining('(ENOTDIR)') });
    expect(readdirSync(join(cwd, '.lockstep'))).toEqual(['runs']);
  });

  it('goes on after a line that another run has added, as when it was suspended', async () => {
    const journal = await kept(sent('a'));
    await markReported(cwd, journal.id, TIME);
    await journal.record(sent('b'));
    await journal.end(end);
    const { events } = await readRun(cwd, journal.id);
    expect(events.map(({ event }) => event)).toEqual(['begin', 'sent', 'told', 'sent', 'end']);
  });
});

describe('what is read', () => {
  it.each<[what: string, tail: string, isRead: boolean]>([
    ['a last line that is half written', '{"event":"sen', true],
    ['a half written line and a later report of it', '{"event":"sen\n{"event":"told","time":"2026-01-01"}\n', true],
    ['the same of a run that went on and was killed', '{"event":"sen\n{"event":"told","time":"2026-01-01"}\n{"e', true],
    ['a broken line before another', '{"event":"sen\n{"event":"end","time":"2026-01-01","exitCode":0}\n', false],
    ['a request without its target', '{"event":"sending","time":"1","step":"a","changes":[]}\n{}\n', false],
    ['a status that is none', '{"event":"verified","time":"1","results":[{"status":"fine"}]}\n{}\n', false],
  ])('%s', async (_, tail, isRead) => {
    const journal = await kept(sent('a'));
    appendFileSync(fileOf(journal), tail);
    const reading = readRun(cwd, journal.id);
    if (isRead) expect((await reading).events.slice(0, 2)).toEqual([BEGIN, sent('a')]);
    else await expect(reading).rejects.toThrow(`.lockstep/runs/${journal.id}.jsonl:3 is not a line of a journal`);
    await journal.end(end);
  });

  it('is every run, newest first; a broken journal hides no other', async () => {
    const ids: string[] = [];
    for (const hour of ['00', '01']) {
      const journal = await openJournal(cwd, { ...BEGIN, time: `2026-01-01T${hour}:00:00.000Z` });
      await journal.end(end);
      ids.unshift(journal.id);
    }
    writeFileSync(join(cwd, '.lockstep/runs/broken.jsonl'), 'x\n');
    const { runs, unreadable } = await readRuns(cwd);
    expect(runs.map(({ id }) => id)).toEqual(ids);
    expect(unreadable).toEqual([{ id: 'broken', reason: '.lockstep/runs/broken.jsonl is not a journal of lockstep' }]);
    expect(readFileSync(join(cwd, '.lockstep/runs/broken.jsonl'), 'utf8')).toBe('x\n');
  });

  it('is nothing in a folder without runs', async () => {
    expect(await readRuns(cwd)).toEqual({ runs: [], unreadable: [] });
    await expect(readRun(cwd, 'gone')).rejects.toThrow('there is no run gone in this folder');
    await expect(readRun(cwd, '../x')).rejects.toThrow('"../x" is not the name of a run');
  });
});

it.each<[what: string, events: JournalEvent[], sent: string[], summary: ReturnType<typeof summarize>]>([
  ['nothing sent', [], [], { applied: 0, unverified: 0, notThrough: 0, stepsLeft: 3 }],
  [
    'killed before an answer',
    [sending('a', 'x.a')],
    ['x.a'],
    { applied: 0, unverified: 1, notThrough: 0, stepsLeft: 2 },
  ],
  [
    'refused, then sent without the refused part',
    [
      sending('a', 'x.a', 'x.b'),
      sent('a', { message: 'no' }),
      sending('a, the rest', 'x.b'),
      sent('a, the rest'),
      verified('a, the rest', 'x.b', 'applied'),
    ],
    ['x.b'],
    { applied: 1, unverified: 0, notThrough: 2, stepsLeft: 1 },
  ],
  [
    'refused after a try that may have been carried out',
    [sending('a', 'x.a'), sent('a', { message: 'no answer', mayBeTaken: true }), verified('a', 'x.a', 'ineffective')],
    ['x.a'],
    { applied: 0, unverified: 0, notThrough: 1, stepsLeft: 2 },
  ],
])('a summary: %s', async (_, events, expected, summary) => {
  const journal = await kept(...events);
  const run = await readRun(cwd, journal.id);
  await journal.end(end);
  expect(sentChanges(run).map(({ path }) => path)).toEqual(expected);
  expect(summarize(run)).toEqual(summary);
});
