import type { Severity } from '../../model/plan.ts';

/** How a reader should take something; `odd` is what somebody has to look into. */
export type Tone = 'good' | 'bad' | 'warn' | 'odd' | 'quiet';

export interface Badge {
  readonly text: string;
  readonly tone: Tone;
}

const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = {
  critical: 'bad',
  high: 'bad',
  medium: 'warn',
  low: 'quiet',
};

export function severityBadge(severity: Severity): Badge {
  return { text: severity, tone: SEVERITY_TONES[severity] };
}
