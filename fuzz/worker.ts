/** One kind, case after case, in a process that may be killed: the parent misses a case that never ends. */
import { type Kind, openFuzzer, type Played, runCase } from './kinds.ts';
import { MOST_MEMORY_MB, peakMemoryMb } from './verdict.ts';

export interface Order {
  readonly kind: Kind;
  readonly seed: number;
  readonly first: number;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly most: number;
}

export type News =
  | { readonly news: 'begun'; readonly number: number; readonly input: unknown }
  | {
      readonly news: 'ended';
      readonly number: number;
      readonly ms: number;
      readonly peakMb: number;
      readonly played: Played;
    }
  /** The worker ends; another one may go on with the next case. */
  | { readonly news: 'over'; readonly next: number };

/** Then another process goes on, so that the memory it takes is that of a few cases and not of a night. */
const BATCH = 500;

function tell(news: News): Promise<void> {
  return new Promise((done) => void process.send?.(news, () => done()));
}

async function work({ kind, seed, first, until, most: asked }: Order): Promise<void> {
  let most = Math.min(asked, BATCH);
  const stray: string[] = [];
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(
      event,
      (error: unknown) => void stray.push(`${event}: ${error instanceof Error ? error.stack : String(error)}`),
    );
  }
  const fuzzer = await openFuzzer(kind);
  let number = first;
  let last: unknown;
  const watched = {
    ...fuzzer,
    play: async (input: unknown) => {
      last = input;
      await tell({ news: 'begun', number, input });
      const { problems, seen } = await fuzzer.play(input);
      return { problems: [...problems, ...stray.splice(0)], seen };
    },
  };
  for (; number < first + most && Date.now() < until; number += 1) {
    const begun = performance.now();
    const played = await runCase(watched, seed, number);
    const peakMb = peakMemoryMb();
    const isGreedy = peakMb > MOST_MEMORY_MB;
    const greed = { finding: { input: last, problems: [`takes ${peakMb.toFixed(0)} MB`] } };
    const ms = performance.now() - begun;
    await tell({ news: 'ended', number, ms, peakMb, played: isGreedy ? { ...played, ...greed } : played });
    // The peak is of the whole process, and stays.
    if (isGreedy) most = 0;
  }
  await fuzzer.close();
  await tell({ news: 'over', next: number });
  process.exit();
}

process.once('message', (order: Order) => void work(order));
process.once('disconnect', () => process.exit());
