/** Faults by chance: so many requests in a hundred meet one. */
import fc from 'fast-check';
import type { Fault } from '../src/sandbox/index.ts';

const refuse = (status: number, code: number): Fault => ({
  do: 'refuse',
  status,
  code,
  message: `refused by chance with ${status}`,
});

const PASSING: readonly Fault[] = [
  refuse(401, 124),
  refuse(500, 500),
  refuse(503, 503),
  { do: 'html-502' },
  { do: '429' },
  { do: '429', retryAfter: 'seconds', seconds: 2 },
  { do: '429', retryAfter: 'date', seconds: 2 },
  { do: 'expire-tokens' },
  { do: 'reset-before' },
  { do: 'reset-after' },
  { do: 'invalid-json' },
  { do: 'truncated' },
  { do: 'slow', ms: 3 },
];
/** Zoom has the last word: it takes another run. */
const FINAL: readonly Fault[] = [
  refuse(400, 300),
  refuse(401, 200),
  refuse(403, 200),
  refuse(404, 404),
  refuse(409, 409),
  { do: 'ignore-write' },
];
/** A whole run ends with one of them, or waits for the client's patience. */
const SEVERE: readonly Fault[] = [
  { do: '429', type: 'Daily-limit', retryAfter: 'iso', seconds: 20_000 },
  { do: 'timeout' },
];

/** More requests than a round makes. */
const REQUESTS = 1500;

const one = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...PASSING) },
  { weight: 20, arbitrary: fc.constantFrom(...FINAL) },
  { weight: 1, arbitrary: fc.constantFrom(...SEVERE) },
);

/** @param rate in per cent of all requests, those for tokens among them */
export function troubleAt(rate: number): fc.Arbitrary<readonly Fault[]> {
  const request = fc.record({ luck: fc.nat(99), fault: one });
  // Without its bias for small numbers: 20% are to be 20%.
  return fc
    .noBias(fc.array(request, { minLength: REQUESTS, maxLength: REQUESTS, size: 'max' }))
    .map((all) =>
      all.flatMap(({ luck, fault }, index) => (luck < rate ? [{ ...fault, match: { nth: index + 1 } }] : [])),
    );
}
