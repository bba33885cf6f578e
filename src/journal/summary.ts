/** What a run came to, as its journal says. */
import type { Change } from '../model/plan.ts';
import type { RunRecord } from './read.ts';

/** What is known to have reached Zoom, and what may have. */
export interface RunSummary {
  readonly applied: number;
  /** Sent, and the run ended before it was read back. */
  readonly unverified: number;
  readonly notThrough: number;
  readonly stepsLeft: number;
}

export function summarize(run: RunRecord): RunSummary {
  const results = run.events.flatMap((event) => (event.event === 'verified' ? event.results : []));
  const sending = run.events.filter((event) => event.event === 'sending');
  const applied = results.filter(({ status }) => status === 'applied').length;
  const sent = sentChanges(run).length;
  return {
    applied,
    unverified: sent - results.length,
    notThrough: results.length - applied + sending.flatMap(({ changes }) => changes).length - sent,
    // What was sent again without the part that Zoom refused is no step of the plan.
    stepsLeft: Math.max(0, run.begin.steps - sending.length),
  };
}

/** Every change that was sent and not surely refused, in the order of sending: Zoom took it, or may have. */
export function sentChanges({ events }: RunRecord): readonly Change[] {
  const refused = new Set(
    events.flatMap((event) =>
      event.event === 'sent' && event.refusal !== undefined && event.refusal.mayBeTaken !== true ? [event.step] : [],
    ),
  );
  return events.flatMap((event) => (event.event === 'sending' && !refused.has(event.step) ? event.changes : []));
}
