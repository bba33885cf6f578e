import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locksOf, type Setting, settingsOf } from '../src/catalog/catalog.ts';
import { isJsonObject, type Json, type JsonObject } from '../src/model/json.ts';
import type { Plan } from '../src/model/plan.ts';
import { fullState, type Sandbox, type SandboxState, startSandbox } from '../src/sandbox/index.ts';
import { nested, placed, plainLocks, plainSettings, someValues } from './helpers/arbitrary.ts';
import { lockstep } from './helpers/host.ts';

const BASE = fullState({ groups: 2, users: 1 });
const NAMES = BASE.groups.map(({ name }) => name);

type Facts = Readonly<Record<'account' | 'group' | 'user', ReadonlyMap<string, Json>>>;

/** A handful of settings that all levels have and lock, so that the levels meet; and any others beside. */
const atOther = (scope: 'group' | 'user', { path }: Setting) =>
  plainSettings(scope).filter((other) => other.path === path);
const sameShape = (a: Setting, b: Setting) => JSON.stringify(a.shape) === JSON.stringify(b.shape);
const sameAt = (scope: 'group' | 'user', setting: Setting) =>
  atOther(scope, setting).some((other) => sameShape(other, setting));
const clashesAt = (scope: 'group' | 'user', setting: Setting) =>
  atOther(scope, setting).some((other) => !sameShape(other, setting));
const shared = plainSettings('account')
  .filter((setting) => sameAt('group', setting) && sameAt('user', setting))
  .filter(
    ({ path }) =>
      plainLocks('account').some((lock) => lock.path === path) &&
      plainLocks('group').some((lock) => lock.path === path),
  );

/** Same path at several levels and of another type there: one value cannot serve them all. */
const apart = ({ path }: Setting) => !shared.some((setting) => setting.path === path) && !clashing.has(path);
const clashing = new Set(
  [...plainSettings('account'), ...plainSettings('group')]
    .filter((setting) => clashesAt('group', setting) || clashesAt('user', setting))
    .map(({ path }) => path),
);

/** Small, so that a counterexample can be read; `built` makes the organisation and the policy from it. */
interface Given {
  readonly live: Facts;
  readonly liveLocks: Facts;
  readonly wanted: Facts;
  readonly wantedLocks: Facts;
}

const given: fc.Arbitrary<Given> = fc
  .uniqueArray(fc.constantFrom(...shared), { minLength: 3, maxLength: 5, selector: ({ path }) => path })
  .chain((few) => {
    const of = (scope: 'account' | 'group' | 'user') =>
      fc
        .tuple(
          someValues(plainSettings(scope).filter(apart), 5),
          someValues(
            few.flatMap(({ path }) => settingsOf(scope).get(path) ?? []),
            5,
          ),
        )
        .map(([any, meeting]) => new Map([...any, ...meeting]));
    const locks = (level: 'account' | 'group') =>
      fc
        .tuple(
          someValues(plainLocks(level), 3),
          someValues(
            few.flatMap(({ path }) => locksOf(level).get(path) ?? []),
            5,
          ),
        )
        .map(([any, meeting]) => new Map([...any, ...meeting]));
    const facts = fc.record({ account: of('account'), group: of('group'), user: of('user') });
    const lockFacts = fc.record({
      account: locks('account'),
      group: locks('group'),
      user: fc.constant(new Map<string, Json>()),
    });
    return fc.record({ live: facts, liveLocks: lockFacts, wanted: facts, wantedLocks: lockFacts });
  });

/** One organisation and one policy for it. Users are in no group: whose lock holds them is not our law. */
function built({ live, liveLocks, wanted, wantedLocks }: Given): { state: SandboxState; policy: JsonObject } {
  // One value for one setting at every level, and no level unlocks what the one above locks: anything else is a
  // contradiction that no order can resolve.
  const agreed = (values: ReadonlyMap<string, Json>, above: ReadonlyMap<string, Json>[]) =>
    new Map([...values].map(([path, value]) => [path, above.find((map) => map.has(path))?.get(path) ?? value]));
  const group = agreed(wanted.group, [wanted.account]);
  const user = agreed(wanted.user, [wanted.account, group]);
  const groupLocks = new Map(
    [...wantedLocks.group].filter(([path, on]) => on === true || wantedLocks.account.get(path) !== true),
  );
  const put = (scope: 'account' | 'group' | 'user', documents: Readonly<Record<string, JsonObject>>) =>
    placed(placed(documents, settingsOf(scope), live[scope]), locksOf(scope), liveLocks[scope]);
  const state: SandboxState = {
    ...BASE,
    account: { ...BASE.account, documents: put('account', BASE.account.documents) },
    groups: BASE.groups.map((entry) => ({ ...entry, documents: put('group', entry.documents) })),
    users: BASE.users.map((entry) => ({ ...entry, groupIds: [], documents: put('user', entry.documents) })),
  };
  const policy = {
    version: 1,
    account: { ...nested(wanted.account), lock_settings: nested(wantedLocks.account).settings },
    groups: { [`${NAMES[0]?.slice(0, -1)}*`]: { ...nested(group), lock_settings: nested(groupLocks).settings } },
    users: { [BASE.users[0]?.email ?? '']: nested(user) },
  };
  return { state, policy };
}

/** The laws are about what is sent, not about what must be allowed before. */
const ALLOWED = ['--auto-approve', '--allow-blocked', '--allow-lossy'];

describe('laws', () => {
  let cwd: string;
  let sandbox: Sandbox;
  beforeAll(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'lockstep-laws-'));
    sandbox = await startSandbox({ unknownFields: 'reject' });
  });
  afterAll(async () => {
    rmSync(cwd, { recursive: true });
    await sandbox.close();
  });

  const run = (...argv: string[]) => lockstep([...argv, '--rate-plan', 'none'], { cwd, env: sandbox.env });
  const planOf = async (file = 'policy.yaml') =>
    JSON.parse((await run('plan', file, '--format', 'json')).stdout) as Plan;
  const begin = (from: Given) => {
    const { state, policy } = built(from);
    sandbox.reset(state);
    writeFileSync(join(cwd, 'policy.yaml'), JSON.stringify(policy));
  };

  it('an apply leaves nothing to do, asks only what it must, and puts no lock before its value', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (from) => {
        begin(from);
        const plan = await planOf();
        fc.pre(plan.waves.length > 0);
        const reads = sandbox
          .log()
          .filter(({ method }) => method === 'GET')
          .map(({ path, query }) => `${path} ${JSON.stringify(query)}`);
        expect(new Set(reads).size).toBe(reads.length);
        const before = sandbox.log().length;
        const applied = await run('apply', 'policy.yaml', ...ALLOWED, '--format', 'json');
        expect(applied.code, applied.stdout).toBe(0);
        const steps = plan.waves.flat();
        const sent = sandbox
          .log()
          .slice(before)
          .filter(({ method }) => method === 'PATCH');
        expect(sent.map(({ body }) => body).sort(byText)).toEqual(
          steps.map(({ request }) => request.body).sort(byText),
        );
        expect(firstLockAfterLastValue(sent)).toBe(true);
        expect((await planOf()).waves).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('a plan reads only, and is the same for the same policy and the same Zoom', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (from) => {
        begin(from);
        const [first, second] = [await run('plan', 'policy.yaml'), await run('plan', 'policy.yaml')];
        expect(second.stdout).toBe(first.stdout);
        expect(sandbox.log().filter(({ method, path }) => method !== 'GET' && path !== '/oauth/token')).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  it('what is exported plans empty', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (from) => {
        begin(from);
        const exported = await run('export', '-t', 'account', '-t', 'group:*', '-t', 'user:*');
        writeFileSync(join(cwd, 'exported.yaml'), exported.stdout);
        const again = await run('plan', 'exported.yaml', '--detailed-exitcode');
        expect(again.code, again.stdout + again.stderr).toBe(0);
      }),
      { numRuns: 10 },
    );
  });

  it('bodies are minimal: every leaf of a section is a change', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (from) => {
        begin(from);
        for (const { request, changes } of (await planOf()).waves.flat()) {
          const changed = changes.map(({ path }) => path.replace(/^registration\./, ''));
          for (const path of leavesOf(request.body)) {
            const inWholeObject = path.split('.').length > 2;
            const covered = inWholeObject
              ? changed.some((other) => sharesObject(other, path))
              : changed.some((other) => other.endsWith(path));
            expect(covered, path).toBe(true);
          }
        }
      }),
      { numRuns: 15 },
    );
  });
});

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function firstLockAfterLastValue(sent: readonly { path: string; body?: Json }[]): boolean {
  const puts = (body: Json | undefined): boolean =>
    body === true || (isJsonObject(body) && Object.values(body).some(puts));
  const locking = sent.findIndex(({ path, body }) => path.endsWith('lock_settings') && puts(body));
  const lastValue = sent.findLastIndex(({ path }) => !path.endsWith('lock_settings'));
  return locking < 0 || locking > lastValue;
}

function leavesOf(value: Json, prefix = ''): string[] {
  if (!isJsonObject(value)) return [prefix];
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child, prefix === '' ? key : `${prefix}.${key}`));
}

function sharesObject(a: string, b: string): boolean {
  const head = (path: string) => path.split('.').slice(0, 2).join('.');
  return head(a) === head(b);
}
