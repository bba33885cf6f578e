import { describe, expect, it } from 'vitest';
import { type Fault, fullState } from '../../src/sandbox/index.ts';
import { at, sandboxFor } from './helpers.ts';

const GROUP = '/groups/group-0001/settings';
const sent = { in_meeting: { chat: true } };
const full = () => sandboxFor({ state: fullState({ groups: 1 }) });

/** How a request that meets a fault ends: `broken` when no whole answer comes. */
async function endOf(request: Promise<{ status: number; text: string }>): Promise<string> {
  return request.then(
    ({ status }) => String(status),
    () => 'broken',
  );
}

describe('what a fault does to a write', () => {
  it.each<[Fault, string, boolean]>([
    [{ do: 'refuse', status: 500, code: 1, message: 'no' }, '500', false],
    [{ do: 'reset-before' }, 'broken', false],
    [{ do: 'reset-after' }, 'broken', true],
    [{ do: 'truncated' }, 'broken', true],
    [{ do: 'html-502' }, '502', false],
    [{ do: '429' }, '429', false],
    [{ do: 'ignore-write' }, '204', false],
    [{ do: 'slow', ms: 20 }, '204', true],
  ])('%j', async (fault, end, written) => {
    const { sandbox, get, patch } = await full();
    sandbox.setFaults([{ ...fault, match: { method: 'PATCH', nth: 1 } }]);
    expect(await endOf(patch(GROUP, sent))).toBe(end);
    expect(at(await get(GROUP), 'in_meeting.chat')).toBe(written);
    expect(sandbox.log().find(({ method }) => method === 'PATCH')).toMatchObject({ fault: fault.do });
    expect(await patch(GROUP, sent)).toHaveProperty('status', 204);
  });

  it('timeout: never answered, ended by the end of the sandbox, and no update is under way', async () => {
    const { sandbox, patch } = await full();
    sandbox.setFaults([{ do: 'timeout', match: { method: 'PATCH', nth: 1 } }]);
    const hanging = endOf(patch(GROUP, sent));
    await expect.poll(() => sandbox.log().some(({ fault }) => fault === 'timeout')).toBe(true);
    expect(await patch(GROUP, sent)).toHaveProperty('status', 204);
    await sandbox.close();
    expect(await hanging).toBe('broken');
  });
});

describe('what a fault does to an answer', () => {
  it('invalid JSON', async () => {
    const { sandbox, get } = await full();
    sandbox.setFaults([{ do: 'invalid-json', match: { path: '/groups' } }]);
    await expect(get(GROUP)).rejects.toThrow(SyntaxError);
  });

  it('a damaged refusal stays a refusal: what was not written is never answered with 200', async () => {
    const { sandbox } = await full();
    sandbox.setFaults([{ do: 'invalid-json', match: { method: 'PATCH' } }]);
    const answer = await fetch(`${sandbox.url}/v2${GROUP}`, { method: 'PATCH', body: JSON.stringify(sent) });
    expect(answer.status).toBe(401);
    expect(sandbox.log().at(-1)).toMatchObject({ method: 'PATCH', status: 401, fault: 'invalid-json' });
  });

  it('HTML from a gateway', async () => {
    const { sandbox, get } = await full();
    sandbox.setFaults([{ do: 'html-502' }]);
    const answer = await get(GROUP);
    expect([answer.headers.get('content-type'), answer.text]).toEqual(['text/html', expect.stringContaining('<html>')]);
  });

  it('expired tokens', async () => {
    const { sandbox, get } = await full();
    sandbox.setFaults([{ do: 'expire-tokens', match: { path: GROUP, nth: 2 } }]);
    expect(await get(GROUP)).toHaveProperty('status', 200);
    expect(await get(GROUP)).toMatchObject({ status: 401, body: { code: 124, message: 'Access token is expired.' } });
  });

  it.each([
    ['none', null],
    ['seconds', /^90$/],
    ['date', / GMT$/],
    ['iso', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/],
  ] as const)('Retry-After as %s', async (retryAfter, written) => {
    const { sandbox, get } = await full();
    sandbox.setFaults([{ do: '429', retryAfter, seconds: 90, type: 'Daily-limit' }]);
    const { headers } = await get(GROUP);
    expect(headers.get('retry-after')).toEqual(written === null ? null : expect.stringMatching(written));
    expect(headers.get('x-ratelimit-type')).toBe('Daily-limit');
  });
});

describe('which requests a fault hits', () => {
  const refuse = { do: 'refuse', status: 503, code: 1, message: 'no' } as const;

  it.each<[string, NonNullable<Fault['match']>, number[]]>([
    ['every one', {}, [503, 503, 503, 503]],
    ['of a method', { method: 'patch' }, [200, 503, 200, 503]],
    ['with a part of the path or query', { path: 'option=meeting_security' }, [200, 204, 503, 204]],
    ['the second that matches', { method: 'PATCH', nth: 2 }, [200, 204, 200, 503]],
    ['the first two', { times: 2 }, [503, 503, 200, 204]],
    ['two from the second on', { nth: 2, times: 2 }, [200, 503, 503, 204]],
  ])('%s', async (_, match, expected) => {
    const { sandbox, get, patch } = await full();
    sandbox.setFaults([{ ...refuse, match }]);
    const statuses = [
      await get(GROUP),
      await patch(GROUP, sent),
      await get(`${GROUP}?option=meeting_security`),
      await patch(GROUP, sent),
    ].map(({ status }) => status);
    expect(statuses).toEqual(expected);
  });

  it('the first of the list that matches', async () => {
    const { sandbox, get } = await full();
    sandbox.setFaults([
      { ...refuse, match: { nth: 1 } },
      { ...refuse, status: 500 },
    ]);
    expect([(await get(GROUP)).status, (await get(GROUP)).status]).toEqual([503, 500]);
    sandbox.setFaults([]);
    expect(await get(GROUP)).toHaveProperty('status', 200);
  });

  it('token requests too', async () => {
    const { sandbox } = await full();
    sandbox.setFaults([{ ...refuse, match: { path: '/oauth' } }]);
    expect(await fetch(sandbox.env.ZOOM_OAUTH_URL, { method: 'POST' })).toHaveProperty('status', 503);
  });
});
