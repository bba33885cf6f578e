/** What the built command line makes of an `--env-file`: it is read right, or refused with its line. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { valueAt } from '../../src/util/json.ts';
import { CLI, lockstep, withFiles } from '../helpers/built.ts';
import { organisationOf, stateOf } from '../helpers/organisation.ts';

const POLICY = `version: 1
users:
  dean@example.edu: { settings: { schedule_meeting: { pmi_password: !env PASSCODE } } }
`;
const APPLY = ['apply', 'policy.yaml', '-y', '--settle', '0', '--rate-plan', 'none', '--env-file', 'zoom.env'];

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({
    state: stateOf({ users: { 'dean@example.edu': { settings: { schedule_meeting: { pmi_password: '1' } } } } }),
  });
});
afterAll(() => sandbox.close());

function connection(): string {
  return Object.entries(sandbox.env)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

function stored(): unknown {
  const user = organisationOf(sandbox.state()).users?.['dean@example.edu'] ?? {};
  return valueAt(user, ['settings', 'schedule_meeting', 'pmi_password']);
}

describe('what is sent is what is written', () => {
  it.each<[what: string, file: (connection: string) => string, value: string]>([
    ['a hash in a value', (rest) => `PASSCODE=Blue#Sky9\n${rest}`, 'Blue#Sky9'],
    ['a byte-order mark', (rest) => `\ufeffPASSCODE=abc123\n${rest}`, 'abc123'],
    ['line breaks of Windows', (rest) => `${rest}PASSCODE=abc124\n`.replaceAll('\n', '\r\n'), 'abc124'],
    ['quotes', (rest) => `${rest}export PASSCODE='#b "c$' # the passcode`, '#b "c$'],
  ])('%s', async (_, file, value) => {
    sandbox.reset();
    await withFiles({ 'policy.yaml': POLICY, 'zoom.env': file(connection()) }, async (cwd) => {
      expect(await lockstep(APPLY, { cwd })).toMatchObject({ code: 0 });
      expect(stored()).toBe(value);
    });
  });
});

describe('what could be read in two ways is refused with its line, and nothing is sent', () => {
  it.each<[what: string, first: string, message: string]>([
    ['no equals sign', 'SecretWord\nPASSCODE=abc123', 'zoom.env:1:1: there is no `=` in this line'],
    ['a comment after a value', 'PASSCODE=SecretWord #2', 'zoom.env:1:21: a `#` after a blank'],
    ['an open quote', 'PASSCODE="SecretWord\n', 'zoom.env:1:10: the quote is not closed'],
    ['a name set twice', 'PASSCODE=abc\nPASSCODE=SecretWord', 'zoom.env:2:1: PASSCODE is set in line 1 already'],
  ])('%s', async (_, first, message) => {
    sandbox.reset();
    await withFiles({ 'policy.yaml': POLICY, 'zoom.env': `${first}\n${connection()}` }, async (cwd) => {
      const ended = await lockstep(APPLY, { cwd });
      expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`--env-file ${message}`) });
      expect(ended.stderr).not.toContain('SecretWord');
      expect(sandbox.log()).toEqual([]);
    });
  });
});

describe.skipIf(process.platform === 'win32')('a pipe', () => {
  /** As a shell has it: `--env-file <(cat zoom.env)`. */
  async function piped(
    cwd: string,
    node: readonly string[],
    command = 'plan',
  ): Promise<{ code: number; stderr: string }> {
    const words = [command, 'policy.yaml', '--rate-plan', 'none'];
    const script = '"$@" --env-file <(cat zoom.env)';
    const child = spawn('bash', ['--norc', '-c', script, 'bash', process.execPath, ...node, CLI, ...words], {
      cwd,
      env: { PATH: process.env['PATH'] },
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.stdout.resume();
    const [code] = await once(child, 'close');
    return { code, stderr };
  }

  it('that Node has read before is refused', async () => {
    await withFiles({ 'policy.yaml': POLICY, 'zoom.env': `PASSCODE=1\n${connection()}` }, async (cwd) => {
      const ended = await piped(cwd, []);
      // A Node that leaves the arguments of a script alone leaves the pipe full.
      if (ended.code === 0) expect(Number(process.versions.node.split('.')[0])).toBeGreaterThan(20);
      else
        expect(ended).toMatchObject({ code: 1, stderr: expect.stringMatching(/is a pipe, and nothing is left in it/) });
    });
  });

  it.each(['plan', 'drift', 'check'])('that is full is read by %s', async (command) => {
    sandbox.reset();
    await withFiles({ 'policy.yaml': POLICY, 'zoom.env': `PASSCODE=1\n${connection()}` }, async (cwd) => {
      expect(await piped(cwd, ['--'], command)).toEqual({ code: 0, stderr: '' });
    });
  });
});

describe('validate', () => {
  it('takes the values from the file, and finds those that do not fit', async () => {
    const policy = 'version: 1\naccount: { settings: { in_meeting: { chat: !env CHAT } } }\n';
    const argv = ['validate', 'policy.yaml', '--env-file', 'zoom.env'];
    await withFiles({ 'policy.yaml': policy, 'zoom.env': 'CHAT=true\n' }, async (cwd) => {
      expect(await lockstep(argv, { cwd })).toMatchObject({ code: 0 });
    });
    await withFiles({ 'policy.yaml': policy, 'zoom.env': 'CHAT=SecretWord\n' }, async (cwd) => {
      const ended = await lockstep(argv, { cwd });
      expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('the value of the variable `CHAT`') });
      expect(ended.stderr).not.toContain('SecretWord');
    });
    await withFiles({ 'policy.yaml': policy, 'zoom.env': 'CHAT' }, async (cwd) => {
      expect(await lockstep(argv, { cwd })).toMatchObject({ code: 1, stderr: expect.stringContaining('zoom.env:1:1') });
    });
  });

  it.each([
    ['a file that is not UTF-8', Buffer.from('ff fe 41 00'.replaceAll(' ', ''), 'hex'), 'is not UTF-8 text'],
    ['a file that never ends', undefined, 'is larger than 1 MB'],
  ])('refuses %s', async (_, bytes, message) => {
    const file = bytes === undefined ? '/dev/zero' : 'zoom.env';
    await withFiles({ 'policy.yaml': 'version: 1\n', 'zoom.env': (bytes ?? '') as string }, async (cwd) => {
      // From a program: Node reads the file before the command line does, and would not end.
      const { validate } = await import('../../src/library.ts');
      await expect(validate({ cwd, policies: ['policy.yaml'], envFile: file })).rejects.toThrow(message);
    });
  });
});
