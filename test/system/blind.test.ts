/** What could not be read, matched or used is never green: every case through the built command line. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fault, type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { type Ended, lockstep, withFiles } from '../helpers/built.ts';
import { type Organisation, stateOf } from '../helpers/organisation.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ state: stateOf({}) });
});
afterAll(() => sandbox.close());

/** Runs one command line against an organisation, with faults. */
async function run(
  argv: readonly string[],
  files: Readonly<Record<string, string>>,
  organisation: Organisation = {},
  faults: readonly Fault[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  sandbox.reset(stateOf(organisation));
  sandbox.setFaults(faults);
  return withFiles(files, (cwd) => lockstep(argv, { cwd, env: { ...sandbox.env, ...env } }));
}

describe('a tag without a meaning is a problem, and drops nothing', () => {
  const account = (settings: string) => `version: 1\naccount: { settings: ${settings} }\n`;
  it.each([
    ['a value', account('{ in_meeting: { file_transfer: ! false } }'), '2:55'],
    ['a base', 'version: 1\nextends: ! pack:k12\n', '2:12'],
    ['a protected path', `${account('{ in_meeting: { chat: true } }')}protected: [! in_meeting]\n`, '3:15'],
    ['the version', `version: ! 1\n`, '1:12'],
  ])('before %s', async (_, text, place) => {
    const { code, stdout, stderr } = await run(['validate', 'p.yaml'], { 'p.yaml': text });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^p\\.yaml:${place}: error: the \`!\` before this value`, 'm'));
  });
});

describe('a listing that is cut short', () => {
  const groups = Object.fromEntries(Array.from({ length: 700 }, (_, at) => [`Group ${at}`, {}]));
  const policy = 'version: 1\ngroups: { "Group *": { settings: { in_meeting: { chat: false } } } }\n';
  it.each([
    ['plan', 'p.yaml'],
    ['drift', 'p.yaml'],
    ['check', 'p.yaml'],
    ['apply', 'p.yaml', '--auto-approve', '--max-targets', '1000'],
    ['export', '--target', 'group:*'],
  ])('is an error of %s, which sends nothing', async (...argv) => {
    const ended = await run(argv, { 'p.yaml': policy }, { groups }, [
      { do: 'lost-token', match: { path: '/groups?' } },
    ]);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('error: listing the groups: Zoom has 700 and sent 300');
    expect(sandbox.log().filter(({ method }) => method === 'PATCH')).toEqual([]);
  });

  it('of users is an error, too', async () => {
    const users = Object.fromEntries(Array.from({ length: 2100 }, (_, at) => [`u${at}@example.edu`, {}]));
    const argv = ['export', '--target', 'user:*'];
    const ended = await run(argv, {}, { users }, [{ do: 'lost-token', match: { path: '/users?' } }]);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain('error: listing the users: Zoom has 2100 and sent 2000');
  });
});
