/**
 * The same thing for a long time: `npm run soak -- [--rounds 1000] [--seed S] [--rate PERCENT]`.
 *
 * The rounds are split over rates of faults: none, and 5, 20 and 40% of all requests; or over the rates that are named.
 * Every round is an organisation and a policy by chance, planned, applied again and again until it holds, then changed by
 * hand and found to have drifted. Exits with 1 when a law was broken or memory grew. The same seed makes the same rounds.
 */
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { hurry } from '../test/helpers/quick.ts';
import { courseOf, type HeapCourse, heapMb } from './heap.ts';
import { type Figures, openSoak, roundAt, type Soak } from './round.ts';

const RATES = ['0', '5', '20', '40'];
/** Until caches are filled and code is compiled, the heap tells nothing. */
const WARM_UP = 20;
/** As many looks at the heap as quarters can be made of. */
const LOOKS = 40;
/** Of each rate: a fault of lockstep's shows again and again. */
const MOST_SHOWN = 5;

interface Tally extends Omit<Figures, 'violations'> {
  readonly rate: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly heap: HeapCourse;
  readonly violations: number;
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    rate: { type: 'string', multiple: true, default: RATES },
  },
});
const [total, seed, ...rates] = [values.rounds, values.seed, ...values.rate].map(numberFrom) as [number, number];
const rounds = Math.ceil(total / rates.length);

console.log(`seed ${seed}, ${rounds} rounds at each of ${rates.join(', ')}% faults`);
const slowly = hurry();
const tallies: Tally[] = [];
for (const rate of rates) {
  const tally = await soak(rate);
  tallies.push(tally);
  console.log(`${rate}%: ${tally.violations} violations in ${rounds} rounds`);
}
slowly();
console.table(Object.fromEntries(tallies.map((tally) => [`${tally.rate}%`, rowOf(tally)])));
if (tallies.some(({ violations, heap }) => violations > 0 || !heap.isFlat)) process.exitCode = 1;

async function soak(rate: number): Promise<Tally> {
  const stage = await openSoak();
  const arbitrary = roundAt(rate);
  const samples: number[] = [];
  const sum = { requests: 0, faults: 0, reruns: 0, violations: 0 };
  const outcomes = { applied: 0, ineffective: 0, failed: 0, notAttempted: 0 };
  for (let number = -WARM_UP; number < 0; number += 1) await playRound(stage, arbitrary, rate, number);
  const begun = performance.now();
  for (let number = 0; number < rounds; number += 1) {
    const figures = await playRound(stage, arbitrary, rate, number);
    sum.requests += figures.requests;
    sum.faults += figures.faults;
    sum.reruns += figures.reruns;
    for (const [status, count] of Object.entries(figures.outcomes)) outcomes[status as keyof typeof outcomes] += count;
    if (figures.violations.length > 0 && sum.violations < MOST_SHOWN) tell(rate, number, figures.violations);
    sum.violations += figures.violations.length;
    if (number % Math.ceil(rounds / LOOKS) === 0) samples.push(heapMb());
  }
  const seconds = (performance.now() - begun) / 1000;
  await stage.close();
  return { rate, rounds, seconds, heap: courseOf(samples), outcomes, ...sum };
}

function playRound(stage: Soak, arbitrary: ReturnType<typeof roundAt>, rate: number, number: number): Promise<Figures> {
  const own = Math.imul(seed * 1_000_003 + rate * 100_003 + number, 0x9e3779b1) | 0;
  const [round] = fc.sample(arbitrary, { seed: own, numRuns: 1 });
  if (round === undefined) throw new Error('a sample of one round has a round');
  return stage.play(round);
}

function tell(rate: number, number: number, violations: readonly string[]): void {
  console.log(`${rate}%, round ${number}:\n  ${violations.slice(0, 10).join('\n  ')}`);
}

function rowOf({ rounds, seconds, requests, faults, reruns, outcomes, heap, violations }: Tally) {
  return {
    rounds,
    seconds: Math.round(seconds),
    requests,
    faults,
    reruns,
    applied: outcomes.applied,
    ineffective: outcomes.ineffective,
    failed: outcomes.failed,
    'not attempted': outcomes.notAttempted,
    'heap, MB': `${heap.firstMb.toFixed(1)} -> ${heap.lastMb.toFixed(1)}${heap.isFlat ? '' : ' GROWS'}`,
    violations,
  };
}

function numberFrom(text: string): number {
  const number = Number(text);
  if (Number.isFinite(number) && number >= 0) return number;
  console.error(`${text} is no number`);
  process.exit(1);
}
