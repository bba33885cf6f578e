/** A day whose requests do not last: what is told before, what is sent, and that another day goes on from there. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { quotaWarnings, refuseReading } from '../../src/library/quota.ts';
import type { Plan } from '../../src/model/plan.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import type { Connection } from '../../src/zoom/connection.ts';
import { lockstep } from '../helpers/host.ts';
import { type Organisation, organisationOf, type SandboxBehaviour, stateOf } from '../helpers/organisation.ts';
import { planOf } from '../helpers/reports.ts';

interface Story extends Organisation {
  readonly sandbox?: SandboxBehaviour;
  readonly flags?: readonly string[];
  readonly exitCode?: number;
}

interface Meter {
  /** What is left of the day. */
  left: number;
  /** Requests that came when nothing was left. */
  refused: number;
}

const DAILY = 'You have reached the maximum daily rate limit for this API.';

/** Zoom's door: counts the day's requests to the API and tells with each answer how many are left. */
async function withDay<T>(sandbox: Sandbox, use: (env: Record<string, string>, meter: Meter) => Promise<T>) {
  const meter: Meter = { left: Number.POSITIVE_INFINITY, refused: 0 };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    // Tokens are of no class, and GET /users/{id} is of another.
    const medium = !/^\/oauth\/|^\/v2\/users\/[^/]+$/.test(request.url ?? '');
    const limited = Number.isFinite(meter.left) && medium;
    const headers = { 'x-ratelimit-type': 'Daily-limit', 'x-ratelimit-limit': '9999' };
    if (medium && meter.left === 0) {
      meter.refused += 1;
      response.writeHead(429, { ...headers, 'x-ratelimit-remaining': '0', 'content-type': 'application/json' });
      response.end(JSON.stringify({ code: 429, message: DAILY }));
      return;
    }
    if (limited) meter.left -= 1;
    const { authorization = '', 'content-type': type = '' } = request.headers;
    const answer = await fetch(`${sandbox.url}${request.url}`, {
      method: request.method ?? 'GET',
      headers: { authorization, accept: 'application/json', ...(type === '' ? {} : { 'content-type': type }) },
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      ...(limited ? { ...headers, 'x-ratelimit-remaining': String(meter.left) } : {}),
    });
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env = { ...sandbox.env, ZOOM_API_URL: `${origin}/v2`, ZOOM_OAUTH_URL: `${origin}/oauth/token` };
  try {
    return await use(env, meter);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const SCENARIOS = join(import.meta.dirname, '../scenarios');

/** What is stored, without the ids that Zoom makes. */
function storedIn(sandbox: Sandbox, story: Story): string {
  const known = JSON.stringify(story);
  return JSON.stringify(organisationOf(sandbox.state()), undefined, 1).replaceAll(
    /"id": "([^"]+)"/g,
    (text, id: string) => (known.includes(`"${id}"`) ? text : '"id": "(new)"'),
  );
}

describe.each(readdirSync(SCENARIOS))('%s', (name) => {
  const folder = join(SCENARIOS, name);
  const story = JSON.parse(readFileSync(join(folder, 'live.json'), 'utf8')) as Story;
  const { exitCode = 0, flags = [] } = story;
  const common = ['policy.yaml', '--rate-plan', 'none', '--format', 'json'];
  const applying = ['apply', ...common, '--auto-approve', '--settle', '0', ...flags];

  it('is brought to its end day by day, and nothing is left unlocked over night', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'lockstep-day-'));
    copyFileSync(join(folder, 'policy.yaml'), join(cwd, 'policy.yaml'));
    const sandbox = await startSandbox({ state: stateOf(story), ...story.sandbox });
    const run = (argv: readonly string[], env: Record<string, string>) => lockstep(argv, { cwd, env });
    try {
      await withDay(sandbox, async (env, meter) => {
        const planned = JSON.parse((await run(['plan', ...common], env)).stdout) as Plan & {
          requests: { made: number };
          budget: { patch: number; get: number };
        };
        const whole = await run(applying, env);
        const end = storedIn(sandbox, story);
        const [reads, writes] = [planned.requests.made, planned.budget.patch + planned.budget.get];
        for (const part of writes === 0 ? [] : [1, 2 / 3, 1 / 2]) {
          sandbox.reset();
          const day = reads + Math.ceil(writes * part) - (part === 1 ? 1 : 0);
          let ended = whole;
          for (let days = 0; days < 6; days += 1) {
            const before = storedIn(sandbox, story);
            Object.assign(meter, { left: day, refused: 0 });
            ended = await run(applying, env);
            if (whole.code === exitCode && exitCode === 0) expect(meter.refused).toBe(0);
            const result = JSON.parse(ended.stdout) as { kind: string; leftUnlocked?: object[] };
            if (result.kind === 'result' && exitCode === 0) expect(result.leftUnlocked).toEqual([]);
            if (!ended.stderr.includes('warning: applying this takes')) break;
            expect(ended.code).not.toBe(0);
            // All that is left belongs together, and is more than a day: nothing is begun.
            if (before === storedIn(sandbox, story)) return;
          }
          expect(ended.code, ended.stdout).toBe(exitCode);
          expect(storedIn(sandbox, story)).toBe(end);
        }
      });
    } finally {
      await sandbox.close();
      rmSync(cwd, { recursive: true });
    }
  });
});

describe('what is reported before', () => {
  const connection = { ratePlan: 'free' } as Connection;
  const left = (number: number | undefined) => ({ leftToday: () => number });
  const change = (JSON.parse(readFileSync(join(import.meta.dirname, '../report/golden/mixed.json'), 'utf8')) as Plan)
    .waves[0]?.[0]?.changes[0];
  const plan = planOf({ changes: change === undefined ? [] : [change] });

  it.each([undefined, 3000])('nothing where the day lasts: %s left', (number) => {
    expect(() => refuseReading(left(number), connection, 3000)).not.toThrow();
    expect(quotaWarnings(left(number), connection, plan)).toEqual([]);
  });

  it('that an apply takes more than a day', () => {
    expect(quotaWarnings(left(1), connection, plan)).toEqual([
      {
        kind: 'daily-quota',
        message:
          "applying this takes 2 requests, and at most 1 of Zoom's rate class MEDIUM is left today, of 2000 a day on plan free: apply sends what fits; run it again after 00:00 GMT for the rest",
      },
    ]);
  });
});

describe('reading that a day does not last for', () => {
  const policy = 'version: 1\ngroups:\n  "*": { settings: { in_meeting: { chat: true } } }\n';
  const groups = Object.fromEntries(
    ['Staff', 'Students', 'Guests'].map((name) => [name, { settings: { in_meeting: { chat: false } } }]),
  );

  it.each(['plan', 'drift', 'check', 'apply'])('is not begun: %s', async (command) => {
    const cwd = mkdtempSync(join(tmpdir(), 'lockstep-day-'));
    writeFileSync(join(cwd, 'policy.yaml'), policy);
    const sandbox = await startSandbox({ state: stateOf({ groups }) });
    try {
      await withDay(sandbox, async (env, meter) => {
        // After the account's name comes the list of groups, and says that two are left.
        meter.left = 4;
        const flags = command === 'apply' ? ['--auto-approve'] : [];
        const ended = await lockstep([command, 'policy.yaml', '--rate-plan', 'none', ...flags], { cwd, env });
        expect(ended.code).toBe(3);
        expect(ended.stderr).toContain(
          "reading Zoom takes 3 requests, and at most 2 of Zoom's rate class MEDIUM are left today",
        );
        expect(ended.stderr).toContain('--target');
        expect(meter).toEqual({ left: 2, refused: 0 });
      });
    } finally {
      await sandbox.close();
      rmSync(cwd, { recursive: true });
    }
  });

  it('is told with the number that Zoom documents', () => {
    const refused = () => refuseReading({ leftToday: () => 2000 }, { ratePlan: 'free' } as Connection, 2001);
    expect(refused).toThrow(
      "reading Zoom takes 2001 requests, and at most 2000 of Zoom's rate class MEDIUM are left today, of 2000 a day on plan free",
    );
  });
});
