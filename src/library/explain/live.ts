/** What Zoom reports of one setting and its locks, down the levels: read from each level itself, never worked out. */
import { type Explanation, namesOf } from '../../catalog/explanation.ts';
import { factAt } from '../../catalog/lookup.ts';
import type { Setting } from '../../catalog/setting.ts';
import { LockstepError } from '../../errors.ts';
import { type Target, type TargetRef, targetLabel } from '../../model/target.ts';
import { knownGroups, type ZoomReader } from '../../model/zoom-api.ts';
import { observeTarget } from '../../reconcile/observe/observe.ts';
import { type Confidential, isChoice } from '../../reconcile/plan/confidential.ts';
import { TargetPairs } from '../../reconcile/plan/pair.ts';
import type { Explained, LiveLevel, LiveReading } from '../../report/explained.ts';
import { openReader } from '../../zoom/zoom.ts';
import type { Call } from '../call.ts';
import { type ConnectionSettings, withZoom } from '../with-zoom.ts';

/** The account, and with `asked` that group, or that user and the groups that the user is in. */
export function readLive(
  call: Call,
  settings: ConnectionSettings,
  explanation: Explanation,
  asked: TargetRef | undefined,
  secrecy: Secrecy,
): Promise<Required<Pick<Explained, 'account' | 'live'>>> {
  return withZoom(call, settings, openReader, async ({ zoom }) => ({
    account: zoom.account,
    live: await levelsOf(explanation, zoom, asked, secrecy),
  }));
}

/** What of Zoom is not shown, as far as the policies say. */
export interface Secrecy {
  readonly confidential: Confidential;
  /** A policy sets the setting with `!env`. */
  readonly isFromVariable: boolean;
  /** There are policies, and they cannot be read. */
  readonly isUnknown: boolean;
}

async function levelsOf(
  explanation: Explanation,
  zoom: ZoomReader,
  asked: TargetRef | undefined,
  secrecy: Secrecy,
): Promise<readonly LiveLevel[]> {
  const targets = [{ scope: 'account', id: zoom.account.id } as const, ...(await targetsBelow(zoom, asked))];
  const levels = await Promise.all(targets.map((target) => levelOf(explanation, zoom, target, secrecy)));
  return levels.filter(({ facts, missing }) => facts.length > 0 || missing !== undefined);
}

async function targetsBelow(zoom: ZoomReader, asked: TargetRef | undefined): Promise<readonly Target[]> {
  if (asked === undefined || asked.scope === 'account') return [];
  if (asked.scope === 'group') {
    const named = (await zoom.listGroups()).filter(({ name }) => name === asked.name);
    if (named.length === 0) throw new LockstepError(`--target group:${asked.name} matches nothing in Zoom`);
    return named.map(({ id, name }) => ({ scope: 'group', id, name }));
  }
  const memberOf = knownGroups(await zoom.groupsOfUser(asked.email)) ?? [];
  const names = new Map(memberOf.length === 0 ? [] : (await zoom.listGroups()).map(({ id, name }) => [id, name]));
  const groups = memberOf.map((id) => ({ scope: 'group' as const, id, name: names.get(id) ?? id }));
  return [...groups, { scope: 'user', id: asked.email, email: asked.email }];
}

type Asked = { readonly kind: 'set' | 'lock'; readonly setting: Setting };

function askedAt(explanation: Explanation, scope: Target['scope']): readonly Asked[] {
  const names = explanation.kind === 'setting' ? namesOf(explanation) : [];
  const keys = explanation.locks.flatMap(({ level, path }) => (level === scope ? [path] : []));
  const found = (kind: Asked['kind']) => (path: string) => {
    const setting = factAt(scope, kind, path);
    return setting?.readable ? [{ kind, setting }] : [];
  };
  return [...names.flatMap(found('set')), ...keys.flatMap(found('lock'))];
}

async function levelOf(
  explanation: Explanation,
  zoom: ZoomReader,
  target: Target,
  secrecy: Secrecy,
): Promise<LiveLevel> {
  const asked = askedAt(explanation, target.scope);
  const label = targetLabel(target);
  if (asked.length === 0) return { target: label, facts: [] };
  const live = await observeTarget(
    zoom,
    target,
    asked.map(({ setting }) => setting.document.ref),
  );
  if (live.state === 'missing') return { target: label, facts: [], missing: live.reason };
  const pairs = new TargetPairs({ target, facts: [] }, live, secrecy.confidential);
  return { target: label, facts: asked.map((fact) => factOf(fact, pairs, secrecy)) };
}

const PERHAPS = 'it is not shown, because the policies cannot be read and may set it with !env';

function factOf({ kind, setting }: Asked, pairs: TargetPairs, { isFromVariable, isUnknown }: Secrecy): LiveReading {
  const { path } = setting;
  const reading = pairs.reading(setting);
  if (reading.state === 'unreadable') return { kind, path, state: 'unreadable', reason: reading.reason };
  if (reading.state !== 'read') return { kind, path, state: 'notListed' };
  const shown = { kind, path, state: 'read', value: reading.value } as const;
  if (kind === 'lock') return shown;
  if (isFromVariable || pairs.hides(setting, reading.value)) return { kind, path, state: 'secret' };
  return isUnknown && !isChoice(setting) ? { kind, path, state: 'unreadable', reason: PERHAPS } : shown;
}
