/** Everything that is known of one setting, section or lock key; or which settings there are. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { explanationOf, type Listed, SCOPES, searchSettings } from '../../catalog/explanation.ts';
import { LockstepError } from '../../errors.ts';
import type { Scope, TargetRef } from '../../model/target.ts';
import { quoted } from '../../policy/phrases.ts';
import { aboutUnknownName } from '../../policy/unknown-name.ts';
import type { Explained } from '../../report/explained.ts';
import { begin, type Call } from '../call.ts';
import type { Settings } from '../option.ts';
import type { EXPLAIN, SEARCH } from '../signatures.ts';
import { packsThatSet, policiesHere, policiesThatSet, secrecyBy } from './set-by.ts';

const ADVICE = 'lockstep explain --search WORD finds settings by what they do';

export async function explain(settings: Settings<typeof EXPLAIN.options>): Promise<Explained> {
  const call = await begin(settings);
  const target = targetFrom(settings.target);
  const scopes = scopesOf(target);
  const explanation = explanationOf(settings.setting, scopes);
  if (explanation === undefined) throw new LockstepError(aboutUnknownName(settings.setting, scopes), { hint: ADVICE });
  if (settings.live && explanation.kind === 'section') {
    throw new LockstepError(`--live needs one setting or lock key; ${quoted(explanation.path)} is a section`);
  }
  const paths = await pathsHere(call, settings.policies);
  const loaded = paths === undefined ? undefined : await policiesHere(call, paths);
  const policies = loaded === undefined ? undefined : policiesThatSet(loaded, explanation, target);
  const packs = await packsThatSet(call, explanation, target);
  const live = settings.live
    ? await (await import('./live.ts')).readLive(call, settings, explanation, target, {
        ...secrecyBy(loaded, explanation),
        isUnknown: paths !== undefined && loaded === undefined,
      })
    : {};
  return {
    explanation,
    packs,
    ...(policies === undefined ? {} : { policies }),
    ...live,
  };
}

export async function search({ search, target }: Settings<typeof SEARCH.options>): Promise<readonly Listed[]> {
  const words = search.split(/\s+/).filter((word) => word !== '');
  const found = searchSettings(words, scopesOf(targetFrom(target)));
  if (found.length === 0) throw new LockstepError(`no setting matches ${quoted(search)}`);
  return found;
}

/** Without any that are named, those of the usual folder where there is one. */
async function pathsHere({ cwd }: Call, named: readonly string[]): Promise<readonly string[] | undefined> {
  if (named.length > 0) return named;
  const isThere = await access(join(cwd, 'policies')).then(
    () => true,
    () => false,
  );
  return isThere ? named : undefined;
}

function scopesOf(target: TargetRef | undefined): readonly Scope[] {
  return target === undefined ? SCOPES : [target.scope];
}

function targetFrom(text: string | undefined): TargetRef | undefined {
  if (text === undefined) return undefined;
  if (text === 'account') return { scope: 'account' };
  const [, scope, name = ''] = /^(group|user):(.+)$/s.exec(text) ?? [];
  if (scope === undefined) {
    throw new LockstepError(`--target ${text} is not a target`, { hint: 'use account, group:NAME or user:E-MAIL' });
  }
  return scope === 'group' ? { scope, name } : { scope: 'user', email: name };
}
