/** The world of one process, and what of it moves: progress and the question before an apply. */
import type { Readable, Writable } from 'node:stream';
import type { Ora } from 'ora';
import { printable } from './util/printable.ts';

type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** What a run may touch of its process. Tests hand in their own. */
export interface Host {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  /** Calls back on Ctrl-C and SIGTERM; returns how to stop listening. */
  readonly onInterrupt: (handler: () => void) => () => void;
}

/** Colour on a terminal only, and never against NO_COLOR (https://no-color.org). */
export function hasColour({ env }: Pick<Host, 'env'>, output: Output): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'] ?? '';
  if (forced !== '') return forced !== '0' && forced !== 'false';
  return output.isTTY === true && env['TERM'] !== 'dumb';
}

export function isInteractive({ stdin, stderr }: Host): boolean {
  return stdin.isTTY === true && stderr.isTTY === true;
}

export interface Progress {
  /** Shows one line in place of the last; names from Zoom may be in it. */
  readonly show: (text: string) => void;
  /** Takes it away, until something is shown again. */
  readonly stop: () => void;
}

const SILENT: Progress = { show: () => undefined, stop: () => undefined };

/** A spinner on a terminal; elsewhere nothing moves, and with `verbose` each text is a line of its own. */
export function progressOn(
  { stderr, env }: Host,
  { quiet, verbose }: { readonly quiet: boolean; readonly verbose: boolean },
): Progress {
  if (quiet) return SILENT;
  // On a terminal without a width ora would count lines for ever.
  const moves = stderr.isTTY === true && (stderr.columns ?? 0) > 0 && env['TERM'] !== 'dumb';
  if (moves) return spinnerOn(stderr as NodeJS.WriteStream);
  return verbose ? { ...SILENT, show: (text) => void stderr.write(`${printable(text)}\n`) } : SILENT;
}

/** Loads its package when something is shown for the first time: most errors are found before. */
function spinnerOn(stream: NodeJS.WriteStream): Progress {
  let latest: string | undefined;
  let spinner: Ora | undefined;
  let isLoading = false;
  const load = async () => {
    const { default: ora } = await import('ora');
    spinner = ora({ stream, discardStdin: false });
    if (latest !== undefined) spinner.start(latest);
  };
  return {
    show: (text) => {
      latest = printable(text);
      if (!isLoading) void load();
      isLoading = true;
      if (spinner?.isSpinning === false) spinner.start(latest);
      else if (spinner !== undefined) spinner.text = latest;
    },
    stop: () => {
      latest = undefined;
      spinner?.stop();
    },
  };
}

/** Asks on stderr, because stdout carries the result. Ctrl-C at the question means no. */
export async function confirm(host: Host, message: string): Promise<boolean> {
  return (await askWhether(host, message, false)) ?? false;
}

/** As `confirm`, with the answer that Enter gives; `undefined` for Ctrl-C at the question. */
export async function askWhether(host: Host, message: string, fallback: boolean): Promise<boolean | undefined> {
  const { default: ask } = await import('@inquirer/confirm');
  try {
    return await ask({ message, default: fallback }, { input: host.stdin, output: host.stderr });
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') return undefined;
    throw error;
  }
}
