/** `lockstep init`: what it writes is valid, and what is there stays. */
import { existsSync } from 'node:fs';
import { lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { run } from '../../src/run.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { lockstep, type Ran } from '../helpers/host.ts';

const ROOT = join(import.meta.dirname, '../..');
const WORKFLOW = '.github/workflows/lockstep.yml';

async function inFolder(play: (cwd: string) => Promise<void>): Promise<void> {
  const cwd = await realpath(await mkdtemp(join(tmpdir(), 'lockstep-test-init-')));
  try {
    await play(cwd);
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

/** Every file with its text. */
async function filesIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const texts = await Promise.all(
    files.map(async (file) => [file.slice(folder.length + 1), await readFile(file, 'utf8')]),
  );
  return Object.fromEntries(texts.sort());
}

interface Answered extends Ran {
  readonly asked: readonly string[];
}

/** On a terminal, where the n-th question gets the n-th answer; Enter when there are no more. */
async function onTerminal(
  argv: readonly string[],
  cwd: string,
  answers: readonly string[],
  env = {},
): Promise<Answered> {
  const text = { stdout: '', stderr: '' };
  const asked: string[] = [];
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const output = (name: 'stdout' | 'stderr') =>
    new Writable({
      write: (chunk, _, done) => {
        text[name] += String(chunk);
        done();
      },
    });
  const stderr = Object.assign(output('stderr'), {
    isTTY: true,
    columns: 200,
    // Each prompt ends what it writes to, which does nothing to the stderr of a process.
    end(this: Writable) {
      return this;
    },
    write(this: Writable, ...given: Parameters<Writable['write']>) {
      // The prompt is drawn again with each key; a question is answered when it is seen first.
      const [, question] = /^\? ([A-Z][^?]*\?)/.exec(stripVTControlCharacters(String(given[0]))) ?? [];
      if (question !== undefined && asked.at(-1) !== question) {
        asked.push(question);
        setTimeout(() => stdin.write(answers[asked.length - 1] ?? '\r'), 5);
      }
      return Writable.prototype.write.apply(this, given);
    },
  });
  const code = await run({
    argv,
    env: { TERM: 'dumb', ...env },
    cwd,
    stdin,
    stdout: output('stdout'),
    stderr,
    onInterrupt: () => () => undefined,
  });
  return { code, ...text, asked };
}

async function expectValid(cwd: string): Promise<void> {
  expect(await lockstep(['validate'], { cwd })).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Valid: /) });
}

describe('without a terminal', () => {
  it('writes everything with a default pack, and asks nobody', async () => {
    await inFolder(async (cwd) => {
      const ran = await lockstep(['init'], { cwd });
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      expect(ran.stdout).toMatch(
        /^wrote policies\/zoom\.yaml\nwrote \.gitignore\nwrote \.env\.example\nwrote \.github\/workflows\/lockstep\.yml\nnext: /,
      );
      const files = await filesIn(cwd);
      expect(Object.keys(files)).toEqual([
        '.env.example',
        '.github/workflows/lockstep.yml',
        '.gitignore',
        'policies/zoom.yaml',
      ]);
      expect(files['policies/zoom.yaml']).toContain('  - pack:cis-zoom-l1 # CIS Zoom Benchmark v1.0.0, level 1');
      expect(files['.gitignore']).toBe('.lockstep/\n*.env\n');
      expect(files[WORKFLOW]).toBe(await readFile(join(ROOT, 'examples/ci/github/lockstep.yml'), 'utf8'));
      await expectValid(cwd);
    });
  });

  it('the own part of the policy is valid when it is no comment any more', async () => {
    await inFolder(async (cwd) => {
      await lockstep(['init', '--pack', 'k12', '--pack', 'pack:eu-privacy', '--no-workflow'], { cwd });
      const file = join(cwd, 'policies/zoom.yaml');
      const text = await readFile(file, 'utf8');
      expect(text.match(/pack:[\w-]+/g)).toEqual(['pack:k12', 'pack:eu-privacy']);
      expect(existsSync(join(cwd, '.github'))).toBe(false);
      await expectValid(cwd);
      await writeFile(file, text.replaceAll(/^# (?=account:| )/gm, ''));
      expect(await readFile(file, 'utf8')).toMatch(/^account:\n {2}settings:\n {4}in_meeting:\n/m);
      await expectValid(cwd);
    });
  });

  it.each(['cis-zoom-l1', 'cis-zoom-l2', 'eu-privacy', 'healthcare', 'higher-ed', 'k12', 'town-hall'])(
    '--pack %s validates',
    async (pack) => {
      await inFolder(async (cwd) => {
        expect(await lockstep(['init', '--pack', pack, '--no-workflow'], { cwd })).toMatchObject({ code: 0 });
        await expectValid(cwd);
      });
    },
  );

  it('--from-live writes what Zoom has, which plans empty, and reads only', async () => {
    const sandbox = await startSandbox();
    try {
      await inFolder(async (cwd) => {
        const setting = { cwd, env: sandbox.env };
        const ran = await lockstep(['init', 'zoom', '--from-live', '--no-workflow', '--rate-plan', 'none'], setting);
        expect(ran).toMatchObject({ code: 0, stderr: '' });
        expect(sandbox.log().filter(({ method }) => method !== 'GET' && method !== 'POST')).toEqual([]);
        const inside = { ...setting, cwd: join(cwd, 'zoom') };
        const plan = await lockstep(['plan', '--detailed-exitcode', '--rate-plan', 'none'], inside);
        expect(plan).toMatchObject({ code: 0, stdout: expect.stringMatching(/^No changes\./m) });
      });
    } finally {
      await sandbox.close();
    }
  });

  it.each<[what: string, argv: string[], code: number, says: string]>([
    ['a pack that there is not', ['--pack', 'k13'], 1, 'k12'],
    ['a pack and what is live', ['--pack', 'k12', '--from-live'], 1, '--from-live and --pack cannot be combined'],
    ['packs that cannot hold together', ['--pack', 'k12', '--pack', 'town-hall'], 1, 'is locked for the account'],
    ['what is live, without credentials', ['--from-live'], 5, 'no credentials for Zoom'],
    ['a folder that is a file', ['file'], 1, 'cannot be written'],
  ])('%s: an error, and nothing is written', async (_, argv, code, says) => {
    await inFolder(async (cwd) => {
      await writeFile(join(cwd, 'file'), '');
      const ran = await lockstep(['init', ...argv], { cwd });
      expect(ran).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(says) });
      expect(await filesIn(cwd)).toEqual({ file: '' });
    });
  });
});

describe('what is there', () => {
  it('is left, byte for byte, and told; a second run writes nothing', async () => {
    await inFolder(async (cwd) => {
      await mkdir(join(cwd, '.github/workflows'), { recursive: true });
      await writeFile(join(cwd, WORKFLOW), 'mine');
      await symlink('/nowhere', join(cwd, '.env.example'));
      const first = await lockstep(['init'], { cwd });
      expect(first.stdout).toContain(`left ${WORKFLOW}: it exists\n`);
      expect(first.stdout).toContain('left .env.example: it exists\n');
      expect((await lstat(join(cwd, '.env.example'))).isSymbolicLink()).toBe(true);
      const files = await filesIn(cwd);
      expect(files[WORKFLOW]).toBe('mine');
      const second = await lockstep(['init', '--pack', 'k12'], { cwd });
      expect(second).toMatchObject({ code: 0, stderr: '' });
      expect(second.stdout).not.toMatch(/wrote|added|next/);
      expect(second.stdout).toContain('left policies/zoom.yaml: policies holds policies already\n');
      expect(await filesIn(cwd)).toEqual(files);
    });
  });

  it('of policies keeps another from coming beside them', async () => {
    await inFolder(async (cwd) => {
      await mkdir(join(cwd, 'policies/campus'), { recursive: true });
      await writeFile(join(cwd, 'policies/campus/base.yml'), 'version: 1\n');
      await lockstep(['init'], { cwd });
      expect(existsSync(join(cwd, 'policies/zoom.yaml'))).toBe(false);
    });
  });

  it.each<[before: string, after: string, says: string]>([
    ['node_modules/', 'node_modules/\n.lockstep/\n*.env\n', 'added to .gitignore: .lockstep/ and *.env'],
    ['a\r\n.lockstep\r\n', 'a\r\n.lockstep\r\n*.env\r\n', 'added to .gitignore: *.env'],
    ['/.lockstep/\n*.env\n', '/.lockstep/\n*.env\n', 'left .gitignore: it has what it needs'],
    ['', '.lockstep/\n*.env\n', 'added to .gitignore'],
  ])('of .gitignore %j is added to', async (before, after, says) => {
    await inFolder(async (cwd) => {
      await writeFile(join(cwd, '.gitignore'), before);
      expect((await lockstep(['init'], { cwd })).stdout).toContain(says);
      expect(await readFile(join(cwd, '.gitignore'), 'utf8')).toBe(after);
    });
  });

  it('a .gitignore that leads elsewhere is not written through', async () => {
    await inFolder(async (cwd) => {
      await writeFile(join(cwd, 'elsewhere'), 'x\n');
      await symlink('elsewhere', join(cwd, '.gitignore'));
      expect((await lockstep(['init'], { cwd })).stdout).toContain('left .gitignore: it is not a regular file');
      expect(await readFile(join(cwd, 'elsewhere'), 'utf8')).toBe('x\n');
    });
  });

  it('a repository above is told: GitHub reads workflows at its root only', async () => {
    await inFolder(async (cwd) => {
      await mkdir(join(cwd, '.git'));
      expect((await lockstep(['init', 'zoom'], { cwd })).stdout).toContain(`GitHub reads workflows in ${cwd} only`);
      expect((await lockstep(['init'], { cwd })).stdout).not.toContain('GitHub reads');
    });
  });
});

describe('on a terminal', () => {
  it('asks what to start from, pack by pack, and about the workflow', async () => {
    await inFolder(async (cwd) => {
      const answers = ['n\r', 'n\r', 'n\r', 'y\r', 'n\r', 'n\r', 'n\r', 'n\r', 'n\r'];
      const { code, asked, stdout } = await onTerminal(['init'], cwd, answers);
      expect(code).toBe(0);
      expect(asked[0]).toBe('Start from what the account has now?');
      expect(asked.slice(1, 8).map((question) => /pack:([\w-]+)/.exec(question)?.[1])).toEqual([
        'cis-zoom-l1',
        'cis-zoom-l2',
        'eu-privacy',
        'healthcare',
        'higher-ed',
        'k12',
        'town-hall',
      ]);
      expect(asked).toHaveLength(9);
      expect(stdout).toContain('wrote policies/zoom.yaml');
      expect(await readFile(join(cwd, 'policies/zoom.yaml'), 'utf8')).toContain('- pack:eu-privacy');
      expect(existsSync(join(cwd, WORKFLOW))).toBe(false);
      await expectValid(cwd);
    });
  });

  it('Enter takes the defaults; no to everything is a policy of one setting', async () => {
    await inFolder(async (cwd) => {
      await onTerminal(['init', 'defaults'], cwd, []);
      expect(await readFile(join(cwd, 'defaults/policies/zoom.yaml'), 'utf8')).toContain('- pack:cis-zoom-l1');
      expect(existsSync(join(cwd, 'defaults', WORKFLOW))).toBe(true);
      await onTerminal(
        ['init', 'none', '--no-workflow'],
        cwd,
        Array.from({ length: 8 }, () => 'n\r'),
      );
      expect(await readFile(join(cwd, 'none/policies/zoom.yaml'), 'utf8')).not.toContain('extends');
      await expectValid(join(cwd, 'none'));
    });
  });

  it('does not ask what a flag says or what is there', async () => {
    await inFolder(async (cwd) => {
      expect((await onTerminal(['init', '--pack', 'k12', '--no-workflow'], cwd, [])).asked).toEqual([]);
      expect((await onTerminal(['init'], cwd, [])).asked).toHaveLength(1);
      expect((await onTerminal(['init'], cwd, [])).asked).toEqual([]);
    });
  });

  it('Ctrl-C at a question writes nothing', async () => {
    await inFolder(async (cwd) => {
      const { code, stderr } = await onTerminal(['init'], cwd, ['n\r', '\u0003']);
      expect(code).toBe(130);
      expect(stderr).toContain('stopped; nothing was written');
      expect(await filesIn(cwd)).toEqual({});
    });
  });
});

it('leaves nothing in the folder for temporary files', async () => {
  const before = (await readdir(tmpdir())).filter((name) => name.startsWith('lockstep-init-'));
  await inFolder(async (cwd) => {
    await lockstep(['init'], { cwd });
    await lockstep(['init', 'b', '--pack', 'k12', '--pack', 'town-hall'], { cwd });
  });
  await vi.waitFor(async () => {
    const after = (await readdir(tmpdir())).filter((name) => name.startsWith('lockstep-init-'));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
  });
});
