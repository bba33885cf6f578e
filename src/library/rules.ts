/** Which options contradict each other, for programs and the command line alike. */
import type { Plan } from '../model/plan.ts';

/** How the caller spells an option: `failOn` in a program, `--fail-on` on a command line. */
export type Spelling = (name: string) => string;

/** What is wrong with options that are each right. */
export interface Contradiction {
  readonly message: string;
  readonly hint?: string;
}

export type Rule<S> = (settings: S, spelled: Spelling) => Contradiction | undefined;

/** As far as a saved plan is concerned. */
interface SavedPlanSettings {
  readonly plan: Plan | string | undefined;
  readonly partial: boolean;
  readonly policies: readonly string[];
  readonly target: readonly string[];
  readonly writeSecret: readonly string[];
  readonly allowUnknown: boolean;
  readonly assumeUnlocked: boolean;
}

export function partialNeedsPlan({ partial, plan }: SavedPlanSettings, spelled: Spelling): Contradiction | undefined {
  if (!partial || plan !== undefined) return undefined;
  return { message: `${spelled('partial')} requires ${spelled('plan')}` };
}

/** These decide what a plan holds: too late for a plan that is there. */
export function savedPlanIsAppliedAsMade(settings: SavedPlanSettings, spelled: Spelling): Contradiction | undefined {
  if (settings.plan === undefined) return undefined;
  const given = [
    ...(settings.target.length > 0 ? ['target'] : []),
    ...(settings.allowUnknown ? ['allowUnknown'] : []),
    ...(settings.assumeUnlocked ? ['assumeUnlocked'] : []),
    ...(settings.writeSecret.length > 0 ? ['writeSecret'] : []),
  ];
  if (given.length === 0) return undefined;
  return {
    message: `${given.map(spelled).join(' and ')} cannot be combined with ${spelled('plan')}`,
    hint: 'a saved plan is applied as it was made; give these options when you plan',
  };
}

export function savedPlanHoldsItsPolicies(
  { plan, policies }: SavedPlanSettings,
  spelled: Spelling,
): Contradiction | undefined {
  if (plan === undefined || policies.length === 0) return undefined;
  return {
    message: `apply takes policies or ${spelled('plan')}, not both`,
    hint: 'a saved plan already holds every change',
  };
}
