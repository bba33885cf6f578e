/**
 * Changes that Zoom takes and that do not come to be: what a run says of each, whether Zoom ignores a locked value or
 * refuses it.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { targetLabel } from '../../src/model/target.ts';
import { type Fault, type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { lockstep } from '../helpers/host.ts';
import { shown, stored } from '../helpers/oracle.ts';
import { type Organisation, type SandboxBehaviour, stateOf } from '../helpers/organisation.ts';

type Told = readonly [change: string, status: string, reason: string, because: RegExp];

interface Case {
  readonly name: string;
  readonly policy: string;
  readonly zoom: Organisation;
  readonly flags?: readonly string[];
  /** While apply runs. */
  readonly faults?: readonly Fault[];
  /** Done by somebody else after the plan was saved; apply is then of that plan. */
  readonly between?: (sandbox: Sandbox) => void;
  /** All that did not get through. */
  readonly told: readonly Told[];
  /** Where Zoom refuses what is locked, and that is told otherwise. */
  readonly toldOfRefusal?: readonly Told[];
}

const settings = (in_meeting: Record<string, boolean>) => ({ settings: { in_meeting } });
const locks = (in_meeting: Record<string, boolean>) => ({ lock_settings: { in_meeting } });

const STUDENTS = `version: 1
groups:
  Students: { settings: { in_meeting: { chat: false, polling: false } } }
`;
const MEMBER = `version: 1
users:
  dean@example.edu: { settings: { in_meeting: { chat: false, polling: false } } }
`;
const STUDENT_GROUP: Organisation = {
  account: { ...settings({ chat: true, polling: true }), ...locks({ chat: false, polling: false }) },
  groups: { Students: { ...settings({ chat: true, polling: true }), ...locks({ chat: false, polling: false }) } },
};
const ONE_MEMBER: Organisation = {
  ...STUDENT_GROUP,
  users: { 'dean@example.edu': settings({ chat: true, polling: true }) },
  members: { 'dean@example.edu': ['Students'] },
};
/** The account has locked what it has, and its locks cannot be read. */
const LOCKED: Organisation = {
  ...STUDENT_GROUP,
  account: { ...settings({ chat: true, polling: true }), ...locks({ chat: true, polling: false }) },
};

const lacksScope = (times: number): Fault => ({
  do: 'refuse',
  status: 400,
  code: 4711,
  message: 'Invalid access token, does not contain scopes:[account:read:lock_settings:master].',
  match: { method: 'GET', path: '/accounts/me/lock_settings', nth: 1, times },
});
const lockChat = (target: string) => (sandbox: Sandbox) =>
  sandbox.act({ target, document: 'lock_settings', body: { in_meeting: { chat: true } } });

const CASES: readonly Case[] = [
  {
    name: 'locked by the account since the plan was saved',
    policy: STUDENTS,
    zoom: STUDENT_GROUP,
    between: lockChat('account'),
    told: [
      [
        'group:Students set in_meeting.chat',
        'ineffective',
        'locked-above',
        /^the account locks it \(in_meeting\.chat\)/,
      ],
    ],
  },
  {
    name: 'locked by a group of the user since the plan was saved',
    policy: MEMBER,
    zoom: ONE_MEMBER,
    between: lockChat('group:Students'),
    told: [
      [
        'user:dean@example.edu set in_meeting.chat',
        'ineffective',
        'locked-above',
        /^the group .*id-of-0.* locks it \(in_meeting\.chat\)/,
      ],
    ],
  },
  {
    name: "locked by a group whose lock the account's hid until this run took that off",
    policy: `version: 1
account: { lock_settings: { in_meeting: { chat: false } } }
users:
  dean@example.edu: { settings: { in_meeting: { chat: false, polling: false } } }
`,
    zoom: {
      ...ONE_MEMBER,
      account: { ...settings({ chat: true, polling: true }), ...locks({ chat: true, polling: false }) },
      groups: { Students: { ...settings({ chat: true, polling: true }), ...locks({ chat: true, polling: false }) } },
    },
    told: [
      ['user:dean@example.edu set in_meeting.chat', 'ineffective', 'locked-above', /^the group .*id-of-0.* locks it/],
    ],
  },
  {
    name: 'locked by the account, whose locks could not be read for the plan and were assumed to be off',
    policy: STUDENTS,
    zoom: LOCKED,
    flags: ['--assume-unlocked'],
    faults: [lacksScope(1)],
    told: [
      [
        'group:Students set in_meeting.chat',
        'ineffective',
        'locked-above',
        /^the account locks it \(in_meeting\.chat\)/,
      ],
    ],
  },
  {
    name: 'locked by the account, whose locks cannot be read at all',
    policy: STUDENTS,
    zoom: LOCKED,
    flags: ['--assume-unlocked'],
    faults: [lacksScope(99)],
    told: [
      ['group:Students set in_meeting.chat', 'ineffective', 'unknown', /whether it is locked above could not be read/],
    ],
    // Zoom says so itself, and that is all that is known.
    toldOfRefusal: [
      ['group:Students set in_meeting.chat', 'failed', '', /^This setting is locked: in_meeting\.chat\.$/],
    ],
  },
  {
    name: 'coupled with a setting of a document that nobody had a reason to read',
    policy: `version: 1
account: { settings: { schedule_meeting: { join_before_host: !locked true, host_video: true } } }
`,
    zoom: {
      account: {
        settings: { schedule_meeting: { join_before_host: false, jbh_time: 0, host_video: false } },
        lock_settings: { schedule_meeting: { join_before_host: false, host_video: false } },
        'settings?option=meeting_security': { meeting_security: { waiting_room: true } },
      },
    },
    told: [
      [
        'account set schedule_meeting.join_before_host',
        'ineffective',
        'coupled',
        /^coupled with meeting_security\.waiting_room: a waiting room turns/,
      ],
      [
        'account lock schedule_meeting.join_before_host',
        'notAttempted',
        '',
        /^it builds on "set account default", which did not get through$/,
      ],
    ],
  },
  {
    name: 'coupled with a setting that somebody changed since the plan was saved',
    policy: `version: 1
account: { settings: { schedule_meeting: { join_before_host: true, host_video: true } } }
`,
    zoom: {
      account: {
        settings: { schedule_meeting: { join_before_host: false, jbh_time: 0, host_video: false } },
        'settings?option=meeting_security': {
          meeting_security: { waiting_room: false, encryption_type: 'enhanced_encryption' },
        },
      },
    },
    between: (sandbox) =>
      sandbox.act({
        target: 'account',
        document: 'settings?option=meeting_security',
        body: { meeting_security: { encryption_type: 'e2ee' } },
      }),
    told: [
      [
        'account set schedule_meeting.join_before_host',
        'ineffective',
        'coupled',
        /^coupled with meeting_security\.encryption_type: /,
      ],
    ],
  },
  {
    name: 'not offered: what only Zoom can grant',
    policy: `version: 1
account: { settings: { recording: { archive: { enable: true } } } }
`,
    zoom: { account: { settings: { recording: { archive: { enable: false } } } } },
    faults: [{ do: 'ignore-write', match: { method: 'PATCH' } }],
    told: [
      [
        'account set recording.archive.enable',
        'ineffective',
        'not-offered',
        /support has to grant archiving to the account/,
      ],
    ],
  },
  {
    name: 'not offered: what a switch was to bring and did not',
    policy: `version: 1
account: { settings: { recording: { auto_delete_cmr: true, auto_delete_cmr_days: 30 } } }
`,
    zoom: { account: { settings: { recording: { cloud_recording: true, auto_delete_cmr: false } } } },
    flags: ['--allow-lossy'],
    faults: [{ do: 'ignore-write', match: { method: 'PATCH' } }],
    told: [
      ['account set recording.auto_delete_cmr', 'ineffective', 'unknown', /nothing known explains it$/],
      ['account set recording.auto_delete_cmr_days', 'ineffective', 'not-offered', /does not list it/],
    ],
  },
  {
    name: 'unreadable: it could not be read back',
    policy: `version: 1
account: { settings: { in_meeting: { chat: !locked false } } }
`,
    zoom: { account: STUDENT_GROUP.account ?? {} },
    faults: [
      {
        do: 'refuse',
        status: 400,
        code: 300,
        message: 'not today',
        match: { method: 'GET', path: '/accounts/me/settings', nth: 2, times: 99 },
      },
    ],
    told: [
      ['account set in_meeting.chat', 'ineffective', 'unreadable', /^could not be read back: .*not today/],
      ['account lock in_meeting.chat', 'notAttempted', '', /did not get through$/],
    ],
  },
  {
    name: 'unknown: nothing explains it',
    policy: `version: 1
account: { settings: { in_meeting: { chat: !locked false } } }
groups:
  Students: { settings: { in_meeting: { chat: false } } }
`,
    zoom: STUDENT_GROUP,
    faults: [{ do: 'ignore-write', match: { method: 'PATCH', path: '/accounts/me/settings' } }],
    told: [
      [
        'account set in_meeting.chat',
        'ineffective',
        'unknown',
        /^Zoom took the request and kept another value, and nothing known explains it$/,
      ],
      ['account lock in_meeting.chat', 'notAttempted', '', /did not get through$/],
    ],
  },
  {
    name: 'unknown: a lock that does not come',
    policy: `version: 1
account: { lock_settings: { in_meeting: { chat: true } } }
`,
    zoom: { account: STUDENT_GROUP.account ?? {} },
    faults: [{ do: 'ignore-write', match: { method: 'PATCH' } }],
    told: [['account lock in_meeting.chat', 'ineffective', 'unknown', /nothing known explains it$/]],
  },
];

interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly after: ReturnType<Sandbox['state']>;
}

async function play(
  { policy, zoom, flags = [], faults = [], between }: Case,
  behaviour: SandboxBehaviour,
  ...more: string[]
): Promise<Ended> {
  const cwd = mkdtempSync(join(tmpdir(), 'lockstep-ineffective-'));
  const sandbox = await startSandbox({ state: stateOf(zoom), ...behaviour });
  const run = (...argv: string[]) => lockstep([...argv, '--rate-plan', 'none'], { cwd, env: sandbox.env });
  try {
    writeFileSync(join(cwd, 'policy.yaml'), policy);
    if (between !== undefined) {
      const planned = await run('plan', 'policy.yaml', '--out', 'plan.json');
      expect(planned.code, planned.stderr).toBe(0);
      between(sandbox);
    }
    sandbox.setFaults(faults);
    const what = between === undefined ? ['policy.yaml', ...flags] : ['--plan', 'plan.json', ...flags];
    const ended = await run('apply', ...what, '--auto-approve', '--settle', '0', ...more);
    return { ...ended, after: sandbox.state() };
  } finally {
    rmSync(cwd, { recursive: true });
    await sandbox.close();
  }
}

interface Result {
  readonly status: string;
  readonly change: { readonly target: Parameters<typeof targetLabel>[0]; readonly kind: string; readonly path: string };
  readonly reason?: string;
  readonly because?: string;
  readonly refusal?: { readonly message: string };
}

interface Report {
  readonly exitCode: number;
  readonly results: readonly Result[];
  readonly remaining: readonly unknown[];
}

const nameOf = ({ change: { target, kind, path } }: Result) => `${targetLabel(target)} ${kind} ${path}`;

const LABELS: Readonly<Record<string, string>> = {
  ineffective: 'ineffective',
  failed: 'failed',
  notAttempted: 'not attempted',
};

describe.each(['silent', 'reject'] as const)('a locked value that Zoom answers with: %s', (lockedWrite) => {
  it.each(CASES)('$name', async (entry) => {
    const told = (lockedWrite === 'reject' ? entry.toldOfRefusal : undefined) ?? entry.told;
    const { code, stdout, stderr } = await play(entry, { lockedWrite }, '--format', 'json');
    expect(code, stdout + stderr).toBe(4);
    const { exitCode, results, remaining } = JSON.parse(stdout) as Report;
    expect(exitCode).toBe(4);
    const open = results.filter(({ status }) => status !== 'applied');
    expect(open.map((result) => [nameOf(result), result.status, result.reason ?? ''])).toEqual(
      told.map(([change, status, reason]) => [change, status, reason]),
    );
    for (const [index, [, , , because]] of told.entries()) {
      expect(open[index]?.because ?? open[index]?.refusal?.message).toMatch(because);
    }
    expect(remaining).toHaveLength(told.length);
  });

  it.each(CASES)('$name: for people', async (entry) => {
    const told = (lockedWrite === 'reject' ? entry.toldOfRefusal : undefined) ?? entry.told;
    const { code, stdout } = await play(entry, { lockedWrite });
    expect(code, stdout).toBe(4);
    const lines = stdout.split('\n');
    for (const [change, status, reason] of told) {
      const [target, kind, path] = change.split(' ');
      const what = `${target} ${kind === 'set' ? '' : `${kind} `}${path}`;
      const label = LABELS[status] ?? '-';
      const isRow = (line: string) => line.startsWith(label) && line.includes(what);
      // A lock that is in the row of its value.
      const isInRow = (line: string) => line.includes(`${target} ${path} `) && line.includes(`+ lock  (${label})`);
      const at = lines.findIndex((line) => isRow(line) || (kind === 'lock' && isInRow(line)));
      expect(at, `${status} ${what}\n${stdout}`).toBeGreaterThanOrEqual(0);
      const notes = lines.slice(at + 1, at + 1 + lines.slice(at + 1).findIndex((line) => !line.startsWith('  ')));
      expect(notes.join('\n')).toContain(reason);
    }
    expect(stdout).toContain('Zoom does not match the policies yet.');
  });
});

it.each(CASES.filter(({ toldOfRefusal }) => toldOfRefusal === undefined))(
  'leaves the same Zoom, ignoring or refusing: $name',
  async (entry) => {
    const [silent, reject] = [
      await play(entry, { lockedWrite: 'silent' }),
      await play(entry, { lockedWrite: 'reject' }),
    ];
    expect(reject.after).toEqual(silent.after);
  },
);

describe('what must not be told', () => {
  const JOINING = { schedule_meeting: { join_before_host: false, host_video: false } };
  const POLLING = settings({ polling: true });
  const cases: readonly (Pick<Case, 'name' | 'policy' | 'zoom' | 'flags'> & {
    readonly behaviour?: SandboxBehaviour;
  })[] = [
    {
      name: 'a lock that is held back with its value differs after the run, where another lock of its document goes',
      policy: `version: 1
groups:
  Students: { settings: { schedule_meeting: { join_before_host: !locked true, host_video: !locked true } } }
`,
      zoom: {
        account: { lock_settings: JOINING },
        groups: {
          Students: { settings: { ...JOINING, in_meeting: { waiting_room: true } }, lock_settings: JOINING },
        },
      },
      flags: ['--allow-blocked'],
    },
    {
      name: "a member's value is blocked by a group's lock to come, where the account's lock to come makes it right",
      policy: `version: 1
account: { settings: { in_meeting: { polling: !locked false } } }
groups: { Students: { lock_settings: { in_meeting: { polling: true } } } }
users: { dean@example.edu: { settings: { in_meeting: { polling: false } } } }
`,
      zoom: {
        account: { ...POLLING, ...locks({ polling: false }) },
        groups: { Students: { ...POLLING, ...locks({ polling: false }) } },
        users: { 'dean@example.edu': POLLING },
        members: { 'dean@example.edu': ['Students'] },
      },
    },
    {
      name: 'a value is ineffective that reads right, because the lock that refused it holds the same value',
      policy: `version: 1
groups: { Staff: { lock_settings: { in_meeting: { polling: false } } } }
users: { dean@example.edu: { settings: { in_meeting: { polling: false } } } }
`,
      zoom: {
        account: locks({ polling: false }),
        groups: {
          Staff: { ...POLLING, ...locks({ polling: true }) },
          Students: { ...settings({ polling: false }), ...locks({ polling: true }) },
        },
        users: { 'dean@example.edu': POLLING },
        members: { 'dean@example.edu': ['Staff', 'Students'] },
      },
      behaviour: { lockedWrite: 'reject' },
    },
  ];

  it.each(cases)('$name', async ({ behaviour = {}, ...entry }) => {
    const { code, stdout, stderr } = await play({ ...entry, told: [] }, behaviour);
    expect(code, stdout + stderr).toBe(0);
  });

  it("that a member's value fails under a group's lock, where the account's lock to come makes it right", async () => {
    const entry: Case = {
      name: '',
      policy: `version: 1
account: { settings: { in_meeting: { polling: !locked false } } }
users: { dean@example.edu: { settings: { in_meeting: { polling: false } } } }
`,
      zoom: {
        account: { ...POLLING, ...locks({ polling: false }) },
        groups: { Students: { ...POLLING, ...locks({ polling: true }) } },
        users: { 'dean@example.edu': POLLING },
        members: { 'dean@example.edu': ['Students'] },
      },
      told: [],
    };
    const { code, stdout, stderr } = await play(entry, {});
    expect(code, stdout + stderr).toBe(0);
  });

  // Membership that cannot be read is taken for none, and the lock that this run sends freezes the other value.
  it("that all is well, where a user's groups could not be read and the lock of one of them came over another value", async () => {
    const entry: Case = {
      name: '',
      policy: `version: 1
groups: { Students: { lock_settings: { in_meeting: { polling: true } } } }
users: { dean@example.edu: { settings: { in_meeting: { polling: false } } } }
`,
      zoom: {
        account: locks({ polling: false }),
        groups: { Students: { ...POLLING, ...locks({ polling: false }) } },
        users: { 'dean@example.edu': POLLING },
        members: { 'dean@example.edu': ['Students'] },
      },
      // The first such request is for the settings.
      faults: [
        {
          do: 'refuse',
          status: 403,
          code: 200,
          message: 'no permission',
          match: { method: 'GET', path: '/users/dean%40example.edu', nth: 2, times: 1 },
        },
      ],
      told: [],
    };
    const { code, stdout, after } = await play(entry, {});
    const reads = shown(after)['user:dean@example.edu']?.['settings'];
    expect({ code, reads }, stdout).not.toEqual({ code: 0, reads: { in_meeting: { polling: true } } });
  });

  describe('that what was set below is in force again, where it was overwritten', () => {
    const captions = (save_captions: boolean, allow_to_type = false) => ({
      settings: { in_meeting: { manual_captioning: { save_captions, allow_to_type } } },
    });
    /** What is sent beside `allow_to_type` reads as the lock above has it, until that lock goes. */
    const entry: Case = {
      name: '',
      policy: `version: 1
account: { lock_settings: { in_meeting: { save_captions: false } } }
groups: { Students: { settings: { in_meeting: { manual_captioning: { allow_to_type: true } } } } }
`,
      zoom: {
        account: { ...captions(false), ...locks({ save_captions: true }) },
        groups: { Students: { ...captions(true), ...locks({ save_captions: false }) } },
      },
      told: [],
    };
    const OF_A_GROUP: Case = {
      ...entry,
      policy: `version: 1
groups: { Students: { lock_settings: { in_meeting: { save_captions: false } } } }
users: { dean@example.edu: { settings: { in_meeting: { manual_captioning: { allow_to_type: true } } } } }
`,
      zoom: {
        account: { ...captions(false), ...locks({ save_captions: false }) },
        groups: { Students: { ...captions(false), ...locks({ save_captions: true }) } },
        users: { 'dean@example.edu': captions(true) },
        members: { 'dean@example.edu': ['Students'] },
      },
    };

    it.each(
      (['merge', 'replace'] as const).flatMap((nestedObjects) =>
        (['silent', 'reject'] as const).flatMap((lockedWrite) => [
          ['of the account', 'group:Students', entry, { nestedObjects, lockedWrite }] as const,
          ['of a group', 'user:dean@example.edu', OF_A_GROUP, { nestedObjects, lockedWrite }] as const,
        ]),
      ),
    )('by a lock %s: %s', async (_, label, lifted, behaviour) => {
      const { code, stdout, after } = await play(lifted, behaviour);
      expect(code, stdout).toBe(0);
      expect(stdout).toContain('what was set below before the lock came is in force again');
      expect(stored(after)[label]?.['settings']).toEqual(captions(true, true).settings);
    });

    it('by a plan that was saved before', async () => {
      const { code, stdout, after } = await play({ ...entry, between: () => {} }, { nestedObjects: 'replace' });
      expect(code, stdout).toBe(0);
      expect(stored(after)['group:Students']?.['settings']).toEqual(captions(true, true).settings);
    });

    it('by what goes without a value that was to go with it, because nobody knows whether the lock went', async () => {
      const path = '/accounts/me/lock_settings';
      const refuse = { do: 'refuse', status: 400, code: 300, message: 'not today' } as const;
      const { code, stdout, after } = await play(
        {
          ...entry,
          policy: entry.policy.replace('allow_to_type: true', 'allow_to_type: true, save_captions: false'),
          faults: [
            { do: 'reset-after', match: { method: 'PATCH', path, nth: 1 } },
            { ...refuse, match: { method: 'PATCH', path, nth: 2, times: 9 } },
            { ...refuse, match: { method: 'GET', path, nth: 2, times: 9 } },
          ],
        },
        {},
      );
      expect(code, stdout).toBe(4);
      expect(stored(after)['account']?.['lock_settings']).toEqual(locks({ save_captions: false }).lock_settings);
      expect(stored(after)['group:Students']?.['settings']).toEqual(captions(true, true).settings);
    });

    it('because what is hidden could not be read: then nothing of that object is sent', async () => {
      const faults: readonly Fault[] = [
        {
          do: 'refuse',
          status: 400,
          code: 300,
          message: 'not today',
          match: { method: 'GET', path: '/groups/id-of-0/settings', nth: 2, times: 9 },
        },
      ];
      const { code, stdout, after } = await play({ ...entry, faults }, {});
      expect(code, stdout).toBe(4);
      expect(stdout).toMatch(/it was not sent, because what goes with it could not be read: .*not today/);
      expect(stored(after)['group:Students']?.['settings']).toEqual(captions(true).settings);
    });
  });

  it.each([
    { nestedObjects: 'merge', lockedWrite: 'silent' },
    { nestedObjects: 'merge', lockedWrite: 'reject' },
    { nestedObjects: 'replace', lockedWrite: 'silent' },
    { nestedObjects: 'replace', lockedWrite: 'reject' },
  ] as const)('that a value fails because of a lock over what is beside it: %j', async (behaviour) => {
    const captions = (save_captions: boolean, allow_to_type: boolean) => ({
      settings: { in_meeting: { manual_captioning: { save_captions, allow_to_type } } },
    });
    const entry: Case = {
      name: '',
      policy: `version: 1
groups: { Students: { settings: { in_meeting: { manual_captioning: { allow_to_type: true } } } } }
`,
      zoom: {
        account: { ...captions(false, false), ...locks({ save_captions: true }) },
        groups: { Students: { ...captions(true, false), ...locks({ save_captions: false }) } },
      },
      told: [],
    };
    const { code, stdout, after } = await play(entry, behaviour);
    expect(code, stdout).toBe(0);
    expect(stored(after)['group:Students']?.['settings']).toEqual(captions(true, true).settings);
  });

  describe('an undo is refused because of a lock of a group', () => {
    it.each<[what: string, zoom: Organisation, policy: string]>([
      [
        'that the lock of the account to come covers',
        {
          account: { ...settings({ polling: false }), ...locks({ polling: true }) },
          groups: { Students: { ...POLLING, ...locks({ polling: false }) } },
          users: { 'dean@example.edu': settings({ polling: false }) },
          members: { 'dean@example.edu': ['Students'] },
        },
        `version: 1
account: { lock_settings: { in_meeting: { polling: false } } }
groups: { Students: { lock_settings: { in_meeting: { polling: false } } } }
users: { dean@example.edu: { settings: { in_meeting: { polling: true } } } }
`,
      ],
      [
        'that the lock of another group to come back outranks, as it did before',
        {
          account: locks({ polling: false }),
          groups: {
            Staff: { ...POLLING, ...locks({ polling: true }) },
            Students: { ...settings({ polling: false }), ...locks({ polling: true }) },
          },
          users: { 'dean@example.edu': POLLING },
          members: { 'dean@example.edu': ['Staff', 'Students'] },
        },
        `version: 1
groups: { Staff: { lock_settings: { in_meeting: { polling: false } } } }
users: { dean@example.edu: { settings: { in_meeting: { polling: false } } } }
`,
      ],
    ])('%s', async (_, zoom, policy) => {
      const cwd = mkdtempSync(join(tmpdir(), 'lockstep-ineffective-'));
      const state = stateOf(zoom);
      const sandbox = await startSandbox({ state });
      const run = (...argv: string[]) =>
        lockstep([...argv, '--auto-approve', '--rate-plan', 'none'], { cwd, env: sandbox.env });
      try {
        writeFileSync(join(cwd, 'policy.yaml'), policy);
        const applied = await run('apply', 'policy.yaml', '--format', 'json');
        expect(applied.code, applied.stdout + applied.stderr).toBe(0);
        const { run: id } = JSON.parse(applied.stdout) as { run: string };
        const back = await run('rollback', id);
        expect(back.code, back.stdout + back.stderr).toBe(0);
        expect(shown(sandbox.state())).toEqual(shown(state));
      } finally {
        rmSync(cwd, { recursive: true });
        await sandbox.close();
      }
    });
  });

  it('that nothing is left to do for good, where a lock of a group failed and the one of the account hides it', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'lockstep-ineffective-'));
    const sandbox = await startSandbox({
      state: stateOf({
        account: { ...POLLING, ...locks({ polling: false }) },
        groups: { Students: { ...POLLING, ...locks({ polling: false }) } },
      }),
    });
    const apply = (account: boolean) => {
      writeFileSync(
        join(cwd, 'policy.yaml'),
        `version: 1
account: { lock_settings: { in_meeting: { polling: ${account} } } }
groups: { Students: { lock_settings: { in_meeting: { polling: true } } } }
`,
      );
      return lockstep(['apply', 'policy.yaml', '--auto-approve', '--rate-plan', 'none'], { cwd, env: sandbox.env });
    };
    const locked = () =>
      ['account', 'group:Students'].map((label) => stored(sandbox.state())[label]?.['lock_settings']);
    try {
      const match = { method: 'PATCH', path: '/groups/id-of-0/lock_settings', times: 9 };
      sandbox.setFaults([{ do: 'refuse', status: 400, code: 300, message: 'not today', match }]);
      const failed = await apply(true);
      expect(failed.code, failed.stdout).toBe(4);
      expect(failed.stdout).toMatch(/^failed .*group:Students lock in_meeting\.polling/m);
      // The account's lock does not wait: it freezes the same for everybody.
      expect(locked()).toEqual([locks({ polling: true }).lock_settings, locks({ polling: false }).lock_settings]);
      sandbox.setFaults([]);
      expect((await apply(true)).code).toBe(0);
      expect((await apply(false)).code).toBe(0);
      expect(locked()).toEqual([locks({ polling: false }).lock_settings, locks({ polling: true }).lock_settings]);
    } finally {
      rmSync(cwd, { recursive: true });
      await sandbox.close();
    }
  });
});
