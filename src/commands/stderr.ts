/** What goes to stderr next to the result: progress, warnings, and with `--verbose` every request. */
import type { Hooks, RequestHooks, RequestsMade, RunWarning } from '../library/hooks.ts';
import { describeError, describeProblem } from '../problems.ts';
import { type Host, type Progress, progressOn } from '../terminal.ts';

/** Where a call of the library works, and what it calls back to. */
export type Listening = Hooks & RequestHooks & Pick<Host, 'cwd' | 'env'>;

export interface Listener {
  readonly progress: Progress;
  readonly listening: Listening;
}

export function listen(
  host: Host,
  { quiet, verbose }: { readonly quiet: boolean; readonly verbose: boolean },
): Listener {
  const progress = progressOn(host, { quiet, verbose });
  const listening: Listening = {
    cwd: host.cwd,
    env: host.env,
    onProgress: progress.show,
    onWarnings: (warnings) => {
      progress.stop();
      writeWarnings(host, warnings);
    },
    ...(verbose ? { onRequest: ({ method, path }) => progress.show(`${method} ${path}`) } : {}),
    onRequestsMade: (requests) => {
      progress.stop();
      if (verbose) host.stderr.write(summaryOf(requests));
    },
  };
  return { progress, listening };
}

export function writeWarnings(host: Host, warnings: readonly RunWarning[]): void {
  // In one piece: a write for each is what takes long where there are thousands.
  host.stderr.write(warnings.map(warningText).join(''));
}

function warningText(warning: RunWarning): string {
  switch (warning.kind) {
    case 'policy':
      return `${describeProblem(warning.problem)}\n`;
    case 'policies-left-out':
      return `${describeError(warning.error, false)}The policies are left out of the answer.\n`;
    case 'daily-quota':
    case 'environment':
    case 'journal':
      return `warning: ${warning.message}\n`;
    case 'unseen':
      return `error: ${warning.message}\n`;
    case 'earlier-run':
      return `${warning.message}\n`;
    case 'stale':
      return `left out as stale: ${warning.message}\n`;
    case 'not-undone':
      return `not undone: ${warning.message}\n`;
  }
}

function summaryOf({ light, medium, heavy, minimum }: RequestsMade): string {
  const made = light + medium + heavy;
  return `${made} requests to Zoom: ${light} light, ${medium} medium, ${heavy} heavy; the fewest possible: ${minimum}\n`;
}
