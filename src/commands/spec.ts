/** What a command is: its words, its flags, and where its code is. */
import type { Flag, Kind, Offers, Options, Settings } from '../library/option.ts';
import type { Signature } from '../library/signatures.ts';
import type { Host } from '../terminal.ts';

/** A flag as the parser, the help and the completions need it. */
export interface FlagSpec extends Flag {
  /** The option that it gives. */
  readonly option: string;
  readonly kind: Kind<unknown>;
  /** Shown in the help where it is a word or a number. */
  readonly fallback?: unknown;
}

export interface ArgumentSpec {
  /** As in a help text: `[policies...]`. */
  readonly name: string;
  readonly description: string;
  readonly kind: Kind<unknown>;
  readonly offers?: Offers;
}

export interface CommandSpec {
  readonly name: string;
  readonly description: string;
  readonly argument?: ArgumentSpec;
  readonly flags: readonly FlagSpec[];
  /** Runs it with the options that were given, by their names; resolves to the exit code when all output is written. */
  readonly run: (host: Host, given: Readonly<Record<string, unknown>>, argument: unknown) => Promise<number>;
}

interface Definition<S extends Options> {
  readonly name: string;
  readonly description: string;
  /** The option that words without a flag give. */
  readonly argument?: Omit<ArgumentSpec, 'kind'> & { readonly option: keyof S & string };
  readonly takes: Signature<S>;
  /** Nothing heavy is loaded before a command runs. */
  readonly load: () => Promise<(host: Host, settings: Settings<S>) => Promise<number>>;
}

export function command<S extends Options>(definition: Definition<S>): CommandSpec {
  const { name, description, argument, takes, load } = definition;
  const options: Options = takes.options;
  const flags = Object.entries(options).flatMap(([option, { kind, fallback, flag }]): FlagSpec[] =>
    flag === undefined ? [] : [{ ...flag, option, kind, fallback }],
  );
  return {
    name,
    description,
    flags,
    ...argumentFrom(options, argument),
    run: async (host, given, words) => {
      const [execute, { checkOptions }] = await Promise.all([load(), import('../library/check-options.ts')]);
      const all = argument === undefined || words === undefined ? given : { ...given, [argument.option]: words };
      return execute(
        host,
        checkOptions(takes, all, (option) => longFlag(options[option]?.flag) ?? option),
      );
    },
  };
}

function argumentFrom(
  options: Options,
  argument: (Omit<ArgumentSpec, 'kind'> & { readonly option: string }) | undefined,
): Pick<CommandSpec, 'argument'> {
  const kind = options[argument?.option ?? '']?.kind;
  return argument === undefined || kind === undefined ? {} : { argument: { ...argument, kind } };
}

function longFlag(flag: Flag | undefined): string | undefined {
  return /--[\w-]+/.exec(flag?.flags ?? '')?.[0];
}
