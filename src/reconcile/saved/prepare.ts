/** A saved plan made ready: checked, its documents read again, its secrets found. */
import { EXIT, LockstepError } from '../../errors.ts';
import { changesOf, type Plan } from '../../model/plan.ts';
import type { ChangeResult } from '../../model/result.ts';
import { isSecret, referencesIn } from '../../model/secret.ts';
import { type DocumentRef, documentKey } from '../../model/setting.ts';
import type { DesiredFact, LiveTarget } from '../../model/state.ts';
import { type Target, targetLabel } from '../../model/target.ts';
import type { ZoomReader } from '../../model/zoom-api.ts';
import type { Json } from '../../util/json.ts';
import { observeTarget } from '../observe/observe.ts';
import type { Planned } from '../plan/make-plan.ts';
import { TargetPairs } from '../plan/pair.ts';
import { type Stale, staleFields, withoutStale } from './stale.ts';

/** A plan to carry out, and what of it was left out before. */
export interface Prepared extends Planned {
  readonly dropped: readonly ChangeResult[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

export interface PrepareOptions {
  /** Where the secrets that the plan names are read again. */
  readonly env: Environment;
  /** Leave out what Zoom has moved away from, instead of refusing the plan. */
  readonly partial: boolean;
  readonly onProgress: (text: string) => void;
  /** Receives a line for each field that is left out. */
  readonly onStale: (text: string) => void;
}

/** @throws LockstepError exit 3 when a field has moved since the plan was made, unless `--partial` leaves it out */
export async function prepareSaved(
  plan: Plan,
  zoom: ZoomReader,
  { env, partial, onProgress, onStale }: PrepareOptions,
): Promise<Prepared> {
  if (plan.account !== zoom.account) {
    throw refusal(`the plan is for the account ${plan.account}, and this run is for ${zoom.account}`, 'use --account');
  }
  await assertGroupsAreTheirs(plan, zoom);
  onProgress('Reading again what the plan touches');
  const live = await observeTouched(plan, zoom);
  const facts = factsByTarget(plan);
  const secrets = new Map<string, Json>(
    [...live.values()].flatMap((found) =>
      found.state === 'found'
        ? new TargetPairs(
            { target: found.target, facts: facts.get(targetLabel(found.target)) ?? [] },
            found,
          ).liveSecrets()
        : [],
    ),
  );
  for (const [reference, value] of secretsFromEnvironment(plan, env)) secrets.set(reference, value);
  const stale = staleFields(plan, live);
  if (stale.length > 0 && !partial) {
    throw refusal(
      ['the plan is stale: Zoom has moved since it was made', ...stale.map(describeStale)].join('\n'),
      'nothing was sent; plan again, or apply the rest with --partial',
    );
  }
  for (const entry of stale) onStale(describeStale(entry));
  const kept = withoutStale(plan, stale);
  const wanted = factsByTarget(kept);
  return {
    plan: kept,
    secrets,
    wanted: (target) => wanted.get(targetLabel(target)) ?? [],
    dropped: droppedFrom(plan, kept),
  };
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

async function observeTouched(plan: Plan, zoom: ZoomReader): Promise<ReadonlyMap<string, LiveTarget>> {
  const touched = new Map<string, { target: Target; documents: Map<string, DocumentRef> }>();
  for (const { target, request } of plan.waves.flat()) {
    const label = targetLabel(target);
    const entry = touched.get(label) ?? { target, documents: new Map<string, DocumentRef>() };
    entry.documents.set(documentKey(request.document), request.document);
    touched.set(label, entry);
  }
  const observed = [...touched].map(
    async ([label, { target, documents }]): Promise<[string, LiveTarget]> => [
      label,
      await observeTarget(zoom, target, [...documents.values()]),
    ],
  );
  return new Map(await Promise.all(observed));
}

/** Secrets are named in a plan and read again here; all that are missing are told together. */
function secretsFromEnvironment(plan: Plan, env: Environment): [string, Json][] {
  const references = new Set(plan.waves.flat().flatMap(({ request }) => referencesIn(request.body)));
  const missing: string[] = [];
  const found = [...references].flatMap((reference): [string, Json][] => {
    const [, kind, name = ''] = /^(\w+):(.*)$/s.exec(reference) ?? [];
    if (kind === 'live') return [];
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

/** What the plan wants, by `targetLabel`: looked up once a target, in plans of thousands. */
function factsByTarget(plan: Plan): ReadonlyMap<string, readonly DesiredFact[]> {
  const facts = new Map<string, DesiredFact[]>();
  for (const { target, kind, path, after, provenance } of changesOf(plan)) {
    const known = facts.get(targetLabel(target)) ?? [];
    known.push({ kind: kind === 'set' ? 'set' : 'lock', path, value: after, provenance });
    facts.set(targetLabel(target), known);
  }
  return facts;
}

function droppedFrom(plan: Plan, kept: Plan): ChangeResult[] {
  const sent = new Set(changesOf(kept));
  const because = 'Zoom has moved since the plan was made';
  return plan.waves
    .flat()
    .flatMap(({ id, changes }) =>
      changes.flatMap((change): ChangeResult[] =>
        sent.has(change) ? [] : [{ status: 'notAttempted', change, step: id, because }],
      ),
    );
}

function describeStale({ target, path, was, is }: Stale): string {
  return `${targetLabel(target)} ${path}: was ${shown(was)} for the plan, is ${shown(is)} now`;
}

function shown(value: Json | undefined): string {
  if (value === undefined) return 'absent';
  return isSecret(value) ? 'a secret' : JSON.stringify(value);
}

function refusal(message: string, hint: string): LockstepError {
  return new LockstepError(`refused: ${message}`, { exitCode: EXIT.refused, hint });
}
