/** Options as a caller gave them, checked against their table. Whoever calls: a program, or the command line. */
import { LockstepError } from '../errors.ts';
import { nearestName } from '../util/nearest.ts';
import { printable } from '../util/printable.ts';
import type { Kind, Options, Settings } from './option.ts';
import type { Spelling } from './rules.ts';
import type { Signature } from './signatures.ts';

/**
 * The settings that options come to, defaults filled in. A value of `undefined` is refused: a guard must not be lost
 * because a variable was empty.
 * @throws LockstepError with all that is wrong: unknown names, values that an option does not take, contradictions
 */
export function checkOptions<S extends Options>(
  { options, rules }: Signature<S>,
  given: unknown,
  spelled: Spelling = (name) => name,
): Settings<S> {
  const values = new Map(Object.entries(objectFrom(given)));
  const problems = [...values].flatMap(([name, value]) => problemOf(options, name, value, spelled) ?? []);
  const settings = Object.fromEntries(
    Object.entries(options).map(([name, { fallback }]) => [name, values.has(name) ? values.get(name) : fallback]),
  );
  if (problems.length > 0 || !isComplete(options, settings)) {
    const missing = Object.keys(options).filter((name) => !values.has(name) && !options[name]?.holds(undefined));
    const needed = missing.filter((name) => options[name]?.fallback === undefined);
    throw new LockstepError([...problems, ...needed.map((name) => `${spelled(name)} is missing`)].join('\n'));
  }
  for (const rule of rules) {
    const contradiction = rule(settings, spelled);
    if (contradiction !== undefined) throw new LockstepError(contradiction.message, contradiction);
  }
  return settings;
}

function objectFrom(given: unknown): object {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) return given;
  throw new LockstepError(`the options must be an object, not ${shown(given)}`);
}

function isComplete<S extends Options>(options: S, settings: Record<string, unknown>): settings is Settings<S> {
  return Object.entries(options).every(([name, { holds }]) => holds(settings[name]));
}

function problemOf(options: Options, name: string, value: unknown, spelled: Spelling): string | undefined {
  if (Object.hasOwn(options, name)) return misfit(options[name]?.kind, spelled(name), value);
  const nearest = nearestName(name, Object.keys(options));
  return `unknown option ${printable(name)}${nearest === undefined ? '' : `; did you mean ${spelled(nearest)}?`}`;
}

function misfit(kind: Kind<unknown> | undefined, name: string, value: unknown): string | undefined {
  if (kind === undefined || fits(kind, value)) return undefined;
  if (value === undefined) return `${name} is undefined: leave it out where it is not wanted`;
  if (kind.item !== undefined && Array.isArray(value)) {
    const { item } = kind;
    const at = value.findIndex((one) => !fits(item, one));
    return misfit(item, `${name}[${at}]`, value[at]);
  }
  const is = kind.choices !== undefined && typeof value === 'string' ? JSON.stringify(printable(value)) : shown(value);
  return `${name} must be ${kind.must}, not ${is}${advice(kind, value)}`;
}

/** Not a type guard: TypeScript would take a value that fails one of `unknown` for `never`. */
function fits(kind: Kind<unknown>, value: unknown): boolean {
  return kind.accepts(value);
}

function advice(kind: Kind<unknown>, value: unknown): string {
  if (kind.item !== undefined && fits(kind.item, value)) return '; put it in a list';
  const nearest = typeof value === 'string' ? nearestName(value, kind.choices ?? kind.item?.choices ?? []) : undefined;
  return nearest === undefined ? '' : `; did you mean ${JSON.stringify(nearest)}?`;
}

/** Texts are not repeated: one in a wrong place may be a secret. */
function shown(value: unknown): string {
  switch (typeof value) {
    case 'number':
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'string':
      return 'text';
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'a list' : 'an object';
    default:
      return `a ${typeof value}`;
  }
}
