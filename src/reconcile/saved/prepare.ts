/** A saved plan made ready: checked, its documents read again, its secrets found. */
import { settingOf } from '../../catalog/lookup.ts';
import { EXIT, LockstepError } from '../../errors.ts';
import { accountLine, isSameAccount } from '../../model/account.ts';
import type { Change, Plan, Step } from '../../model/plan.ts';
import type { DesiredFact } from '../../model/state.ts';
import { type Target, type TargetKey, targetKey, targetLabel } from '../../model/target.ts';
import type { ZoomReader } from '../../model/zoom-api.ts';
import { mapConcurrent } from '../../util/concurrent.ts';
import { interning } from '../../util/intern.ts';
import type { Json } from '../../util/json.ts';
import { VALUES } from '../../util/memoize.ts';
import { observeTarget } from '../observe/observe.ts';
import type { Confidential } from '../plan/confidential.ts';
import type { Planned } from '../plan/make-plan.ts';
import { TargetPairs } from '../plan/pair.ts';
import { describeStale, hasMoved, type Narrowed, type Stale, staleFields, withoutStale } from './stale.ts';
import { confidentialIn, type Environment, hiddenIn, referencesOf, valuesOfVariables } from './variables.ts';

/** A plan to carry out, and what of it was left out before. */
export type Prepared = Planned & Narrowed;

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
  saved: Plan,
  zoom: ZoomReader,
  { env, partial, atOnce, onProgress, onStale }: PrepareOptions,
): Promise<Prepared> {
  if (!isSameAccount(saved.account, zoom.account)) {
    const message = `the plan is for ${accountLine(saved.account)}; this run is for ${accountLine(zoom.account)}`;
    throw refusal(message, 'nothing was sent; use the credentials that the plan was made with, or plan again');
  }
  // The same account, as this run knows it: it may have another name by now.
  const plan = { ...saved, account: zoom.account };
  await assertGroupsAreTheirs(plan, zoom);
  onProgress('Reading again what the plan touches');
  const references = referencesOf(plan);
  const given = valuesOfVariables(plan, env);
  const steps = plan.waves.flat();
  const changes = steps.flatMap((step) => step.changes);
  const confidential = confidentialIn(changes, steps, env);
  const looks = await mapConcurrent(touchedBy(plan), atOnce, (touched) =>
    lookAgain(touched, references, zoom, confidential),
  );
  const secrets = new Map([...looks.flatMap((look) => look.secrets), ...given]);
  const stale = inOrderOf(
    plan,
    looks.flatMap((look) => look.stale),
  );
  if (stale.length > 0 && !partial) throw staleRefusal(stale);
  for (const entry of stale) onStale(describeStale(entry));
  const kept = withoutStale(plan, stale);
  const wanted = new Map(touchedBy(kept.plan).map(({ target, facts }) => [targetKey(target), facts]));
  return { ...kept, secrets, confidential, wanted: (target) => wanted.get(targetKey(target)) ?? [] };
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
        ? target.id === zoom.account.id
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

async function lookAgain(
  touched: Touched,
  references: ReadonlySet<string>,
  zoom: ZoomReader,
  confidential: Confidential,
): Promise<Look> {
  const documents = touched.steps.map(({ request }) => request.document);
  const pairs = new TargetPairs(touched, await observeTarget(zoom, touched.target, documents), confidential);
  for (const setting of touched.steps.flatMap(hiddenIn)) {
    const reading = pairs.reading(setting);
    if (reading.state === 'read') pairs.hidden(setting, reading.value);
  }
  return {
    stale: staleFields(touched.steps, pairs).map((stale) => withoutSecret(stale, pairs)),
    secrets: pairs.liveSecrets().filter(([reference]) => references.has(reference)),
  };
}

function withoutSecret(stale: Stale, pairs: TargetPairs): Stale {
  const setting = settingOf(pairs.scope, { kind: 'set', path: stale.path });
  const { now } = stale;
  if (now.state !== 'read' || !pairs.hides(setting, now.value)) return stale;
  return { ...stale, now: { state: 'read', value: pairs.hidden(setting, now.value) } };
}

/** In the order of the plan, as everything that is shown of it. */
function inOrderOf({ waves }: Plan, stale: readonly Stale[]): readonly Stale[] {
  if (stale.length === 0) return stale;
  const place = new Map(waves.flat().map((step, index) => [step, index]));
  return stale.toSorted((a, b) => (place.get(a.step) ?? 0) - (place.get(b.step) ?? 0));
}

function refusal(message: string, hint: string): LockstepError {
  return new LockstepError(`refused: ${message}`, { exitCode: EXIT.refused, hint });
}
