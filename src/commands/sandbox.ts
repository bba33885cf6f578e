import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { EXIT, LockstepError } from '../errors.ts';
import type { Settings } from '../library/option.ts';
import { parseState, type SandboxState, startSandbox } from '../sandbox/index.ts';
import type { Host } from '../terminal.ts';
import { errnoMessage, errnoOf } from '../util/errno.ts';
import { OWNER_ONLY, replaceOwn } from '../util/safe-files.ts';
import type { SANDBOX_COMMAND } from './options.ts';
import { print, writeOwn } from './output.ts';

/** Runs until Ctrl-C. What it prints can be pasted into a shell. */
export async function sandbox(host: Host, settings: Settings<typeof SANDBOX_COMMAND.options>): Promise<number> {
  const { port, state: file, writeEnv, latency: latencyMs, ...behaviour } = settings;
  if (port > 65_535) throw new LockstepError(`--port ${port} is not a port: use 0 to 65535`);
  const state = file === undefined ? undefined : await readState(resolve(host.cwd, file), file);
  const keeper = file === undefined ? undefined : stateKeeper(resolve(host.cwd, file));
  const running = await startSandbox({
    ...behaviour,
    port,
    latencyMs,
    ...(state === undefined ? {} : { state }),
    ...(keeper === undefined ? {} : { onChange: keeper.keep }),
  });
  const variables = Object.entries(running.env).map(([name, value]) => `${name}=${value}`);
  if (writeEnv !== undefined) await writeOwn(host, writeEnv, `${variables.join('\n')}\n`, OWNER_ONLY);
  await print(host, `${variables.map((variable) => `export ${variable}`).join('\n')}\n`);
  host.stderr.write(`The sandbox answers at ${running.url}; Ctrl-C ends it.\n`);
  await new Promise<void>((done) => {
    const stop = host.onInterrupt(() => {
      stop();
      done();
    });
  });
  await running.close();
  await keeper?.finished();
  return EXIT.ok;
}

/** A missing file is a new state; anything else that cannot be read is an error. */
async function readState(path: string, shown: string): Promise<SandboxState | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw new LockstepError(`--state ${shown} cannot be read: ${errnoOf(error) ?? 'unknown'}`);
  }
  try {
    return parseState(JSON.parse(text));
  } catch (error) {
    if (error instanceof LockstepError) throw error;
    throw new LockstepError(`--state ${shown} is not JSON`);
  }
}

/** Writes one state after the other, each whole: a sandbox that is killed leaves the last or the one before. */
function stateKeeper(path: string) {
  let writing = Promise.resolve();
  let failure: unknown;
  return {
    keep: (state: SandboxState) => {
      writing = writing
        .then(() => replaceOwn(path, `${JSON.stringify(state, undefined, 2)}\n`))
        .catch((error: unknown) => {
          failure ??= error;
        });
    },
    finished: async () => {
      await writing;
      if (failure !== undefined) throw new LockstepError(`the state could not be written: ${errnoMessage(failure)}`);
    },
  };
}
