/** The documents hold: what is generated is current, what can be run runs as it says, what they name exists. */

import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { generatedFiles } from '../../scripts/docs/generated.ts';
import { type Block, blocksOf } from '../../scripts/docs/markdown.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { PHASES } from '../../src/reconcile/plan/order.ts';
import { programFor } from '../../src/run.ts';
import { startSandbox, universityState } from '../../src/sandbox/index.ts';
import { CLI, lockstep, start } from '../helpers/built.ts';
import { lockstep as inProcess, type Ran } from '../helpers/host.ts';

const ROOT = join(import.meta.dirname, '../..');
const UNIVERSITY = join(ROOT, 'examples/university');

/** Every page, by its path from the root. */
const PAGES: ReadonlyMap<string, string> = new Map(
  ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...markdownIn('docs')].map((page) => [
    page,
    readFileSync(join(ROOT, page), 'utf8'),
  ]),
);
/** The pages for users: all that they say to type is typed here. */
const USER_PAGES = [...PAGES.keys()].filter((page) => !/^(?:CONTRIBUTING|CHANGELOG|docs\/maintainers)/.test(page));
const pageOf = (path: string): string => PAGES.get(path) ?? '';

function markdownIn(folder: string): readonly string[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
}

const blocksIn = (path: string, language: string): readonly Block[] =>
  blocksOf(pageOf(path)).filter((block) => block.language === language);

/** The words of every `lockstep ...` command in a shell block. Quotes are the only shell syntax that these use. */
function commandsOf({ text }: Block): readonly string[][] {
  return text.split('\n').flatMap((line) => {
    const [, command] = /^lockstep ([^#>|]*)/.exec(line) ?? [];
    return command === undefined ? [] : [wordsOf(command)];
  });
}

/** `lockstep NAME ...` anywhere in a block that shows more than commands. */
function commandsWithin({ text }: Block): readonly string[][] {
  const names = COMMANDS.map(({ name }) => name).join('|');
  const found = text.matchAll(new RegExp(`(?<![\\w/-])lockstep(?::\\S+)? ((?:${names})\\b[^'|#)\\n]*)`, 'g'));
  return [...found].map(([, command = '']) => wordsOf(command));
}

function wordsOf(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, bare]) => one ?? two ?? bare ?? '');
}

describe('generated', () => {
  it('parts are what `npm run docs` writes', async () => {
    const generated = await generatedFiles();
    expect([...generated.keys()].sort()).toEqual([
      'README.md',
      'docs/cli.md',
      'docs/images/plan.svg',
      'docs/maintainers/dependencies.md',
      'docs/packs.md',
      'docs/plan.schema.json',
      'docs/policies.md',
      'docs/report.schema.json',
    ]);
    for (const [path, text] of generated) expect(readFileSync(join(ROOT, path), 'utf8'), path).toBe(text);
  });
});

describe.each([...PAGES])('%s', (path, text) => {
  it('says what every block is', () => {
    const known = ['sh', 'yaml', 'text', 'js', 'json'];
    expect(blocksOf(text).filter(({ language }) => !known.includes(language))).toEqual([]);
  });

  it('has links that lead to a file and a heading', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => {
      if (/^https:/.test(link)) return false;
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      return !existsSync(join(ROOT, target)) || (anchor !== undefined && !anchorsOf(pageOf(target)).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  it('names scripts, flags and files that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
    const run = [...text.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name = '']) => name);
    expect(run.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
    const inline = inlineCodeIn(text);
    expect(flagsIn(text).filter((flag) => ![...OUR_FLAGS, ...FLAGS_OF_OTHERS].includes(flag))).toEqual([]);
    const files = inline.filter((code) =>
      /^(?:src|test|scripts|docs|bench|fuzz|soak|action|\.ci)\/[\w./-]+$/.test(code),
    );
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });

  it('is wrapped: prose at 100 columns, tables at 120', () => {
    const prose = text.replaceAll(/^ *```[\s\S]*?^ *```$/gm, '');
    const long = prose.split('\n').filter((line) => [...line].length > (/^ *\|/.test(line) ? 120 : 100));
    expect(long).toEqual([]);
  });
});

const inlineCodeIn = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

/** The flags of lockstep in the prose of a page: alone, or after a command. */
function flagsIn(text: string): readonly string[] {
  const starts = ['lockstep', ...COMMANDS.map(({ name }) => name)];
  const ours = inlineCodeIn(text).filter((code) => code.startsWith('--') || starts.includes(code.split(' ')[0] ?? ''));
  return ours.flatMap((code) => code.match(/(?<= |^)--[a-z-]+/g) ?? []);
}

const OUR_FLAGS = COMMANDS.flatMap(({ flags }) => flags.flatMap((flag) => flag.flags.match(/--[a-z-]+/g) ?? []));
/** Of commander, V8 and npm, where a page mentions them. */
const FLAGS_OF_OTHERS = ['--heap-growing-percent', '--ignore-scripts', '--strict', '--help', '--version'];

/** As GitHub makes them. */
function anchorsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

it('the pages name many flags, files and links, which the tests above have looked at', () => {
  const all = [...PAGES.values()].join('\n');
  expect(flagsIn(all).length).toBeGreaterThan(50);
  expect(all.match(/\]\([^)\s]+\)/g)?.length).toBeGreaterThan(50);
});

it('the README is one that is read: at most 200 lines', () => {
  expect(pageOf('README.md').split('\n').length).toBeLessThanOrEqual(200);
});

it('every page can be reached from the README', () => {
  const reached = new Set(['README.md']);
  // A set hands out what is added while it is walked.
  for (const page of reached) {
    for (const [, link = ''] of pageOf(page).matchAll(/\]\(([^)#\s]+\.md)(?:#[\w-]+)?\)/g)) {
      if (!link.startsWith('https:')) reached.add(join(dirname(page), link));
    }
  }
  expect([...PAGES.keys()].filter((page) => !reached.has(page))).toEqual([]);
});

it('the order is the one that the code has', () => {
  expect(pageOf('docs/how-it-works.md')).toContain(PHASES.join(' ──▶ '));
});

describe('commands', () => {
  const written = USER_PAGES.flatMap((page) => [
    ...blocksIn(page, 'sh').flatMap(commandsOf),
    ...blocksIn(page, 'text').flatMap(commandsWithin),
  ]);
  const distinct = [...new Map(written.map((words) => [words.join(' '), words]))];

  it('are on these pages', () => {
    const pages = USER_PAGES.filter((page) => blocksIn(page, 'sh').some((block) => commandsOf(block).length > 0));
    expect(pages.sort()).toEqual([
      'README.md',
      'docs/ci.md',
      'docs/cli.md',
      'docs/editor.md',
      'docs/packs.md',
      'docs/policies.md',
      'docs/setup.md',
    ]);
  });

  it.each(distinct)('lockstep %s is understood', (_, words) => {
    const [name, ...rest] = words;
    const silent = { write: () => true } as unknown as NodeJS.WriteStream;
    const command = programFor({ stdout: silent, stderr: silent }, () => {}).commands.find((it) => it.name() === name);
    expect(command, name).toBeDefined();
    expect(command?.parseOptions(rest).unknown).toEqual([]);
  });

  it('no others are in the shell blocks than those that are known here', () => {
    const words = USER_PAGES.flatMap((page) => blocksIn(page, 'sh')).flatMap(({ text }) =>
      text
        .trim()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    );
    expect([...new Set(words)].sort()).toEqual(['alias', 'cd', 'lockstep', 'mkdir', 'npm']);
  });
});

describe.each(USER_PAGES.filter((page) => blocksOf(pageOf(page)).some(({ language }) => /^(?:sh|js)$/.test(language))))(
  'run in order: %s',
  (page) => {
    const blocks = blocksOf(pageOf(page));
    const isSandbox = ({ text }: Block) => /^lockstep sandbox /m.test(text);
    /** Blocks that only need lockstep and a sandbox. The one that starts the sandbox runs next to the others. */
    const runnable = blocksIn(page, 'sh').filter((block) => !/^(?:npm|alias) /m.test(block.text) && !isSandbox(block));
    let folder: string;
    let sandbox: ReturnType<typeof start>;
    let channel: Server;

    beforeAll(async () => {
      folder = await realpath(await mkdtemp(join(tmpdir(), 'lockstep-docs-')));
      await cp(join(ROOT, 'examples'), join(folder, 'examples'), { recursive: true });
      // Nobody is there to answer when apply asks.
      const shim = `#!/bin/sh\nif [ "$1" = apply ]; then set -- "$@" --auto-approve; fi\nexec "${process.execPath}" "${CLI}" "$@"\n`;
      await writeFile(join(folder, 'lockstep'), shim);
      await chmod(join(folder, 'lockstep'), 0o755);

      // All pages are tried on the sandbox that the README starts.
      const [sandboxBlock, ...others] = blocksIn('README.md', 'sh').filter(isSandbox);
      expect(others).toEqual([]);
      const cwd = join(folder, /^cd (\S+)$/m.exec(sandboxBlock?.text ?? '')?.[1] ?? '');
      sandbox = start(commandsOf(sandboxBlock as Block)[0] ?? [], { cwd });
      const written = join(cwd, 'sandbox.env');
      await vi.waitFor(async () => expect(await readFile(written, 'utf8')).toMatch(/SECRET=.+\n$/), {
        timeout: 60_000,
        interval: 10,
      });
      // What a reader has by then: credentials of an own account, and after docs/setup.md the policies of it.
      await cp(written, join(folder, 'zoom.env'));
      if (!['README.md', 'docs/setup.md'].includes(page)) {
        await mkdir(join(folder, 'policies'));
        const { code, stdout } = await lockstep(['export', '--env-file', 'zoom.env'], { cwd: folder });
        expect(code).toBe(0);
        await writeFile(join(folder, 'policies/zoom.yaml'), stdout);
      }
      // The README says where its policy is to be saved; on the other pages it is the folder that one is in.
      const here = page === 'README.md' ? cwd : folder;
      for (const { file, text } of blocks) if (file !== undefined) await writeFile(join(here, file), text);
      channel = createServer((_, answer) => answer.end());
      await new Promise<void>((listening) => channel.listen(0, '127.0.0.1', listening));
    });
    afterAll(async () => {
      sandbox.child.kill('SIGINT');
      await sandbox.ended;
      channel.close();
      await rm(folder, { recursive: true, force: true });
    });

    let at = '.';
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
      const { port } = channel.address() as AddressInfo;
      const env = {
        PATH: [folder, process.env['PATH']].join(delimiter),
        LOCKSTEP_NOTIFY_URL: `http://127.0.0.1:${port}/`,
      };
      const cwd = join(folder, at);
      // A reader stays where a block went.
      at = /^cd (\S+)$/m.exec(text)?.[1] ?? at;
      return new Promise((resolve) => {
        execFile('bash', ['-c', `exec 2>&1\n${script.join('\n')}`], { cwd, env }, (error, output) =>
          resolve({ code: error === null ? 0 : Number(error.code), output }),
        );
      });
    }

    if (runnable.length > 0) {
      it.each(runnable.map((block) => [block.text.trim().split('\n').join('; '), block] as const))(
        '%s',
        async (_, block) => {
          const { code, output } = await shell(block);
          expect(code, output).toBe(0);
          const next = blocks[blocks.indexOf(block) + 1];
          const between = next?.before.replaceAll(/<!-- .*? -->/g, '').trim();
          if (next?.language === 'text' && between === '') expect(output).toBe(next.text);
        },
      );
    }

    const programs = blocks.filter(({ language }) => language === 'js');
    if (programs.length > 0) {
      it('the program runs as it stands', async () => {
        const [program, ...rest] = programs;
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
        const ran = await promisify(execFile)(process.execPath, ['program.mjs'], { cwd: folder, env: variables });
        expect(ran.stdout).toBe('0 plan 2 true\n');
      });
    }
  },
);

it('the outputs that follow a command are compared', () => {
  const compared = USER_PAGES.flatMap((page) => {
    const blocks = blocksOf(pageOf(page));
    return blocks.flatMap(({ language, before }, index) =>
      language === 'text' &&
      blocks[index - 1]?.language === 'sh' &&
      before.replaceAll(/<!-- .*? -->/g, '').trim() === ''
        ? [page]
        : [],
    );
  });
  expect(compared).toEqual(['README.md', 'docs/policies.md']);
});

/** Advice is for authors: an example says what it says, and may leave something unlocked. */
function expectSound({ code, stderr }: Ran): void {
  expect({ code, stderr: stderr.match(/^.*: (error|warning): .*$/m)?.[0] }).toEqual({ code: 0, stderr: undefined });
}

describe('policies', () => {
  const policies = USER_PAGES.flatMap((page) => blocksIn(page, 'yaml').map((block) => ({ page, ...block })));
  const named = policies.filter(({ file }) => file !== undefined);

  it('all of them are whole, and have a name', () => {
    expect(policies.filter(({ text, file }) => !/^(?:#.*\n)*version: 1\n/.test(text) || file === undefined)).toEqual(
      // A step of a workflow, which test/system/ci-examples.test.ts holds.
      policies.filter(({ page, text }) => page === 'docs/ci.md' && text.startsWith('- uses: ')),
    );
    expect(policies.length - named.length).toBe(1);
  });

  it.each(named.map(({ page, file }) => [page, file ?? ''] as const))('%s: %s validates', async (page, file) => {
    const folder = await mkdtemp(join(tmpdir(), 'lockstep-docs-'));
    try {
      for (const block of blocksIn(page, 'yaml')) await writeFile(join(folder, block.file ?? 'none'), block.text);
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
  const page = pageOf('docs/setup.md');
  const tableAfter = (head: string) =>
    new RegExp(`^\\| ${head} .*\\n\\|.*\\n((?:\\|.*\\n)+)`, 'm').exec(page)?.[1] ?? '';
  const rowsOf = (table: string) =>
    [...table.matchAll(/^\| [^|]+ \| `([a-z:_]+)` *\| `([a-z:_]+)` *\|(?: ([^|]+?) *\|)?$/gm)].map(
      ([, classic = '', granular = '', use = 'all']) => ({ classic, granular, use }),
    );
  const [reading, writing] = [tableAfter('To read'), tableAfter('To change')].map(rowsOf);

  it.each(['classic', 'granular'] as const)('those of the tables are enough, by their %s names', async (kind) => {
    expect([reading?.length, writing?.length]).toEqual([11, 7]);
    const named = (rows = reading ?? [], not = '') =>
      rows.filter(({ use }) => use !== not && use !== 'see below').map((row) => row[kind]);
    const listing = (reading ?? []).filter(({ use }) => use === 'see below').map((row) => row[kind]);
    const university = universityState();
    const stateWith = (scopes: string[]) => ({ ...university, credentials: { ...university.credentials, scopes } });
    const sandbox = await startSandbox({ state: stateWith(named()) });
    const cwd = await mkdtemp(join(tmpdir(), 'lockstep-docs-'));
    const policies = join(UNIVERSITY, 'policies');
    try {
      const run = (...argv: string[]) => lockstep([...argv, '--rate-plan', 'none'], { cwd, env: sandbox.env });
      const plan = await run('plan', policies, '--format', 'json');
      expect(JSON.parse(plan.stdout)).toMatchObject({ blocked: [], exitCode: 0 });
      sandbox.reset(stateWith([...named(reading, 'not `export`'), ...listing]));
      const exported = await run('export', '-t', 'account', '-t', 'group:*', '-t', 'user:d*');
      expect(exported).toMatchObject({ code: 0, stdout: expect.not.stringContaining('scope') });
      sandbox.reset(stateWith([...named(), ...named(writing)]));
      expect(await run('apply', policies, '--auto-approve')).toMatchObject({ code: 0 });
    } finally {
      await rm(cwd, { recursive: true });
      await sandbox.close();
    }
  });
});
