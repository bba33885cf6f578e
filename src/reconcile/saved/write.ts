/** A plan as the lines of its file: the head, then what is blocked, the steps, the warnings. See docs/plan.schema.json. */
import type * as z from 'zod';
import type { Plan } from '../../model/plan.ts';
import { printableQuoted } from '../../util/printable.ts';
import { FORMAT, type headSchema } from './schema.ts';

export type Head = z.infer<typeof headSchema>;

/** A plan of which only the outline is known to be right. */
export type Outline = Pick<Plan, 'account' | 'compared' | 'fingerprint'> & {
  readonly waves: readonly (readonly unknown[])[];
  readonly blocked: readonly unknown[];
  readonly warnings: readonly unknown[];
};

/** One by one, so that nobody needs the whole text in memory. Each ends with a line feed. */
export function* planLines(plan: Outline): Generator<string, void> {
  yield line(headOf(plan));
  for (const blocked of plan.blocked) yield line({ blocked });
  for (const [index, wave] of plan.waves.entries()) for (const step of wave) yield line({ wave: index + 1, step });
  for (const warning of plan.warnings) yield line({ warning });
}

function headOf({ account, compared, waves, blocked, warnings, fingerprint }: Outline): Head {
  const counts = {
    blocked: blocked.length,
    waves: waves.length,
    steps: waves.reduce((sum, wave) => sum + wave.length, 0),
    warnings: warnings.length,
  };
  return { formatVersion: FORMAT, account, compared, counts, fingerprint };
}

function line(value: object): string {
  return `${printableQuoted(JSON.stringify(value))}\n`;
}
