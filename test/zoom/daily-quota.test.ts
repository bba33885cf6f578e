import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDailyQuota } from '../../src/zoom/daily-quota.ts';
import { quotaOf } from '../../src/zoom/quota-headers.ts';

const NOON = Date.parse('2026-05-31T12:00:00Z');
const MIDNIGHT = Date.parse('2026-06-01T00:00:00Z');

function quotaAt(now: number, plan: 'free' | 'pro' | 'none' = 'free', share = 1) {
  const clock = { now };
  return { clock, quota: createDailyQuota(plan, share, () => clock.now) };
}

describe("the day's requests", () => {
  it('are known where Zoom documents a number', () => {
    expect(quotaAt(NOON).quota.left('medium')).toBe(2000);
    expect(quotaAt(NOON, 'free', 0.8).quota.left('medium')).toBe(1600);
    expect(quotaAt(NOON, 'pro').quota.left('heavy')).toBe(30_000);
    expect(quotaAt(NOON, 'pro').quota.left('medium')).toBeUndefined();
    expect(quotaAt(NOON, 'none').quota.left('medium')).toBeUndefined();
  });

  it('are what Zoom says where that is less, whatever the plan', () => {
    const { quota } = quotaAt(NOON, 'pro');
    quota.noteRemaining('medium', 5);
    quota.noteRemaining('medium', 7);
    expect(quota.left('medium')).toBe(5);
    const free = quotaAt(NOON).quota;
    free.noteRemaining('medium', 5000);
    expect(free.left('medium')).toBe(2000);
  });

  it('come anew at 00:00 GMT', () => {
    const { clock, quota } = quotaAt(MIDNIGHT - 1);
    quota.countSent('medium');
    quota.noteRemaining('medium', 0);
    expect([quota.left('medium'), quota.isUsedUp('medium')]).toEqual([0, true]);
    clock.now = MIDNIGHT;
    expect([quota.left('medium'), quota.isUsedUp('medium')]).toEqual([2000, false]);
  });

  it('never grow during a day, and are over only when Zoom says so', () => {
    const events = fc.array(fc.oneof(fc.constant('sent' as const), fc.integer({ min: 0, max: 3000 })));
    fc.assert(
      fc.property(events, (list) => {
        const { quota } = quotaAt(NOON);
        let before = quota.left('medium') ?? 0;
        for (const event of list) {
          if (event === 'sent') quota.countSent('medium');
          else quota.noteRemaining('medium', event);
          const left = quota.left('medium') ?? 0;
          expect(left).toBeLessThanOrEqual(before);
          expect(left).toBeGreaterThanOrEqual(0);
          before = left;
        }
        if (list.every((event) => event === 'sent')) expect(quota.isUsedUp('medium')).toBe(false);
      }),
    );
  });
});

describe('quotaOf', () => {
  const header = (type: string | undefined, limit: string | undefined, remaining: string | undefined) => ({
    ...(type === undefined ? {} : { 'x-ratelimit-type': type }),
    ...(limit === undefined ? {} : { 'x-ratelimit-limit': limit }),
    ...(remaining === undefined ? {} : { 'x-ratelimit-remaining': remaining }),
  });
  it.each([
    ['QPS', '60', '59', { per: 'second', limit: 60, remaining: 59 }],
    ['Daily-limit', '2000', '0', { per: 'day', limit: 2000, remaining: 0 }],
    [undefined, '100', ' 0 ', { per: 'unknown', limit: 100, remaining: 0 }],
    ['QPS', '0', undefined, { per: 'second' }],
    ['QPS', undefined, undefined, undefined],
    ['QPS', 'many', '-1', undefined],
    ['QPS', '1e9', '9999999999', undefined],
  ])('%s, %s, %s -> %o', (type, limit, remaining, expected) => {
    expect(quotaOf(header(type, limit, remaining))).toEqual(expected);
  });
});
