/** The daily quota of requests: what a run needs, what is left, and what waits for another day. */
import { EXIT, LockstepError } from '../errors.ts';
import type { Plan, Step } from '../model/plan.ts';
import { stepsWithin } from '../reconcile/apply/fit-quota.ts';
import { requestsOf } from '../reconcile/plan/assemble.ts';
import { plural } from '../util/plural.ts';
import type { Connection } from '../zoom/connection.ts';
import { DAILY } from '../zoom/rates.ts';
import type { Session } from '../zoom/zoom.ts';
import type { RunWarning } from './hooks.ts';

type Day = Pick<Session, 'leftToday'>;

/** Every settings and lock call is of the class medium (zoom-api, section 2). */
const CLASS = 'medium';

/**
 * Reading that the day's requests do not last for is not begun: half of it is of no use to anybody, and it would take from
 * the account's other apps what is left.
 */
export function refuseReading(zoom: Day, connection: Connection, documents: number): void {
  const left = zoom.leftToday(CLASS);
  if (left === undefined || documents <= left) return;
  throw new LockstepError(`reading Zoom takes ${plural(documents, 'request')}, and ${leftText(left, connection)}`, {
    exitCode: EXIT.refused,
    hint: 'read less with --target, or run again after 00:00 GMT, when the quota resets',
  });
}

/** A plan that an apply could not carry out in one day. */
export function quotaWarnings(zoom: Day, connection: Connection, plan: Plan): readonly RunWarning[] {
  const left = zoom.leftToday(CLASS);
  const { patch, get } = requestsOf(plan);
  if (left === undefined || patch + get <= left) return [];
  const message = `applying this takes ${plural(patch + get, 'request')}, and ${leftText(left, connection)}: apply sends what fits; run it again after 00:00 GMT for the rest`;
  return [{ kind: 'daily-quota', message }];
}

/** Puts off what does not fit into the day, for `applyPlan`. */
export function postponing(zoom: Day, plan: Plan): (step: Step) => LockstepError | undefined {
  const left = zoom.leftToday(CLASS);
  const within = left === undefined ? undefined : stepsWithin(plan, left);
  if (within === undefined) return () => undefined;
  const error = new LockstepError("not enough of today's Zoom request quota is left", {
    hint: 'run apply again after 00:00 GMT',
  });
  return (step) => (within.has(step) ? undefined : error);
}

/** What is known: Zoom's own word, or its documented number, of which other apps may have used up some. */
function leftText(left: number, { ratePlan }: Connection): string {
  const limit = ratePlan === 'none' ? undefined : DAILY[ratePlan][CLASS];
  const of = limit === undefined ? '' : `, of ${limit} a day on plan ${ratePlan}`;
  return `at most ${left} of Zoom's rate class MEDIUM ${left === 1 ? 'is' : 'are'} left today${of}`;
}
