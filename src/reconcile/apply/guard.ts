/** What must be allowed by name before anything is written, and what fails a pipeline. */

import { countPlan } from '../../model/counts.ts';
import { tallyPlan, unseenWords } from '../../model/outcomes.ts';
import { type Change, changeName, changesOf, type Plan } from '../../model/plan.ts';
import { targetLabel } from '../../model/target.ts';
import { plural } from '../../util/plural.ts';
import { countFailing } from '../exit-code.ts';
import { FAILURES, type Failure } from '../fail-on.ts';

/** Why a plan is refused, and the one flag that allows just that. */
export interface Objection {
  readonly message: string;
  readonly flag: string;
}

export interface Allowed {
  readonly blocked: boolean;
  readonly lossy: boolean;
  /** Targets with a change. */
  readonly maxTargets: number;
  /** Entries of `protected` lists, or paths below which they lie. */
  readonly protectedPaths: readonly string[];
}

/** Every reason not to apply a plan; none means that it may be applied. */
export function guardPlan(plan: Plan, allowed: Allowed): readonly Objection[] {
  const changes = changesOf(plan);
  return [
    ...objectToBlocked(plan, allowed),
    ...objectToLossy(changes, allowed),
    ...objectToMany(plan, allowed),
    ...objectToProtected(changes, allowed),
  ];
}

function objectToBlocked(plan: Plan, allowed: Allowed): Objection[] {
  const tally = tallyPlan(plan);
  const count = tally.blocked + tally['not-offered'];
  const unseen = unseenWords(tally);
  const isStopped = plan.blocked.some(({ waiver }) => waiver === undefined);
  if (!isStopped || allowed.blocked) return [];
  const rest = plan.waves.length === 0 ? 'and there is nothing else to do' : 'the rest could be applied without';
  const stopped = count === 0 ? [] : [`${plural(count, 'change is', 'changes are')} blocked`];
  const message = `${[...stopped, ...(unseen === '' ? [] : [unseen])].join(', ')}; ${rest}`;
  return [{ message, flag: '--allow-blocked' }];
}

function objectToLossy(changes: readonly Change[], allowed: Allowed): Objection[] {
  const lossy = changes.filter((change) => change.lossy !== undefined);
  if (lossy.length === 0 || allowed.lossy) return [];
  const message = `${plural(lossy.length, 'change loses', 'changes lose')} what undoing does not bring back: ${named(lossy)}`;
  return [{ message, flag: '--allow-lossy' }];
}

function objectToMany(plan: Plan, allowed: Allowed): Objection[] {
  const { targets } = countPlan(plan);
  if (targets <= allowed.maxTargets) return [];
  const message = `${plural(targets, 'target')} would be changed, and ${allowed.maxTargets} may be`;
  return [{ message, flag: `--max-targets ${targets}` }];
}

function objectToProtected(changes: readonly Change[], allowed: Allowed): Objection[] {
  const isAllowed = (path: string) =>
    allowed.protectedPaths.some((given) => path === given || path.startsWith(`${given}.`));
  const byEntry = new Map<string, Change[]>();
  for (const change of changes) {
    const { protectedBy } = change;
    if (protectedBy === undefined || isAllowed(protectedBy) || isAllowed(change.path)) continue;
    byEntry.set(protectedBy, [...(byEntry.get(protectedBy) ?? []), change]);
  }
  return [...byEntry].map(([path, found]) => ({
    message: `${plural(found.length, 'change is', 'changes are')} under the protected path ${path}: ${named(found)}`,
    flag: `--allow-protected ${path}`,
  }));
}

const SHOWN = 5;

function named(changes: readonly Change[]): string {
  const shown = changes.slice(0, SHOWN).map((change) => `${targetLabel(change.target)} ${changeName(change)}`);
  const more = changes.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What a plan holds of what `--fail-on` names. */
export function failuresOf(plan: Plan, failOn: readonly Failure[]): readonly string[] {
  return FAILURES.filter((failure) => failOn.includes(failure)).flatMap((failure) => {
    const found = FOUND[failure](plan);
    return found === undefined ? [] : [`${failure}: ${found}`];
  });
}

const FOUND: Readonly<Record<Failure, (plan: Plan) => string | undefined>> = {
  weakening: (plan) => listed(plan, ({ direction }) => direction === 'weakens'),
  blocked: ({ blocked }) => {
    const count = blocked.filter(({ waiver }) => waiver === undefined).length;
    return count === 0 ? undefined : plural(count, 'change');
  },
  lossy: (plan) => listed(plan, ({ lossy }) => lossy !== undefined),
  unlock: (plan) => listed(plan, ({ kind }) => kind === 'unlock'),
  unknown: (plan) => counted(plan, 'unknown'),
  unmatched: (plan) => counted(plan, 'unmatched'),
};

function listed(plan: Plan, takes: (change: Change) => boolean): string | undefined {
  const found = changesOf(plan).filter(takes);
  return found.length === 0 ? undefined : `${plural(found.length, 'change')}: ${named(found)}`;
}

function counted(plan: Plan, failure: Failure): string | undefined {
  const tally = tallyPlan(plan);
  const count = countFailing(tally, failure);
  if (count === 0) return undefined;
  return tally['nothing-managed'] > 0 ? unseenWords(tally) : plural(count, 'setting or lock', 'settings and locks');
}
