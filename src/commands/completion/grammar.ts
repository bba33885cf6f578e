/** The command line as shells complete it: each word with what can replace it. */
import type { Offers } from '../../library/option.ts';
import { FORMATS } from '../../report/formats.ts';
import type { ArgumentSpec, CommandSpec, FlagSpec } from '../spec.ts';

/** What can be offered for a value. `reports`: `json=FILE`. `runs`: journals in this folder. */
export type Offer =
  | { readonly kind: 'nothing' | 'files' | 'folders' | 'runs' }
  | { readonly kind: 'words' | 'reports' | 'policies'; readonly words: readonly string[] };

export interface FlagWords {
  /** `--target`, and before it `-t` where there is one. */
  readonly names: readonly string[];
  readonly description: string;
  readonly repeatable: boolean;
  /** Absent for a flag without a value. */
  readonly value?: { readonly name: string; readonly offer: Offer };
}

export interface CommandWords {
  readonly name: string;
  readonly description: string;
  readonly flags: readonly FlagWords[];
  readonly argument?: { readonly name: string; readonly repeatable: boolean; readonly offer: Offer };
}

const HELP: FlagWords = { names: ['-h', '--help'], description: 'show this help', repeatable: false };

/** Flags before any command. */
export const PROGRAM_FLAGS: readonly FlagWords[] = [
  { names: ['-V', '--version'], description: 'print the version', repeatable: false },
  HELP,
];

/** @param packs the names of the packs that ship, which policies and some flags take */
export function wordsOf(commands: readonly CommandSpec[], packs: readonly string[]): readonly CommandWords[] {
  const known = commands.map((command) => commandWords(command, packs));
  const names: Offer = { kind: 'words', words: commands.map(({ name }) => name) };
  const argument = { name: 'command', repeatable: false, offer: names };
  return [...known, { name: 'help', description: 'show the help of a command', flags: [], argument }];
}

function commandWords({ name, description, flags, argument }: CommandSpec, packs: readonly string[]): CommandWords {
  return {
    name,
    description,
    flags: [...flags.map((flag) => flagWords(flag, packs)), HELP],
    ...(argument === undefined ? {} : { argument: argumentWords(argument, packs) }),
  };
}

function argumentWords({ name, kind, offers }: ArgumentSpec, packs: readonly string[]) {
  const [word = ''] = /\w+/.exec(name) ?? [];
  return { name: word, repeatable: kind.item !== undefined, offer: offerOf(kind.choices, offers, packs) };
}

function flagWords({ flags, description, kind, suggests, offers }: FlagSpec, packs: readonly string[]): FlagWords {
  const names = flags.match(/(?<![\w-])--?[a-zA-Z][\w-]*/g) ?? [];
  const name = /<(.+)>/.exec(flags)?.[1];
  const value = name === undefined ? {} : { value: { name, offer: offerOf(kind.choices ?? suggests, offers, packs) } };
  return { names, description, repeatable: kind.item !== undefined, ...value };
}

function offerOf(words: readonly string[] | undefined, offers: Offers | undefined, packs: readonly string[]): Offer {
  if (words !== undefined) return { kind: 'words', words };
  switch (offers) {
    case undefined:
      return { kind: 'nothing' };
    case 'packs':
      return { kind: 'words', words: packs };
    case 'policies':
      return { kind: 'policies', words: packs.map((pack) => `pack:${pack}`) };
    case 'reports':
      return { kind: 'reports', words: FORMATS };
    default:
      return { kind: offers };
  }
}
