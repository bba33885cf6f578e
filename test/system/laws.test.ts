import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAfterUnlock } from '../../src/model/after-unlock.ts';
import { type Change, changesOf, type Plan, type Step } from '../../src/model/plan.ts';
import { targetLabel } from '../../src/model/target.ts';
import { settingOfChange } from '../../src/reconcile/plan/change.ts';
import { fingerprintOf } from '../../src/reconcile/plan/fingerprint.ts';
import { provides, requires } from '../../src/reconcile/plan/order.ts';
import { readPlan } from '../../src/reconcile/saved/read.ts';
import { planLines } from '../../src/reconcile/saved/write.ts';
import { type Sandbox, type SandboxState, startSandbox } from '../../src/sandbox/index.ts';
import { blank } from '../../src/sandbox/plausible.ts';
import { isJsonObject, type Json, type JsonObject, stableText, valueAt, withoutValueAt } from '../../src/util/json.ts';
import { lockstep } from '../helpers/host.ts';
import { isHeldAbove, isSame, leavesOf, placesOf, shown, stored } from '../helpers/oracle.ts';
import { patched } from '../helpers/patched.ts';
import {
  built,
  type Facts,
  type Given,
  given,
  isEmpty,
  policyOf,
  type Wanted,
} from '../helpers/random-organisations.ts';

/** `LOCKSTEP_LAWS=20` looks twenty times as hard. */
const TIMES = Number(process.env['LOCKSTEP_LAWS'] ?? 1);

/** The laws are about what is sent, not about what must be allowed before. */
const ALLOWED = ['--auto-approve', '--allow-blocked', '--allow-lossy', '--settle', '0'];

describe('laws', { timeout: 120_000 * TIMES }, () => {
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
  const planOf = async (...files: string[]) => {
    const { stdout, stderr } = await run('plan', ...(files.length === 0 ? ['policy.yaml'] : files), '--format', 'json');
    expect(stdout, stderr).not.toBe('');
    return JSON.parse(stdout) as Plan;
  };
  const begin = (from: Given) => {
    const { state, wanted } = built(from);
    fc.pre(!isEmpty(wanted));
    sandbox.reset(state);
    writeFileSync(join(cwd, 'policy.yaml'), JSON.stringify(policyOf(wanted)));
    return { state, wanted };
  };
  /** Requests that write, without the order of those that may run side by side. */
  const written = () =>
    sandbox
      .log()
      .filter(({ method }) => method === 'PATCH')
      .map(({ path, query, body }) => stableText({ path, query, body: body ?? null }))
      .sort();

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
      { numRuns: 30 * TIMES },
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
      { numRuns: 15 * TIMES },
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
      { numRuns: 10 * TIMES },
    );
  });

  it('an apply and its rollback leave everything as it reads, and stored where nothing had hidden it', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (from) => {
        const { state } = begin(from);
        const changes = changesOf(await planOf());
        fc.pre(changes.length > 0);
        const applied = await run('apply', 'policy.yaml', ...ALLOWED, '--format', 'json');
        expect(applied.code, applied.stdout).toBe(0);
        const { run: id } = JSON.parse(applied.stdout) as { run: string };
        const back = await run('rollback', id, '--auto-approve', '--allow-lossy', '--settle', '0');
        expect(back.code, back.stdout + back.stderr).toBe(0);
        const [start, end] = [state, sandbox.state()].map((at) => ({ shown: shown(at), stored: stored(at) }));
        if (start === undefined || end === undefined) throw new Error('there are two states');
        expect(end.shown).toEqual(start.shown);
        const lost = changes.filter(({ target, ...change }) => {
          const label = targetLabel(target);
          return !isHeldAbove(state, label, change) && !isSame(start.stored, end.stored, label, change);
        });
        expect(lost.map(named)).toEqual([]);
      }),
      { numRuns: 15 * TIMES },
    );
  });

  it('a plan that is saved and applied sends what a direct apply sends', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (from) => {
        begin(from);
        const direct = await run('apply', 'policy.yaml', ...ALLOWED);
        const [requests, after] = [written(), sandbox.state()];
        fc.pre(requests.length > 0);
        begin(from);
        const plan = await planOf('policy.yaml', '--out', 'plan.json');
        const parsed = await readPlan(linesOf(readFileSync(join(cwd, 'plan.json'), 'utf8')), 'plan.json');
        expect([parsed.fingerprint, fingerprintOf(parsed)]).toEqual([plan.fingerprint, plan.fingerprint]);
        const applied = await run('apply', '--plan', 'plan.json', ...ALLOWED);
        expect(applied.code, applied.stdout + applied.stderr).toBe(direct.code);
        expect(written()).toEqual(requests);
        expect(sandbox.state()).toEqual(after);
      }),
      { numRuns: 12 * TIMES },
    );
  });

  it('a plan, its fingerprint and its run change nothing on another account', async () => {
    const other = await startSandbox({ unknownFields: 'reject' });
    const id = 'another-account';
    const env = { ...other.env, ZOOM_ACCOUNT_ID: id };
    const elsewhere = (argv: readonly string[]) => lockstep([...argv, '--rate-plan', 'none', ...ALLOWED], { cwd, env });
    try {
      await fc.assert(
        fc.asyncProperty(given, async (from) => {
          const { state } = begin(from);
          const credentials = { ...state.credentials, accountId: id };
          other.reset({ ...state, account: { ...state.account, id }, credentials });
          const { waves, fingerprint } = await planOf('policy.yaml', '--out', 'plan.json');
          fc.pre(waves.length > 0);
          await run('apply', 'policy.yaml', ...ALLOWED);
          const [journal = ''] = readdirSync(join(cwd, '.lockstep/runs')).sort().reverse();
          const before = other.state();
          for (const argv of [
            ['apply', '--plan', 'plan.json'],
            ['apply', '--plan', 'plan.json', '--partial'],
            ['apply', 'policy.yaml', '--expect', fingerprint],
            ['rollback', journal.replace('.jsonl', '')],
          ]) {
            const { code, stderr } = await elsewhere(argv);
            expect({ argv, code }, stderr).toEqual({ argv, code: 3 });
            expect(stderr).toContain(state.account.id);
            expect(stderr).toContain(id);
          }
          expect(other.state()).toEqual(before);
          expect(other.log().filter(({ method }) => method === 'PATCH')).toEqual([]);
        }),
        { numRuns: 8 * TIMES },
      );
    } finally {
      await other.close();
    }
  });

  it('a plan comes back from its file as it was, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (from) => {
        begin(from);
        await planOf('policy.yaml', '--out', 'plan.json');
        const text = readFileSync(join(cwd, 'plan.json'), 'utf8');
        expect([...planLines(await readPlan(linesOf(text), 'plan.json'))].join('')).toBe(text);
      }),
      { numRuns: 10 * TIMES },
    );
  });

  it('files that agree plan as one file does, in whatever order they are named', async () => {
    await fc.assert(
      fc.asyncProperty(given, splits, async (from, { shares, order }) => {
        const { wanted } = begin(from);
        const whole = await planOf();
        const parts = FILES.map((file, index) => ({ file, part: shareOf(wanted, shares, index) }));
        const files = parts.flatMap(({ file, part }) => {
          writeFileSync(join(cwd, file), JSON.stringify(policyOf(part)));
          return isEmpty(part) ? [] : [file];
        });
        fc.pre(files.length > 1);
        const inOrder = await planOf(...files);
        const shuffled = await planOf(...order.filter((file) => files.includes(file)));
        expect(JSON.stringify(shuffled)).toBe(JSON.stringify(inOrder));
        expect(JSON.stringify(withoutPlaces(shuffled))).toBe(JSON.stringify(withoutPlaces(whole)));
      }),
      { numRuns: 15 * TIMES },
    );
  });

  it('bodies are minimal: what is left out of one is missed, be it a leaf or an object that goes whole; and move nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (from) => {
        const { state } = begin(from);
        const steps = (await planOf()).waves.flat();
        const complete = MODES.map((mode) => patched(state, steps, mode));
        const changed = steps.flatMap(({ target, changes }) =>
          changes.flatMap((change) => placesOf(targetLabel(target), change)),
        );
        const strays = complete
          .flatMap((after) => movedBetween(state, after))
          .filter((place) => !changed.includes(place));
        expect(strays).toEqual([]);
        const idle = steps.flatMap((step, at) =>
          partsOf(step.request.body).flatMap((keys) => {
            const body = withoutValueAt(step.request.body, keys);
            const others = steps.with(at, { ...step, request: { ...step.request, body } });
            const missed = MODES.some(
              (mode, index) => !isDeepStrictEqual(patched(state, others, mode), complete[index]),
            );
            return missed || isBeyondKnowing(state, step, keys) ? [] : [`${step.id}: ${keys.join('.')}`];
          }),
        );
        expect(idle).toEqual([]);
      }),
      { numRuns: 15 * TIMES },
    );
  });

  it('all that a change needs comes in an earlier wave', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (from) => {
        begin(from);
        const { waves } = await planOf();
        const late = waves.flatMap((wave, at) => {
          const rest = waves.slice(at).flatMap((later) => later.flatMap(({ changes }) => changes));
          return wave.flatMap(({ changes }) =>
            changes.flatMap((change) => {
              const needs = new Set(requires(change));
              const behind = rest.filter((other) => provides(other).some((name) => needs.has(name)));
              return behind.map((other) => `${named(change)} before ${named(other)}`);
            }),
          );
        });
        expect(late).toEqual([]);
      }),
      { numRuns: 15 * TIMES },
    );
  });
});

/** Nobody knows which of the two Zoom does to objects, so that what either of them would miss is needed. */
const MODES = ['replace', 'merge'] as const;

const FILES = ['a.yaml', 'b.yaml', 'c.yaml'];

/** Which of the files name a fact, by its place among all of them, in turn; and the order that the files are named in. */
const splits = fc.record({
  shares: fc.array(fc.subarray([0, 1, 2], { minLength: 1 }), { minLength: 5, maxLength: 9 }),
  order: fc.shuffledSubarray(FILES, { minLength: FILES.length }),
});

/** What one of the files says: a fact may stand in several. */
function shareOf({ values, locks }: Wanted, shares: readonly (readonly number[])[], file: number): Wanted {
  let at = 0;
  const share = (facts: ReadonlyMap<string, Json>) =>
    new Map([...facts].filter(() => shares[at++ % shares.length]?.includes(file)));
  const all = ({ account, group, user }: Facts): Facts => ({
    account: share(account),
    group: share(group),
    user: share(user),
  });
  return { values: all(values), locks: all(locks) };
}

/** A plan but for where its policy stands, which is also in its fingerprint. */
function linesOf(text: string): string[] {
  return text.trimEnd().split('\n');
}

function withoutPlaces({ fingerprint: _, ...plan }: Plan): Json {
  const text = JSON.stringify(plan, (key, value: unknown) => (key === 'provenance' ? undefined : value));
  return JSON.parse(text.replaceAll(/[\w.]+\.yaml:\d+:\d+/g, '(place)')) as Json;
}

function named({ kind, target, path }: Change): string {
  return `${targetLabel(target)} ${kind} ${path}`;
}

/** Places whose stored value is another. */
function movedBetween(one: SandboxState, other: SandboxState): string[] {
  const [before, after] = [one, other].map((state) => leavesOf(stored(state) as JsonObject, ''));
  const known = new Set(before?.map((leaf) => stableText(leaf)));
  return (after ?? []).flatMap((leaf) => (known.has(stableText(leaf)) ? [] : [leaf[0]]));
}

type Keys = [string, ...string[]];

/** All that could be left out of a body: every leaf, and every object inside of a section. */
function partsOf(body: JsonObject): readonly Keys[] {
  const below = (value: Json, keys: Keys): Keys[] => {
    if (!isJsonObject(value) || isAfterUnlock(value)) return [keys];
    const inner = Object.entries(value).flatMap(([key, child]) => below(child, [...keys, key]));
    return keys.length < 2 ? inner : [keys, ...inner];
  };
  return Object.entries(body).flatMap(([key, child]) => below(child, [key]));
}

/**
 * What nobody can know to be idle: a value where a lock hides what is stored, and a neighbour that has the very value
 * that leaving it out would reset it to.
 */
function isBeyondKnowing(state: SandboxState, { target, changes, request }: Step, keys: Keys): boolean {
  const change = changes.find((candidate) => settingOfChange(candidate).keys.join('.') === keys.join('.'));
  if (change !== undefined) return isHeldAbove(state, targetLabel(target), change);
  const [first] = changes;
  const neighbour =
    first && settingOfChange(first).document.settings.find((setting) => setting.keys.join('.') === keys.join('.'));
  const value = valueAt(request.body, keys);
  if (neighbour === undefined || value === undefined || keys.length < 3) return false;
  return isAfterUnlock(value) || stableText(value) === stableText(blank(neighbour.shape));
}

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
