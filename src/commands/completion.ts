import { EXIT } from '../errors.ts';
import type { Host } from '../terminal.ts';
import { bashScript } from './completion/bash.ts';
import { fishScript } from './completion/fish.ts';
import { wordsOf } from './completion/words.ts';
import { zshScript } from './completion/zsh.ts';
import { COMMANDS } from './index.ts';
import { print } from './output.ts';
import { shippedPacks } from './policies.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript };

/** A script for one shell, made from the same table as the command line: what it offers is what there is. */
export async function completion(host: Host, [shell = '']: readonly string[]): Promise<number> {
  const script = SCRIPTS[shell as keyof typeof SCRIPTS];
  await print(host, script(wordsOf(COMMANDS, await shippedPacks())));
  return EXIT.ok;
}
