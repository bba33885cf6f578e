/** Who sets a setting or its locks: the packs that ship, and the policies here. */
import { type Explanation, namesOf } from '../../catalog/explanation.ts';
import { LockstepError } from '../../errors.ts';
import { isSecret } from '../../model/secret.ts';
import type { DesiredEntry } from '../../model/state.ts';
import { type TargetRef, targetLabel } from '../../model/target.ts';
import { foldedName } from '../../policy/layers.ts';
import type { LoadedPolicies } from '../../policy/load.ts';
import { chainsTo, factsAbout, type WhoSets } from '../../policy/who-sets.ts';
import { controlsIn } from '../../reconcile/control-comment.ts';
import { Confidential } from '../../reconcile/plan/confidential.ts';
import { resolveTargets } from '../../reconcile/plan/targets.ts';
import type { SetBy, SetByPack } from '../../report/explained.ts';
import type { Call } from '../call.ts';
import { readPolicies, shippedPacks } from '../policies.ts';

type Entries = readonly Pick<DesiredEntry, 'scope' | 'name' | 'facts'>[];

export async function packsThatSet(
  { cwd }: Call,
  explanation: Explanation,
  asked: TargetRef | undefined,
): Promise<readonly SetByPack[]> {
  const names = await shippedPacks();
  const loaded = await Promise.all(
    names.map((name) => readPolicies({ cwd, env: {} }, { policies: [`pack:${name}`] }, 'named')),
  );
  return loaded.flatMap((policies, index) => {
    const pack = names[index] ?? '';
    return factsFor(explanation, entriesOf(policies, asked)).map((found) => {
      const { chains: _, ...set } = setBy(found, policies);
      const [, origin = pack] = /([a-z0-9-]+)(?:\.yaml)?$/.exec(set.provenance.file) ?? [];
      return { pack, ...set, ...(origin === pack ? {} : { through: origin }) };
    });
  });
}

/** `undefined` where the policies cannot be read. The reason is a warning; the rest of the answer is still complete. */
export async function policiesHere(call: Call, policies: readonly string[]): Promise<LoadedPolicies | undefined> {
  try {
    return await readPolicies(call, { policies }, 'named');
  } catch (error) {
    if (!(error instanceof LockstepError)) throw error;
    call.warn([{ kind: 'policies-left-out', message: error.message, error }]);
    return undefined;
  }
}

export function policiesThatSet(
  loaded: LoadedPolicies,
  explanation: Explanation,
  asked: TargetRef | undefined,
): readonly SetBy[] {
  return factsFor(explanation, entriesOf(loaded, asked)).map((found) => setBy(found, loaded));
}

function factsFor(explanation: Explanation, entries: Entries): readonly WhoSets[] {
  const settings = explanation.kind === 'setting' ? namesOf(explanation) : [];
  return factsAbout(
    entries,
    settings,
    explanation.locks.map(({ path }) => path),
  );
}

/** What the policies take from variables, for any target. */
export function secrecyBy(loaded: LoadedPolicies | undefined, explanation: Explanation) {
  const entries = loaded?.desired.entries ?? [];
  const isFromVariable = factsFor(explanation, entries).some(({ fact }) => isSecret(fact.value));
  return { confidential: new Confidential(entries, loaded?.secrets ?? new Map()), isFromVariable };
}

/** Entries as they are written; for one target what they come to there, and the account's locks above it. */
function entriesOf({ desired }: LoadedPolicies, asked: TargetRef | undefined): Entries {
  if (asked === undefined) return desired.entries;
  const label = labelOf(asked);
  const groups = asked.scope === 'group' ? [{ id: asked.name, name: asked.name }] : [];
  return resolveTargets(desired, groups, '').targets.flatMap(({ target, facts }) => {
    const entry = { scope: target.scope, name: nameOf(target) };
    if (labelOf(target) === label) return [{ ...entry, facts }];
    return target.scope === 'account' ? [{ ...entry, facts: facts.filter(({ kind }) => kind === 'lock') }] : [];
  });
}

function nameOf(target: TargetRef): string {
  return target.scope === 'group' ? target.name : target.scope === 'user' ? target.email : '';
}

function labelOf(target: TargetRef): string {
  return `${target.scope} ${foldedName(target.scope, nameOf(target))}`;
}

function setBy({ entry: { scope, name }, fact }: WhoSets, { bases }: LoadedPolicies): SetBy {
  const { kind, path, value, provenance } = fact;
  const target = scope === 'account' ? { scope } : scope === 'group' ? { scope, name } : { scope, email: name };
  return {
    target: targetLabel(target),
    kind,
    path,
    value,
    controls: controlsIn(provenance.reason),
    provenance,
    chains: chainsTo(provenance.file, bases),
  };
}
