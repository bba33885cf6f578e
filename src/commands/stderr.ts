/** What goes to stderr beside the result: warnings, waits, and with `--verbose` every request. */
import type { Problem } from '../model/problem.ts';
import { describeProblem } from '../problems.ts';
import type { Host, Progress } from '../terminal.ts';
import type { ClientEvents } from '../zoom/events.ts';
import type { RequestCounts } from '../zoom/rates.ts';

export function tellWarnings(host: Host, warnings: readonly Problem[]): void {
  // In one piece: a write for each is what takes long where there are thousands.
  host.stderr.write(warnings.map((warning) => `${describeProblem(warning)}\n`).join(''));
}

export function eventsFor(progress: Progress, verbose: boolean): ClientEvents {
  const onWait: ClientEvents['onWait'] = ({ milliseconds, why }) =>
    progress.say(`Waiting ${Math.ceil(milliseconds / 1000)} s: ${why}`);
  const onRequest: ClientEvents['onRequest'] = ({ method, path }) => progress.say(`${method} ${path}`);
  return verbose ? { onWait, onRequest } : { onWait };
}

export function summaryOf({ light, medium, heavy }: RequestCounts, minimum: number): string {
  const made = light + medium + heavy;
  return `${made} requests to Zoom: ${light} light, ${medium} medium, ${heavy} heavy; the fewest possible: ${minimum}\n`;
}
