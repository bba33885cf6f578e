import { describe, expect, it } from 'vitest';
import { fullState } from '../../src/sandbox/index.ts';
import { createRateMeter, RATE_LIMITS, rateAnswer } from '../../src/sandbox/rates.ts';
import { sandboxFor } from './helpers.ts';

describe('rates', () => {
  const NOON = Date.parse('2026-03-01T12:00:00Z');

  it.each(
    (['free', 'pro', 'business'] as const).flatMap((plan) =>
      (['Light', 'Medium', 'Heavy'] as const).map((label) => [plan, label] as const),
    ),
  )('%s %s: so many in any second', (plan, label) => {
    const meter = createRateMeter(plan);
    const { perSecond } = RATE_LIMITS[plan][label];
    for (let call = 0; call < perSecond; call++) expect(meter.take(label, NOON + call)).toBeUndefined();
    expect(meter.take(label, NOON + 999)).toEqual({ type: 'QPS', limit: perSecond });
    expect(meter.take(label, NOON + 1000)).toBeUndefined();
    expect(meter.take(label, NOON + 1000)).toEqual(
      perSecond === 1 ? expect.anything() : { type: 'QPS', limit: perSecond },
    );
  });

  it('counts the labels apart, and refused calls not at all', () => {
    const meter = createRateMeter('free');
    meter.take('Heavy', NOON);
    expect(meter.take('Heavy', NOON + 500)).toBeDefined();
    expect(meter.take('Medium', NOON + 500)).toBeUndefined();
    expect(meter.take('Heavy', NOON + 1000)).toBeUndefined();
  });

  it('ends the day at 00:00 GMT', () => {
    const meter = createRateMeter('free');
    for (let call = 0; call < 1000; call++) meter.take('Heavy', NOON + call * 1000);
    const refused = meter.take('Heavy', NOON + 1_000_000);
    expect(refused && rateAnswer(refused)).toMatchObject({
      status: 429,
      body: { code: 429, message: expect.stringContaining('daily rate limit') },
      headers: {
        'x-ratelimit-type': 'Daily-limit',
        'x-ratelimit-limit': '1000',
        'retry-after': '2026-03-02T00:00:00Z',
      },
    });
    expect(meter.take('Heavy', Date.parse('2026-03-02T00:00:00Z'))).toBeUndefined();
  });

  it('over HTTP: the category always, the rest with the 429', async () => {
    const { get } = await sandboxFor({ ratePlan: 'free' });
    const answers = await Promise.all(Array.from({ length: 5 }, () => get('/groups')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    for (const { headers } of answers) expect(headers.get('x-ratelimit-category')).toBe('Medium');
    expect(refused[0]?.body).toEqual({
      code: 429,
      message: 'You have reached the maximum per-second rate limit for this API. Try again later.',
    });
    expect(Object.fromEntries(refused[0]?.headers ?? [])).toMatchObject({
      'x-ratelimit-type': 'QPS',
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '0',
    });
    expect(refused[0]?.headers.has('retry-after')).toBe(false);
    const light = await get('/users/dean@example.edu');
    expect([light.status, light.headers.get('x-ratelimit-category')]).toEqual([200, 'Light']);
    expect(light.headers.has('x-ratelimit-type')).toBe(false);
  });

  it('none: no limit', async () => {
    const { get } = await sandboxFor();
    const answers = await Promise.all(Array.from({ length: 70 }, () => get('/groups')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });
});

describe('updates at the same time', () => {
  const sent = { in_meeting: { chat: true } };

  it('of one target are refused while one is under way, whatever the document', async () => {
    const { patch } = await sandboxFor({ state: fullState({ groups: 2 }), latencyMs: 100 });
    const answers = await Promise.all([
      patch('/groups/group-0001/settings', sent),
      patch('/groups/group-0001/lock_settings', sent),
      patch('/groups/group-0002/settings', sent),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 204, 429]);
    expect(answers[2]?.status).toBe(204);
    expect(answers.find(({ status }) => status === 429)?.body).toEqual({
      code: 429,
      message: 'Too many concurrent requests. A request to update this resource has already been made.',
    });
    expect(await patch('/groups/group-0001/settings', sent)).toHaveProperty('status', 204);
  });

  it('by id and by e-mail are of one user', async () => {
    const { patch } = await sandboxFor({ state: fullState({ users: 1 }), latencyMs: 100 });
    const answers = await Promise.all([
      patch('/users/user-0001/settings', sent),
      patch('/users/user0001@example.edu/settings', sent),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 429]);
  });
});
