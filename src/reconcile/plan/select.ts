/** `--target`: which of the wanted targets and paths a run is about. */
import { LockstepError } from '../../errors.ts';
import type { Blocked } from '../../model/plan.ts';
import type { Desired, DesiredTarget } from '../../model/state.ts';
import { type TargetRef, targetLabel } from '../../model/target.ts';
import { globMatcher } from '../../util/glob.ts';
import type { ResolvedTargets } from './targets.ts';

export interface Selection {
  /** True when no `--target` was given: everything is selected. */
  readonly everything: boolean;
  readonly target: (target: TargetRef) => boolean;
  readonly path: (path: string) => boolean;
  /** Each `--target` as written, with what it takes in. */
  readonly selectors: readonly Selector[];
}

interface Selector {
  readonly text: string;
  readonly kind: 'target' | 'path';
  readonly scope: TargetRef['scope'] | undefined;
  readonly matches: (label: string) => boolean;
}

const LONGEST = 1000;
const FORMS =
  'use account, group:NAME, user:E-MAIL (with * and ?), or a setting path such as in_meeting.chat or in_meeting';

/** The form decides between targets and paths: `account`, `group:GLOB`, `user:GLOB`; anything else is a path. */
function selectorFrom(text: string): Selector {
  if (text === '' || text.length > LONGEST)
    throw new LockstepError(`--target "${text.slice(0, 40)}" names nothing`, { hint: FORMS });
  const scope = text === 'account' ? 'account' : /^(group|user):./.exec(text)?.[1];
  if (scope !== undefined) {
    return { text, kind: 'target', scope: scope as TargetRef['scope'], matches: globMatcher(text) };
  }
  const whole = globMatcher(text);
  const below = globMatcher(`${text}.*`);
  return { text, kind: 'path', scope: undefined, matches: (path) => whole(path) || below(path) };
}

export function selectionFrom(texts: readonly string[]): Selection {
  const selectors = texts.map(selectorFrom);
  const ofKind = (kind: Selector['kind']) => selectors.filter((selector) => selector.kind === kind);
  const [targets, paths] = [ofKind('target'), ofKind('path')];
  return {
    everything: selectors.length === 0,
    selectors,
    target: (target) => targets.length === 0 || targets.some(({ matches }) => matches(targetLabel(target))),
    path: (path) => paths.length === 0 || paths.some(({ matches }) => matches(path)),
  };
}

/** Leaves out, before anything is asked of Zoom, what no selector can reach. Group patterns are decided later. */
export function selectEntries(desired: Desired, selection: Selection): Desired {
  const scopes = selection.selectors.flatMap(({ scope }) => scope ?? []);
  const entries = desired.entries
    .filter(({ scope, name, glob }) => {
      if (scopes.length > 0 && !scopes.includes(scope)) return false;
      if (scope === 'group') return glob || selection.target({ scope, name });
      return selection.target(scope === 'account' ? { scope } : { scope, email: name });
    })
    .map((entry) => ({ ...entry, facts: entry.facts.filter((fact) => selection.path(fact.path)) }));
  return { entries: entries.filter((entry) => entry.facts.length > 0) };
}

/** @throws LockstepError for a selector that took in nothing: a typo must not read as "nothing to do" */
export function selectTargets(resolved: ResolvedTargets, selection: Selection): ResolvedTargets {
  const targets = resolved.targets.filter(({ target }) => selection.target(target));
  const blocked = resolved.blocked.filter(({ target }) => selection.target(target));
  const leftOut = resolved.leftOut.filter(({ target }) => selection.target(target));
  for (const selector of selection.selectors) assertTakesInSomething(selector, [...targets, ...leftOut], blocked);
  return { targets, blocked, leftOut };
}

type Wanted = { readonly target: TargetRef; readonly facts: DesiredTarget['facts'] };

function assertTakesInSomething(
  { text, kind, matches }: Selector,
  targets: readonly Wanted[],
  blocked: readonly Blocked[],
) {
  const labels =
    kind === 'target'
      ? [...targets, ...blocked].map(({ target }) => targetLabel(target))
      : [...targets.flatMap(({ facts }) => facts), ...blocked].map(({ path }) => path);
  if (labels.some(matches)) return;
  throw new LockstepError(`--target ${text} matches nothing that the policies manage`, {
    hint: FORMS,
  });
}
