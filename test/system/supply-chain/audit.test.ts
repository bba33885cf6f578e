/** What `npm run audit` makes of what a registry answers: npm is the real one, the registry a stand-in on loopback. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Advisory, knowing, withRegistry } from '../../helpers/registry.ts';
import { type ScriptEnded, script } from '../../helpers/scripts.ts';

/** What npm keeps and writes, apart from that of who runs the tests. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lockstep-audit-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function audit(url: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const npm = { npm_config_registry: url, npm_config_cache: folder, npm_config_userconfig: join(folder, 'npmrc') };
  return script('supply-chain/audit.ts', args, { HOME: folder, npm_config_update_notifier: 'false', ...npm, ...env });
}

/** The audit where the registry answers like this. */
function audited(answer: (response: ServerResponse) => void, args?: readonly string[]): Promise<ScriptEnded> {
  return withRegistry(answer, {}, (url) => audit(url, args));
}

/** Each test starts npm and a bundler, many at once. */
const PATIENCE = { timeout: 120_000 };

let ids = 0;
function advisory(severity: Advisory['severity'], title: string, vulnerable = '*'): Advisory {
  ids += 1;
  return { id: ids, url: `https://advisories.example/${ids}`, title, severity, vulnerable_versions: vulnerable };
}

/** The cells of each row. */
function rowsOf({ stdout }: ScriptEnded): readonly string[][] {
  const [table = ''] = stdout.split('\n\n');
  return table.split('\n').map((line) => line.split(/ {2,}/));
}

describe.concurrent('judged', PATIENCE, () => {
  it('from moderate on in the bundle and from high on elsewhere it fails, whatever npm is set to on this machine', async () => {
    const known = knowing({
      'decompress-response': [advisory('moderate', 'Slow'), advisory('low', 'Slightly slow')],
      vitest: [advisory('high', 'Runs what it should not'), advisory('moderate', 'Says too much')],
      saxes: [advisory('critical', '\u001b[2JGone\u202e', '<6.0.1')],
      yaml: [advisory('critical', 'Of another version', '<1')],
    });
    const less = { NODE_ENV: 'production', npm_config_offline: 'true', npm_config_package_lock: 'false' };
    const ended = await withRegistry(known, { saxes: ['6.0.0', '6.0.1'] }, (url) => audit(url, [], less));
    expect(ended.code, ended.stderr).toBe(1);
    expect(rowsOf(ended).map((row) => row.slice(0, -1))).toEqual([
      ['', 'package', 'severity', 'where', 'fixed by'],
      ['FAILS', 'decompress-response', 'moderate', 'shipped', 'none yet', 'Slow'],
      ['FAILS', 'saxes', 'critical', 'development', 'npm audit fix', '\\u001b[2JGone\\u202e'],
      ['FAILS', 'vitest', 'high', 'development', 'none yet', 'Runs what it should not'],
      ['', 'decompress-response', 'low', 'shipped', 'none yet', 'Slightly slow'],
      ['', 'vitest', 'moderate', 'development', 'none yet', 'Says too much'],
    ]);
    expect(ended.stdout).toMatch(/\naudit: 5 advisories, 3 to be dealt with\n$/);
  });

  it('below that it is shown and passes', async () => {
    const ended = await audited(knowing({ got: [advisory('low', 'Mild')], tsx: [advisory('moderate', 'Mild too')] }));
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(rowsOf(ended).map(([, name]) => name)).toEqual(['package', 'got', 'tsx']);
    expect(ended.stdout).toMatch(/audit: 2 advisories, 0 to be dealt with\n$/);
  });

  it('nothing known', async () => {
    const told = { code: 0, stdout: 'audit: 0 advisories, 0 to be dealt with\n', stderr: '' };
    expect(await audited(knowing({}), ['--strict'])).toEqual(told);
  });
});

describe.concurrent('not asked', PATIENCE, () => {
  const withoutAdvisories = (response: ServerResponse) => response.writeHead(405).end();
  const SAYS = /^audit: nothing was checked, the registry could not be asked: .+\n$/;

  it.each<[what: string, answer: (response: ServerResponse) => void, says: string]>([
    ['a mirror without advisories', withoutAdvisories, '405 Method Not Allowed'],
    ['a page of a proxy', (response) => response.end('<html>Sign in</html>'), 'invalid json'],
    ['a connection that breaks', (response) => response.destroy(), 'failed, reason'],
  ])('%s: one line, and it passes', async (_, answer, says) => {
    const ended = await audited(answer);
    expect(ended).toMatchObject({ code: 0, stdout: '' });
    expect(ended.stderr).toMatch(SAYS);
    expect(ended.stderr).toContain(says);
  });

  it('strictly it fails', async () => {
    const ended = await audited(withoutAdvisories, ['--strict']);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(SAYS);
  });

  it('nobody there', async () => {
    const gone = await withRegistry(withoutAdvisories, {}, async (url) => url);
    const ended = await audit(gone);
    expect(ended).toMatchObject({ code: 0, stdout: '' });
    expect(ended.stderr).toMatch(SAYS);
  });

  it('no answer: it waits as long as it was told to', async () => {
    const ended = await audited(() => undefined, ['--timeout', '1']);
    const stderr = 'audit: nothing was checked, the registry could not be asked: no answer in 1 s\n';
    expect(ended).toEqual({ code: 0, stdout: '', stderr });
  });
});

it('what npm itself cannot read is no clean result', PATIENCE, async () => {
  const ended = await audited((response) => response.end('{"got":5}'));
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toMatch(/^audit: .+\n$/);
});
