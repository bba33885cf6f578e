import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locksOf, settingsOf } from '../../src/catalog/lookup.ts';
import type { Setting } from '../../src/catalog/setting.ts';
import type { Scope } from '../../src/model/target.ts';
import { fullState, type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { isJsonObject, type JsonObject } from '../../src/util/json.ts';
import { lockstep } from '../helpers/host.ts';

/**
 * Zoom's own examples of PATCH bodies, values as in its documents and free text replaced. Written as a policy, each
 * validates, applies, and then plans empty. They switch everything on and so contradict themselves in places: `without`
 * says what is taken out, and why.
 */
const PMI = {
  'schedule_meeting.require_password_for_instant_meetings': 'Zoom keeps it off while instant meetings use the PMI',
};
const LICENCES = {
  'feature.zoom_events_unlimited': 'a user has one of the two licences for events',
  'feature.zoom_sessions_pay_per_attendee': 'a user pays per attendee in one of the two ways',
  'feature.zoom_whiteboard_plus': 'a user has one of the two whiteboard licences',
};
const WAITING_ROOM = { 'schedule_meeting.join_before_host': 'Zoom keeps it off while the waiting room is on' };

const EXAMPLES: {
  name: string;
  scope: Scope;
  section: 'settings' | 'lock_settings' | 'registration';
  without?: Record<string, string>;
}[] = [
  { name: 'account-settings-000', scope: 'account', section: 'settings', without: PMI },
  { name: 'account-settings-004', scope: 'account', section: 'settings', without: PMI },
  { name: 'group-settings', scope: 'group', section: 'settings', without: WAITING_ROOM },
  { name: 'group-lock-settings', scope: 'group', section: 'lock_settings' },
  { name: 'group-registration', scope: 'group', section: 'registration' },
  { name: 'user-settings', scope: 'user', section: 'settings', without: { ...PMI, ...WAITING_ROOM, ...LICENCES } },
];

const BODIES = join(import.meta.dirname, '../fixtures/seed-bodies');

/** Only what PATCH takes as a value: read-only fields and verbs are not for policies. */
function writable(
  body: JsonObject,
  known: ReadonlyMap<string, Setting>,
  without: readonly string[],
  prefix = '',
): JsonObject {
  return Object.fromEntries(
    Object.entries(body).flatMap(([key, value]): [string, JsonObject[string]][] => {
      const path = prefix === '' ? key : `${prefix}.${key}`;
      const setting = known.get(path);
      if (setting !== undefined)
        return setting.writable && setting.readable && !setting.verb && !without.includes(path) ? [[key, value]] : [];
      const inner = isJsonObject(value) ? writable(value, known, without, path) : {};
      return Object.keys(inner).length === 0 ? [] : [[key, inner]];
    }),
  );
}

describe.each(EXAMPLES)('$name', ({ name, scope, section, without = {} }) => {
  let cwd: string;
  let sandbox: Sandbox;
  beforeAll(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'lockstep-seed-'));
    sandbox = await startSandbox({ state: fullState({ groups: 1, users: 1 }), unknownFields: 'reject' });
    const body = JSON.parse(readFileSync(join(BODIES, `${name}.json`), 'utf8')) as JsonObject;
    const known = section === 'lock_settings' ? locksOf(scope) : settingsOf(scope);
    const kept = writable(body, known, Object.keys(without), section === 'registration' ? 'registration' : '');
    const state = sandbox.state();
    const entry = { [section]: kept };
    const place =
      scope === 'account'
        ? { account: entry }
        : scope === 'group'
          ? { groups: { [state.groups[0]?.name ?? '']: entry } }
          : { users: { [state.users[0]?.email ?? '']: entry } };
    writeFileSync(join(cwd, 'policy.yaml'), JSON.stringify({ version: 1, ...place }));
  });
  afterAll(async () => {
    rmSync(cwd, { recursive: true });
    await sandbox.close();
  });

  const run = (...argv: string[]) => lockstep([...argv, 'policy.yaml'], { cwd, env: sandbox.env });

  it('validates', async () => {
    const { code, stderr, stdout } = await run('validate');
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^Valid: 1 file, 1 target, \d+ managed values? (?:and|or) locks?\.\n$/);
  });

  it('applies, and then plans empty', async () => {
    const applied = await run('apply', '--auto-approve', '--allow-lossy', '--rate-plan', 'none');
    expect(
      applied.code,
      applied.stdout
        .split('\n')
        .filter((line) => !line.startsWith('applied'))
        .join('\n') + applied.stderr,
    ).toBe(0);
    const again = await run('plan', '--detailed-exitcode', '--rate-plan', 'none');
    expect(again.code, again.stdout).toBe(0);
  });
});
