/** How what is read is refused: as no plan at all, or as a plan that must not be applied. */
import type * as z from 'zod';
import { EXIT, LockstepError } from '../../errors.ts';

export function noPlan(message: string): LockstepError {
  return new LockstepError(message, { hint: 'plans are written by: lockstep plan --out FILE' });
}

export function refusal(message: string): LockstepError {
  return new LockstepError(`refused: ${message}`, { exitCode: EXIT.refused, hint: 'make the plan again' });
}

/** The value itself is kept: what a schema hands back has its keys in another order. */
export function assertFits<T>(value: unknown, schema: z.ZodType, where: string): asserts value is T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return;
  const [issue] = parsed.error.issues;
  throw noPlan(`${where} is not a plan of lockstep: ${issue?.path.join('.') || 'it'} ${issue?.message ?? ''}`);
}
