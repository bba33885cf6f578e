/** The world of one process, and what of it moves: progress and the question before an apply. */
import type { Readable, Writable } from 'node:stream';
import type { Report } from './model/report.ts';
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
  /** A program that uses lockstep as a library takes its reports as values; they are not rendered then. */
  readonly onReport?: (report: Report) => void;
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
  /** One line; names from Zoom may be in it. */
  say(text: string): void;
  stop(): void;
}

const SILENT: Progress = { say: () => undefined, stop: () => undefined };

/** A spinner on a terminal; elsewhere nothing moves, and with `--verbose` each text is a line of its own. */
export async function startProgress(
  host: Host,
  { quiet, verbose }: { quiet: boolean; verbose: boolean },
): Promise<Progress> {
  if (quiet) return SILENT;
  // On a terminal without a width ora would count lines for ever.
  const moves = host.stderr.isTTY === true && (host.stderr.columns ?? 0) > 0 && host.env['TERM'] !== 'dumb';
  if (!moves) {
    return verbose ? { ...SILENT, say: (text) => void host.stderr.write(`${printable(text)}\n`) } : SILENT;
  }
  const { default: ora } = await import('ora');
  const spinner = ora({ stream: host.stderr as NodeJS.WriteStream, discardStdin: false }).start();
  return {
    say: (text) => {
      spinner.text = printable(text);
    },
    stop: () => void spinner.stop(),
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
