/**
 * What lockstep asks of Zoom, request by request: one GET per needed document per target and none for others, one listing page
 * per 300 groups, one PATCH per changed document and phase, one GET per patched document; one GET of each document whose
 * values a lock froze, after the lock, and one before it unless this run has read them back; and before all of it one for the
 * account's name, without which the work could be done. The lists below are written out by hand; the sandbox's log must be
 * the same, and so must the two counts that a report tells.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, type SandboxState, startSandbox } from '../../src/sandbox/index.ts';
import type { JsonObject } from '../../src/util/json.ts';
import { lockstep } from '../helpers/host.ts';
import { type Organisation, stateOf } from '../helpers/organisation.ts';

const CHAT_ON = { in_meeting: { chat: true, annotation: true } };
const UNLOCKED = { in_meeting: { chat: false, annotation: false } };
const SECURITY = 'settings?option=meeting_security';
const AUTHENTICATION = 'settings?option=meeting_authentication';
const LOCKED_SECURITY = 'lock_settings?option=meeting_security';

/** Everything that the policies below touch, all of it on and unlocked. */
const LEVEL: Record<string, JsonObject> = {
  settings: CHAT_ON,
  [SECURITY]: { meeting_security: { waiting_room: true } },
  [AUTHENTICATION]: { meeting_authentication: true },
  lock_settings: UNLOCKED,
  [LOCKED_SECURITY]: { meeting_security: { waiting_room: false } },
};
const USER: Record<string, JsonObject> = { settings: CHAT_ON };

const ORGANISATION: Organisation = {
  account: LEVEL,
  groups: { 'Staff North': LEVEL, 'Staff South': LEVEL, Students: LEVEL },
  users: { 'ann@example.edu': USER, 'bob@example.edu': USER },
  members: { 'ann@example.edu': ['Students'] },
};

const NO_CHAT = 'settings: { in_meeting: { chat: false } }';
const AS_IT_IS = 'settings: { in_meeting: { chat: true } }';
const FOUR_DOCUMENTS = `settings:
      in_meeting: { chat: false, annotation: !locked false }
      meeting_security: { waiting_room: false }
      meeting_authentication: { meeting_authentication: false }`;

/** Made, and not among the fewest. */
const NAME = 'GET /accounts/me';
const GROUPS = 'GET /groups?page_size=300';
const ACCOUNT_LOCKS = 'GET /accounts/me/lock_settings';
const ACCOUNT_SECURITY_LOCKS = `GET /accounts/me/${LOCKED_SECURITY}`;
const ALL_OF_A_GROUP = ['settings', SECURITY, AUTHENTICATION, 'lock_settings'];

/** The ids that `stateOf` gives. */
const [NORTH, SOUTH, STUDENTS] = ['/groups/id-of-0', '/groups/id-of-1', '/groups/id-of-2'];
const [ANN, BOB] = ['/users/ann%40example.edu', '/users/bob%40example.edu'];

interface Case {
  readonly what: string;
  readonly policy: string;
  readonly organisation?: Organisation;
  /** What plan and drift ask for. */
  readonly reads: readonly string[];
  /** What an apply sends beside that: PATCHes, and a GET of each patched document. */
  readonly writes: readonly string[];
}

const CASES: readonly Case[] = [
  {
    what: 'the account alone: no group is listed, no lock is read',
    policy: `account: { ${NO_CHAT} }`,
    reads: ['GET /accounts/me/settings'],
    writes: ['PATCH /accounts/me/settings', 'GET /accounts/me/settings'],
  },
  {
    what: 'a group that is right already: nothing above it matters',
    policy: `groups: { Students: { ${AS_IT_IS} } }`,
    reads: [GROUPS, `GET ${STUDENTS}/settings`],
    writes: [],
  },
  {
    what: 'a group by its name',
    policy: `groups: { Students: { ${NO_CHAT} } }`,
    reads: [GROUPS, `GET ${STUDENTS}/settings`, ACCOUNT_LOCKS],
    writes: [`PATCH ${STUDENTS}/settings`, `GET ${STUDENTS}/settings`],
  },
  {
    what: 'groups by a pattern: the locks above them are read once',
    policy: `groups: { "Staff *": { ${NO_CHAT} } }`,
    reads: [GROUPS, `GET ${NORTH}/settings`, `GET ${SOUTH}/settings`, ACCOUNT_LOCKS],
    writes: [NORTH, SOUTH].flatMap((group) => [`PATCH ${group}/settings`, `GET ${group}/settings`]),
  },
  {
    what: 'four documents of a group, one of them its locks',
    policy: `groups:\n  Students:\n    ${FOUR_DOCUMENTS}`,
    reads: [
      GROUPS,
      ...ALL_OF_A_GROUP.map((document) => `GET ${STUDENTS}/${document}`),
      ACCOUNT_LOCKS,
      ACCOUNT_SECURITY_LOCKS,
    ],
    writes: [
      ...ALL_OF_A_GROUP.flatMap((document) => [`PATCH ${STUDENTS}/${document}`, `GET ${STUDENTS}/${document}`]),
      // The value under the lock, once more.
      `GET ${STUDENTS}/settings`,
    ],
  },
  {
    what: 'a lock that goes for a change and another that comes: two PATCHes of one document, looked at once',
    organisation: {
      groups: { Students: { ...LEVEL, lock_settings: { in_meeting: { chat: true, annotation: false } } } },
      account: LEVEL,
    },
    policy: `groups:\n  Students:\n    lock_settings: { in_meeting: { chat: false, annotation: true } }`,
    reads: [GROUPS, 'GET /groups/id-of-0/lock_settings', ACCOUNT_LOCKS],
    writes: [
      'PATCH /groups/id-of-0/lock_settings',
      'PATCH /groups/id-of-0/lock_settings',
      'GET /groups/id-of-0/lock_settings',
    ],
  },
  {
    what: 'users by their e-mail, without a listing; the groups of those who change, and those groups’ locks',
    policy: `users: { ann@example.edu: { ${NO_CHAT} }, bob@example.edu: { ${NO_CHAT} } }`,
    reads: [
      `GET ${ANN}/settings`,
      `GET ${BOB}/settings`,
      ACCOUNT_LOCKS,
      `GET ${ANN}`,
      `GET ${BOB}`,
      `GET ${STUDENTS}/lock_settings`,
    ],
    writes: [ANN, BOB].flatMap((user) => [`PATCH ${user}/settings`, `GET ${user}/settings`]),
  },
  {
    what: 'a user who is right already',
    policy: `users: { ann@example.edu: { ${AS_IT_IS} } }`,
    reads: [`GET ${ANN}/settings`],
    writes: [],
  },
  {
    what: 'account, group and member in one run: what several need is read once',
    policy: `account: { ${NO_CHAT} }\ngroups: { Students: { ${NO_CHAT} } }\nusers: { ann@example.edu: { ${NO_CHAT} } }`,
    reads: [
      GROUPS,
      'GET /accounts/me/settings',
      `GET ${STUDENTS}/settings`,
      ACCOUNT_LOCKS,
      `GET ${ANN}/settings`,
      `GET ${ANN}`,
      `GET ${STUDENTS}/lock_settings`,
    ],
    writes: ['/accounts/me', STUDENTS, ANN].flatMap((one) => [`PATCH ${one}/settings`, `GET ${one}/settings`]),
  },
];

const COMMANDS: readonly { readonly argv: readonly string[]; readonly sends: (entry: Case) => readonly string[] }[] = [
  { argv: ['plan'], sends: ({ reads }) => reads },
  { argv: ['drift'], sends: ({ reads }) => reads },
  { argv: ['apply', '--auto-approve'], sends: ({ reads, writes }) => [...reads, ...writes] },
];

describe('requests to Zoom', () => {
  let cwd: string;
  let sandbox: Sandbox;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'lockstep-requests-'));
  });
  afterEach(async () => {
    await sandbox.close();
    rmSync(cwd, { recursive: true });
  });

  /** Runs it against a fresh sandbox: what was sent, and the two counts of its report. */
  async function asked(argv: readonly string[], policy: string, state: SandboxState) {
    sandbox = await startSandbox({ state });
    writeFileSync(join(cwd, 'policy.yaml'), `version: 1\n${policy}\n`);
    const flags = ['policy.yaml', '--rate-plan', 'none', '--format', 'json', '--settle', '0'];
    const known = argv[0] === 'apply' ? flags : flags.slice(0, -2);
    const { stdout, stderr } = await lockstep([...argv, ...known], { cwd, env: sandbox.env });
    expect(stderr).toBe('');
    const sent = sandbox
      .log()
      .filter(({ path }) => path.startsWith('/v2/'))
      .map(({ method, path, query }) => {
        const search = new URLSearchParams(query).toString();
        return `${method} ${path.replace('/v2', '')}${search === '' ? '' : `?${search}`}`;
      });
    return { sent, told: (JSON.parse(stdout) as { requests: unknown }).requests };
  }

  describe.each(CASES)('$what', (entry) => {
    it.each(COMMANDS)('$argv', async ({ argv, sends }) => {
      const { sent, told } = await asked(argv, entry.policy, stateOf(entry.organisation ?? ORGANISATION));
      const wanted = sends(entry);
      expect(sent[0]).toBe(NAME);
      expect([...sent.slice(1)].sort()).toEqual([...wanted].sort());
      expect(told).toEqual({ made: 1 + wanted.length, minimum: wanted.length });
    });
  });

  it('lists groups in pages of 300, each page once', async () => {
    const names = Array.from({ length: 601 }, (_, index) => `Group ${index}`);
    const groups = Object.fromEntries(names.map((name) => [name, LEVEL]));
    const { sent, told } = await asked(
      ['plan'],
      `groups: { "Group 60?": { ${NO_CHAT} } }`,
      stateOf({ account: LEVEL, groups }),
    );
    const pages = sent.filter((request) => request.startsWith('GET /groups?'));
    expect(pages).toHaveLength(3);
    expect(new Set(pages).size).toBe(3);
    expect(pages.every((page) => page.includes('page_size=300'))).toBe(true);
    // The account's name, Group 600, and the locks of the account.
    expect(sent).toHaveLength(1 + 3 + 1 + 1);
    expect(told).toEqual({ made: 6, minimum: 5 });
  });

  it('learns the groups of many users from one listing: fewer requests than one for each of them', async () => {
    const emails = Array.from({ length: 60 }, (_, index) => `user${index}@example.edu`);
    const users = Object.fromEntries(emails.map((email) => [email, USER]));
    const policy = `users:\n${emails.map((email) => `  ${email}: { ${NO_CHAT} }`).join('\n')}`;
    const { sent, told } = await asked(['plan'], policy, stateOf({ account: LEVEL, users }));
    expect(sent.filter((request) => request.startsWith('GET /users?'))).toHaveLength(1);
    expect(told).toEqual({ made: 63, minimum: 62 });
    expect(sent).toHaveLength(63);
  });

  it('asks a sub-account over the master account, as often', async () => {
    const { account, groups, users, ...rest } = stateOf(ORGANISATION);
    const sub = { id: 'sub-1', account: { ...account, id: 'sub-1' }, groups, users };
    const state = { ...rest, account, groups: [], users: [], subAccounts: [sub] };
    const { sent, told } = await asked(['plan', '--account', 'sub-1'], `groups: { Students: { ${NO_CHAT} } }`, state);
    expect([...sent].sort()).toEqual(
      [
        'GET /accounts/sub-1',
        'GET /accounts/sub-1/groups?page_size=300',
        `GET /accounts/sub-1${STUDENTS}/settings`,
        'GET /accounts/sub-1/lock_settings',
      ].sort(),
    );
    expect(told).toEqual({ made: 4, minimum: 3 });
  });
});
