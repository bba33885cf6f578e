/** Secrets where Zoom does not return them: what is written when, what is remembered of it, and what is not. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/model/plan.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts';
import { type Json, type JsonObject, valueAt } from '../../src/util/json.ts';
import { lockstep, type Ran } from '../helpers/host.ts';
import { organisationOf, stateOf } from '../helpers/organisation.ts';

const [FIRST, SECOND] = ['canary+one/0001', 'canary+two/0002'];
const ARCHIVE = 'chat.send_data_to_third_party_archiving_service';
const PASSCODE = `${ARCHIVE}.passcode`;

const POLICY = `version: 1
account:
  settings:
    chat: { send_data_to_third_party_archiving_service: { passcode: !env ARCHIVE } }
users:
  dean@example.edu: { settings: { schedule_meeting: { pmi_password: !env PMI } } }
  mary@example.edu: { settings: { schedule_meeting: { pmi_password: !env PMI } } }
`;

const archiving = (more: JsonObject = {}) => ({
  settings: {
    chat: {
      send_data_to_third_party_archiving_service: {
        enable: true,
        type: 'global_relay',
        smtp_delivery_address: 'archive@example.edu',
        user_name: 'archive',
        passcode: 'what Zoom had',
        ...more,
      },
    },
  },
});
const meeting = () => ({ settings: { schedule_meeting: { pmi_password: '123456', host_video: true } } });
const STATE = stateOf({
  account: { ...archiving(), lock_settings: { schedule_meeting: { host_video: false } } },
  users: { 'dean@example.edu': meeting(), 'mary@example.edu': meeting() },
});

let sandbox: Sandbox;
let folders: string[];

async function begin(options: SandboxOptions = {}): Promise<void> {
  sandbox = await startSandbox({ state: STATE, secrets: 'withheld', ...options });
}

/** A checkout of the policy: what lockstep keeps is in it. */
function checkout(policy = POLICY): string {
  const cwd = mkdtempSync(join(tmpdir(), 'lockstep-secrets-'));
  folders.push(cwd);
  writeFileSync(join(cwd, 'policy.yaml'), policy);
  return cwd;
}

beforeEach(() => {
  folders = [];
});
afterEach(async () => {
  for (const cwd of folders) rmSync(cwd, { recursive: true });
  await sandbox.close();
});

interface Values {
  readonly ARCHIVE?: string;
  readonly PMI?: string;
}

function run(cwd: string, argv: readonly string[], { ARCHIVE = FIRST, PMI = FIRST }: Values = {}): Promise<Ran> {
  const env = { ...sandbox.env, ARCHIVE, PMI };
  return lockstep([...argv, '--rate-plan', 'none'], { cwd, env });
}

const apply = (cwd: string, values?: Values, ...more: string[]) =>
  run(cwd, ['apply', 'policy.yaml', '--auto-approve', '--settle', '0', ...more], values);

/** What a run sent, target by target. */
async function sentBy(work: () => Promise<unknown>): Promise<Record<string, Json | undefined>> {
  const before = sandbox.log().length;
  await work();
  const sent = sandbox.log().slice(before);
  return Object.fromEntries(
    sent.flatMap(({ method, target, body }) => (method === 'PATCH' ? [[target ?? '', body]] : [])),
  );
}

const ALL = ['account', 'user:dean@example.edu', 'user:mary@example.edu'];

function storedSecrets(): Record<string, Json | undefined> {
  const { account, users } = organisationOf(sandbox.state());
  const pmi = (email: string) => valueAt(users?.[email] ?? {}, ['settings', 'schedule_meeting', 'pmi_password']);
  return {
    account: valueAt(account ?? {}, ['settings', ...PASSCODE.split('.')] as [string, ...string[]]),
    'user:dean@example.edu': pmi('dean@example.edu'),
    'user:mary@example.edu': pmi('mary@example.edu'),
  };
}

const secretsOf = (value: string) => Object.fromEntries(ALL.map((target) => [target, value]));

/** Every file in a folder, with those of its folders. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
}

interface Kept {
  readonly event: string;
  readonly target: string;
  readonly path: string;
  readonly digest: string;
}

function keptIn(cwd: string): Kept[] {
  const runs = join(cwd, '.lockstep/runs');
  const lines = readdirSync(runs)
    .sort()
    .flatMap((name) => readFileSync(join(runs, name), 'utf8').trimEnd().split('\n'));
  return lines.map((line) => JSON.parse(line) as Kept).filter(({ event }) => event === 'secret');
}

describe('a secret that Zoom does not return', () => {
  beforeEach(() => begin());

  it('is written when nothing is known of it, and said to be unread', async () => {
    const cwd = checkout();
    const { code, stdout } = await apply(cwd);
    expect(code, stdout).toBe(0);
    expect(storedSecrets()).toEqual(secretsOf(FIRST));
    expect(stdout.match(/^applied .*\n +Zoom does not return this secret$/gm)).toHaveLength(3);
  });

  it('is not written again, and is no drift then', async () => {
    const cwd = checkout();
    await apply(cwd);
    expect(await sentBy(() => apply(cwd))).toEqual({});
    expect((await run(cwd, ['drift', 'policy.yaml'])).code).toBe(0);
    expect((await run(cwd, ['plan', 'policy.yaml', '--detailed-exitcode'])).code).toBe(0);
  });

  it('is written where its value has changed, and only there', async () => {
    const cwd = checkout();
    await apply(cwd);
    const changed = { ARCHIVE: SECOND };
    expect((await run(cwd, ['drift', 'policy.yaml'], changed)).code).toBe(2);
    const sent = await sentBy(() => apply(cwd, changed));
    expect(Object.keys(sent)).toEqual(['account']);
    expect(storedSecrets()).toEqual({ ...secretsOf(FIRST), account: SECOND });
    expect(await sentBy(() => apply(cwd, changed))).toEqual({});
    // The newest counts, not any that was ever written.
    expect(Object.keys(await sentBy(() => apply(cwd)))).toEqual(['account']);
    expect(storedSecrets()).toEqual(secretsOf(FIRST));
  });

  it('is written again for --write-secret, at that path and nowhere else', async () => {
    const cwd = checkout();
    await apply(cwd);
    sandbox.act({ target: 'account', document: 'settings', body: archiving({ passcode: 'somebody else' }).settings });
    expect(await sentBy(() => apply(cwd))).toEqual({});
    expect(Object.keys(await sentBy(() => apply(cwd, {}, '--write-secret', PASSCODE)))).toEqual(['account']);
    expect(storedSecrets()).toEqual(secretsOf(FIRST));
    const plan = await run(cwd, ['plan', 'policy.yaml', '--write-secret', 'schedule_meeting.pmi_password']);
    expect(plan.stdout).toMatch(/^Plan: 2 to set/m);
  });

  it.each([
    ['no such path', 'chat.nothing'],
    ['a path that no policy names', 'schedule_meeting.default_password_for_scheduled_meetings'],
    ['a setting that is no secret', `${ARCHIVE}.user_name`],
  ])('is not found by --write-secret: %s', async (_, path) => {
    const cwd = checkout();
    const { code, stdout, stderr } = await apply(cwd, {}, '--write-secret', path);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`--write-secret ${path}: no policy sets a secret there`);
    expect(sandbox.log().filter(({ method }) => method === 'PATCH')).toEqual([]);
  });

  it('is no drift in a fresh checkout, where nothing is known; a plan shows it as unconfirmed', async () => {
    await apply(checkout());
    const fresh = checkout();
    const drift = await run(fresh, ['drift', 'policy.yaml', '--format', 'json']);
    expect(drift.code, drift.stdout).toBe(0);
    const { waves } = JSON.parse(drift.stdout) as Plan;
    const changes = waves.flatMap((wave) => wave.flatMap((step) => step.changes));
    expect(changes.map((change) => 'unconfirmed' in change && change.unconfirmed)).toEqual([true, true, true]);
    expect((await run(fresh, ['plan', 'policy.yaml', '--detailed-exitcode'])).code).toBe(2);
  });

  it('is written once from a fresh checkout, whose digests are its own', async () => {
    const [old, fresh] = [checkout(), checkout()];
    await apply(old);
    expect(Object.keys(await sentBy(() => apply(fresh)))).toEqual(ALL);
    expect(await sentBy(() => apply(fresh))).toEqual({});
    const [ofOld, ofFresh] = [keptIn(old), keptIn(fresh)].map((kept) => kept.map(({ digest }) => digest));
    expect(ofOld?.filter((digest) => ofFresh?.includes(digest))).toEqual([]);
  });

  it('is drift of its own where something else differs too', async () => {
    const cwd = checkout(POLICY.replace('pmi_password: !env PMI', 'host_video: false'));
    const { code, stdout } = await run(cwd, ['drift', 'policy.yaml']);
    expect(code, stdout).toBe(2);
  });

  it('is written again when the key of its digests is gone', async () => {
    const cwd = checkout();
    await apply(cwd);
    rmSync(join(cwd, '.lockstep/key'));
    expect(Object.keys(await sentBy(() => apply(cwd)))).toEqual(ALL);
    expect(await sentBy(() => apply(cwd))).toEqual({});
  });

  it('is not taken for written when Zoom refused it', async () => {
    const cwd = checkout();
    const match = { method: 'PATCH', path: '/users/', times: 99 };
    sandbox.setFaults([{ do: 'refuse', status: 400, code: 300, message: `no ${FIRST} today`, match }]);
    const refused = await apply(cwd);
    expect(refused.code).toBe(4);
    expect(refused.stdout + refused.stderr).not.toContain(FIRST);
    sandbox.setFaults([]);
    expect(Object.keys(await sentBy(() => apply(cwd)))).toEqual(ALL.slice(1));
    expect(storedSecrets()).toEqual(secretsOf(FIRST));
  });

  it('travels with its object when something else in it changes', async () => {
    const cwd = checkout();
    await apply(cwd);
    writeFileSync(
      join(cwd, 'policy.yaml'),
      POLICY.replace('passcode: !env ARCHIVE', 'passcode: !env ARCHIVE, user_name: keeper'),
    );
    const sent = await sentBy(() => apply(cwd, {}, '--allow-lossy'));
    expect(Object.keys(sent)).toEqual(['account']);
    expect(valueAt(sent['account'] ?? {}, PASSCODE.split('.') as [string, ...string[]])).toBe(FIRST);
    expect(await sentBy(() => apply(cwd))).toEqual({});
  });

  it('is warned of before its object goes without it, which may lose it', async () => {
    const cwd = checkout(POLICY.replace('passcode: !env ARCHIVE', 'user_name: keeper'));
    const { stdout, stderr } = await run(cwd, ['plan', 'policy.yaml']);
    expect(stdout + stderr).toMatch(new RegExp(`account ${PASSCODE}: Zoom does not return this secret, .*!env`));
    const json = await run(cwd, ['plan', 'policy.yaml', '--format', 'json']);
    const { warnings } = JSON.parse(json.stdout) as Plan;
    expect(warnings.filter(({ message }) => message.includes(PASSCODE))).toHaveLength(1);
  });

  it('is written from a saved plan that does not hold it, and known from then on', async () => {
    const cwd = checkout();
    await run(cwd, ['plan', 'policy.yaml', '--out', 'plan.json']);
    expect(readFileSync(join(cwd, 'plan.json'), 'utf8')).not.toContain('canary');
    const withPlan = ['apply', '--plan', 'plan.json', '--auto-approve', '--settle', '0'];
    const unset = await run(cwd, withPlan, { PMI: '' });
    expect(unset.code).toBe(1);
    expect(unset.stderr).toContain('PMI is not set');
    expect(sandbox.log().filter(({ method }) => method === 'PATCH')).toEqual([]);
    expect((await run(cwd, withPlan)).code).toBe(0);
    expect(storedSecrets()).toEqual(secretsOf(FIRST));
    expect(await sentBy(() => apply(cwd))).toEqual({});
  });

  it('cannot be undone, which a rollback says', async () => {
    const cwd = checkout();
    const { stdout } = await apply(cwd, {}, '--format', 'json');
    const { run: id } = JSON.parse(stdout) as { run: string };
    const back = await run(cwd, ['rollback', id, '--auto-approve']);
    expect(back.code).toBe(4);
    expect(
      back.stderr.match(/^not undone: .* it is a secret, and the old value was never written down$/gm),
    ).toHaveLength(3);
    expect(storedSecrets()).toEqual(secretsOf(FIRST));
  });
});

describe('what is kept of a secret', () => {
  it('is a keyed digest, one for each place, and nothing else in any file or output', async () => {
    await begin();
    const cwd = checkout();
    const outputs = [
      await run(cwd, ['plan', 'policy.yaml', '--out', 'plan.json', '--report', 'json=report.json']),
      await run(cwd, ['drift', 'policy.yaml', '--verbose']),
      await apply(cwd, {}, '--verbose', '--report', 'json=result.json', '--report', 'html=result.html'),
      await apply(cwd, { ARCHIVE: SECOND, PMI: SECOND }, '--format', 'json'),
      await run(cwd, ['runs']),
    ];
    const digests = keptIn(cwd).map(({ target, path, digest }) => ({ target, path, digest }));
    expect(digests.map(({ target }) => target)).toEqual([...ALL, ...ALL]);
    expect(new Set(digests.map(({ digest }) => digest)).size).toBe(6);

    const files = filesIn(cwd).filter((file) => !file.endsWith('policy.yaml'));
    expect(files.length).toBeGreaterThan(5);
    const texts = [
      ...files.map((file) => ({ name: file, text: readFileSync(file, 'utf8') })),
      ...outputs.map(({ stdout, stderr }, at) => ({ name: `output ${at}`, text: stdout + stderr })),
    ];
    const traces = [FIRST, SECOND].flatMap(tracesOf);
    for (const { name, text } of texts)
      expect(
        traces.filter((trace) => text.includes(trace)),
        name,
      ).toEqual([]);
    expect(
      texts.filter(({ text }) => digests.some(({ digest }) => text.includes(digest))).map(({ name }) => name),
    ).toEqual(files.filter((file) => file.endsWith('.jsonl')));
  });

  it('is for its owner only, and the key is in no journal', async () => {
    await begin();
    const cwd = checkout();
    await apply(cwd);
    const files = filesIn(join(cwd, '.lockstep'));
    const modes = files.map((file) => statSync(file).mode & 0o077);
    expect(modes).toEqual(files.map(() => 0));
    const key = readFileSync(join(cwd, '.lockstep/key'), 'utf8').trim();
    const others = files.filter((file) => !file.endsWith('/key')).map((file) => readFileSync(file, 'utf8'));
    expect(others.filter((text) => text.includes(key))).toEqual([]);
  });

  it('is nothing where Zoom returns the secret: there it is compared', async () => {
    await begin({ secrets: 'returned' });
    const cwd = checkout();
    expect(Object.keys(await sentBy(() => apply(cwd)))).toEqual(ALL);
    expect(keptIn(cwd)).toEqual([]);
    expect(await sentBy(() => apply(cwd))).toEqual({});
    sandbox.act({ target: 'account', document: 'settings', body: archiving({ passcode: 'somebody else' }).settings });
    expect((await run(cwd, ['drift', 'policy.yaml'])).code).toBe(2);
    const { stdout, stderr } = await apply(cwd);
    expect(stdout + stderr).not.toMatch(/canary|somebody else/);
    expect(storedSecrets()).toEqual(secretsOf(FIRST));
    // Also where it reads right: whoever asks for it gets it.
    expect(Object.keys(await sentBy(() => apply(cwd, {}, '--write-secret', PASSCODE)))).toEqual(['account']);
  });
});

/** The value as it could be found without the key. */
function tracesOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const hashes = ['md5', 'sha1', 'sha256', 'sha512'].flatMap((algorithm) =>
    (['hex', 'base64', 'base64url'] as const).map((encoding) => createHash(algorithm).update(secret).digest(encoding)),
  );
  return [secret, encodeURIComponent(secret), bytes.toString('base64'), bytes.toString('hex'), ...hashes];
}
