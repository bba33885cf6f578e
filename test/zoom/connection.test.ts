import { describe, expect, it } from 'vitest';
import { LockstepError } from '../../src/errors.ts';
import { connectionFrom } from '../../src/zoom/connection.ts';
import { proxyFor } from '../../src/zoom/proxy.ts';

const CREDENTIALS = { ZOOM_ACCOUNT_ID: 'acc', ZOOM_CLIENT_ID: 'client', ZOOM_CLIENT_SECRET: 'shh' };

function refusal(env: Record<string, string>, options: object = {}): LockstepError {
  try {
    connectionFrom(env, options);
  } catch (error) {
    if (error instanceof LockstepError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}

describe('connectionFrom', () => {
  it('goes to Zoom, for a Pro account, by default', () => {
    const connection = connectionFrom(CREDENTIALS);
    expect(connection).toEqual({
      apiUrl: new URL('https://api.zoom.us/v2'),
      oauthUrl: new URL('https://zoom.us/oauth/token'),
      account: 'me',
      credentials: { kind: 'server-to-server', accountId: 'acc', clientId: 'client', clientSecret: 'shh' },
      ratePlan: 'pro',
      concurrency: 20,
      proxy: {},
    });
  });

  it.each([
    ['http://127.0.0.1:1', 'http://127.0.0.1:1/oauth/token'],
    ['http://127.0.0.1:1/', 'http://127.0.0.1:1/oauth/token'],
    ['http://localhost:1//', 'http://localhost:1/oauth/token'],
    ['http://[::1]:1/oauth/token/', 'http://[::1]:1/oauth/token'],
    ['https://zoomgov.com/oauth/token', 'https://zoomgov.com/oauth/token'],
  ])('reads ZOOM_OAUTH_URL %s as %s', (written, url) => {
    expect(connectionFrom({ ...CREDENTIALS, ZOOM_OAUTH_URL: written }).oauthUrl.href).toBe(url);
  });

  it.each([
    ['free', 20],
    ['pro', 20],
    ['business', 60],
    ['none', 20],
  ] as const)('has a second of plan %s in flight, and 20 at the least: %i', (ratePlan, concurrency) => {
    const env = { ...CREDENTIALS, ZOOM_API_URL: 'http://127.0.0.1:1' };
    expect(connectionFrom(env, { ratePlan }).concurrency).toBe(concurrency);
    expect(connectionFrom(env, { ratePlan, concurrency: 5 }).concurrency).toBe(5);
  });

  it('knows no other plan', () => {
    expect(refusal(CREDENTIALS, { ratePlan: 'platinum' }).message).toBe(
      'unknown rate plan platinum; expected one of free, pro, business, none',
    );
  });

  it('lets an explicit token win', () => {
    const credentials = { kind: 'token', token: 'tok' };
    expect(connectionFrom({ ZOOM_ACCESS_TOKEN: ' tok\n' }).credentials).toEqual(credentials);
    expect(connectionFrom({ ...CREDENTIALS, ZOOM_ACCESS_TOKEN: 'tok' }).credentials).toEqual({
      ...credentials,
      accountId: CREDENTIALS.ZOOM_ACCOUNT_ID,
    });
  });

  it('takes the own account for the own account, by whatever name', () => {
    const accountFor = (account?: string) => connectionFrom(CREDENTIALS, { account }).account;
    expect(['me', CREDENTIALS.ZOOM_ACCOUNT_ID, undefined, 'sub-1'].map(accountFor)).toEqual([
      'me',
      'me',
      'me',
      'sub-1',
    ]);
    expect(refusal({ ...CREDENTIALS, ZOOM_ACCOUNT_ID: 'me' }).message).toBe('ZOOM_ACCOUNT_ID is no account id');
  });

  it('names every missing variable, with exit code 5', () => {
    expect(refusal({})).toMatchObject({
      message: 'no credentials for Zoom: ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET are not set',
      exitCode: 5,
      hint: expect.stringContaining('lockstep sandbox'),
    });
    expect(refusal({ ...CREDENTIALS, ZOOM_CLIENT_SECRET: ' ' }).message).toBe(
      'no credentials for Zoom: ZOOM_CLIENT_SECRET is not set',
    );
  });

  it('tells all that is wrong at once', () => {
    const error = refusal(
      { ZOOM_API_URL: 'http://example.com/v2', ZOOM_OAUTH_URL: 'nonsense' },
      { account: '..', concurrency: 0, ratePlan: 'platinum', rateShare: 1.5 },
    );
    expect(error.exitCode).toBe(1);
    expect(error.message.split('\n')).toEqual([
      'ZOOM_API_URL is plain http to example.com: requests may go unencrypted to a server on this machine only',
      'ZOOM_OAUTH_URL is not a URL',
      'unknown rate plan platinum; expected one of free, pro, business, none',
      'rate share 150% must be above 0% and at most 100%',
      'concurrency 0 must be a whole number from 1 to 500',
      'account ".." is neither me nor an account id',
      'no credentials for Zoom: ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET are not set',
    ]);
  });

  it.each([
    ['http://10.0.0.1/v2', /plain http/],
    ['http://127.0.0.1.example.com/', /plain http/],
    ['http://localhost.example.com/', /plain http/],
    ['ftp://127.0.0.1/', /starts with ftp:/],
    ['https://user:shh@api.zoom.us/v2', /user name or a password/],
    ['https://api.zoom.us/v2?x=1', /query/],
  ])('refuses ZOOM_API_URL %s', (url, why) => {
    const error = refusal({ ...CREDENTIALS, ZOOM_API_URL: url });
    expect(error).toMatchObject({ exitCode: 1, message: expect.stringMatching(why) });
    expect(error.message).not.toContain('shh');
  });

  it.each(['http://127.0.0.1:80', 'http://127.9.8.7', 'http://localhost:8080/v2', 'http://[::1]:1'])(
    'lets %s be spoken to in plain http and without limits',
    (url) => {
      expect(connectionFrom({ ...CREDENTIALS, ZOOM_API_URL: url }, { ratePlan: 'none' }).ratePlan).toBe('none');
    },
  );

  it('keeps rate plan none off other hosts', () => {
    expect(refusal(CREDENTIALS, { ratePlan: 'none' }).message).toMatch(/rate plan none .* api\.zoom\.us/);
  });

  it('refuses a token that could not stand in a header, without showing it', () => {
    const error = refusal({ ZOOM_ACCESS_TOKEN: 'canary\nX-Evil: 1' });
    expect(error.message).toBe('ZOOM_ACCESS_TOKEN contains characters that no token can have');
  });

  it('takes a proxy for Zoom and none for this machine', () => {
    const env = { ...CREDENTIALS, HTTPS_PROXY: 'http://u:p@proxy.example:3128', ZOOM_OAUTH_URL: 'http://localhost:1' };
    expect(connectionFrom(env).proxy).toEqual({ api: new URL('http://u:p@proxy.example:3128') });
    const error = refusal({ ...CREDENTIALS, ALL_PROXY: 'socks5://u:shh@proxy.example' });
    expect(error.message).toBe('ALL_PROXY starts with socks5:, but only http and https proxies are supported');
  });
});

describe('proxyFor', () => {
  const url = new URL('https://api.zoom.us/v2');
  it.each([
    [{}, undefined],
    [{ HTTPS_PROXY: 'http://a' }, 'http://a/'],
    [{ https_proxy: 'a:3128', HTTPS_PROXY: 'http://b' }, 'http://a:3128/'],
    [{ HTTPS_PROXY: '', all_proxy: 'https://c' }, 'https://c/'],
    [{ HTTP_PROXY: 'http://d' }, 'http://d/'],
    [{ HTTPS_PROXY: 'http://a', NO_PROXY: '*' }, undefined],
    [{ HTTPS_PROXY: 'http://a', NO_PROXY: 'example.com, zoom.us' }, undefined],
    [{ HTTPS_PROXY: 'http://a', no_proxy: '.zoom.us' }, undefined],
    [{ HTTPS_PROXY: 'http://a', NO_PROXY: '*.zoom.us:443' }, undefined],
    [{ HTTPS_PROXY: 'http://a', NO_PROXY: 'zoom.us:8443' }, 'http://a/'],
    [{ HTTPS_PROXY: 'http://a', NO_PROXY: 'oom.us' }, 'http://a/'],
  ] as [Record<string, string>, string | undefined][])('%o -> %s', (env, expected) => {
    const proxy = proxyFor(url, env);
    expect(proxy instanceof URL ? proxy.href : proxy).toBe(expected);
  });
});
