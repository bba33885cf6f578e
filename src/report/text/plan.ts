/** A plan, or drift, for people: by target, a lock beside its setting, what cannot be done and why, counts last. */

import { countPlan, type PlanCounts } from '../../model/counts.ts';
import {
  type Blocked,
  type Change,
  changeName,
  changesOf,
  type LockChange,
  type Plan,
  type SetChange,
} from '../../model/plan.ts';
import type { Budget } from '../../model/report.ts';
import type { Provenance } from '../../model/state.ts';
import { targetLabel } from '../../model/target.ts';
import { compareText } from '../../util/compare-text.ts';
import { stableText } from '../../util/json.ts';
import { printable } from '../../util/printable.ts';
import { loosens, wayText } from '../direction.ts';
import { differingParts, knownBefore, listChanges, shortValue } from '../value.ts';
import { type Purpose, planVerdict, requestsText } from '../verdict.ts';
import { changeNotes } from '../view/notes.ts';
import { noteLines } from './notes.ts';
import type { Paint } from './paint.ts';

type Entry = { readonly path: string; readonly lines: readonly string[] };

const WIDEST_PATH = 56;

export function renderPlanText(purpose: Purpose, plan: Plan, budget: Budget, paint: Paint): string {
  const counts = countPlan(plan);
  const groups = byTarget(plan);
  // One text a target: a hundred thousand changes have three times as many lines.
  const body = [...groups].map(([label, { changes, blocked }]) =>
    [paint.bold(printable(label)), ...targetLines(purpose, changes, blocked, paint), ''].join('\n'),
  );
  const warnings = plan.warnings.map(
    ({ message, provenance }) => `${paint.yellow('!')} ${printable(message)}${paint.dim(at(provenance))}`,
  );
  return [
    ...body,
    ...(warnings.length === 0 ? [] : [...warnings, '']),
    paint.bold(planVerdict(purpose, plan, counts)),
    ...(plan.waves.length === 0 ? [] : [directions(purpose, counts)]),
    ...(plan.waves.length === 0 ? [] : [requestsText(budget), paint.dim(`Fingerprint ${plan.fingerprint}`)]),
    '',
  ].join('\n');
}

function byTarget(plan: Plan): Map<string, { changes: Change[]; blocked: Blocked[] }> {
  const groups = new Map<string, { changes: Change[]; blocked: Blocked[] }>();
  const groupOf = (label: string) => {
    const group = groups.get(label) ?? { changes: [], blocked: [] };
    groups.set(label, group);
    return group;
  };
  const labels = [...changesOf(plan), ...plan.blocked].map(({ target }) => targetLabel(target));
  // `account` comes before `group:` and that before `user:`, which happens to be alphabetical.
  for (const label of [...new Set(labels)].sort(compareText)) groupOf(label);
  for (const change of changesOf(plan)) groupOf(targetLabel(change.target)).changes.push(change);
  for (const blocked of plan.blocked) groupOf(targetLabel(blocked.target)).blocked.push(blocked);
  return groups;
}

function targetLines(
  purpose: Purpose,
  changes: readonly Change[],
  blocked: readonly Blocked[],
  paint: Paint,
): string[] {
  const sets = changes.filter((change) => change.kind === 'set');
  const locks = changes.filter((change) => change.kind !== 'set');
  const beside = new Map<SetChange, LockChange>();
  for (const lock of locks) {
    const [set, ...others] =
      lock.heldBy !== undefined ? [] : sets.filter(({ path }) => path === lock.path || lock.freezes.includes(path));
    if (set !== undefined && others.length === 0) beside.set(set, lock);
  }
  const placed = new Set(beside.values());
  const width = Math.min(WIDEST_PATH, Math.max(0, ...sets.map((set) => printable(changeName(set)).length)));
  const entries: Entry[] = [
    ...sets.map((set) => ({ path: changeName(set), lines: setLines(purpose, set, beside.get(set), width, paint) })),
    ...locks
      .filter((lock) => !placed.has(lock))
      .map((lock) => ({ path: lock.path, lines: lockLines(purpose, lock, paint) })),
    ...blocked.map((block) => ({ path: block.path, lines: blockedLines(block, paint) })),
  ];
  return entries.sort((a, b) => compareText(a.path, b.path)).flatMap(({ lines }) => lines);
}

function setLines(
  purpose: Purpose,
  set: SetChange,
  lock: LockChange | undefined,
  width: number,
  paint: Paint,
): string[] {
  const path = printable(changeName(set)).padEnd(width);
  if (set.heldBy !== undefined)
    return [`  = ${path}  ${shortValue(set.after)}`, ...noteLines(changeNotes(set), paint), why(set.provenance, paint)];
  const gone = set.item !== undefined && set.after === null;
  const sign = set.before === undefined ? paint.green('+') : gone ? paint.red('-') : paint.yellow('~');
  const lists = listChanges(set.before, set.after);
  const [before, after] = differingParts(set);
  const values =
    lists !== undefined
      ? `${lists.removed.length} removed, ${lists.added.length} added`
      : purpose === 'drift'
        ? `Zoom has ${paint.red(shortValue(before))}, the policy wants ${paint.green(gone ? 'no such item' : shortValue(after))}`
        : `${paint.red(shortValue(before))} -> ${paint.green(gone ? 'removed' : shortValue(after))}`;
  const together = lock === undefined || lock.direction === set.direction;
  const own = together ? '' : direction(purpose, set, paint);
  const suffix =
    lock === undefined
      ? ''
      : `  ${lockWord(purpose, lock, lock.path === set.path ? '' : ` ${printable(lock.path)}`, paint)}`;
  return [
    `  ${sign} ${path}  ${values}${own}${suffix}${direction(purpose, together ? set : lock, paint)}`,
    ...(lists?.removed ?? []).map((item) => `      ${paint.red(`- ${shortValue(item)}`)}`),
    ...(lists?.added ?? []).map((item) => `      ${paint.green(`+ ${shortValue(item)}`)}`),
    ...noteLines([...changeNotes(set), ...(lock === undefined ? [] : changeNotes(lock, set.path))], paint),
    why(set.provenance, paint),
  ];
}

function lockLines(purpose: Purpose, lock: LockChange, paint: Paint): string[] {
  if (lock.heldBy !== undefined)
    return [
      `  = ${lock.kind} ${printable(lock.path)}`,
      ...noteLines(changeNotes(lock), paint),
      why(lock.provenance, paint),
    ];
  const sign = lock.kind === 'lock' ? paint.green('+') : paint.red('-');
  const now = purpose === 'drift' ? `  Zoom has it ${lock.kind === 'lock' ? 'unlocked' : 'locked'}` : '';
  return [
    `  ${sign} ${lock.kind} ${printable(lock.path)}${now}${direction(purpose, lock, paint)}`,
    ...noteLines(changeNotes(lock), paint),
    why(lock.provenance, paint),
  ];
}

/** Which way the change goes, and what it weighs. */
function direction(purpose: Purpose, change: Change, paint: Paint): string {
  const text = `(${wayText(purpose, change)})`;
  if (change.direction === 'review') return `  ${paint.yellow(text)}`;
  if (change.direction === 'neutral') return `  ${paint.dim(text)}`;
  return `  ${loosens(purpose, change.direction) ? paint.red(text) : paint.green(text)}`;
}

function lockWord(purpose: Purpose, lock: LockChange, name: string, paint: Paint): string {
  const sign = lock.kind === 'lock' ? paint.green(`+ lock${name}`) : paint.red(`- lock${name}`);
  return purpose === 'drift' ? `${sign} (Zoom has it ${lock.kind === 'lock' ? 'unlocked' : 'locked'})` : sign;
}

function blockedLines(block: Blocked, paint: Paint): string[] {
  const before = knownBefore(block);
  const right = before === undefined || stableText(before.value ?? null) === stableText(block.after);
  const move = right ? shortValue(block.after) : `${shortValue(before.value)} -> ${shortValue(block.after)}`;
  const name = printable(block.path);
  return [
    `  ${paint.magenta('x')} ${block.kind === 'set' ? `${name}  ${move}` : `${block.kind} ${name}`}`,
    `      ${paint.magenta(`blocked, ${block.reason}`)}: ${printable(block.detail)}`,
    why(block.provenance, paint),
  ];
}

function why({ reason, ...position }: Provenance, paint: Paint): string {
  return paint.dim(`      ${reason === undefined ? '' : `${printable(reason)}  `}${at(position).trim()}`);
}

function at(provenance: Provenance | undefined): string {
  return provenance === undefined ? '' : `  ${printable(provenance.file)}:${provenance.line}`;
}

/** Which way it all goes, in one line. */
function directions(purpose: Purpose, { tightens, weakens, review, neutral, lossy }: PlanCounts): string {
  const loses = lossy === 0 ? '' : `; ${lossy} lossy`;
  if (purpose === 'drift') {
    return `Zoom is looser in ${tightens} and stricter in ${weakens}; ${review} to review, ${neutral} neutral${loses}.`;
  }
  return `Of these ${tightens} tighten, ${weakens} weaken, ${review} to review, ${neutral} neutral${loses}.`;
}
