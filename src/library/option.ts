/**
 * What an option is: which values it takes, its default, and how a command line spells it. One description serves
 * programs, flags, help texts and completion. Loaded for every command line, so it imports nothing.
 */

/** The values that an option takes. */
export interface Kind<T> {
  readonly accepts: (value: unknown) => value is T;
  /** Ends the sentence "the option must be ...". */
  readonly must: string;
  readonly choices?: readonly string[];
  /** The kind of each item, where the option is a list. */
  readonly item?: Kind<unknown>;
  /** Reads a word of a command line; `before` is what the words before it came to. Absent: a word cannot give it. */
  readonly read?: (word: string, before: unknown) => T;
}

/** Thrown by `read`; the message says what to give. */
export class UnfitWord extends Error {}

/** How a command line spells an option. */
export interface Flag {
  /** As in a help text: `-o, --out <file>`. */
  readonly flags: string;
  readonly description: string;
  /** What a shell offers for the value. */
  readonly offers?: Offers;
  /** Words that a shell offers for a value that may be another as well. */
  readonly suggests?: readonly string[];
  /** The option that contradicts this one. */
  readonly contradicts?: string;
}

export type Offers = 'files' | 'folders' | 'packs' | 'policies' | 'reports' | 'runs';

export interface Option<T> {
  readonly kind: Kind<unknown>;
  /** Whether a value, or that there is none, is what the option may come to. */
  readonly holds: (value: unknown) => value is T;
  /** What holds when nobody gives the option. */
  readonly fallback?: T;
  /** Absent for an option that is an argument of the command line, or that only a program can give. */
  readonly flag?: Flag;
}

export type Options = Readonly<Record<string, Option<unknown>>>;

/** Every option of a table with its value, the defaults filled in. */
export type Settings<S extends Options> = {
  readonly [K in keyof S]: S[K] extends Option<infer T> ? T : never;
};

/** The table for an interface that callers see: each option of it, with its type. */
export type OptionsFor<O> = { readonly [K in keyof O]-?: Option<O[K] | undefined> };

/** An option that has to be given. */
export function required<T>(kind: Kind<T>, flag?: Flag): Option<T> {
  return { kind, holds: kind.accepts, ...(flag === undefined ? {} : { flag }) };
}

/** An option that may be left out. */
export function optional<T>(kind: Kind<T>, flag?: Flag): Option<T | undefined> {
  const holds = (value: unknown): value is T | undefined => value === undefined || kind.accepts(value);
  return { kind, holds, ...(flag === undefined ? {} : { flag }) };
}

/** An option with a default. */
export function option<T>(kind: Kind<T>, fallback: T, flag?: Flag): Option<T> {
  return { ...required(kind, flag), fallback };
}

/** A list that is empty when nobody gives it. */
export function list<T>(item: Kind<T>, flag?: Flag): Option<readonly T[]> {
  return option<readonly T[]>(listOf(item), [], flag);
}

/** What is off unless somebody asks for it. */
export function off(flag?: Flag): Option<boolean> {
  return option(switched, false, flag);
}

export const switched: Kind<boolean> = {
  accepts: (value) => typeof value === 'boolean',
  must: 'true or false',
};

export const text: Kind<string> = {
  accepts: (value) => typeof value === 'string',
  must: 'text',
  read: (word) => word,
};

export function choice<const C extends string>(choices: readonly C[]): Kind<C> {
  const accepts = (value: unknown): value is C => choices.some((one) => one === value);
  return { accepts, must: `one of ${choices.join(', ')}`, choices };
}

export const wholeNumber: Kind<number> = {
  accepts: (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0,
  must: 'a whole number',
  read: (word) => {
    if (!/^\d{1,9}$/.test(word)) throw new UnfitWord('Give a whole number.');
    return Number(word);
  },
};

/** A part of a whole; a command line gives it as a percentage. */
export const share: Kind<number> = {
  accepts: (value): value is number => typeof value === 'number' && value > 0 && value <= 1,
  must: 'a number above 0 and up to 1',
  read: (word) => {
    const percent = /^\d{1,3}%?$/.test(word) ? Number.parseInt(word, 10) : 0;
    if (percent < 1 || percent > 100) throw new UnfitWord('Give a percentage from 1% to 100%.');
    return percent / 100;
  },
};

/** A command line repeats the flag; words with choices may be in one value, with commas. */
function listOf<T>(item: Kind<T>): Kind<readonly T[]> {
  const accepts = (value: unknown): value is readonly T[] => Array.isArray(value) && value.every(item.accepts);
  const read = (word: string, before: unknown): readonly T[] => {
    const words = item.choices === undefined ? [word] : word.split(',').map((part) => part.trim());
    const unknown = words.find((one) => !item.accepts(one));
    if (unknown !== undefined) throw new UnfitWord(`"${unknown}" is not one of ${item.choices?.join(', ')}.`);
    return [...(accepts(before) ? before : []), ...words.flatMap((one: unknown) => (item.accepts(one) ? [one] : []))];
  };
  const must = item.choices === undefined ? 'a list of texts' : `a list of any of ${item.choices.join(', ')}`;
  return { accepts, must, item, read };
}
