/** argv to command to exit code; and the one catch of the program. */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { COMMANDS } from './commands/index.ts';
import type { ArgumentSpec, CommandSpec, FlagSpec } from './commands/spec.ts';
import { EXIT, LockstepError } from './errors.ts';
import { type Kind, UnfitWord } from './library/option.ts';
import { VERSION } from './model/version.ts';
import { describeError } from './problems.ts';
import type { Host } from './terminal.ts';

/** Runs one command line; resolves to the exit code when all output is written. Never rejects. */
export async function run(host: Host): Promise<number> {
  let exitCode: number = EXIT.ok;
  const done = (code: number) => {
    exitCode = code;
  };
  // Setting up the flags of all other commands would take longer than reading those of the one that is named.
  const named = COMMANDS.filter(({ name }) => name === host.argv[0]);
  const program = programFor(host, done, named.length === 0 ? COMMANDS : named);
  try {
    await program.parseAsync(host.argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.error;
    host.stderr.write(describeError(error, (host.env['LOCKSTEP_DEBUG'] ?? '') !== ''));
    return error instanceof LockstepError ? error.exitCode : EXIT.error;
  }
}

/** Every command; also what the README's command-line section is made from. @param whole the commands that get their flags */
export function programFor(
  host: Pick<Host, 'stdout' | 'stderr'> & Partial<Host>,
  done: (code: number) => void,
  whole: readonly CommandSpec[] = COMMANDS,
): Command {
  const program = new Command('lockstep')
    .description('Keep Zoom account, group and user settings, and the locks on them, in YAML policies.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpCommand('help [command]', 'show the help of a command')
    .showHelpAfterError('(lockstep --help lists the commands and flags)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void host.stdout.write(text),
      writeErr: (text) => void host.stderr.write(text),
      getOutHelpWidth: () => 100,
      getErrHelpWidth: () => 100,
    });
  for (const spec of COMMANDS) {
    const flags = whole.includes(spec) ? spec.flags : [];
    program.addCommand(commandFrom(program, { ...spec, flags }, host as Host, done));
  }
  return program;
}

function commandFrom(program: Command, spec: CommandSpec, host: Host, done: (code: number) => void): Command {
  const command = new Command(spec.name)
    .copyInheritedSettings(program)
    .description(spec.description)
    .helpOption('-h, --help', 'show this help');
  if (spec.argument !== undefined) command.addArgument(argumentFrom(spec.argument));
  const options = spec.flags.map((flag) => ({ option: flag.option, parsed: optionFrom(flag) }));
  for (const { parsed } of options) command.addOption(parsed);
  return command.action(async (...received: unknown[]) => {
    const values = command.opts<Record<string, unknown>>();
    const given = options.flatMap(({ option, parsed }) => {
      const value = values[parsed.attributeName()];
      return value === undefined ? [] : [[option, value] as const];
    });
    done(await spec.run(host, Object.fromEntries(given), spec.argument === undefined ? undefined : received[0]));
  });
}

function argumentFrom({ name, description, kind }: ArgumentSpec): Argument {
  const argument = new Argument(name, description);
  return kind.choices === undefined ? argument : argument.choices(kind.choices);
}

function optionFrom({ flags, description, kind, fallback, contradicts }: FlagSpec): Option {
  const option = new Option(flags, description);
  if (kind.choices !== undefined) option.choices(kind.choices);
  else if (kind.read !== undefined) option.argParser(parserFrom(kind.read));
  if (kind.item === undefined && option.parseArg !== undefined) option.argParser(onceOnly(option.parseArg));
  // Lists and switches begin empty and off, which a help text need not say.
  if (typeof fallback === 'string' || typeof fallback === 'number') option.default(fallback);
  if (contradicts !== undefined) option.conflicts(contradicts);
  return option;
}

/** The last of two values would win, and nobody would notice which: `--account test --account production`. */
function onceOnly(parse: (word: string, before: unknown) => unknown): (word: string, before: unknown) => unknown {
  let isGiven = false;
  return (word, before) => {
    if (isGiven) throw new InvalidArgumentError('It is given twice; give one value.');
    isGiven = true;
    return parse(word, before);
  };
}

function parserFrom(read: NonNullable<Kind<unknown>['read']>): (word: string, before: unknown) => unknown {
  return (word, before) => {
    try {
      return read(word, before);
    } catch (error) {
      throw error instanceof UnfitWord ? new InvalidArgumentError(error.message) : error;
    }
  };
}
