/** A saved plan made ready: checked, its documents read again, its secrets found. */
import type { Setting } from '../../catalog/setting.ts';
import { EXIT, LockstepError } from '../../errors.ts';
import { isOfConnection } from '../../model/connection-variables.ts';
import type { Change, Plan, Step } from '../../model/plan.ts';
import { holdsMarker, isSecret, referencesIn } from '../../model/secret.ts';
import type { DesiredFact } from '../../model/state.ts';
import { type Target, type TargetKey, targetKey, targetLabel } from '../../model/target.ts';
import type { ZoomReader } from '../../model/zoom-api.ts';
import { mapConcurrent } from '../../util/concurrent.ts';
import { interning } from '../../util/intern.ts';
import { type Json, valueAt } from '../../util/json.ts';
import { VALUES } from '../../util/memoize.ts';
import { observeTarget } from '../observe/observe.ts';
import { settingOfChange } from '../plan/change.ts';
import type { Planned } from '../plan/make-plan.ts';
import { TargetPairs } from '../plan/pair.ts';
import { siblingsIn } from '../plan/siblings.ts';
import { describeStale, hasMoved, type Narrowed, type Stale, staleFields, withoutStale } from './stale.ts';

/** A plan to carry out, and what of it was left out before. */
export type Prepared = Planned & Narrowed;

export type Environment = Readonly<Record<string, string | undefined>>;

export interface PrepareOptions {
  /** Where the secrets that the plan names are read again. */
  readonly env: Environment;
  /** Leave out what Zoom has moved away from, instead of refusing the plan. */
  readonly partial: boolean;
  /** Targets looked at at the same time: enough to keep the requests flowing, few enough to hold few documents. */
  readonly atOnce: number;
  readonly onProgress: (text: string) => void;
  /** Receives a line for each field that is left out. */
  readonly onStale: (text: string) => void;
}

/**
 * Target by target: what stays in memory of thousands of them is what has moved, not their documents.
 * @throws LockstepError exit 3 when a field has moved since the plan was made or cannot be read, unless `--partial` leaves
 *   it out
 */
export async function prepareSaved(
  plan: Plan,
  zoom: ZoomReader,
  { env, partial, atOnce, onProgress, onStale }: PrepareOptions,
): Promise<Prepared> {
  if (plan.account !== zoom.account) {
    throw refusal(`the plan is for the account ${plan.account}, and this run is for ${zoom.account}`, 'use --account');
  }
  await assertGroupsAreTheirs(plan, zoom);
  onProgress('Reading again what the plan touches');
  const references = referencesOf(plan);
  const looks = await mapConcurrent(touchedBy(plan), atOnce, (touched) => lookAgain(touched, references, zoom));
  const secrets = new Map([...looks.flatMap((look) => look.secrets), ...secretsFromEnvironment(references, env)]);
  const stale = inOrderOf(
    plan,
    looks.flatMap((look) => look.stale),
  );
  if (stale.length > 0 && !partial) throw staleRefusal(stale);
  for (const entry of stale) onStale(describeStale(entry));
  const kept = withoutStale(plan, stale);
  const wanted = new Map(touchedBy(kept.plan).map(({ target, facts }) => [targetKey(target), facts]));
  return { ...kept, secrets, wanted: (target) => wanted.get(targetKey(target)) ?? [] };
}

function staleRefusal(stale: readonly Stale[]): LockstepError {
  const what = stale.some(hasMoved)
    ? 'the plan is stale: Zoom has moved since it was made'
    : 'what the plan changes cannot be read, so it may be stale';
  return refusal(
    [what, ...stale.map(describeStale)].join('\n'),
    'nothing was sent; plan again, or apply the rest with --partial',
  );
}

/** Ids go into requests and names are what people read: a plan must not say one group and change another. */
async function assertGroupsAreTheirs(plan: Plan, zoom: ZoomReader): Promise<void> {
  const targets = plan.waves.flat().map(({ target }) => target);
  const groups = targets.some(({ scope }) => scope === 'group') ? await zoom.listGroups() : [];
  const names = new Map(groups.map(({ id, name }) => [id, name]));
  for (const target of targets) {
    const found =
      target.scope === 'account'
        ? target.id === zoom.account
        : target.scope === 'user'
          ? target.id === target.email
          : names.get(target.id) === target.name;
    if (!found)
      throw refusal(`the plan's ${targetLabel(target)} is not what Zoom has under that name`, 'make the plan again');
  }
}

/** One target of a plan: what is sent to it, and what that comes to. */
interface Touched {
  readonly target: Target;
  readonly steps: readonly Step[];
  readonly facts: readonly DesiredFact[];
}

function touchedBy({ waves }: Plan): readonly Touched[] {
  const byTarget = new Map<TargetKey, Step[]>();
  for (const step of waves.flat()) {
    const key = targetKey(step.target);
    const steps = byTarget.get(key);
    if (steps === undefined) byTarget.set(key, [step]);
    else steps.push(step);
  }
  const shared = interning<readonly DesiredFact[]>(VALUES);
  return [...byTarget.values()].flatMap((steps) => {
    const [first] = steps;
    if (first === undefined) return [];
    const facts = steps.flatMap(({ changes }) => changes.map(factOf));
    // Thousands of targets have few different lists, and what is prepared for a list serves all that share it.
    return [{ target: first.target, steps, facts: shared(JSON.stringify(facts), () => facts) }];
  });
}

function factOf({ kind, path, after, provenance }: Change): DesiredFact {
  return { kind: kind === 'set' ? 'set' : 'lock', path, value: after, provenance };
}

interface Look {
  readonly stale: readonly Stale[];
  /** Those in Zoom that the plan names. */
  readonly secrets: readonly (readonly [reference: string, value: Json])[];
}

async function lookAgain(touched: Touched, references: ReadonlySet<string>, zoom: ZoomReader): Promise<Look> {
  const documents = touched.steps.map(({ request }) => request.document);
  const pairs = new TargetPairs(touched, await observeTarget(zoom, touched.target, documents));
  for (const setting of touched.steps.flatMap(hiddenIn)) {
    const reading = pairs.reading(setting);
    if (reading.state === 'read') pairs.hidden(setting, reading.value);
  }
  return {
    stale: staleFields(touched.steps, pairs),
    secrets: pairs.liveSecrets().filter(([reference]) => references.has(reference)),
  };
}

/** The settings whose values a step names and does not hold. */
function hiddenIn(step: Step): readonly Setting[] {
  const changed = step.changes.filter(holdsMarker).map(settingOfChange);
  return [...changed, ...siblingsIn(step).filter(({ keys }) => isSecret(valueAt(step.request.body, keys)))];
}

/** In the order of the plan, as everything that is shown of it. */
function inOrderOf({ waves }: Plan, stale: readonly Stale[]): readonly Stale[] {
  if (stale.length === 0) return stale;
  const place = new Map(waves.flat().map((step, index) => [step, index]));
  return stale.toSorted((a, b) => (place.get(a.step) ?? 0) - (place.get(b.step) ?? 0));
}

function referencesOf({ waves }: Plan): ReadonlySet<string> {
  // What a change is from goes into the body of its object where the change itself is left out.
  return new Set(
    waves
      .flat()
      .flatMap(({ request, changes }) => [
        ...referencesIn(request.body),
        ...changes.flatMap(({ before }) => (before === undefined ? [] : referencesIn(before))),
      ]),
  );
}

/** Secrets are named in a plan and read again here; all that are missing are told together. */
function secretsFromEnvironment(references: ReadonlySet<string>, env: Environment): [string, Json][] {
  const missing: string[] = [];
  const found = [...references].flatMap((reference): [string, Json][] => {
    const [, kind, name = ''] = /^(\w+):(.*)$/s.exec(reference) ?? [];
    if (kind === 'live') return [];
    if (kind === 'env' && isOfConnection(name))
      throw refusal(
        `the plan sends ${name} to Zoom as the value of a setting`,
        'nothing was sent; make the plan again',
      );
    const value = kind === 'env' && Object.hasOwn(env, name) && env[name] !== '' ? env[name] : undefined;
    if (value !== undefined) return [[reference, value]];
    missing.push(
      kind === 'env' ? `${name} is not set` : `${reference} stands literally in a policy; name it with !env`,
    );
    return [];
  });
  if (missing.length === 0) return found;
  throw new LockstepError(`secrets of the plan are not at hand: ${missing.join('; ')}`, { hint: 'nothing was sent' });
}

function refusal(message: string, hint: string): LockstepError {
  return new LockstepError(`refused: ${message}`, { exitCode: EXIT.refused, hint });
}
