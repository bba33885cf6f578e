/**
 * Walks a plan through Zoom. It can compute no change of its own: it sends the plan's steps, reads back what it
 * patched, and tells how every change ended. A refused request is a result, not an exception.
 */

import { settingOf } from '../../catalog/lookup.ts';
import type { Setting } from '../../catalog/setting.ts';
import { LockstepError, messageOf } from '../../errors.ts';
import type { Change, Plan, Step } from '../../model/plan.ts';
import type { ApplyResult, ChangeResult, Refusal } from '../../model/result.ts';
import { isSecret, referencesIn, reveal, type Secrets } from '../../model/secret.ts';
import { type DocumentRef, documentKey, type SettingKey, settingKey } from '../../model/setting.ts';
import type { DesiredFact, LiveDocument } from '../../model/state.ts';
import { type Target, targetKey } from '../../model/target.ts';
import type { Sending, ZoomWriter } from '../../model/zoom-api.ts';
import type { JsonObject } from '../../util/json.ts';
import { keyOfChange, settingOfChange } from '../plan/change.ts';
import { compareTarget } from '../plan/compare.ts';
import { itemHolds } from '../plan/items.ts';
import { liveValue } from '../plan/normalize.ts';
import { type Edge, provides, requires } from '../plan/order.ts';
import { changesIn, type Outcome } from '../plan/outcome.ts';
import { TargetPairs } from '../plan/pair.ts';
import { narrowStep } from '../plan/patch.ts';
import { siblingsIn, waitsForUnlock, withHiddenSiblings, withoutSiblings } from '../plan/siblings.ts';
import { diagnose, lockAbove, type Witnesses } from './diagnose.ts';
import { leftUnlocked } from './left-unlocked.ts';

export interface ApplyOptions {
  readonly zoom: ZoomWriter;
  /** Values of the secrets that the plan names. */
  readonly secrets: Secrets;
  /** All that the policies want of a target; the look at a patched document covers all of it, not the changes only. */
  readonly wanted: (target: Target) => readonly DesiredFact[];
  /** When it aborts, no further request is begun; those under way finish and are told as they ended. */
  readonly signal: AbortSignal;
  /** Why a step has to wait for another run; it is not begun then, and what does not build on it goes on. */
  readonly postpone?: (step: Step) => Error | undefined;
  /**
   * Told before and after each request, and waited for: a request is not sent before the journal holds that it will be.
   * When it fails (a full disk) the run ends there.
   */
  readonly record: (event: ApplyEvent) => Promise<void>;
  /** Asked directly before each request that writes. When it rejects, neither this one nor a later one is sent. */
  readonly beforeSend: () => Promise<void>;
  /** How long a value may take to show before it counts as ineffective. */
  readonly settle: { readonly seconds: number; readonly sleep: (milliseconds: number) => Promise<void> };
}

/** What a journal keeps, in order: enough to tell what a run did that was killed at any moment, and to undo it. */
export type ApplyEvent =
  | { readonly kind: 'sending'; readonly step: Step }
  | { readonly kind: 'sent'; readonly step: Step; readonly refusal?: Refusal }
  | { readonly kind: 'verified'; readonly results: readonly ChangeResult[] };

interface Run {
  readonly options: ApplyOptions;
  readonly results: Map<Change, ChangeResult>;
  /** What did not get through, by the names of `hinders`, and the step that it was part of. */
  readonly missing: Map<Edge, string>;
  readonly remaining: Change[];
  /** Set once something happened that ends the run: no further request is begun. */
  halt: unknown;
  /** Set once a step was put off: the run goes on, and is not through when it ends. */
  postponed: Error | undefined;
  /** Refusals of steps that Zoom may have carried out all the same: reading back decides. */
  readonly uncertain: Map<string, Refusal>;
  /** Documents read to explain what was ineffective. */
  readonly explaining: Map<string, Promise<LiveDocument>>;
  /** Patched, and to be looked at once no later step patches the same document. */
  readonly unverified: Map<string, Step[]>;
}

export async function applyPlan(plan: Plan, options: ApplyOptions): Promise<ApplyResult> {
  const run: Run = {
    options,
    results: new Map(),
    missing: new Map(),
    remaining: [],
    halt: undefined,
    postponed: undefined,
    uncertain: new Map(),
    explaining: new Map(),
    unverified: new Map(),
  };
  const last = lastStepOfDocument(plan);
  for (const wave of plan.waves) {
    await Promise.all(wave.map((step) => runStep(step, last.get(documentOf(step)) === step.id, run)));
  }
  // A document whose last step was held back has been patched and not yet looked at.
  await Promise.all([...run.unverified.values()].map((steps) => verify(steps, run)));
  const halted = run.halt ?? run.postponed;
  const results = plan.waves.flat().flatMap((step) => step.changes.map((change) => endOf(change, step, run)));
  return {
    plan,
    results,
    remaining: remainingAfter(results, run.remaining),
    blocked: plan.blocked,
    leftUnlocked: leftUnlocked(plan, run.results),
    interrupted: options.signal.aborted,
    ...(halted === undefined ? {} : { halted }),
  };
}

/** What the second look found different, and what was never got so far as to be looked at. */
function remainingAfter(results: readonly ChangeResult[], found: readonly Change[]): readonly Change[] {
  const keyOf = (change: Change) => `${targetKey(change.target)} ${keyOfChange(change)}`;
  const seen = new Set(found.map(keyOf));
  const open = results.flatMap(({ status, change }) =>
    status === 'applied' || seen.has(keyOf(change)) ? [] : [change],
  );
  return [...found, ...open];
}

/** A document is looked at once, after the last step that patches it: one GET per patched document. */
function lastStepOfDocument(plan: Plan): ReadonlyMap<string, string> {
  return new Map(plan.waves.flat().map((step) => [documentOf(step), step.id]));
}

function documentOf({ target, request }: Step): string {
  return `${targetKey(target)} ${documentKey(request.document)}`;
}

async function runStep(step: Step, isLast: boolean, run: Run): Promise<void> {
  const ready = holdBack(step, run);
  if (ready !== undefined) await send(ready, run);
  const patched = run.unverified.get(documentOf(step));
  if (isLast && patched !== undefined) await verify(patched, run);
}

/** The part of a step that may go ahead; the rest is noted as not attempted. */
function holdBack(step: Step, run: Run): Step | undefined {
  const stopped = stopReason(run);
  if (stopped !== undefined) {
    for (const change of step.changes) end(run, { status: 'notAttempted', change, step: step.id, because: stopped });
    return undefined;
  }
  const keep = step.changes.filter((change) => {
    const cause = requires(change).find((need) => run.missing.has(need));
    if (cause === undefined) return true;
    const because = `it builds on "${run.missing.get(cause)}", which did not get through`;
    end(run, { status: 'notAttempted', change, step: step.id, because });
    return false;
  });
  if (keep.length === 0) return undefined;
  const later = run.options.postpone?.(step);
  if (later !== undefined) {
    run.postponed ??= later;
    for (const change of keep) end(run, { status: 'notAttempted', change, step: step.id, because: later.message });
    return undefined;
  }
  return keep.length === step.changes.length ? step : narrowStep(step, keep);
}

function stopReason({ options, halt }: Run): string | undefined {
  if (options.signal.aborted) return 'the run was stopped';
  return halt === undefined ? undefined : `the run could not go on: ${messageOf(halt)}`;
}

async function send(planned: Step, run: Run): Promise<void> {
  const { zoom, secrets, record, beforeSend } = run.options;
  const step = await completed(planned, run);
  if (step === undefined) return;
  const ready = await guarded(run, async () => {
    const body = reveal(step.request.body, secrets) as JsonObject;
    await beforeSend();
    await record({ kind: 'sending', step });
    return body;
  });
  if (!ready.ok) return endUnsent(step, `it was not sent: ${messageOf(run.halt)}`, run);
  const gate = gateOf(run);
  const sending: Sending = {
    secrets: referencesIn(step.request.body).map((reference) => String(secrets.get(reference))),
    beforeSend: gate.pass,
  };
  const outcome = await guarded(run, () =>
    zoom.patchDocument(step.target, step.request.document, ready.value, sending).catch((error: unknown) => {
      if (error !== gate.closed) throw error;
      return undefined;
    }),
  );
  if (outcome.ok && outcome.value === undefined) {
    const because = messageOf(gate.closed);
    await guarded(run, () => record({ kind: 'sent', step, refusal: { message: `it was not sent: ${because}` } }));
    return endUnsent(step, because, run);
  }
  if (outcome.ok && outcome.value?.accepted === true) {
    const key = documentOf(step);
    run.unverified.set(key, [...(run.unverified.get(key) ?? []), step]);
    await guarded(run, () => record({ kind: 'sent', step }));
    return;
  }
  const refusal: Refusal =
    outcome.ok && outcome.value?.accepted === false ? outcome.value.refusal : { message: messageOf(run.halt) };
  await guarded(run, () => record({ kind: 'sent', step, refusal }));
  if (refusal.mayBeTaken === true) {
    run.uncertain.set(step.id, refusal);
    run.unverified.set(documentOf(step), [...(run.unverified.get(documentOf(step)) ?? []), step]);
    return;
  }
  await endRefused(step, refusal, run);
}

/** Between the journal and the request much time may pass: a turn in the rate schedule, a pause before another try. */
function gateOf(run: Run) {
  const gate: { closed: LockstepError | undefined; pass: () => Promise<void> } = {
    closed: undefined,
    async pass() {
      if (stopReason(run) === undefined) await guarded(run, run.options.beforeSend);
      const because = stopReason(run);
      if (because === undefined) return;
      gate.closed = new LockstepError(because);
      throw gate.closed;
    },
  };
  return gate;
}

function endUnsent(step: Step, because: string, run: Run): void {
  for (const change of step.changes) end(run, { status: 'notAttempted', change, step: step.id, because });
}

/** The step with what was hidden by locks that have gone meanwhile; `undefined` when that cannot be read: it ends here. */
async function completed(step: Step, run: Run): Promise<Step | undefined> {
  if (!waitsForUnlock(step)) return step;
  const document = await readBack(step, run);
  if (document.state === 'read') return withHiddenSiblings(step, document.body);
  const because = `it was not sent, because what goes with it could not be read: ${document.reason}`;
  for (const change of step.changes) end(run, { status: 'notAttempted', change, step: step.id, because });
  return undefined;
}

/**
 * Zoom refuses a request as a whole, be it for one value in it. Where its answer names some of the changes the others are
 * sent once more without them: a rerun would meet the same refusal, and they would never get through.
 */
async function endRefused(step: Step, refusal: Refusal, run: Run): Promise<void> {
  const locked = refusal.status === 400 && stopReason(run) === undefined ? await lockedSiblings(step, run) : [];
  if (locked.length > 0) {
    await send({ ...withoutSiblings(step, locked), id: `${step.id}, what is not locked` }, run);
    return;
  }
  const named = step.changes.filter((change) => isNamedIn(refusal, change));
  const rest = step.changes.filter((change) => !named.includes(change));
  const goesOn = named.length > 0 && rest.length > 0 && stopReason(run) === undefined;
  for (const change of goesOn ? named : step.changes) end(run, await refusedChange(change, step, refusal, run));
  if (goesOn) await send({ ...narrowStep(step, rest), id: `${step.id}, the rest` }, run);
}

/** What travels with a step and stays as it is whether it is sent or not: a lock above holds it. */
async function lockedSiblings(step: Step, run: Run): Promise<readonly Setting[]> {
  const found = siblingsIn(step).map(async (setting) => {
    const place = { target: step.target, path: setting.path };
    return (await lockAbove(place, witnesses(place, run))).state === 'on' ? [setting] : [];
  });
  return (await Promise.all(found)).flat();
}

/** By its path or by the last name of it; a plain word such as `enable` names a setting only where Zoom lists fields. */
function isNamedIn({ status, message, fields }: Refusal, change: Change): boolean {
  if (status !== 400) return false;
  const { keys, path } = settingOfChange(change);
  const names = [path, keys.join('.'), keys.at(-1) ?? path];
  const words = new Set((message.match(/[\w.]+/g) ?? []).map((word) => word.replace(/\.$/, '')));
  return (
    names.some((name) => name.includes('_') && words.has(name)) ||
    (fields ?? []).some(({ field }) => names.includes(field))
  );
}

/** What a lock above stops is told alike, whether Zoom ignores the value or refuses it. */
async function refusedChange(change: Change, step: Step, refusal: Refusal, run: Run): Promise<ChangeResult> {
  const lock = refusal.status === 400 ? await lockAbove(change, witnesses(change, run)) : { state: 'off' as const };
  if (lock.state !== 'on') return { status: 'failed', change, step: step.id, refusal };
  // The lock may hold the very value that is wanted.
  const document = await readBack(step, run);
  const unmet = unmetIn(recompare(document, step, run));
  if (document.state === 'read' && changeHolds(change, document.body, unmet)) {
    return { status: 'applied', change, step: step.id };
  }
  const because = `${lock.because}; Zoom refused it: ${refusal.message}`;
  return { status: 'ineffective', change, step: step.id, reason: 'locked-above', because };
}

function witnesses({ target }: Pick<Change, 'target'>, run: Run): Witnesses {
  const { zoom, wanted } = run.options;
  return { zoom, facts: wanted(target), read: (whose, ref) => readOnce(whose, ref, run) };
}

/**
 * What the client throws (credentials gone, daily limit, no network, or a bug) ends the run and must not lose what was
 * done before: it is kept, and every later change is told as not attempted.
 */
async function guarded<T>(run: Run, request: () => Promise<T>): Promise<{ ok: true; value: T } | { ok: false }> {
  try {
    return { ok: true, value: await request() };
  } catch (error) {
    run.halt ??= error;
    return { ok: false };
  }
}

/** Reads a patched document back and judges every change that was sent for it. */
async function verify(steps: readonly Step[], run: Run): Promise<void> {
  const [first] = steps;
  if (first === undefined) return;
  run.unverified.delete(documentOf(first));
  const { document, found } = await readSettled(steps, first, run);
  const unmet = unmetIn(found);
  const judged = (
    await Promise.all(steps.flatMap((step) => step.changes.map((change) => judge(change, step, document, unmet, run))))
  ).flat();
  for (const result of judged) end(run, result);
  const stillOpen = judged.flatMap((result) => (result.status === 'applied' ? [] : [result.change]));
  const open = new Map([...stillOpen, ...changesIn(found)].map((change) => [keyOfChange(change), change]));
  run.remaining.push(...open.values());
  await guarded(run, () => run.options.record({ kind: 'verified', results: judged }));
}

/** Shares of the settling time that are waited before each further look: soon at first, then longer. */
const SETTLING = [0.1, 0.3, 0.6];

/** Reads a document back until what was sent for it shows, or the settling time is over. */
async function readSettled(
  steps: readonly Step[],
  first: Step,
  run: Run,
): Promise<{ document: LiveDocument; found: readonly Outcome[] }> {
  const { seconds, sleep } = run.options.settle;
  const open = steps.flatMap(({ changes }) => changes.filter((change) => !run.results.has(change)));
  let document = await readBack(first, run);
  let found = recompare(document, first, run);
  for (const share of seconds > 0 ? SETTLING : []) {
    const unmet = unmetIn(found);
    if (
      document.state !== 'read' ||
      !open.some((change) => unmet.has(keyOfChange(change))) ||
      stopReason(run) !== undefined
    )
      break;
    await sleep(seconds * 1000 * share);
    document = await readBack(first, run);
    found = recompare(document, first, run);
  }
  return { document, found };
}

/** What is not as it is wanted: values and locks, and single items of lists. */
function unmetIn(outcomes: readonly Outcome[]): ReadonlySet<SettingKey> {
  return new Set([
    ...changesIn(outcomes).map(keyOfChange),
    ...outcomes.flatMap(({ blocked }) => blocked.map(settingKey)),
  ]);
}

async function readBack({ target, request }: Step, run: Run): Promise<LiveDocument> {
  const outcome = await guarded(run, () => run.options.zoom.readDocument(target, request.document));
  if (!outcome.ok) return { state: 'unreadable', reason: messageOf(run.halt) };
  return outcome.value.state === 'missing' ? { state: 'unreadable', reason: outcome.value.reason } : outcome.value;
}

/** The same differ again, over everything that is wanted of this document. */
function recompare(document: LiveDocument, { target, request }: Step, run: Run): readonly Outcome[] {
  const key = documentKey(request.document);
  const facts = run.options
    .wanted(target)
    .filter((fact) => documentKey(settingOf(target.scope, fact).document.ref) === key);
  const live = { state: 'found' as const, target, documents: new Map([[key, document]]) };
  return compareTarget(new TargetPairs({ target, facts }, live), run.options.secrets);
}

async function judge(
  change: Change,
  step: Step,
  document: LiveDocument,
  unmet: ReadonlySet<SettingKey>,
  run: Run,
): Promise<readonly ChangeResult[]> {
  // A step that was narrowed sent only some of its changes; the others have ended already.
  if (run.results.has(change)) return [];
  const refusal = run.uncertain.get(step.id);
  const found = document.state === 'read' ? liveValue(settingOfChange(change), document.body) : undefined;
  const holds = document.state === 'read' && changeHolds(change, document.body, unmet);
  const isUnread = found === undefined && change.after !== null;
  // Of a request without an answer only what reads right is known to have been carried out.
  if (refusal !== undefined && (!holds || isUnread)) return [{ status: 'failed', change, step: step.id, refusal }];
  if (document.state === 'unreadable') {
    const because = `could not be read back: ${document.reason}`;
    return [{ status: 'ineffective', change, step: step.id, reason: 'unreadable', because }];
  }
  if (holds) return [{ status: 'applied', change, step: step.id, ...(isUnread ? { unread: whyUnread(change) } : {}) }];
  const shown = found === undefined || isSecret(change.after) ? {} : { found };
  const diagnosis = await diagnose(change, found, document.body, witnesses(change, run));
  return [{ status: 'ineffective', change, step: step.id, ...shown, ...diagnosis }];
}

/** Zoom took it and does not list it, which is as it should be for these two kinds. */
function whyUnread(change: Change): string {
  return isSecret(change.after)
    ? 'Zoom does not return this secret'
    : 'Zoom does not list it while the switch above it is off';
}

/** Documents that explain why a value did not come to be; what cannot be read explains nothing and ends no run. */
function readOnce(target: Target, ref: DocumentRef, run: Run): Promise<LiveDocument> {
  const key = `${targetKey(target)} ${documentKey(ref)}`;
  const reading =
    run.explaining.get(key) ??
    run.options.zoom.readDocument(target, ref).then(
      (outcome): LiveDocument =>
        outcome.state === 'missing' ? { state: 'unreadable', reason: outcome.reason } : outcome,
      (error: unknown): LiveDocument => ({ state: 'unreadable', reason: messageOf(error) }),
    );
  run.explaining.set(key, reading);
  return reading;
}

function changeHolds(change: Change, body: JsonObject, unmet: ReadonlySet<SettingKey>): boolean {
  const setting = settingOfChange(change);
  if (change.kind === 'set' && change.item !== undefined && setting.items !== undefined) {
    return itemHolds(change, setting, setting.items, body);
  }
  return !unmet.has(keyOfChange(change));
}

/** Notes how a change ended, and what that makes impossible. */
function end(run: Run, result: ChangeResult): void {
  run.results.set(result.change, result);
  if (result.status === 'applied') return;
  for (const name of provides(result.change)) run.missing.set(name, result.step);
}

function endOf(change: Change, step: Step, run: Run): ChangeResult {
  const result = run.results.get(change);
  if (result === undefined) throw new Error(`no result for ${change.path} in ${step.id}`);
  return result;
}
