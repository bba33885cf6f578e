/** Saved plans: a real one tampered with, cut off, with other lines, of another version, and sealed again by somebody who knows how. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { locksOf, settingsOf } from '../src/catalog/lookup.ts';
import type { Blocked, Change, ItemChange, Step } from '../src/model/plan.ts';
import { isSecret } from '../src/model/secret.ts';
import { documentKey } from '../src/model/setting.ts';
import { targetLabel } from '../src/model/target.ts';
import { Fingerprint } from '../src/reconcile/plan/fingerprint.ts';
import { operationsOf } from '../src/reconcile/plan/patch.ts';
import type { Head } from '../src/reconcile/saved/write.ts';
import type { LoggedRequest, SandboxState } from '../src/sandbox/index.ts';
import { isJsonObject, type Json, type JsonObject, stableText, valueAt } from '../src/util/json.ts';
import { type Organised, scopeOf, stored } from '../test/helpers/oracle.ts';
import { editedJson, editedText, type JsonEdit, jsonEdit, jsonText, type TextEdit, textEdit } from './edits.ts';
import { OWN_SECRETS, openStage, STORIES, type Stage, VARIABLES } from './stories.ts';
import { exitOf, type Fuzzer, faultsOf, inTime, snapshot, type Verdict, writtenSince } from './verdict.ts';
import { anyJson } from './words.ts';

export interface PlanCase {
  readonly story: string;
  /** In place of the plan's own, where it is given. */
  readonly version?: Json;
  readonly edits: readonly JsonEdit[];
  readonly text: readonly TextEdit[];
  /** What an attacker computes anew: nothing, the fingerprint and the counts, or with them all that follows from the changes. */
  readonly seal: 'none' | 'fingerprint' | 'derived';
  readonly flags: readonly string[];
}

const PIECES = [
  '{',
  '}',
  '['.repeat(5000),
  '{"a":'.repeat(5000),
  '[',
  ']',
  ',',
  '"',
  ':',
  'null',
  '1e999',
  '\\u0000',
  '\\ud800',
  '"__proto__": {',
  '"$secret"',
  '{"wave":1,"step":',
  '{"warning":{"message":""}}',
  '\n',
  '\r\n',
  '-',
];

export async function openPlans(): Promise<Fuzzer<PlanCase>> {
  const stages = await Promise.all(STORIES.map(withPlan));
  return {
    arbitrary: fc.record<PlanCase>({
      story: fc.constantFrom(...STORIES.map(({ name }) => name)),
      version: fc.oneof(
        { weight: 15, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.oneof(fc.constantFrom<Json>(0, 1, 3, 1.5, '1', null, [1], -1), anyJson) },
      ),
      edits: fc.array(jsonEdit, { maxLength: 4 }),
      text: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(textEdit(PIECES), { maxLength: 3 }) },
      ),
      seal: fc.constantFrom('none', 'fingerprint', 'fingerprint', 'derived', 'derived'),
      flags: fc.constantFrom([], ['--partial'], ['--format', 'json'], ['--format', 'json', '--partial']),
    }),
    play: (input) => play(stages.find(({ stage }) => stage.name === input.story) ?? stages[0], input),
    async close() {
      for (const { stage } of stages) await stage.close();
    },
  };
}

interface Planned {
  readonly stage: Stage;
  /** The values of its lines. */
  readonly plan: Json;
}

async function withPlan(story: (typeof STORIES)[number]): Promise<Planned> {
  const stage = await openStage(story);
  const made = await stage.run('plan', 'policy.yaml', '--out', 'plan.json');
  if (made.code !== 0) throw new Error(`${story.name}: no plan: ${made.stderr}`);
  return { stage, plan: valuesIn(readFileSync(join(stage.cwd, 'plan.json'), 'utf8')) };
}

async function play(planned: Planned | undefined, input: PlanCase): Promise<Verdict> {
  if (planned === undefined) throw new Error(`there is no story ${input.story}`);
  const { version, edits, text, seal, flags } = input;
  const { stage, plan } = planned;
  const edited = editedJson(plan, edits);
  const written = editedText(linesText(sealed(withVersion(edited, version), seal)), text);
  writeFileSync(join(stage.cwd, 'plan.json'), written);
  rmSync(join(stage.cwd, '.lockstep'), { recursive: true, force: true });
  stage.sandbox.reset(stage.start);
  const before = snapshot(stage.root);
  const argv = ['apply', '--plan', 'plan.json', '-y', '--allow-blocked', '--allow-lossy', '--settle', '0', ...flags];
  const ended = await inTime(() => stage.run(...argv));
  const sent = stage.sandbox.log().filter(({ method }) => method === 'PATCH');
  const refused = ended.ran !== undefined && [1, 3, 5].includes(ended.ran.code) && sent.length > 0;
  const problems = [
    ...faultsOf(argv, ended, [0, 1, 3, 4]),
    ...(refused ? [`${exitOf(ended)}, and sent ${sent.length} requests`] : []),
    ...unshown(written, stage.start, sent),
    ...writtenSince(before, snapshot(stage.root, ['work/.lockstep'])),
  ];
  return { problems, seen: [exitOf(ended), ...(sent.length > 0 ? ['sent something'] : [])] };
}

function valuesIn(text: string): Json[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Json);
}

function linesText(plan: Json): string {
  return Array.isArray(plan) ? plan.map((line) => `${jsonText(line)}\n`).join('') : jsonText(plan);
}

function withVersion(plan: Json, version: Json | undefined): Json {
  const [head = null, ...rest] = Array.isArray(plan) ? plan : [];
  return version === undefined || !isJsonObject(head) ? plan : [{ ...head, formatVersion: version }, ...rest];
}

/** A line of a plan that may be damaged. */
interface Line {
  readonly blocked?: Blocked;
  readonly wave?: number;
  readonly step?: Step;
  readonly warning?: object;
}

function sealed(plan: Json, seal: PlanCase['seal']): Json {
  if (seal === 'none' || !Array.isArray(plan)) return plan;
  try {
    const [head, ...lines] = plan as unknown as [Head, ...Line[]];
    const whole = seal === 'derived' ? lines.map(derived) : lines;
    const fingerprint = new Fingerprint(head);
    for (const { blocked, wave = 0, step } of whole) {
      if (blocked !== undefined) fingerprint.blocked(blocked);
      if (step !== undefined) fingerprint.step(wave, step);
    }
    return [{ ...head, counts: countsOf(whole), fingerprint: fingerprint.digest() }, ...whole] as unknown as Json;
  } catch {
    // What is damaged beyond that cannot be sealed.
    return plan;
  }
}

function countsOf(lines: readonly Line[]): Head['counts'] {
  return {
    blocked: lines.filter(({ blocked }) => blocked !== undefined).length,
    waves: new Set(lines.flatMap(({ wave }) => wave ?? [])).size,
    steps: lines.filter(({ step }) => step !== undefined).length,
    warnings: lines.filter(({ warning }) => warning !== undefined).length,
  };
}

function derived(line: Line): Line {
  return line.step === undefined ? line : { ...line, step: { ...line.step, ...operationsOf(line.step.changes) } };
}

/** Whatever is sent must be in the plan for its reader to see, or be what Zoom has already. */
function unshown(written: string, start: SandboxState, sent: readonly LoggedRequest[]): string[] {
  if (sent.length === 0) return [];
  const changes = (valuesIn(written) as Line[]).flatMap(({ step }) => step?.changes ?? []);
  const live = stored(start);
  return sent.flatMap(({ target = 'nobody', path, query, body = null }) => {
    const stray = leaves(body, []).filter(
      ([keys, value]) => !isShown(changes, live, { target, path, query }, keys, value),
    );
    const stolen = Object.values(OWN_SECRETS).filter((secret) => stableText(body).includes(secret));
    return [
      ...stray.map(
        ([keys, value]) => `sent to ${target} what is not shown: ${keys.join('.')} = ${JSON.stringify(value)}`,
      ),
      ...stolen.map((secret) => `sent the secret ${secret}`),
    ];
  });
}

type Address = Pick<LoggedRequest, 'path' | 'query'> & { readonly target: string };

function isShown(
  changes: readonly Change[],
  live: Organised,
  { target, path, query }: Address,
  keys: readonly string[],
  value: Json,
): boolean {
  const scope = scopeOf(target);
  const isLock = path.endsWith('/lock_settings');
  const endpoint = path.endsWith('/registration') ? 'settings/registration' : isLock ? 'lock_settings' : 'settings';
  const document = documentKey({ endpoint, query: { ...query } });
  const own = changes.filter((change) => targetLabel(change.target) === target && (change.kind !== 'set') === isLock);
  const shown = own.some((change) => {
    const setting = (isLock ? locksOf(scope) : settingsOf(scope)).get(change.path);
    if (setting === undefined || documentKey(setting.document.ref) !== document) return false;
    // An item is told by a verb, in a body of its own: its properties are those that the plan shows of it.
    if (change.kind === 'set' && change.item !== undefined) return isOfItem(change.item, change.after, keys, value);
    const below = setting.keys.every((key, index) => keys[index] === key);
    return (
      below && stableText(valueAt(known(change.after), keys.slice(setting.keys.length)) ?? null) === stableText(value)
    );
  });
  if (shown) return true;
  return stableText(valueAt(live[target]?.[document] ?? {}, keys) ?? null) === stableText(value);
}

function isOfItem(item: ItemChange, after: Json, [, ...keys]: readonly string[], value: Json): boolean {
  const shown = [{ ...item }, after].flatMap((side) => valueAt(side as Json, keys) ?? []);
  // That another item stops being the default is told by the item that becomes it.
  if (shown.length === 0) return typeof value === 'boolean';
  return shown.some((one) => stableText(one) === stableText(value));
}

function known(after: Json): Json {
  if (!isSecret(after)) return after;
  const name = after.$secret.replace(/^env:/, '');
  return (VARIABLES as Record<string, string>)[name] ?? after;
}

/** Arrays are leaves. */
function leaves(value: Json, keys: readonly string[]): [keys: readonly string[], value: Json][] {
  if (!isJsonObject(value) || Object.keys(value).length === 0) return [[keys, value]];
  return Object.entries(value as JsonObject).flatMap(([key, child]) => leaves(child, [...keys, key]));
}
