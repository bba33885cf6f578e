/** The command line as shells complete it: each word with what may stand in its place. */
import { FORMATS } from '../../report/formats.ts';
import type { CommandSpec, FlagSpec } from '../index.ts';

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

/** Flags that stand before any command. */
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
  const word = /\w+/.exec(argument?.name ?? '')?.[0] ?? '';
  const offer = argument?.choices === undefined ? offerFor(word, packs) : wordsOffer(argument.choices);
  return {
    name,
    description,
    flags: [...flags.map((flag) => flagWords(flag, packs)), HELP],
    ...(argument === undefined ? {} : { argument: { name: word, repeatable: argument.name.includes('...'), offer } }),
  };
}

function flagWords({ flags, description, choices, suggests, parse }: FlagSpec, packs: readonly string[]): FlagWords {
  const names = flags.match(/(?<![\w-])--?[a-zA-Z][\w-]*/g) ?? [];
  const name = /<(.+)>/.exec(flags)?.[1];
  const words = choices ?? suggests;
  const offer = words === undefined ? offerFor(name ?? '', packs) : wordsOffer(words);
  const repeatable = parse !== undefined && /repeatable/.test(description);
  return { names, description, repeatable, ...(name === undefined ? {} : { value: { name, offer } }) };
}

function wordsOffer(words: readonly string[]): Offer {
  return { kind: 'words', words };
}

/** By the name that a value has in the help. */
function offerFor(name: string, packs: readonly string[]): Offer {
  switch (name) {
    case 'file':
      return { kind: 'files' };
    case 'folder':
      return { kind: 'folders' };
    case 'run':
      return { kind: 'runs' };
    case 'pack':
      return { kind: 'words', words: packs };
    case 'policies':
      return { kind: 'policies', words: packs.map((pack) => `pack:${pack}`) };
    case 'format=file':
      return { kind: 'reports', words: FORMATS };
    default:
      return { kind: 'nothing' };
  }
}
