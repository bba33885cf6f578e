/**
 * A few rounds of `npm run soak`, with several faults in one run, which the fault matrix does not have; and what the long
 * ones found.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fault, startSandbox } from '../src/sandbox/index.ts';
import { lockstep } from '../test/helpers/host.ts';
import { stateOf } from '../test/helpers/organisation.ts';
import { hurry } from '../test/helpers/quick.ts';
import type { ResultDocument } from './ledger.ts';
import { openSoak, roundAt } from './round.ts';

const ROUNDS = 4;

let slowly: () => void;
beforeAll(() => {
  slowly = hurry();
});
afterAll(() => slowly());

it.each([5, 40])(
  'nothing is lost, and no lock comes early, with %i percent of faults',
  { timeout: 120_000 },
  async (rate) => {
    const soak = await openSoak();
    try {
      const seed = 20_261_121;
      for (const round of fc.sample(roundAt(rate), { seed, numRuns: ROUNDS })) {
        expect((await soak.play(round)).violations).toEqual([]);
      }
    } finally {
      await soak.close();
    }
  },
);

describe('a write whose answer got lost, and then the run ends', () => {
  const PATCHED = { method: 'PATCH' };
  it.each<[string, readonly Fault[]]>([
    [
      'for want of a token',
      [
        { do: 'expire-tokens', match: { ...PATCHED, nth: 2 } },
        { do: 'refuse', status: 409, code: 409, message: 'no', match: { method: 'POST', nth: 2, times: 100 } },
      ],
    ],
    ['at the daily limit', [{ do: '429', type: 'Daily-limit', match: { ...PATCHED, nth: 2, times: 100 } }]],
  ])('%s: what Zoom may have taken is told so', async (_, faults) => {
    const cwd = mkdtempSync(join(tmpdir(), 'lockstep-lost-'));
    const state = stateOf({ account: { settings: { in_meeting: { chat: true } } } });
    const sandbox = await startSandbox({ state });
    try {
      writeFileSync(join(cwd, 'policy.yaml'), 'version: 1\naccount: { settings: { in_meeting: { chat: false } } }\n');
      sandbox.setFaults([{ do: 'reset-after', match: { ...PATCHED, nth: 1 } }, ...faults]);
      const argv = ['apply', 'policy.yaml', '-y', '--format', 'json', '--rate-plan', 'none'];
      const { code, stdout } = await lockstep(argv, { cwd, env: sandbox.env });
      const { results } = JSON.parse(stdout) as ResultDocument;
      expect(results).toMatchObject([{ status: 'failed', refusal: { mayBeTaken: true } }]);
      expect(code).toBe(4);
    } finally {
      rmSync(cwd, { recursive: true });
      await sandbox.close();
    }
  });
});
