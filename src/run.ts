/** argv to command to exit code; and the one catch of the program. */
import { Argument, Command, CommanderError, Option } from 'commander';
import { COMMANDS, type CommandSpec } from './commands/index.ts';
import { EXIT, LockstepError } from './errors.ts';
import { VERSION } from './model/version.ts';
import { describeError } from './problems.ts';
import type { Host } from './terminal.ts';

/** Runs one command line; resolves to the exit code when all output is written. Never rejects. */
export async function run(host: Host): Promise<number> {
  let exitCode: number = EXIT.ok;
  const program = programFor(host, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(host.argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.error;
    host.stderr.write(describeError(error, (host.env['LOCKSTEP_DEBUG'] ?? '') !== ''));
    return error instanceof LockstepError ? error.exitCode : EXIT.error;
  }
}

/** Every command with its flags; also what the README's command-line section is made from. */
export function programFor(
  host: Pick<Host, 'stdout' | 'stderr'> & Partial<Host>,
  done: (code: number) => void,
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
  for (const spec of COMMANDS) program.addCommand(commandFrom(program, spec, host as Host, done));
  return program;
}

function commandFrom(program: Command, spec: CommandSpec, host: Host, done: (code: number) => void): Command {
  const command = new Command(spec.name)
    .copyInheritedSettings(program)
    .description(spec.description)
    .helpOption('-h, --help', 'show this help');
  if (spec.argument !== undefined) {
    const argument = new Argument(spec.argument.name, spec.argument.description);
    if (spec.argument.choices !== undefined) argument.choices(spec.argument.choices);
    command.addArgument(argument);
  }
  for (const flag of spec.flags) {
    const option = new Option(flag.flags, flag.description);
    if (flag.choices !== undefined) option.choices(flag.choices);
    if (flag.fallback !== undefined) option.default(flag.fallback);
    if (flag.parse !== undefined) option.argParser(flag.parse);
    if (flag.contradicts !== undefined) option.conflicts(flag.contradicts);
    command.addOption(option);
  }
  return command.action(async (...received: unknown[]) => {
    const paths = spec.argument === undefined ? [] : [received[0] ?? []].flat();
    const execute = await spec.load();
    done(await execute(host, paths.map(String), command.opts()));
  });
}
