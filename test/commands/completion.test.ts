/** `lockstep completion`: scripts that offer what the command line takes, tried in the shells that are there. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROGRAM_FLAGS, wordsOf } from '../../src/commands/completion/grammar.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { programFor } from '../../src/run.ts';
import { lockstep } from '../helpers/host.ts';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
const scripts = new Map<string, string>();
let cwd: string;

const has = (shell: string) => spawnSync(shell, ['--version']).status === 0;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'lockstep-completion-'));
  await mkdir(join(cwd, '.lockstep/runs'), { recursive: true });
  await mkdir(join(cwd, 'my policies'));
  await writeFile(join(cwd, '.lockstep/runs/2026-11-21-a.jsonl'), '');
  await writeFile(join(cwd, 'plan.json'), '');
  for (const shell of SHELLS) {
    const ran = await lockstep(['completion', shell], { cwd });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    scripts.set(shell, ran.stdout);
    await writeFile(join(cwd, `script.${shell}`), ran.stdout);
  }
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

it('knows just the flags that the parser knows', () => {
  const silent = { write: () => true } as unknown as NodeJS.WriteStream;
  const parsers = programFor({ stdout: silent, stderr: silent }, () => undefined).commands;
  const parsed = parsers.map((parser) => [
    parser.name(),
    ...parser.options.flatMap(({ short, long, required }) => [`${short ?? ''} ${long} ${required}`]),
  ]);
  const offered = wordsOf(COMMANDS, []).map(({ name, flags }) => [
    name,
    ...flags.flatMap(({ names, value }) => {
      const [long = '', short = ''] = [...names].reverse();
      return long === '--help' ? [] : [`${short} ${long} ${value !== undefined}`];
    }),
  ]);
  expect(offered.filter(([name]) => name !== 'help')).toEqual(parsed);
});

it.each(SHELLS)('%s: all commands, flags and choices are in it', (shell) => {
  const script = scripts.get(shell) ?? '';
  for (const { name, flags } of [...wordsOf(COMMANDS, ['k12']), { name: 'help', flags: PROGRAM_FLAGS }]) {
    expect(script).toContain(name);
    for (const { names, value } of flags) {
      const long = names.at(-1) ?? '';
      expect(script).toContain(shell === 'fish' ? ` -l ${long.slice(2)}` : long);
      if (value?.offer.kind !== 'words') continue;
      for (const word of value.offer.words) expect(script).toContain(shell === 'zsh' ? word.replace(':', '\\:') : word);
    }
  }
  expect(script).toContain('pack:k12'.replace(':', shell === 'zsh' ? '\\:' : ':'));
});

it('an unknown shell is an error that names those there are', async () => {
  const ran = await lockstep(['completion', 'tcsh'], { cwd });
  expect(ran).toMatchObject({ code: 1, stdout: '' });
  expect(ran.stderr).toContain('Allowed choices are bash, zsh, fish.');
});

/** What is offered for a line whose last word is being typed; bash's own word breaks are what a terminal has. */
const LINES: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['lockstep pl', ['plan']],
  ['lockstep --v', ['--version']],
  ['lockstep help che', ['check']],
  ['lockstep completion ', ['bash', 'zsh', 'fish']],
  ['lockstep plan --det', ['--detailed-exitcode']],
  ['lockstep plan --rate-plan ', ['free', 'pro', 'business', 'none']],
  ['lockstep plan --rate-plan b', ['business']],
  ['lockstep plan --format=ma', ['markdown']],
  ['lockstep plan --fail-on we', ['weakening']],
  ['lockstep plan -t gr', ['group:']],
  ['lockstep plan --report ht', ['html=']],
  ['lockstep plan --report json=pl', ['plan.json']],
  ['lockstep plan --report=json=pl', ['plan.json']],
  ['lockstep apply --plan pl', ['plan.json']],
  ['lockstep plan --quiet my', ['my policies']],
  ['lockstep check pack:k', ['k12']],
  ['lockstep check plan.json pack:k', ['k12']],
  ['lockstep init --pack k', ['k12']],
  ['lockstep init my', ['my policies']],
  ['lockstep rollback ', ['2026-11-21-a']],
  ['lockstep drift --account ', []],
  ['lockstep runs ', []],
  ['lockstep nonsense ', []],
];

describe.skipIf(!has('bash'))('bash', () => {
  it('reads the script, and without a complaint', async () => {
    const { stderr } = await promisify(execFile)('bash', ['-n', 'script.bash'], { cwd });
    expect(stderr).toBe('');
  });

  async function offered(line: string, breaks: string): Promise<readonly string[]> {
    const script = `source script.bash
complete -p lockstep >/dev/null || exit 9
COMP_WORDBREAKS=$2 COMP_LINE=$1 COMP_POINT=\${#1}
_lockstep
printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-c', script, 'bash', line, breaks], {
      cwd,
    });
    // Outside of a completion under way there are no options to change, which is no fault of the script.
    expect(stderr).toBe('');
    return stdout.split('\n').filter(Boolean);
  }

  it.each(LINES)('%s', async (line, expected) => {
    expect(await offered(line, ' \t\n"\'@><=;|&(:')).toEqual(expected);
    // Where a terminal does not cut at these, the whole word has to be given back.
    const word = line.slice(line.lastIndexOf(' ') + 1);
    const head = word.slice(0, 1 + Math.max(word.lastIndexOf('='), word.lastIndexOf(':')));
    const whole = expected.map((text) => `${head}${text}`);
    expect(await offered(line, ' \t\n')).toEqual(whole);
  });

  it('offers commands, and flags once a dash is typed', async () => {
    const names = [...COMMANDS.map(({ name }) => name), 'help'];
    expect(await offered('lockstep ', ' ')).toEqual(names);
    expect(await offered('lockstep -', ' ')).toEqual(PROGRAM_FLAGS.flatMap((flag) => flag.names));
  });
});

describe.skipIf(!has('zsh'))('zsh', () => {
  it('reads the script', () => {
    expect(spawnSync('zsh', ['-n', 'script.zsh'], { cwd, encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});

describe.skipIf(!has('fish'))('fish', () => {
  it('reads the script', () => {
    const ended = spawnSync('fish', ['--no-execute', 'script.fish'], { cwd, encoding: 'utf8' });
    expect(ended).toMatchObject({ status: 0, stderr: '' });
  });

  it.each(LINES.filter(([line]) => !/[=:]|nonsense/.test(line)))('%s', async (line, expected) => {
    const { stdout } = await promisify(execFile)(
      'fish',
      ['-c', `source script.fish; complete -C ${JSON.stringify(line)}`],
      {
        cwd,
      },
    );
    const words = stdout.split('\n').flatMap((row) => row.split('\t')[0]?.replace(/\/$/, '') || []);
    expect(words).toEqual(expect.arrayContaining([...expected]));
  });
});
