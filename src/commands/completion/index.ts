import { EXIT } from '../../errors.ts';
import type { Host } from '../../terminal.ts';
import { COMMANDS } from '../index.ts';
import { shippedPacks } from '../policies.ts';
import { print } from '../write-report.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { wordsOf } from './grammar.ts';
import { zshScript } from './zsh.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** A script for one shell, made from the same table as the command line: what it offers is what there is. */
export async function completion(host: Host, [shell = '']: readonly string[]): Promise<number> {
  const script = SCRIPTS[shell as keyof typeof SCRIPTS];
  await print(host, script(wordsOf(COMMANDS, await shippedPacks())));
  return EXIT.ok;
}
