import { EXIT } from '../../errors.ts';
import type { Settings } from '../../library/option.ts';
import { shippedPacks } from '../../library/policies.ts';
import type { Host } from '../../terminal.ts';
import type { COMPLETION_COMMAND } from '../options.ts';
import { print } from '../output.ts';
import type { CommandSpec } from '../spec.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { wordsOf } from './grammar.ts';
import { zshScript } from './zsh.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** A script for one shell, made from the same table as the command line: what it offers is what there is. */
export function completionOf(commands: readonly CommandSpec[]) {
  return async (host: Host, { shell }: Settings<typeof COMPLETION_COMMAND.options>): Promise<number> => {
    await print(host, SCRIPTS[shell](wordsOf(commands, await shippedPacks())));
    return EXIT.ok;
  };
}
