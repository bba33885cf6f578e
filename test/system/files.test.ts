/**
 * Files: where they may go, who may read them, that they are whole, and what is said when the disk does not take them.
 * What a policy may reach with `extends` and links is held by test/policy/extends.test.ts.
 */
import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDigest, readDigest } from '../../src/journal/digests.ts';
import { readPlan } from '../../src/reconcile/saved/read.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { CLI, type Ended, start } from '../helpers/built.ts';
import { lockstep } from '../helpers/host.ts';
import { stateOf } from '../helpers/organisation.ts';

const GROUPS = Array.from({ length: 30 }, (_, index) => `Class ${index + 1}`);
/** The reason comes into every line of a journal. */
const POLICY = `version: 1
groups:
  "*":
    settings:
      in_meeting:
        # ${'Why. '.repeat(90)}
        chat: !locked false
`;
const APPLY = ['apply', 'policy.yaml', '-y', '--rate-plan', 'none', '--settle', '0', '--concurrency', '1'];
const PLAN = ['plan', 'policy.yaml', '--rate-plan', 'none'];

let sandbox: Sandbox;
let folder: string;
let cwd: string;
let elsewhere: string;
let made = 0;

beforeAll(async () => {
  const account = { settings: { in_meeting: { chat: true } }, lock_settings: { in_meeting: { chat: false } } };
  const groups = Object.fromEntries(GROUPS.map((name) => [name, account]));
  sandbox = await startSandbox({ state: stateOf({ account, groups }) });
  folder = await realpath(await mkdtemp(join(tmpdir(), 'lockstep-files-')));
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  made += 1;
  [cwd, elsewhere] = [join(folder, `${made}`, 'work'), join(folder, `${made}`, 'elsewhere')];
  for (const path of [cwd, elsewhere]) mkdirSync(path, { recursive: true });
  writeFileSync(join(cwd, 'policy.yaml'), POLICY);
  sandbox.reset();
});

const act = (argv: readonly string[], at = cwd) => lockstep(argv, { cwd: at, env: sandbox.env });
const patches = () => sandbox.log().filter(({ method }) => method === 'PATCH').length;

/** The built command line, started by a shell that sets a limit first. */
function limited(limit: string, argv: readonly string[]): Promise<Ended> {
  const shell = spawn('sh', ['-c', `${limit}; exec "$@"`, 'sh', process.execPath, CLI, ...argv], {
    cwd,
    env: { PATH: process.env['PATH'], ...sandbox.env },
  });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    shell[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
    });
  }
  return new Promise((done, fail) => {
    shell.once('error', fail).once('close', (code) => done({ code, ...text }));
  });
}

describe('where files go', () => {
  it.each<[what: string, argv: string[]]>([
    ['a report', [...APPLY, '--report', 'html=out/report.html']],
    ['a report into a folder that is not there', [...APPLY, '--report', 'html=out/deep/report.html']],
    ['a plan', [...PLAN, '--out', 'out/plan.json']],
    ['a schema', ['schema', '--out', './out/schema.json']],
    ['variables of a sandbox', ['sandbox', '--write-env', 'out/zoom.env']],
    ['a journal', APPLY],
    ['policies that nobody named', ['validate']],
    ['what init writes', ['init']],
  ])('%s: no link of the folder leads out of it', async (_, argv) => {
    for (const name of ['out', '.lockstep', 'policies', '.github']) symlinkSync(elsewhere, join(cwd, name));
    const { code, stderr } = await act(argv);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/ link to .*elsewhere/) });
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(patches()).toBe(0);
  });

  it('where somebody said so: another folder, a link inside of this one', async () => {
    mkdirSync(join(cwd, 'deep'));
    symlinkSync(join(cwd, 'deep'), join(cwd, 'short'));
    const reports = ['../elsewhere/up.json', join(elsewhere, 'whole.json'), 'short/in.json'];
    const ended = await act([...PLAN, ...reports.flatMap((file) => ['--report', `json=${file}`])]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(elsewhere).sort()).toEqual(['up.json', 'whole.json']);
    expect(readdirSync(join(cwd, 'deep'))).toEqual(['in.json']);
  });

  it('a link of that name is replaced, and what it led to stays as it was', async () => {
    writeFileSync(join(elsewhere, 'precious'), 'precious');
    for (const name of ['plan.json', 'report.json']) symlinkSync(join(elsewhere, 'precious'), join(cwd, name));
    expect(await act([...PLAN, '--out', 'plan.json', '--report', 'json=report.json'])).toMatchObject({ code: 0 });
    expect(readFileSync(join(elsewhere, 'precious'), 'utf8')).toBe('precious');
    JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8'));
    await readPlan(readFileSync(join(cwd, 'plan.json'), 'utf8').trimEnd().split('\n'), 'plan.json');
  });

  it('a link in .lockstep is neither read nor written', async () => {
    mkdirSync(join(cwd, '.lockstep'));
    writeFileSync(join(elsewhere, 'key'), `${Buffer.alloc(32).toString('base64')}\n`);
    for (const name of ['runs', 'key']) symlinkSync(join(elsewhere, name), join(cwd, '.lockstep', name));
    mkdirSync(join(elsewhere, 'runs'));
    expect(await act(APPLY)).toMatchObject({ code: 1, stderr: expect.stringContaining('is a link to') });
    await expect(readDigest(cwd)).rejects.toThrow('.lockstep/key cannot be used: it is a link (ELOOP)');
    await expect(openDigest(cwd)).rejects.toThrow('it is a link');
    expect(readdirSync(join(elsewhere, 'runs'))).toEqual([]);
    expect(patches()).toBe(0);
  });
});

it('what tells values or secrets is for its owner only, whatever the umask', async () => {
  await limited('umask 000', [...PLAN, '--out', 'plan.json']);
  const { code, stderr } = await limited('umask 000', APPLY);
  expect(code, stderr).toBe(0);
  const below = (path: string): string[] =>
    readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
      const inner = join(path, entry.name);
      return entry.isDirectory() ? [inner, ...below(inner)] : [inner];
    });
  const paths = [join(cwd, 'plan.json'), join(cwd, '.lockstep'), ...below(join(cwd, '.lockstep'))];
  expect(paths.length).toBeGreaterThan(3);
  expect(paths.filter((path) => (statSync(path).mode & 0o077) !== 0)).toEqual([]);
});

describe('a file is whole', () => {
  it.each([1, 2])('kill -9 when the %i. of the new ones begins leaves the old or the new', async (count) => {
    writeFileSync(join(cwd, 'plan.json'), 'old');
    const { child, ended } = start([...PLAN, '--out', 'plan.json'], { cwd, env: sandbox.env });
    const seen = new Set<string>();
    while (child.exitCode === null && seen.size < count) {
      for (const name of readdirSync(cwd)) if (name.endsWith('.new')) seen.add(name);
      await new Promise((done) => setImmediate(done));
    }
    child.kill('SIGKILL');
    await ended;
    const text = readFileSync(join(cwd, 'plan.json'), 'utf8');
    if (text !== 'old')
      expect(await readPlan(text.trimEnd().split('\n'), 'plan.json')).toMatchObject({
        account: { id: 'sandbox-account' },
      });
  });

  it('one that grows too large for the system leaves the old one, and nothing beside it', async () => {
    writeFileSync(join(cwd, 'plan.json'), 'old');
    const { code, stderr } = await limited('ulimit -f 16', [...PLAN, '--out', 'plan.json']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining('--out plan.json cannot be written: '),
    });
    expect(sandbox.log()).toEqual([]);
    expect(readdirSync(cwd).sort()).toEqual(['plan.json', 'policy.yaml']);
    expect(readFileSync(join(cwd, 'plan.json'), 'utf8')).toBe('old');
  });
});

/** A disk of its own, where this process may make one. */
function mount(...argv: string[]): boolean {
  try {
    execFileSync('mount', argv, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
const MAY_MOUNT = (() => {
  const place = join(tmpdir(), `lockstep-mount-${process.pid}`);
  mkdirSync(place);
  const may = mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place);
  if (may) execFileSync('umount', [place]);
  execFileSync('rmdir', [place]);
  return may;
})();

async function onDisk(bytes: number, use: (disk: string) => Promise<void>): Promise<void> {
  const disk = join(elsewhere, 'disk');
  mkdirSync(disk);
  mount('-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', disk);
  writeFileSync(join(disk, 'policy.yaml'), POLICY);
  try {
    await use(disk);
  } finally {
    execFileSync('umount', [disk]);
  }
}

function fill(disk: string): void {
  try {
    writeFileSync(join(disk, 'filling'), 'x'.repeat(1024 * 1024));
  } catch {}
}

/** Said before the first PATCH, whether it is the folder of the journal, of a report or of a plan. */
async function expectToldBefore(disk: string, why: RegExp): Promise<void> {
  const report = join(disk, 'report.html');
  for (const [argv, at] of [
    [APPLY, disk],
    [[...APPLY, '--report', `html=${report}`], cwd],
    [[...PLAN, '--out', join(disk, 'plan.json')], cwd],
  ] as const) {
    const { code, stdout, stderr } = await act(argv, at);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(why) });
    expect(stdout).not.toContain('applied');
    expect(patches()).toBe(0);
    expect(existsSync(report)).toBe(false);
  }
  expect(readdirSync(disk).filter((name) => name.endsWith('.new'))).toEqual([]);
  for (const argv of [['validate', 'policy.yaml'], PLAN, ['drift', 'policy.yaml', '--rate-plan', 'none']]) {
    expect([0, 2]).toContain((await act(argv, disk)).code);
  }
}

describe('a disk that takes nothing is told before the first PATCH', () => {
  it.skipIf(!MAY_MOUNT)('full (needs a right to mount)', async () => {
    await onDisk(256 * 1024, async (disk) => {
      fill(disk);
      await expectToldBefore(disk, /cannot be written: the disk is full \(ENOSPC\)/);
    });
  });

  it.skipIf(!MAY_MOUNT)('read-only (needs a right to mount)', async () => {
    await onDisk(256 * 1024, async (disk) => {
      mount('-o', 'remount,ro', disk);
      await expectToldBefore(disk, /cannot be written: the disk is read-only \(EROFS\)/);
    });
  });

  it.skipIf(process.getuid?.() === 0)('forbidden (a superuser may write everywhere)', async () => {
    writeFileSync(join(elsewhere, 'policy.yaml'), POLICY);
    chmodSync(elsewhere, 0o500);
    await expectToldBefore(elsewhere, /cannot be written: its permissions forbid it \(EACCES\)/);
    chmodSync(elsewhere, 0o700);
  });

  it('in the way: a file where a folder should be', async () => {
    writeFileSync(join(cwd, '.lockstep'), '');
    expect(await act(APPLY)).toMatchObject({ code: 1, stderr: expect.stringContaining('(ENOTDIR)') });
    const report = ['--report', 'json=policy.yaml/report.json'];
    const what = 'cannot be written: what should be a folder is none (ENOTDIR)';
    expect(await act([...APPLY, ...report])).toMatchObject({ code: 1, stderr: expect.stringContaining(what) });
    expect(patches()).toBe(0);
  });
});

it.skipIf(!MAY_MOUNT)('a disk that fills up in the middle stops the run, which tells what it did', async () => {
  const whole = await act(APPLY);
  expect(whole.code, whole.stderr).toBe(0);
  const all = patches();
  const [journal = ''] = readdirSync(join(cwd, '.lockstep/runs'));
  const { size } = statSync(join(cwd, '.lockstep/runs', journal));
  sandbox.reset();

  await onDisk(2 * 4096 + Math.floor(size * 0.6), async (disk) => {
    const { code, stdout, stderr } = await act(APPLY, disk);
    expect(patches()).toBeGreaterThan(0);
    expect(patches()).toBeLessThan(all);
    const said = 'warning: the end of the run is not in its journal: the journal .lockstep/runs/';
    expect({ code, stderr }).toEqual({ code: 4, stderr: expect.stringContaining(said) });
    expect(stdout).toMatch(/the journal \.lockstep\/runs\/\S+ cannot be written: the disk is full \(ENOSPC\)/);
    for (const name of GROUPS) expect(stdout).toContain(`group:${name}`);
  });

  // From another folder: Zoom says what is left.
  const again = await act(APPLY);
  expect(again.code, again.stderr).toBe(0);
  expect(patches()).toBe(all);
});

it.skipIf(process.platform !== 'linux')('a device that is full is told', async () => {
  const { code, stderr } = await act([...PLAN, '--out', '/dev/full']);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'error: /dev/full cannot be written: the disk is full (ENOSPC)\n',
  });
});
