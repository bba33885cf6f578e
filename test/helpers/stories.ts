/** Stories for the fault matrix: a policy, the Zoom that it meets, and how that Zoom behaves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SandboxState } from '../../src/sandbox/index.ts';
import { type Organisation, type SandboxBehaviour, stateOf } from './organisation.ts';

export interface Story {
  readonly name: string;
  readonly policy: string;
  readonly state: SandboxState;
  readonly sandbox: SandboxBehaviour;
  /** Given to apply beside what every apply gets. */
  readonly flags: readonly string[];
}

interface Written extends Organisation {
  readonly sandbox?: SandboxBehaviour;
  readonly flags?: readonly string[];
  readonly exitCode?: number;
}

const SCENARIOS = join(import.meta.dirname, '../scenarios');

/** Every scenario that ends with exit 0; whether it writes at all is seen when it runs. */
function scenarios(): Story[] {
  return readdirSync(SCENARIOS).flatMap((name) => {
    const text = (file: string) => readFileSync(join(SCENARIOS, name, file), 'utf8');
    const { sandbox = {}, flags = [], exitCode = 0, ...rest } = JSON.parse(text('live.json')) as Written;
    if (exitCode !== 0) return [];
    return [{ name, policy: text('policy.yaml'), state: stateOf(rest), sandbox, flags }];
  });
}

type InMeeting = Record<string, boolean>;
const settings = (in_meeting: InMeeting) => ({ settings: { in_meeting } });
const locks = (in_meeting: InMeeting) => ({ lock_settings: { in_meeting } });
const captions = (manual_captioning: InMeeting) => ({ settings: { in_meeting: { manual_captioning } } });

/** A lock goes at the account and comes at the group; another comes at both; a member of the group is managed too. */
const BOTH_LEVELS: Pick<Story, 'policy' | 'state'> = {
  policy: `version: 1
account:
  settings: { in_meeting: { file_transfer: !locked false, private_chat: true, polling: !locked true } }
  lock_settings: { in_meeting: { private_chat: false } }
groups:
  Students:
    settings: { in_meeting: { private_chat: !locked false, file_transfer: !locked false, co_host: !locked false } }
users:
  dean@example.edu:
    settings: { in_meeting: { private_chat: false, file_transfer: false, co_host: false } }
`,
  state: stateOf({
    account: {
      ...settings({ file_transfer: true, private_chat: false, polling: true, co_host: true, annotation: true }),
      ...locks({ file_transfer: false, private_chat: true, polling: false, co_host: false, annotation: true }),
    },
    groups: {
      Students: {
        ...settings({ file_transfer: true, private_chat: true, polling: false, co_host: true, annotation: false }),
        ...locks({ file_transfer: false, private_chat: false, polling: false, co_host: false, annotation: false }),
      },
      Staff: { ...settings({ file_transfer: true, private_chat: true }), ...locks({ file_transfer: true }) },
    },
    users: { 'dean@example.edu': settings({ file_transfer: true, private_chat: true, co_host: true, polling: true }) },
    members: { 'dean@example.edu': ['Students'] },
  }),
};

const OWN: readonly (Pick<Story, 'name' | 'policy' | 'state'> & Partial<Story>)[] = [
  { name: 'both levels and a user', ...BOTH_LEVELS },
  { name: 'both levels and a user, locked writes refused', sandbox: { lockedWrite: 'reject' }, ...BOTH_LEVELS },
  { name: 'both levels and a user, the blocked left out', flags: ['--allow-blocked'], ...BOTH_LEVELS },
  {
    name: 'two documents a target, with locks in both',
    policy: `version: 1
account:
  settings:
    in_meeting: { chat: !locked false }
    recording: { local_recording: !locked false }
    meeting_security: { meeting_password: !locked true }
groups:
  Students:
    settings:
      in_meeting: { polling: !locked false }
      meeting_security: { embed_password_in_join_link: !locked false }
`,
    state: stateOf({
      account: {
        settings: { in_meeting: { chat: true, polling: true }, recording: { local_recording: true } },
        lock_settings: { in_meeting: { chat: false, polling: false }, recording: { local_recording: false } },
        'settings?option=meeting_security': {
          meeting_security: { meeting_password: false, embed_password_in_join_link: true },
        },
        'lock_settings?option=meeting_security': {
          meeting_security: { meeting_password: false, embed_password_in_join_link: false },
        },
      },
      groups: {
        Students: {
          ...settings({ chat: true, polling: true }),
          ...locks({ chat: false, polling: false }),
          'settings?option=meeting_security': {
            meeting_security: { meeting_password: false, embed_password_in_join_link: true },
          },
          'lock_settings?option=meeting_security': {
            meeting_security: { meeting_password: false, embed_password_in_join_link: false },
          },
        },
      },
    }),
  },
  {
    name: 'several groups by a glob, under locks to come',
    policy: `version: 1
account:
  settings: { in_meeting: { polling: !locked false } }
groups:
  "Staff *":
    settings: { in_meeting: { chat: !locked false, polling: false } }
  Students:
    settings: { in_meeting: { chat: true } }
    lock_settings: { in_meeting: { chat: false } }
`,
    state: stateOf({
      account: {
        ...settings({ chat: true, polling: true, co_host: true }),
        ...locks({ chat: false, polling: false, co_host: false }),
      },
      groups: {
        'Staff Berlin': { ...settings({ chat: true, polling: true }), ...locks({ chat: false, polling: false }) },
        'Staff Paris': { ...settings({ chat: false, polling: true }), ...locks({ chat: false, polling: false }) },
        'Staff Rome': { ...settings({ chat: false, polling: false }), ...locks({ chat: true, polling: false }) },
        Students: { ...settings({ chat: false, polling: false }), ...locks({ chat: true, polling: false }) },
      },
    }),
  },
  {
    name: 'values that read right only while the lock that goes holds them',
    policy: `version: 1
account:
  settings: { in_meeting: { chat: false } }
  lock_settings: { in_meeting: { chat: false, co_host: true } }
groups:
  "Staff *":
    settings: { in_meeting: { chat: !locked false } }
users:
  dean@example.edu:
    settings: { in_meeting: { chat: false } }
`,
    state: stateOf({
      account: { ...settings({ chat: false, co_host: true }), ...locks({ chat: true, co_host: false }) },
      groups: {
        'Staff Berlin': { ...settings({ chat: true }), ...locks({ chat: false }) },
        'Staff Paris': { ...settings({ chat: true }), ...locks({ chat: false }) },
      },
      users: { 'dean@example.edu': settings({ chat: true }) },
      members: { 'dean@example.edu': ['Staff Berlin'] },
    }),
  },
  {
    name: 'a lock moves from the account to a group',
    policy: `version: 1
account:
  lock_settings: { in_meeting: { chat: false, polling: false } }
groups:
  Students:
    settings: { in_meeting: { chat: !locked false } }
`,
    state: stateOf({
      account: {
        ...settings({ chat: true, polling: true, co_host: true }),
        ...locks({ chat: true, polling: true, co_host: true }),
      },
      groups: {
        Students: { ...settings({ chat: true, polling: false }), ...locks({ chat: false, polling: false }) },
        Staff: { ...settings({ chat: true, polling: true }), ...locks({ chat: false, polling: false }) },
      },
      users: { 'dean@example.edu': settings({ chat: true, polling: true }) },
      members: { 'dean@example.edu': ['Students'] },
    }),
  },
  {
    name: 'a lock moves from one group to another',
    policy: `version: 1
account:
  settings: { in_meeting: { chat: !locked false } }
groups:
  Students:
    lock_settings: { in_meeting: { polling: false } }
  Staff:
    settings: { in_meeting: { polling: !locked true } }
`,
    state: stateOf({
      account: { ...settings({ chat: true, polling: true }), ...locks({ chat: false, polling: false }) },
      groups: {
        Students: { ...settings({ chat: true, polling: false }), ...locks({ chat: false, polling: true }) },
        Staff: { ...settings({ chat: true, polling: false }), ...locks({ chat: false, polling: false }) },
      },
    }),
  },
  {
    name: 'sign-in profiles that exist, and a lock beside',
    policy: `version: 1
account:
  settings:
    meeting_authentication:
      authentication_options:
        - { name: Staff, type: enforce_login_with_domains, domains: staff.example.edu, default_option: true }
        - { name: Alumni, type: enforce_login_with_domains, domains: alumni.example.edu }
    in_meeting: { chat: !locked false }
`,
    state: stateOf({
      account: {
        ...settings({ chat: true }),
        ...locks({ chat: false }),
        'settings?option=meeting_authentication': {
          meeting_authentication: true,
          authentication_options: [
            { id: 'p1', name: 'Signed in', type: 'enforce_login', default_option: true, visible: true },
            {
              id: 'p2',
              name: 'Alumni',
              type: 'enforce_login_with_domains',
              domains: 'old.example.edu',
              default_option: false,
              visible: true,
            },
            {
              id: 'p3',
              name: 'Staff',
              type: 'enforce_login_with_domains',
              domains: 'example.edu',
              default_option: false,
              visible: true,
            },
          ],
        },
      },
    }),
  },
  {
    name: 'registration beside locked settings',
    policy: `version: 1
account:
  registration: { approve_type: 0 }
  settings: { in_meeting: { chat: !locked false, polling: true } }
`,
    state: stateOf({
      account: {
        ...settings({ chat: true, polling: false }),
        ...locks({ chat: false, polling: false }),
        'settings/registration?type=webinar': { approve_type: 1, registrant_confirmation_email: true },
      },
    }),
  },
  ...(['merge', 'replace'] as const).map((nestedObjects) => ({
    name: `an object with a value that a lock hides until it goes: ${nestedObjects}`,
    sandbox: { nestedObjects },
    policy: `version: 1
account: { lock_settings: { in_meeting: { save_captions: false } } }
groups: { Students: { settings: { in_meeting: { manual_captioning: { allow_to_type: true } } } } }
`,
    state: stateOf({
      account: { ...captions({ save_captions: false, allow_to_type: false }), ...locks({ save_captions: true }) },
      groups: {
        Students: { ...captions({ save_captions: true, allow_to_type: false }), ...locks({ save_captions: false }) },
      },
    }),
  })),
];

export const STORIES: readonly Story[] = [
  ...OWN.map((story) => ({ sandbox: {}, flags: [], ...story })),
  ...scenarios(),
];
