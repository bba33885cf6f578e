/** The kinds of input, and how one case of any of them is run: made from a number, judged, and made smaller when it fails. */
import fc from 'fast-check';
import type { Fuzzer } from './verdict.ts';

export const KINDS = ['policies', 'plans', 'journals', 'replies'] as const;
export type Kind = (typeof KINDS)[number];

export async function openFuzzer(kind: Kind): Promise<Fuzzer<unknown>> {
  switch (kind) {
    case 'policies':
      return anyFuzzer(await (await import('./policies.ts')).openPolicies());
    case 'plans':
      return anyFuzzer(await (await import('./plans.ts')).openPlans());
    case 'journals':
      return anyFuzzer(await (await import('./journals.ts')).openJournals());
    case 'replies':
      return anyFuzzer(await (await import('./replies.ts')).openReplies());
  }
}

function anyFuzzer<C>({ arbitrary, play, close }: Fuzzer<C>): Fuzzer<unknown> {
  return { arbitrary, play: (input) => play(input as C), close };
}

export interface Finding {
  readonly input: unknown;
  readonly problems: readonly string[];
}

export interface Played {
  readonly finding?: Finding;
  readonly seen: readonly string[];
}

/** Making a case smaller takes as many runs as it can use; what it has come to by then is small enough. */
const SHRINK_MS = 60_000;

/** Case `number` of a seed: the same every time. */
export async function runCase(fuzzer: Fuzzer<unknown>, seed: number, number: number): Promise<Played> {
  let finding: Finding | undefined;
  let first: readonly string[] | undefined;
  const property = fc.asyncProperty(fuzzer.arbitrary, async (input) => {
    const { problems, seen } = await fuzzer.play(input);
    first ??= seen;
    if (problems.length === 0) return;
    finding = { input, problems };
    throw new Error('found');
  });
  const own = Math.imul(seed * 1_000_003 + number, 0x9e3779b1) | 0;
  await fc.check(property, { seed: own, numRuns: 1, interruptAfterTimeLimit: SHRINK_MS });
  return { seen: first ?? [], ...(finding === undefined ? {} : { finding }) };
}
