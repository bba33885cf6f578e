/** Journals: of runs that ended and runs that were killed, damaged in every way, beside files that are no journals. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Json } from '../src/util/json.ts';
import { lockFileOf } from '../test/helpers/account.ts';
import { editedJson, editedText, type JsonEdit, jsonEdit, jsonText, type TextEdit, textEdit } from './edits.ts';
import { openStage, STORIES, type Stage } from './stories.ts';
import { exitOf, type Fuzzer, faultsOf, inTime, snapshot, type Verdict, writtenSince } from './verdict.ts';
import { hostileText } from './words.ts';

export interface JournalCase {
  readonly story: string;
  /** How much of the journal there is, in events; a killed run has no end. */
  readonly events: number;
  /** Damage to the events, one by one. */
  readonly edits: readonly { readonly line: number; readonly edit: JsonEdit }[];
  readonly text: readonly TextEdit[];
  readonly beside: readonly Beside[];
  readonly argv: readonly string[];
}

/** Something else in `.lockstep`. */
type Beside =
  | { readonly make: 'link'; readonly name: string; readonly to: string }
  | { readonly make: 'folder' | 'pipe'; readonly name: string }
  | { readonly make: 'file'; readonly name: string; readonly text: string };

const RUN = '2026-11-21T10-00-00-000Z-abcdef';
const PIECES = [
  '{',
  '}',
  '"event":"told"',
  '"event":"end"',
  '"exitCode":1e999',
  '\n',
  '\n\n',
  '\\u0000',
  '{}',
  '[]',
  'null',
  '['.repeat(5000),
];

/** In place of the lock's own name, which has the port of a sandbox in it. */
const LOCK = 'apply.json';
const LEFT = `.lockstep/runs/${RUN}.jsonl`;
const beside: fc.Arbitrary<Beside> = fc.oneof(
  fc.record({
    make: fc.constant('link' as const),
    name: fc.constantFrom('runs/0.jsonl', 'runs/gone.jsonl', 'key', LOCK),
    to: fc.constantFrom('/dev/zero', '/dev/null', '/nowhere/at/all', '../../outside.txt', '../../../outside.txt', '.'),
  }),
  fc.record({
    make: fc.constantFrom('folder' as const, 'pipe' as const),
    name: fc.constantFrom('runs/0.jsonl', 'runs/1.jsonl', 'key', LOCK),
  }),
  fc.record({
    make: fc.constant('file' as const),
    name: fc.oneof(
      fc.constantFrom('key', LOCK, 'runs/.jsonl', 'runs/a b.jsonl', 'runs/..jsonl'),
      hostileText
        .filter((text) => !text.includes('/') && !text.includes('\u0000') && text.length < 100 && !/\p{Cs}/u.test(text))
        .map((text) => `runs/${text}.jsonl`),
    ),
    text: fc.oneof(
      hostileText,
      fc.constantFrom(
        '',
        '{}',
        '{"id":"a","pid":1,"host":"x","since":"y"}',
        '{"pid":"\\u001b[31m","host":{},"since":[]}',
        'null',
      ),
    ),
  }),
);

export async function openJournals(): Promise<Fuzzer<JournalCase>> {
  const stages = await Promise.all(STORIES.map(withJournal));
  return {
    arbitrary: fc.record({
      story: fc.constantFrom(...STORIES.map(({ name }) => name)),
      events: fc.oneof(fc.constant(1000), fc.nat(12)),
      edits: fc.array(fc.record({ line: fc.nat(30), edit: jsonEdit }), { maxLength: 3 }),
      text: fc.oneof(
        { weight: 2, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(textEdit(PIECES), { maxLength: 3 }) },
      ),
      beside: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(beside, { maxLength: 2 }) },
      ),
      argv: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(['runs'], ['runs', '--format', 'json']) },
        {
          weight: 4,
          arbitrary: fc.constantFrom(
            ['rollback', RUN],
            ['rollback', RUN, '--format', 'json', '--allow-blocked', '--allow-lossy'],
            ['rollback', RUN, '-y', '--allow-blocked', '--allow-lossy', '--settle', '0'],
            ['rollback', '../../policy'],
          ),
        },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            ['apply', 'policy.yaml'],
            ['apply', 'policy.yaml', '-y', '--settle', '0'],
            ['plan', 'policy.yaml'],
          ),
        },
      ),
    }),
    play: (input) => play(stages.find(({ stage }) => stage.name === input.story) ?? stages[0], input),
    async close() {
      for (const { stage } of stages) await stage.close();
    },
  };
}

interface Kept {
  readonly stage: Stage;
  readonly events: readonly Json[];
  readonly key: string | undefined;
  readonly after: Stage['start'];
}

/** What a run of the story leaves, under a fixed name and of a process that is gone. */
async function withJournal(story: (typeof STORIES)[number]): Promise<Kept> {
  const stage = await openStage(story);
  const made = await stage.run('apply', 'policy.yaml', '-y', '--allow-lossy', '--settle', '0');
  if (made.code !== 0) throw new Error(`${story.name}: no journal: ${made.stderr}`);
  const folder = join(stage.cwd, '.lockstep/runs');
  const [name = ''] = readdirSync(folder);
  const lines = readFileSync(join(folder, name), 'utf8').trimEnd().split('\n');
  const events = lines.map(
    (line) => ({ ...(JSON.parse(line) as object), ...(line.includes('"pid"') ? { pid: 2 ** 22 + 1 } : {}) }) as Json,
  );
  const key = readdirSync(join(stage.cwd, '.lockstep')).includes('key')
    ? readFileSync(join(stage.cwd, '.lockstep/key'), 'utf8')
    : undefined;
  return { stage, events, key, after: stage.sandbox.state() };
}

async function play(kept: Kept | undefined, input: JournalCase): Promise<Verdict> {
  if (kept === undefined) throw new Error(`there is no story ${input.story}`);
  const { stage, after } = kept;
  writeFileSync(join(stage.root, 'outside.txt'), 'outside\n');
  layOut(kept, input);
  const reads = !input.argv.includes('-y');
  stage.sandbox.reset(after);
  // An apply has a journal of its own to write, and a broken one to mark as told.
  const own = input.argv[0] === 'runs' || input.argv[0] === 'plan' ? [] : ['work/.lockstep'];
  const before = snapshot(stage.root, own);
  const ended = await inTime(() => stage.run(...input.argv));
  const sent = stage.sandbox.log().filter(({ method }) => method === 'PATCH');
  const problems = [
    ...faultsOf(input.argv, ended, [0, 1, 3, 4]),
    ...(reads && sent.length > 0 ? [`sent ${sent.length} requests that nobody approved`] : []),
    ...writtenSince(before, snapshot(stage.root, own)),
  ];
  return { problems, seen: [`${input.argv[0]}, ${exitOf(ended)}`] };
}

function layOut({ stage, events, key }: Kept, { events: count, edits, text, beside: others }: JournalCase): void {
  const folder = join(stage.cwd, '.lockstep');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'runs'), { recursive: true });
  if (key !== undefined) writeFileSync(join(folder, 'key'), key);
  const lines = events.slice(0, count).map((event, index) => {
    const own = edits.filter(({ line }) => line % events.length === index).map(({ edit }) => edit);
    return jsonText(editedJson(event, own));
  });
  writeFileSync(join(stage.cwd, LEFT), `${editedText(lines.join('\n'), text)}\n`);
  for (const other of others) {
    const path = other.name === LOCK ? join(stage.cwd, lockFileOf(stage.sandbox)) : join(folder, other.name);
    rmSync(path, { recursive: true, force: true });
    if (other.make === 'link') symlinkSync(other.to, path);
    else if (other.make === 'file') writeFileSync(path, other.text);
    else if (other.make === 'folder') mkdirSync(path);
    else execFileSync('mkfifo', [path]);
  }
}
