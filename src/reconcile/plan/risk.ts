/**
 * What a change means: whether it makes Zoom stricter or looser, how much that weighs, and what it costs. Every report
 * shows it, and the guards check it.
 */
import { type Loss, lossesOf } from '../../catalog/data/losses.ts';
import { STRICTNESS, type Strictness } from '../../catalog/data/strictness.ts';
import type { Change, Direction, LockChange, SetChange, Severity } from '../../model/plan.ts';
import { isSecret } from '../../model/secret.ts';
import type { SettingPath } from '../../model/setting.ts';
import { type Json, stableText } from '../../util/json.ts';

export type Judgement = Pick<Change, 'direction' | 'severity' | 'lossy'>;

/** A value that changes, or is sent again as it reads (`heldBy`), which is of no direction. */
export function judgeSet({
  path,
  before,
  after,
  heldBy,
}: Pick<SetChange, 'path' | 'before' | 'after' | 'heldBy'>): Judgement {
  if (heldBy !== undefined) return { direction: 'neutral' };
  const loss = lossOf(path, before, after);
  const lossy = loss?.lossy === true ? { lossy: loss.effect } : {};
  const note = noteOf(path);
  if (note === undefined) return { direction: 'neutral', ...lossy };
  return { direction: directionOf(note.stricter, before, after), severity: note.severity, ...lossy };
}

/** One item of a list, added, changed or taken away: whether that is stricter depends on what is in it. */
export function judgeItem({ path, item }: Pick<SetChange, 'path' | 'item'>): Judgement {
  const note = noteOf(path);
  const goes = item?.action === 'delete' || item?.action === 'hide';
  const loss = goes ? lossesOf(path).find((entry) => 'losesItems' in entry.when) : undefined;
  const lossy = loss?.lossy === true ? { lossy: loss.effect } : {};
  return note === undefined
    ? { direction: 'neutral', ...lossy }
    : { direction: 'review', severity: note.severity, ...lossy };
}

/**
 * Unlocking weakens whatever the value is, because everybody below may change it from then on. Locking tightens where
 * what it freezes is strict; freezing anything else is for a person to look at.
 * @param valueAfter what a frozen setting will be when the lock comes, and whether the policy says so; `undefined` where
 *   Zoom does not list it, or a switch above it is off
 */
export function judgeLock(
  { kind, freezes, heldBy }: Pick<LockChange, 'kind' | 'freezes' | 'heldBy'>,
  valueAfter: (path: SettingPath) => { readonly value: Json; readonly wanted: boolean } | undefined,
): Judgement {
  if (heldBy !== undefined) return { direction: 'neutral' };
  const notes = freezes.flatMap((path) => {
    const note = noteOf(path);
    return note === undefined ? [] : [{ path, note }];
  });
  const severity = heaviest(notes.map(({ note }) => note.severity));
  if (kind === 'unlock') return { direction: 'weakens', severity: severity ?? 'low' };
  if (severity === undefined) return { direction: 'neutral' };
  // What Zoom does not list, and what a switch that is off makes idle, weighs nothing.
  const judged = notes.flatMap(({ path, note }) => {
    const found = valueAfter(path);
    return found === undefined || note.stricter === 'contextual' ? [] : [{ stricter: note.stricter, found }];
  });
  const strict =
    judged.length > 0 && judged.every(({ stricter, found }) => isStrict(stricter, found.value, found.wanted));
  return { direction: strict ? 'tightens' : 'review', severity };
}

/** What a change costs besides its value, where that is only reported and needs no permission. */
export function cautionOf(change: Change): string | undefined {
  if (change.kind !== 'set' || change.heldBy !== undefined || change.item !== undefined) return undefined;
  const loss = lossOf(change.path, change.before, change.after);
  return loss?.lossy === false ? loss.effect : undefined;
}

const WEIGHTS: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

export function weightOf(severity: Severity): number {
  return WEIGHTS.indexOf(severity);
}

function heaviest(severities: readonly Severity[]): Severity | undefined {
  return [...severities].sort((a, b) => weightOf(b) - weightOf(a))[0];
}

function noteOf(path: SettingPath): Strictness | undefined {
  return Object.hasOwn(STRICTNESS, path) ? STRICTNESS[path] : undefined;
}

function directionOf(stricter: Strictness['stricter'], before: Json | undefined, after: Json): Direction {
  if (stricter === 'contextual' || isSecret(after)) return 'review';
  if (before === undefined) return isStrict(stricter, after, false) ? 'tightens' : 'review';
  if (typeof stricter === 'boolean') {
    return typeof after === 'boolean' && typeof before === 'boolean' ? towards(after === stricter) : 'review';
  }
  if (stricter === 'more' || stricter === 'fewer') {
    const [had, has] = [itemsOf(before), itemsOf(after)];
    // What an emptied list of the allowed means, nobody or everybody, is not documented.
    if (stricter === 'fewer' && has.size === 0) return 'review';
    const [shrinks, grows] = [within(has, had), within(had, has)];
    return shrinks === grows ? 'review' : towards(grows === (stricter === 'more'));
  }
  const [from, to] = [rankOf(stricter, before), rankOf(stricter, after)];
  return from === undefined || to === undefined || from === to ? 'review' : towards(to > from);
}

function towards(stricter: boolean): Direction {
  return stricter ? 'tightens' : 'weakens';
}

/** Grows with strictness; `undefined` for a value that the order does not have. */
function rankOf(stricter: Strictness['stricter'], value: Json): number | undefined {
  if (Array.isArray(stricter)) {
    const rank = stricter.findIndex((entry: unknown) =>
      Array.isArray(entry) ? entry.includes(value) : entry === value,
    );
    return rank < 0 ? undefined : rank;
  }
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) return undefined;
  return stricter === 'lower' ? -number : number;
}

/** Numbers and lists have no strictest value: there what a policy says counts as strict. */
function isStrict(stricter: Strictness['stricter'], value: Json, wanted: boolean): boolean {
  if (typeof stricter === 'boolean') return value === stricter;
  if (Array.isArray(stricter)) return rankOf(stricter, value) === stricter.length - 1;
  return wanted;
}

/** Lists, and text that Zoom separates by commas, semicolons or line ends. */
function itemsOf(value: Json): ReadonlySet<string> {
  const items = Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[,;\n]/) : [value];
  const texts = items.map((item) => (typeof item === 'string' ? item.trim().toLowerCase() : stableText(item)));
  return new Set(texts.filter((text) => text !== ''));
}

function within(some: ReadonlySet<string>, all: ReadonlySet<string>): boolean {
  return [...some].every((item) => all.has(item));
}

function lossOf(path: SettingPath, before: Json | undefined, after: Json): Loss | undefined {
  return lossesOf(path).find((entry) => happens(entry.when, before, after));
}

function happens(when: Loss['when'], before: Json | undefined, after: Json): boolean {
  if ('from' in when) {
    if (before === undefined || !when.from.includes(before)) return false;
    return when.becomes === undefined ? after !== before : after === when.becomes;
  }
  if ('becomes' in when) return after === when.becomes && before !== when.becomes;
  if ('changes' in when) return isSomething(before) && isSomething(after) && stableText(before) !== stableText(after);
  if ('shrinks' in when) {
    const [from, to] = [lengthOf(before), lengthOf(after)];
    return from === undefined || to === undefined || to < from;
  }
  const [had, has] = [itemsOf(before ?? []), itemsOf(after)];
  return 'losesItems' in when ? !within(had, has) : !within(has, had);
}

function isSomething(value: Json | undefined): value is Json {
  return value !== undefined && value !== null && value !== '';
}

const DAYS: Readonly<Record<string, number>> = { d: 1, m: 30, y: 365 };

/** A number, or a period as Zoom writes it (`30d`, `6m`, `1y`) in days. */
function lengthOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  const [, count, unit] = /^(\d+)([dmy]?)$/.exec(typeof value === 'string' ? value : '') ?? [];
  return count === undefined ? undefined : Number(count) * (DAYS[unit ?? ''] ?? 1);
}
