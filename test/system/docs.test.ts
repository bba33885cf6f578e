/** The README holds: what is generated is current, what can be run runs as it says, what it names exists. */

import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { generatedBlocks, withBlocks } from '../../scripts/docs/readme-blocks.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { PHASES } from '../../src/reconcile/plan/order.ts';
import { programFor } from '../../src/run.ts';
import { startSandbox, universityState } from '../../src/sandbox/index.ts';
import { CLI, lockstep, start } from '../helpers/built.ts';
import { lockstep as inProcess, type Ran } from '../helpers/host.ts';

const ROOT = join(import.meta.dirname, '../..');
const UNIVERSITY = join(ROOT, 'examples/university');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

interface Block {
  readonly language: string;
  readonly text: string;
  /** The file that the line before the block names, as in "`base.yaml`:". */
  readonly file: string | undefined;
  /** What stands between this block and the one before. */
  readonly before: string;
}

const BLOCKS = blocksOf(README);
const ofLanguage = (language: string) => BLOCKS.filter((block) => block.language === language);

function blocksOf(markdown: string): readonly Block[] {
  let end = 0;
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(({ 0: whole, 1: language, 2: text, index }) => {
    const before = markdown.slice(end, index);
    end = index + whole.length;
    return { language: language ?? '', text: text ?? '', file: /^`([\w./-]+)`:\n\n$/m.exec(before)?.[1], before };
  });
}

/** The words of every `lockstep ...` command in a shell block. Quotes are the only shell syntax that these use. */
function commandsOf({ text }: Block): readonly string[][] {
  return text.split('\n').flatMap((line) => {
    const [, command] = /^lockstep ([^#>|]*)/.exec(line) ?? [];
    if (command === undefined) return [];
    return [[...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, bare]) => one ?? two ?? bare ?? '')];
  });
}

it('every block says what it is', () => {
  expect(BLOCKS.filter(({ language }) => !['sh', 'yaml', 'text', 'js'].includes(language))).toEqual([]);
});

it('the generated blocks are what `npm run docs` writes', async () => {
  expect(withBlocks(README, await generatedBlocks())).toBe(README);
});

it('every relative link leads to a file, and every inner one to a heading', () => {
  const anchors = [...README.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
  const links = [...README.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  const broken = links.filter((link) => {
    if (/^https:/.test(link)) return false;
    const [path = '', anchor] = link.split('#');
    return (path !== '' && !existsSync(join(ROOT, path))) || (path === '' && !anchors.includes(anchor ?? ''));
  });
  expect(links.length).toBeGreaterThan(0);
  expect(broken).toEqual([]);
});

it('names scripts and flags that exist', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
  const named = [...README.matchAll(/npm (?:run (?:-s )?)?(\w+)/g)].map(([, name = '']) => name);
  const unknownScripts = named.filter((name) => !['ci', 'and'].includes(name) && !Object.hasOwn(scripts, name));
  expect(unknownScripts).toEqual([]);
  const flags = COMMANDS.flatMap((command) => command.flags.flatMap((flag) => flag.flags.match(/--[a-z-]+/g) ?? []));
  const prose = [...README.matchAll(/`(--[^`]+|[a-z]+ --[^`]+)`/g)].flatMap(
    ([, code = '']) => code.match(/--[a-z-]+/g) ?? [],
  );
  expect(prose.length).toBeGreaterThan(0);
  expect(prose.filter((flag) => !flags.includes(flag))).toEqual([]);
});

it('shows the order that the code has', () => {
  expect(README).toContain(PHASES.join(' ──▶ '));
});

describe('shell blocks', () => {
  const commands = ofLanguage('sh').flatMap(commandsOf);

  it.each(commands.map((words) => [words.join(' '), words] as const))('lockstep %s is understood', (_, words) => {
    const [name, ...rest] = words;
    const silent = { write: () => true } as unknown as NodeJS.WriteStream;
    const command = programFor({ stdout: silent, stderr: silent }, () => {}).commands.find((it) => it.name() === name);
    expect(command, name).toBeDefined();
    expect(command?.parseOptions(rest).unknown).toEqual([]);
  });

  it('hold no other commands than those that are known here', () => {
    const words = ofLanguage('sh').flatMap(({ text }) =>
      text
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    );
    expect([...new Set(words)].sort()).toEqual(['alias', 'cd', 'lockstep', 'mkdir', 'npm']);
  });
});

describe('run in order', () => {
  /** Blocks that only need lockstep and a sandbox. The one that starts the sandbox is run beside the others. */
  const runnable = ofLanguage('sh').filter((block) => !/^(?:npm|alias) |^lockstep sandbox /m.test(block.text));
  const [sandboxBlock, ...others] = ofLanguage('sh').filter((block) => /^lockstep sandbox /m.test(block.text));
  let folder: string;
  let sandbox: ReturnType<typeof start>;

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'lockstep-docs-')));
    await cp(join(ROOT, 'examples'), join(folder, 'examples'), { recursive: true });
    for (const { file, text } of ofLanguage('yaml')) if (file !== undefined) await writeFile(join(folder, file), text);
    // Nobody is there to answer when apply asks.
    const shim = `#!/bin/sh\nif [ "$1" = apply ]; then set -- "$@" --auto-approve; fi\nexec "${process.execPath}" "${CLI}" "$@"\n`;
    await writeFile(join(folder, 'lockstep'), shim);
    await chmod(join(folder, 'lockstep'), 0o755);

    expect(others).toEqual([]);
    const cwd = join(folder, /^cd (\S+)$/m.exec(sandboxBlock?.text ?? '')?.[1] ?? '');
    sandbox = start(commandsOf(sandboxBlock as Block)[0] ?? [], { cwd });
    const written = join(cwd, 'sandbox.env');
    await vi.waitFor(async () => expect(await readFile(written, 'utf8')).toMatch(/SECRET=.+\n$/), {
      timeout: 20_000,
      interval: 10,
    });
    // What a reader writes with the credentials of an own account.
    await cp(written, join(folder, 'zoom.env'));
  });
  afterAll(async () => {
    sandbox.child.kill('SIGINT');
    await sandbox.ended;
    await rm(folder, { recursive: true, force: true });
  });

  /** Runs the lines of a block in one shell; each must end with 0, or as its comment says ("exits with 1"). */
  function shell({ text }: Block): Promise<{ code: number; output: string }> {
    const script = text
      .trim()
      .split('\n')
      .flatMap((line) => {
        const expected = /# .*\bexits with (\d+)/.exec(line)?.[1] ?? '0';
        return [
          line,
          'ended=$?',
          `[ $ended = ${expected} ] || { echo "ended with $ended, not ${expected}"; exit 99; }`,
        ];
      });
    const env = { PATH: [folder, process.env['PATH']].join(delimiter) };
    return new Promise((resolve) => {
      execFile('bash', ['-c', `exec 2>&1\n${script.join('\n')}`], { cwd: folder, env }, (error, output) =>
        resolve({ code: error === null ? 0 : Number(error.code), output }),
      );
    });
  }

  it('starts with the sandbox, and leaves something to run', () => {
    expect(sandboxBlock).toBeDefined();
    expect(runnable.length).toBeGreaterThan(3);
  });

  it.each(runnable.map((block) => [block.text.trim().split('\n').join('; '), block] as const))(
    '%s',
    async (_, block) => {
      const { code, output } = await shell(block);
      expect(code, output).toBe(0);
      const next = BLOCKS[BLOCKS.indexOf(block) + 1];
      if (next?.language === 'text' && next.before.trim() === '') expect(output).toBe(next.text);
    },
  );

  it('the program runs as it stands', async () => {
    const [program, ...rest] = ofLanguage('js');
    expect(rest).toEqual([]);
    // A program of one's own has a package file of its own.
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await mkdir(join(folder, 'node_modules'), { recursive: true });
    await symlink(resolve(ROOT), join(folder, 'node_modules/lockstep'));
    await writeFile(
      join(folder, 'program.mjs'),
      `${program?.text}console.log(planned.plan.waves.length, applied.kind, checked.exitCode, page.length > 1000);\n`,
    );
    const variables = parseEnv(await readFile(join(folder, 'zoom.env'), 'utf8'));
    const { stdout } = await promisify(execFile)(process.execPath, ['program.mjs'], { cwd: folder, env: variables });
    expect(stdout).toBe('0 plan 2 true\n');
  });
});

/** Advice is for authors: an example says what it says, and may leave something unlocked. */
function expectSound({ code, stderr }: Ran): void {
  expect({ code, stderr: stderr.match(/^.*: (error|warning): .*$/m)?.[0] }).toEqual({ code: 0, stderr: undefined });
}

describe('policies', () => {
  const policies = ofLanguage('yaml');

  it('all of them are whole', () => {
    expect(policies.filter(({ text, file }) => !text.startsWith('version: 1') || file === undefined)).toEqual([]);
  });

  it.each(policies.map(({ file }) => file ?? ''))('%s validates', async (file) => {
    const folder = await mkdtemp(join(tmpdir(), 'lockstep-docs-'));
    try {
      for (const block of policies) await writeFile(join(folder, block.file ?? ''), block.text);
      expectSound(await inProcess(['validate', file], { cwd: folder }));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('the example organisation validates', async () => {
    expectSound(await inProcess(['validate'], { cwd: UNIVERSITY }));
  });
});

describe('scopes', () => {
  const rows = [...README.matchAll(/^\| ([^|]+) \| ([^|]+) \| `([a-z:_]+)` +\| `([a-z:_]+)` +\|$/gm)].map(
    ([, what = '', commands = '', classic = '', granular = '']) => ({ what, commands, classic, granular }),
  );

  it.each(['classic', 'granular'] as const)('those of the table are enough, by their %s names', async (kind) => {
    const forCommand = (command: string) =>
      rows.filter(({ commands }) => commands.includes(command)).map((row) => row[kind]);
    expect(rows.length).toBeGreaterThan(10);
    const university = universityState();
    const stateWith = (scopes: string[]) => ({ ...university, credentials: { ...university.credentials, scopes } });
    const sandbox = await startSandbox({ state: stateWith(forCommand('`plan`')) });
    const cwd = await mkdtemp(join(tmpdir(), 'lockstep-docs-'));
    const policies = join(UNIVERSITY, 'policies');
    try {
      const run = (...argv: string[]) => lockstep([...argv, '--rate-plan', 'none'], { cwd, env: sandbox.env });
      const plan = await run('plan', policies, '--format', 'json');
      expect(JSON.parse(plan.stdout)).toMatchObject({ blocked: [], exitCode: 0 });
      sandbox.reset(stateWith(forCommand('`export`')));
      const exported = await run('export', '-t', 'account', '-t', 'group:*', '-t', 'user:d*');
      expect(exported).toMatchObject({ code: 0, stdout: expect.not.stringContaining('scope') });
      sandbox.reset(stateWith(forCommand('`apply`')));
      expect(await run('apply', policies, '--auto-approve')).toMatchObject({ code: 0 });
    } finally {
      await rm(cwd, { recursive: true });
      await sandbox.close();
    }
  });
});
