/**
 * A few hundred hostile inputs of each kind, from seeds that are the same every time and from one that never is; and
 * every input that once failed, or that somebody thought of. `npm run fuzz -- --minutes 10` goes on from here.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFixtures } from './fixtures.ts';
import { KINDS, type Kind, openFuzzer, runCase } from './kinds.ts';
import { type Fuzzer, MOST_MEMORY_MB, peakMemoryMb } from './verdict.ts';

/** Of each seed: as many as take about two seconds. */
const CASES: Readonly<Record<Kind, number>> = { policies: 50, plans: 60, journals: 60, replies: 15 };

const CHANCE = Math.floor(Math.random() * 2 ** 31);
const FIXTURES = readFixtures();

describe.each(KINDS)('%s', (kind) => {
  let fuzzer: Fuzzer<unknown>;
  beforeAll(async () => {
    fuzzer = await openFuzzer(kind);
  });
  afterAll(() => fuzzer.close());

  it.each([1, CHANCE])('of seed %i', { timeout: 120_000 }, async (seed) => {
    const findings: Record<string, unknown> = {};
    for (let number = 0; number < CASES[kind]; number += 1) {
      const { finding } = await runCase(fuzzer, seed, number);
      const again = `npm run fuzz -- --kind ${kind} --seed ${seed} --first ${number} --cases 1`;
      if (finding !== undefined) findings[again] = finding;
    }
    expect(findings).toEqual({});
  });

  it.each(FIXTURES.filter((fixture) => fixture.kind === kind))(
    '$name: $found',
    { timeout: 120_000 },
    async ({ input, seen = [] }) => {
      const played = await fuzzer.play(input);
      expect(played).toEqual({ problems: [], seen: expect.arrayContaining([...seen]) });
    },
  );
});

it('takes no more memory than is allowed', () => {
  expect(peakMemoryMb()).toBeLessThan(MOST_MEMORY_MB);
});
