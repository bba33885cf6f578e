import { describe, expect, it } from 'vitest';
import { account, group, load, user } from './folder.ts';

function besides(rest: string): string {
  return `version: 1\naccount:\n  settings: { in_meeting: { chat: true } }\n${rest}\n`;
}

function areas(yaml: string): string {
  return `version: 1\naccount:\n${yaml.replace(/^(?=.)/gm, '  ')}\n`;
}

type Rows = readonly (readonly [name: string, text: string, said: readonly string[]])[];

function says(name: string, rows: Rows): void {
  describe(name, () => {
    it.each(rows)('%s', async (_name, text, said) => {
      expect((await load({ 'p.yaml': text })).said.map((line) => line.replace('p.yaml:', ''))).toEqual(said);
    });
  });
}

says('the outer shape', [
  ['empty file', '', ['1:1: this file is empty; a policy starts with `version: 1`']],
  ['nothing but comments', '# only\n', ['1:1: this file is empty; a policy starts with `version: 1`']],
  ['nothing but marks', '---\n', ['1:1: this file is empty; a policy starts with `version: 1`']],
  ['manages nothing', 'version: 1', ['1:1: this policy manages nothing, and extends nothing']],
  [
    'manages nothing in empty sections',
    account('in_meeting: {}'),
    ['1:1: this policy manages nothing, and extends nothing'],
  ],
  ['a list', '- a', ['1:1: a policy must be a map that starts with `version: 1`']],
  ['a text', 'hello', ['1:1: a policy must be a map that starts with `version: 1`']],
  [
    'version missing',
    'account: { settings: { in_meeting: { chat: true } } }',
    ['1:1: `version: 1` is missing: it says which policy language the file is written in'],
  ],
  [
    'version unknown',
    'version: 2\naccount: { settings: { in_meeting: { chat: true } } }',
    ['1:10: this lockstep supports only version 1 of the policy language; write `version: 1`'],
  ],
  [
    'version as text',
    'version: "1"\naccount: { settings: { in_meeting: { chat: true } } }',
    ['1:10: the version is a number; write `version: 1`, without quotes'],
  ],
  ['top-level key mistyped', besides('acount: {}'), ['4:1: unknown key `acount`: did you mean `account`?']],
  [
    'top-level key unknown',
    besides('zebra: 1'),
    [
      '4:1: unknown key `zebra`; expected one of `version`, `for`, `extends`, `protected`, `waivers`, `manual`, `account`, `groups`, `users`',
    ],
  ],
  ['area at the top', besides('settings: {}'), ['4:1: `settings` belongs under `account`, a group or a user']],
  ['groups as list', besides('groups: []'), ['4:9: `groups` must be a map of group names']],
  [
    'groups null',
    besides('groups: null'),
    [
      "4:9: null is not a value; remove the key to leave it unmanaged, or write a value (false, 0, '' and [] are values)",
    ],
  ],
  [
    'group null',
    besides('groups: { A: }'),
    [
      "4:11: null is not a value; remove the key to leave it unmanaged, or write a value (false, 0, '' and [] are values)",
    ],
  ],
  [
    'group as number',
    besides('groups: { A: 1 }'),
    ['4:14: a target must be a map with `settings`, `lock_settings` or `registration` in it'],
  ],
  [
    'area mistyped',
    besides('groups: { A: { setings: {} } }'),
    ['4:16: unknown key `setings`: did you mean `settings`?'],
  ],
  [
    'section without area',
    besides('groups: { A: { in_meeting: { chat: true } } }'),
    ['4:16: `in_meeting` belongs under `settings`'],
  ],
  ['area as list', besides('groups: { A: { settings: [] } }'), ["4:26: `settings` must be a map of Zoom's names"]],
  ['group name empty', besides('groups: { "": {} }'), ['4:11: a key is empty']],
  [
    'group name with control characters',
    besides('groups: { "a\\u0007": {} }'),
    ['4:11: this key has control characters in its name'],
  ],
  [
    'user by pattern',
    besides('users: { "*@x.edu": {} }'),
    ['4:10: a pattern cannot name users: only group names can be patterns'],
  ],
  ['user by name', besides('users: { dean: {} }'), ['4:10: `dean` is neither an e-mail address nor a Zoom user id']],
  [
    'user with locks and registration',
    besides('users: { a@b.c: { lock_settings: {}, registration: {}, zzz: {} } }'),
    [
      '4:19: Zoom has no locks for single users; `lock_settings` is allowed only under `account` and groups',
      '4:38: Zoom has no registration settings for single users; `registration` is allowed only under `account` and groups',
      '4:56: unknown key `zzz`; expected one of `settings`, `optional`',
    ],
  ],
  ['user twice', besides('users:\n  a@b.c: {}\n  a@b.c: {}'), ['6:3: duplicate key `a@b.c`; the first is in line 5']],
  [
    'user twice in other letters',
    besides('users:\n  A@b.c: {}\n  a@b.c: {}'),
    ['6:3: this user is listed already in line 5, as `A@b.c`'],
  ],
  ['extends of the wrong kind', besides('extends: { a: b }'), ['4:10: `extends` must be a path or a list of paths']],
  [
    'extends with other items',
    besides('extends: [1, null]'),
    [
      '4:11: an item of `extends` must be the path of a file, or `pack:NAME`',
      "4:14: null is not a value; remove the key to leave it unmanaged, or write a value (false, 0, '' and [] are values)",
    ],
  ],
  [
    'tags outside settings',
    besides('groups: !locked\n  A: !locked\n    settings: !locked {}'),
    [
      '5:3: `!locked` is allowed only before a setting',
      '6:5: `!locked` is allowed only before a setting',
      '6:23: `!locked` is allowed only before a setting',
    ],
  ],
]);

says('names', [
  [
    'mistyped',
    account('in_meeting: { chatt: true, webinar_chat: { enabel: true } }'),
    [
      '4:19: unknown setting `in_meeting.chatt`: did you mean `in_meeting.chat`?',
      '4:48: unknown setting `in_meeting.webinar_chat.enabel`: did you mean `in_meeting.webinar_chat.enable`?',
    ],
  ],
  [
    'in another section',
    account('in_meeting: { waiting_room: true }'),
    ['4:19: unknown setting `in_meeting.waiting_room`: did you mean `meeting_security.waiting_room`?'],
  ],
  [
    'without section',
    account('waiting_room: true'),
    ['4:5: unknown setting `waiting_room`: did you mean `meeting_security.waiting_room`?'],
  ],
  [
    'the spelling of another scope',
    user('schedule_meeting: { participant_video: true }'),
    [
      '5:27: unknown setting `schedule_meeting.participant_video`: for users Zoom calls it `schedule_meeting.participants_video`',
    ],
  ],
  [
    'the spelling of users',
    account('schedule_meeting: { participants_video: true }'),
    [
      '4:25: unknown setting `schedule_meeting.participants_video`: for the account Zoom calls it `schedule_meeting.participant_video`',
    ],
  ],
  [
    'section mistyped',
    account('in_meetng: { chat: true, nonsense: 1 }'),
    ['4:5: unknown section `in_meetng`: did you mean `in_meeting`?'],
  ],
  [
    'section of another scope',
    group('security: { hide_billing_info: true }'),
    ['5:7: unknown section `security` for groups: Zoom has it for the account'],
  ],
  [
    'setting of another scope',
    group('in_meeting: { p2p_connetion: true }'),
    ['5:21: unknown setting `in_meeting.p2p_connetion` for groups: Zoom has it for the account'],
  ],
  [
    'nothing near',
    account('zoom_phone: { x: 1 }\nrecording: { nonsense: 1 }'),
    [
      '4:5: unknown section `zoom_phone`; use `--allow-unknown` to send it anyway',
      '5:18: unknown setting `recording.nonsense`; use `--allow-unknown` to send it anyway',
    ],
  ],
  [
    'dots',
    account('in_meeting.chat: true'),
    ['4:5: `in_meeting.chat` contains dots; nest the names instead, as Zoom does'],
  ],
  [
    'registration in settings',
    account('registration: { approve_type: 0 }\napprove_type: 1'),
    [
      '4:5: `registration` belongs next to `settings`, not inside it',
      '5:5: unknown setting `approve_type`: did you mean `registration.approve_type` under `registration`?',
    ],
  ],
  [
    'unknown in registration',
    areas('registration: { chat: 1, foo: 1 }'),
    [
      '3:19: unknown setting `registration.chat`: did you mean `in_meeting.chat` under `settings`?',
      '3:28: unknown setting `registration.foo`; use `--allow-unknown` to send it anyway',
    ],
  ],
  [
    'lock key mistyped',
    areas('lock_settings: { in_meeting: { chatt: true } }'),
    ['3:34: unknown lock key `in_meeting.chatt`: did you mean `in_meeting.chat`?'],
  ],
  [
    'a setting for a lock key',
    areas(
      'lock_settings: { recording: { auto_delete_cmr_days: true }, in_meeting: { webinar_chat: true, manual_captioning: { save_captions: true } }, security: { hide_billing_info: true } }',
    ),
    [
      '3:33: `recording.auto_delete_cmr_days` is a setting without a lock for the account; it belongs under `settings`',
      '3:97: there is no lock key under `in_meeting.manual_captioning` for the account: its locks are `in_meeting.auto_generated_captions`, `in_meeting.full_transcript`, `in_meeting.manual_captions` and `in_meeting.save_captions`',
      '3:143: there is no lock key under `security` for the account',
    ],
  ],
  [
    'a lock key for a setting',
    account('in_meeting: { save_captions: true }'),
    ['4:19: `in_meeting.save_captions` is a lock key; it belongs under `lock_settings`'],
  ],
  [
    'lock key of another scope',
    group('chat: { share_files: true }').replace('settings', 'lock_settings'),
    ['5:7: unknown section `chat` for groups: Zoom has it for the account'],
  ],
]);

says('what cannot be set', [
  [
    'read-only here',
    group('schedule_meeting: { personal_meeting: true }'),
    [
      '5:27: Zoom does not accept `schedule_meeting.personal_meeting` for groups; it can be set for the account and users',
    ],
  ],
  [
    'read-only everywhere',
    group('in_meeting: { request_permission_to_unmute: true }'),
    ['5:21: Zoom does not accept `in_meeting.request_permission_to_unmute` for groups; it is read-only'],
  ],
  [
    'write-only',
    group('schedule_meeting: { require_password_for_all_meetings: true }'),
    ['5:27: Zoom never returns `schedule_meeting.require_password_for_all_meetings`, so lockstep cannot check it'],
  ],
  [
    'a command',
    account('security: { signin_with_sso: { operation: x } }'),
    ['4:36: `security.signin_with_sso.operation` is a command to Zoom, not a setting; a policy can only state values'],
  ],
  [
    'lists of items without names, or named twice',
    account(
      'chat: { chat_etiquette_tool: { policies: [{ status: activated }] } }\nmeeting_authentication: { authentication_options: [{ name: A }, { name: A }] }\nrecording_authentication: { authentication_options: { exclusive: true, others: [] } }',
    ),
    [
      '4:36: item 1 has no `name`, which identifies it',
      '5:31: two items are named "A"',
      '6:33: `recording_authentication.authentication_options` has no `items`',
      '6:76: unknown key `others`; write a list of items, or `exclusive: true` and `items` with the list',
    ],
  ],
  [
    'locks without on and off',
    areas('lock_settings: { in_meeting: { entry_exit_chime: true }, meeting_security: { encryption_type: true } }'),
    [
      '3:34: lockstep does not send the lock key `in_meeting.entry_exit_chime`, because it is not a plain true or false at every level',
      '3:80: lockstep does not send the lock key `meeting_security.encryption_type`, because it is not a plain true or false at every level',
    ],
  ],
]);

says('values', [
  [
    'null',
    account('in_meeting: { chat: null, file_transfer: ~ }\nrecording:\n  local_recording:\nchat:'),
    [
      "4:25: null is not a value; remove the key to leave it unmanaged, or write a value (false, 0, '' and [] are values)",
      "4:46: null is not a value; remove the key to leave it unmanaged, or write a value (false, 0, '' and [] are values)",
      "6:7: null is not a value; remove the key to leave it unmanaged, or write a value (false, 0, '' and [] are values)",
      '7:5: `chat` is empty; remove it to leave it unmanaged',
    ],
  ],
  [
    'null deep in a value',
    account(
      'telephony: { telephony_regions: { selection_values: null } }\nsecurity: { sign_in_with_two_factor_auth_groups: [a, 1, null] }',
    ),
    [
      "4:57: null is not a value; remove the key to leave it unmanaged, or write a value (false, 0, '' and [] are values)",
      '5:58: `security.sign_in_with_two_factor_auth_groups[1]` must be text, not 1; put it in quotes',
      "5:61: null is not a value; remove the key to leave it unmanaged, or write a value (false, 0, '' and [] are values)",
    ],
  ],
  [
    'YAML 1.1 booleans',
    account('in_meeting: { chat: on, private_chat: No }'),
    [
      '4:25: `in_meeting.chat` must be true or false, not text: YAML 1.2 knows only true and false, so `on` is text',
      '4:43: `in_meeting.private_chat` must be true or false, not text: YAML 1.2 knows only true and false, so `No` is text',
    ],
  ],
  [
    'quoted',
    account('in_meeting: { chat: "true" }\nsecurity: { password_requirement: { minimum_password_length: "9" } }'),
    [
      '4:25: `in_meeting.chat` must be true or false, not text; remove the quotes',
      '5:66: `security.password_requirement.minimum_password_length` must be a whole number, not text; remove the quotes',
    ],
  ],
  [
    'not quoted',
    account('in_meeting: { custom_service_instructions: 5 }'),
    ['4:48: `in_meeting.custom_service_instructions` must be text, not 5; put it in quotes'],
  ],
  [
    'other types',
    account('in_meeting: { chat: [true], private_chat: { enable: true } }\nrecording: { auto_delete_cmr_days: 30.5 }'),
    [
      '4:25: `in_meeting.chat` must be true or false, not a list',
      '4:47: `in_meeting.private_chat` must be true or false, not an object',
      '5:40: `recording.auto_delete_cmr_days` must be a whole number, not 30.5',
    ],
  ],
  [
    'out of range',
    account(
      'security: { password_requirement: { minimum_password_length: 99 } }\nrecording: { auto_delete_cmr_days: 31 }',
    ),
    [
      '4:66: `security.password_requirement.minimum_password_length` must be at most 14',
      '5:40: `recording.auto_delete_cmr_days` must be one of 30, 60, 90, 120',
    ],
  ],
  [
    'outside the enum',
    account('recording: { auto_recording: Cloud }\nsecurity: { sign_in_with_two_factor_auth: zzz }'),
    [
      '4:34: `recording.auto_recording` must be one of local, cloud, none: did you mean `cloud`?',
      '5:47: `security.sign_in_with_two_factor_auth` must be one of all, group, role, none',
    ],
  ],
  [
    'inside lists',
    account(
      'audio_conferencing: { toll_call: { numbers: [{ cod: US }, { code: 1 }, !env X, { number: !locked a }] } }',
    ),
    [
      '4:52: `audio_conferencing.toll_call.numbers[0].cod` is not one of code, number: did you mean `code`?',
      '4:71: `audio_conferencing.toll_call.numbers[1].code` must be text, not 1; put it in quotes',
      '4:81: `!env` belongs before the value of a setting, not inside it',
      '4:102: `!locked` belongs before the value of a setting, not inside it',
    ],
  ],
  [
    'numbers that JSON has not',
    account(
      'recording: { auto_delete_cmr_days: 99999999999999999999 }\nin_meeting: { chat: .nan, private_chat: -.inf }',
    ),
    [
      '4:40: this number cannot be kept exactly; if it is text, put it in quotes',
      '5:25: this number cannot be kept exactly; if it is text, put it in quotes',
      '5:45: this number cannot be kept exactly; if it is text, put it in quotes',
    ],
  ],
  [
    'for a section',
    account('in_meeting: true\nrecording: [a]\nsecurity: !env X'),
    [
      '4:5: `in_meeting` is a section, not a setting; write its settings below it, as a map',
      '5:5: `recording` is a section, not a setting; write its settings below it, as a map',
      '6:5: `security` is a section, not a setting; write its settings below it, as a map',
    ],
  ],
  [
    'for a lock',
    areas('lock_settings: { in_meeting: { chat: 1, file_transfer: null, private_chat: !env X } }'),
    [
      '3:40: `in_meeting.chat` must be true or false, not 1',
      "3:58: null is not a value; remove the key to leave it unmanaged, or write a value (false, 0, '' and [] are values)",
      '3:64: locks must be true or false; `!env` is allowed only in `settings` and `registration`',
    ],
  ],
  [
    'of registration',
    areas('registration: { approve_type: 9 }'),
    ['3:33: `registration.approve_type` must be one of 0, 1'],
  ],
]);

says('!locked', [
  [
    'without value',
    account('in_meeting: { chat: !locked }'),
    ['4:19: `!locked` needs a value to lock, as in `chat: !locked true`; use `lock_settings` to lock without a value'],
  ],
  [
    'with a wrong value',
    account('in_meeting: { chat: !locked yes }'),
    ['4:33: `in_meeting.chat` must be true or false, not text: YAML 1.2 knows only true and false, so `yes` is text'],
  ],
  [
    'on a section',
    account(
      'recording: !locked { local_recording: true, cloud_recording: true }\nsecurity: !locked { hide_billing_info: true }',
    ),
    [
      '4:5: no single lock governs `recording`; put `!locked` before `local_recording` and `cloud_recording` instead',
      '5:5: no single lock governs `security`; nothing in it has a lock either, so remove `!locked`',
    ],
  ],
  [
    'where no lock is',
    account('security: { hide_billing_info: !locked true }'),
    ['4:17: Zoom has no lock for `security.hide_billing_info`; remove `!locked`'],
  ],
  [
    'where only another scope has the lock',
    group('chat: { share_files: { enable: !locked true } }'),
    ['5:30: Zoom has no lock for `chat.share_files.enable` for groups, only for the account'],
  ],
  [
    'on a lock that cannot be set',
    account('in_meeting: { entry_exit_chime: !locked host }'),
    [
      '4:19: lockstep does not send the lock key `in_meeting.entry_exit_chime`, because it is not a plain true or false at every level',
    ],
  ],
  [
    'for users',
    user('in_meeting: { chat: !locked true }\nschedule_meeting: !locked { host_video: true }'),
    [
      '5:21: Zoom has no locks for single users; lock `in_meeting.chat` for the account or for groups',
      '6:7: Zoom has no locks for single users; lock `schedule_meeting` for the account or for groups',
    ],
  ],
  [
    'in other areas',
    areas(
      'lock_settings: { in_meeting: { chat: !locked true } }\nregistration: { approve_type: !locked 1, options: !locked { close_registration: true } }',
    ),
    [
      '3:34: `!locked` belongs under `settings`; here write true or false',
      '4:19: Zoom has no locks for registration settings; remove `!locked`',
      '4:44: Zoom has no locks for registration settings; remove `!locked`',
    ],
  ],
  [
    'with !env',
    account('in_meeting: { chat: !locked !env X }'),
    ['4:33: a value has at most one tag; to lock a setting with an `!env` value, use `lock_settings`'],
  ],
]);

says('contradictions', [
  [
    'lock and unlock',
    'version: 1\naccount:\n  settings: { in_meeting: { chat: !locked true } }\n  lock_settings: { in_meeting: { chat: false } }\n',
    ['4:34: `in_meeting.chat` is unlocked here and locked at p.yaml:3:29: keep one of them'],
  ],
  [
    'two names of one setting',
    group('in_meeting: { waiting_room: true }\nmeeting_security: { waiting_room: false }'),
    [
      '6:27: `meeting_security.waiting_room` is false here, and `in_meeting.waiting_room`, the same setting under another name, is true at p.yaml:5:21: both cannot hold, so keep one of them',
    ],
  ],
  [
    'two names with other values',
    account(
      'schedule_meeting: { require_password_for_pmi_meetings: jbh_only }\nmeeting_security: { pmi_password: false }',
    ),
    [
      '5:25: `meeting_security.pmi_password` is false here, and `schedule_meeting.require_password_for_pmi_meetings`, the same setting under another name, is "jbh_only" at p.yaml:4:25: both cannot hold, so keep one of them',
    ],
  ],
]);

says('keys', [
  ['twice', account('in_meeting:\n  chat: true\n  chat: true'), ['6:7: duplicate key `chat`; the first is in line 5']],
  [
    'not text',
    besides('1: x\ntrue: y\nnull: z\n[a]: b\n: c'),
    [
      '4:1: a key must be text; put `1` in quotes',
      '5:1: a key must be text; put `true` in quotes',
      '6:1: a key must be text; put `null` in quotes',
      '7:1: a key must be text, not a map, a list or an alias',
      '8:1: a key is missing before this `:`',
    ],
  ],
  [
    'that JavaScript or lockstep would take for its own',
    account('in_meeting: { __proto__: {}, prototype: 1, constructor: {}, "$secret": x, "": 1 }'),
    [
      '4:19: `__proto__` cannot be a key',
      '4:34: `prototype` cannot be a key',
      '4:48: `constructor` cannot be a key',
      '4:65: `$secret` cannot be a key',
      '4:79: a key is empty',
    ],
  ],
  [
    'with control characters',
    account('in_meeting: { "a\\u001b[31m": 1 }'),
    ['4:19: this key has control characters in its name'],
  ],
]);

says('YAML', [
  ['unknown tags', 'version: !foo 1', ['1:10: an unknown tag; policies have `!locked` and `!env`']],
  [
    'tags mistyped',
    account('in_meeting: { chat: !Locked true, private_chat: !ENV X, file_transfer: !!binary aGk= }'),
    [
      '4:25: an unknown tag; policies have `!locked` and `!env`: did you mean `!locked`?',
      '4:53: an unknown tag; policies have `!locked` and `!env`: did you mean `!env`?',
      '4:76: an unknown tag; policies have `!locked` and `!env`',
    ],
  ],
  [
    'tags that would have no effect',
    `version: 1
waivers: [{ path: in_meeting.chat, owner: !locked me, reason: x, expires: 2099-01-01 }]
account:
  settings:
    meeting_authentication:
      authentication_options: { exclusive: !locked true, items: [{ name: x }] }
    in_meeting: { chat: ! true }`,
    [
      '2:51: `!locked` is allowed only before a setting',
      '6:33: `exclusive` must be true or false, without a tag',
      '7:27: the `!` before this value is no tag of policies; write `!locked` or `!env`, or remove it',
    ],
  ],
  [
    'merged values that have no effect',
    `version: 1
account:
  settings:
    in_meeting:
      chat: true
      <<: { chat: false, polling: true }`,
    ['6:13: `chat` has no effect here: line 5 sets it in the same map'],
  ],
  [
    'a value that its tag does not fit',
    'version: !!int x',
    [
      '1:10: the value is not of the kind that its tag says',
      '1:16: this lockstep supports only version 1 of the policy language; write `version: 1`',
    ],
  ],
  ['tab', 'version: 1\naccount:\n\tsettings: {}', ['3:1: a tab cannot indent: use spaces']],
  ['quote open', 'a: "x', ['1:6: a quote is not closed']],
  ['bracket open', 'a: {b: 1', ['1:9: a `{` or `[` is not closed, or what is in it is not indented']],
  [
    'two keys on a line',
    'a: b: c',
    ['1:4: two keys on one line: put the second on a line of its own, or the value in quotes'],
  ],
  ['no colon', 'x\nb: 1', ['1:1: no key and value can be read here: is a `:` with a space after it missing?']],
  [
    'list and map',
    '- a\nb: 1',
    ['2:1: this is not YAML: look at the quotes, brackets, colons and indentation here and just before'],
  ],
  ['reserved character', 'a: @x', ['1:4: text that starts with this character must be in quotes']],
  [
    'escape',
    'a: "\\q"',
    ['1:5: an unknown escape in double-quoted text: write `\\\\` for a backslash, or use single quotes'],
  ],
  [
    'two documents',
    'a: 1\n---\nb: 2',
    ['2:1: a second document starts here; a policy file has one, so move it to a file of its own'],
  ],
  ['directive', '%YAML 1.1\n---\na: 1', ['1:1: policies do not use YAML directives (`%...`); remove this line']],
  ['tag on an alias', 'a: &x 1\nb: !locked *x', ['2:12: an alias has no tag and no anchor; put the tag at the anchor']],
  [
    'alias without anchor',
    account('in_meeting: { chat: *x }'),
    ['4:25: there is no anchor of this name before this alias'],
  ],
  [
    'alias inside itself',
    account('in_meeting: { chat: &a [*a] }'),
    [
      '4:28: `in_meeting.chat` must be true or false, not a list',
      '4:29: this alias is inside the value that it refers to',
    ],
  ],
  [
    'merge of what is no map',
    account('in_meeting: { <<: 1, chat: true }'),
    ['4:19: `<<` needs a map without a tag, or a list of such maps'],
  ],
  [
    'two merges',
    account('in_meeting: { <<: { chat: true }, <<: { private_chat: true } }'),
    ['4:39: a second `<<` in this map; merge several maps with a list, `<<: [*a, *b]`'],
  ],
  [
    'merge of a tagged map',
    account('in_meeting: { <<: !locked { chat: true } }'),
    ['4:19: `<<` needs a map without a tag, or a list of such maps'],
  ],
  [
    'tag before a key',
    account('!locked in_meeting: { chat: true }'),
    ['4:13: a tag belongs before the value, not before the key'],
  ],
  [
    'alias as key',
    account('in_meeting: &x { chat: true }\n*x : 1'),
    ['5:5: a key must be text, not a map, a list or an alias'],
  ],
]);
