/**
 * What settings do to each other: one forces another, needs it, or makes it idle. Kept by hand, from Zoom's field texts and
 * what public notes and recorded answers show. Switches and the settings that depend on them are `GATES` in `annotations.ts`, and
 * second names of one stored value that are sure are `ALIASES` there.
 */

import type { SettingPath } from '../../model/setting.ts';
import type { Scope } from '../../model/target.ts';
import type { Json } from '../../util/json.ts';

/** What a setting's value is or must be. Exactly one of the tests is given. */
export interface Term {
  readonly path: SettingPath;
  /** It is this value, or one of these. */
  readonly is?: Json;
  readonly oneOf?: readonly Json[];
  /** It is anything but this value. */
  readonly not?: Json;
  /** It is a list or text with something in it. */
  readonly filled?: true;
  /** It is named at all, whatever its value. */
  readonly named?: true;
  readonly above?: number;
  readonly atMost?: number;
}

export interface Rule {
  /**
   * When all of `when` holds:
   * - `forces`: Zoom makes `outcome` true by itself, whatever is sent
   * - `needs`: Zoom takes `when` only where `outcome` holds too
   * - `idles`: the setting of `outcome` has no effect while it is as `outcome` says; its stored value stays
   * - `same`: probably one stored value under two names, so that both have to say the same; `outcome` is what goes with
   *   `when`
   */
  readonly kind: 'forces' | 'needs' | 'idles' | 'same';
  readonly scopes: readonly Scope[];
  readonly when: readonly Term[];
  readonly outcome: Term;
  /**
   * Whether Zoom says so, or it is concluded from its behaviour and names. Only what Zoom says is an error to break, and
   * what idles never is: Zoom takes it and keeps it.
   */
  readonly certainty: 'documented' | 'inferred';
  /** A clause that gives the reason, for whoever broke the rule. */
  readonly why: string;
}

const ACCOUNT: readonly Scope[] = ['account'];
const USER: readonly Scope[] = ['user'];
const ACCOUNT_AND_GROUP: readonly Scope[] = ['account', 'group'];
const ACCOUNT_AND_USER: readonly Scope[] = ['account', 'user'];
const GROUP_AND_USER: readonly Scope[] = ['group', 'user'];
const EVERYWHERE: readonly Scope[] = ['account', 'group', 'user'];

const E2EE: Term = { path: 'meeting_security.encryption_type', is: 'e2ee' };
const SIGN_IN = 'meeting_authentication.meeting_authentication';
const WAITING_ROOM = 'meeting_security.waiting_room';
const HOST_DROPPED: Term = {
  path: 'meeting_security.waiting_room_options.more_options.move_participants_to_waiting_room_when_host_dropped',
  is: true,
};
const ADMIT_TYPE = 'meeting_security.waiting_room_options.admit_type';
const ADMITTED_DOMAINS = 'meeting_security.waiting_room_options.admit_domain_allowlist';
const PLACED = 'meeting_security.waiting_room_settings.participants_to_place_in_waiting_room';
const PLACED_EXCEPT_DOMAINS = 'meeting_security.waiting_room_settings.whitelisted_domains_for_waiting_room';
const SECOND_FACTOR = 'security.sign_in_with_two_factor_auth';
const SSO = 'security.signin_with_sso';
const ARCHIVING_SERVICE = 'chat.send_data_to_third_party_archiving_service';
const CLOUD_RETENTION = 'chat.set_retention_period_in_cloud';

/** One rule a call, so that the table stays short enough to be read. */
function rule(
  kind: Rule['kind'],
  certainty: Rule['certainty'],
  scopes: readonly Scope[],
  when: readonly Term[],
  outcome: Term,
  why: string,
): Rule {
  return { kind, scopes, when, outcome, certainty, why };
}

/** What Zoom changes by itself. */
const FORCED: readonly Rule[] = [
  rule(
    'forces',
    'documented',
    EVERYWHERE,
    [{ path: WAITING_ROOM, is: true }],
    { path: 'schedule_meeting.join_before_host', is: false },
    'a waiting room turns joining before the host off',
  ),
  rule(
    'forces',
    'inferred',
    GROUP_AND_USER,
    [{ path: 'in_meeting.waiting_room', is: true }],
    { path: 'schedule_meeting.join_before_host', is: false },
    'a waiting room turns joining before the host off',
  ),
  rule(
    'forces',
    'documented',
    ACCOUNT,
    [HOST_DROPPED],
    { path: WAITING_ROOM, is: true },
    'people can only be moved to the waiting room when the host drops out if there is one, so Zoom turns it on and locks it',
  ),
  rule(
    'forces',
    'documented',
    ACCOUNT,
    [HOST_DROPPED],
    { path: 'schedule_meeting.join_before_host', is: false },
    'moving people to the waiting room when the host drops out turns joining before the host off',
  ),
  rule(
    'forces',
    'documented',
    EVERYWHERE,
    [{ path: 'schedule_meeting.use_pmi_for_instant_meetings', is: true }],
    { path: 'schedule_meeting.require_password_for_instant_meetings', is: false },
    'instant meetings under the personal meeting ID follow the passcode rules of that ID',
  ),
  rule(
    'forces',
    'documented',
    EVERYWHERE,
    [
      { path: 'meeting_security.auto_security', is: true },
      { path: 'meeting_security.meeting_password', is: false },
      { path: SIGN_IN, is: false },
      { path: WAITING_ROOM, is: false },
    ],
    { path: WAITING_ROOM, is: true },
    'automatic security puts a waiting room where there is neither a passcode nor sign-in',
  ),
  rule(
    'forces',
    'documented',
    EVERYWHERE,
    [E2EE],
    { path: 'schedule_meeting.join_before_host', is: false },
    'with end-to-end encryption the host has to start the meeting',
  ),
];

/** What goes only with something else, or not with it. */
const NEEDED: readonly Rule[] = [
  rule(
    'needs',
    'documented',
    EVERYWHERE,
    [E2EE],
    { path: 'meeting_security.end_to_end_encrypted_meetings', is: true },
    'end-to-end encryption can be the default only where it is allowed',
  ),
  rule(
    'needs',
    'inferred',
    ACCOUNT_AND_GROUP,
    [{ path: 'recording.archive.enable', is: true }],
    { path: 'meeting_security.encryption_type', not: 'e2ee' },
    'the archive is written by servers that cannot read end-to-end encrypted meetings',
  ),
  rule(
    'needs',
    'documented',
    EVERYWHERE,
    [{ path: 'in_meeting.data_center_regions', filled: true }],
    { path: 'in_meeting.custom_data_center_regions', is: true },
    'Zoom reads the list of regions only while regions of your own are chosen',
  ),
  rule(
    'needs',
    'documented',
    ACCOUNT,
    [{ path: SECOND_FACTOR, is: 'group' }],
    { path: `${SECOND_FACTOR}_groups`, filled: true },
    'a second factor for some groups needs the ids of those groups',
  ),
  rule(
    'needs',
    'documented',
    ACCOUNT,
    [{ path: SECOND_FACTOR, is: 'role' }],
    { path: `${SECOND_FACTOR}_roles`, filled: true },
    'a second factor for some roles needs the ids of those roles',
  ),
  rule(
    'needs',
    'documented',
    ACCOUNT,
    [{ path: `${SSO}.require_sso_for_domains`, is: true }],
    { path: `${SSO}.domains`, filled: true },
    'single sign-on is demanded of the people of certain domains, so these have to be named',
  ),
  rule(
    'needs',
    'inferred',
    ACCOUNT,
    [{ path: `${SSO}.require_sso_for_domains`, is: true }],
    { path: `${SSO}.enable`, is: true },
    'people who may sign in with single sign-on only are locked out while it is off',
  ),
  rule(
    'needs',
    'documented',
    ACCOUNT,
    [{ path: 'security.user_modifiable_info_by_admin', filled: true }],
    { path: 'security.admin_change_user_info', is: true },
    'Zoom reads what only administrators may change only while changes are kept to them',
  ),
  rule(
    'needs',
    'inferred',
    ACCOUNT,
    [{ path: 'schedule_meeting.enforce_login_domains', filled: true }],
    { path: 'schedule_meeting.enforce_login_with_domains', is: true },
    'the domains count only while sign-in is kept to certain domains',
  ),
  rule(
    'needs',
    'inferred',
    ACCOUNT,
    [{ path: 'schedule_meeting.enforce_login_with_domains', is: true }],
    { path: 'schedule_meeting.enforce_login_domains', filled: true },
    'sign-in that is kept to certain domains lets nobody in, or everybody, where none is named',
  ),
  rule(
    'needs',
    'inferred',
    ACCOUNT,
    [{ path: 'schedule_meeting.enforce_login_with_domains', is: true }],
    { path: 'schedule_meeting.enforce_login', is: true },
    'keeping sign-in to certain domains is an option of asking for sign-in',
  ),
  rule(
    'needs',
    'inferred',
    EVERYWHERE,
    [{ path: 'meeting_security.block_user_domain_list', filled: true }],
    { path: 'meeting_security.block_user_domain', is: true },
    'the domains are blocked only while blocking is on',
  ),
  rule(
    'needs',
    'inferred',
    EVERYWHERE,
    [{ path: 'meeting_security.block_user_domain', is: true }],
    { path: 'meeting_security.block_user_domain_list', filled: true },
    'nobody is blocked while no domain is named',
  ),
  rule(
    'needs',
    'documented',
    EVERYWHERE,
    [{ path: PLACED_EXCEPT_DOMAINS, filled: true }],
    { path: PLACED, is: 2 },
    'domains are let past the waiting room only where it takes people outside the account and those domains',
  ),
  rule(
    'needs',
    'documented',
    ACCOUNT,
    [{ path: ADMITTED_DOMAINS, filled: true }],
    { path: ADMIT_TYPE, is: 4 },
    'domains are let past the waiting room only where people outside approved domains are admitted by hand',
  ),
  rule(
    'needs',
    'documented',
    ACCOUNT,
    [{ path: ADMIT_TYPE, is: 1 }],
    { path: 'meeting_security.waiting_room_options.internal_user_auto_admit', not: 2 },
    'where everybody is admitted automatically, people of the account cannot come in at any time',
  ),
  rule(
    'needs',
    'inferred',
    ACCOUNT_AND_USER,
    [{ path: 'recording.auto_delete_cmr', is: true }],
    { path: 'recording.auto_delete_cmr_days', named: true },
    'Zoom decides when recordings are deleted where no period is given',
  ),
  rule(
    'needs',
    'inferred',
    ACCOUNT,
    [{ path: 'recording.allow_recovery_deleted_cloud_recordings', is: false }],
    { path: 'recording.auto_delete_cmr', is: false },
    'recordings that expire are gone for good within about a day when there is no trash',
  ),
  rule(
    'needs',
    'inferred',
    EVERYWHERE,
    [{ path: 'recording.auto_recording', is: 'cloud' }],
    { path: 'recording.cloud_recording', is: true },
    'meetings are recorded to the cloud only where that is allowed',
  ),
  rule(
    'needs',
    'inferred',
    EVERYWHERE,
    [{ path: 'recording.auto_recording', is: 'local' }],
    { path: 'recording.local_recording', is: true },
    'meetings are recorded on computers only where that is allowed',
  ),
  rule(
    'needs',
    'documented',
    EVERYWHERE,
    [{ path: 'recording.ip_address_access_control.enable', is: true }],
    { path: 'recording.ip_address_access_control.ip_addresses_or_ranges', filled: true },
    'recordings are kept to the addresses listed, and there is none',
  ),
  ...['chat.allow_users_to_add_contacts', 'chat.allow_users_to_chat_with_others'].map((section) =>
    rule(
      'needs',
      'documented',
      ACCOUNT_AND_GROUP,
      [{ path: `${section}.selected_option`, oneOf: [3, 4] }],
      { path: `${section}.user_email_addresses`, filled: true },
      'option 3 allows the domains listed and option 4 the people listed',
    ),
  ),
  ...['chat.external_invite_approve', 'chat.external_join_approve'].map((section) =>
    rule(
      'needs',
      'inferred',
      ACCOUNT,
      [{ path: `${section}.selected_option`, is: 2 }],
      { path: `${section}.channel_id`, filled: true },
      'option 2 sends requests to a channel, which has to be named',
    ),
  ),
  rule(
    'needs',
    'inferred',
    ACCOUNT,
    [{ path: 'chat.external_collab_restrict.enable', is: true }],
    { path: 'chat.external_collab_restrict.group_id', filled: true },
    'the restriction is for one group, which has to be named',
  ),
  ...['smtp_delivery_address', 'user_name', 'passcode'].map((key) =>
    rule(
      'needs',
      'documented',
      ACCOUNT,
      [{ path: `${ARCHIVING_SERVICE}.type`, is: 'global_relay' }],
      { path: `${ARCHIVING_SERVICE}.${key}`, filled: true },
      'Global Relay takes messages for an address, a user name and a passcode only',
    ),
  ),
  rule(
    'needs',
    'documented',
    ACCOUNT,
    [{ path: `${ARCHIVING_SERVICE}.type`, is: 'smarsh' }],
    { path: `${ARCHIVING_SERVICE}.authorized_channel_token`, filled: true },
    'Smarsh takes messages for a channel token only',
  ),
  ...['retention_period_of_channels', 'retention_period_of_direct_messages_and_group_conversation'].map((key) =>
    rule(
      'needs',
      'inferred',
      ACCOUNT_AND_GROUP,
      [{ path: `${CLOUD_RETENTION}.enable`, is: true }],
      { path: `${CLOUD_RETENTION}.${key}`, named: true },
      'Zoom decides when messages are deleted where no period is given',
    ),
  ),
  rule(
    'needs',
    'documented',
    ACCOUNT,
    [{ path: 'in_meeting.watermark', is: true }],
    { path: SIGN_IN, is: true },
    'the watermark shows the address of whoever watches, which is known of people who signed in only',
  ),
  ...['have_letter', 'have_special_character', 'have_upper_and_lower_characters'].flatMap((key) => [
    digitsOnly('meeting_security.meeting_password_requirement', key, EVERYWHERE),
    digitsOnly('schedule_meeting.meeting_password_requirement', key, ACCOUNT_AND_USER),
  ]),
  digitsOnly('recording.recording_password_requirement', 'have_letter', ACCOUNT_AND_USER),
  digitsOnly('recording.recording_password_requirement', 'have_special_character', ACCOUNT_AND_USER),
  rule(
    'needs',
    'inferred',
    EVERYWHERE,
    [{ path: 'meeting_security.meeting_password_requirement.have_upper_and_lower_characters', is: true }],
    { path: 'meeting_security.meeting_password_requirement.have_letter', is: true },
    'a passcode with capital and small letters has letters',
  ),
  rule(
    'needs',
    'inferred',
    EVERYWHERE,
    [{ path: 'meeting_security.meeting_password_requirement.length', above: 10 }],
    { path: 'meeting_security.meeting_password_requirement.length', atMost: 10 },
    'Zoom seems to make meeting passcodes of at most 10 characters',
  ),
  excludes('zoom_events', 'zoom_events_unlimited', 'a user has one of the two licences for events'),
  excludes(
    'zoom_events_pay_per_attendee',
    'zoom_sessions_pay_per_attendee',
    'a user pays per attendee in one of the two ways',
  ),
  excludes('zoom_whiteboard', 'zoom_whiteboard_plus', 'a user has one of the two whiteboard licences'),
];

function digitsOnly(section: SettingPath, key: string, scopes: readonly Scope[]): Rule {
  return rule(
    'needs',
    'inferred',
    scopes,
    [{ path: `${section}.only_allow_numeric`, is: true }],
    { path: `${section}.${key}`, is: false },
    'a passcode of digits only has nothing else in it',
  );
}

function excludes(one: string, other: string, why: string): Rule {
  return rule(
    'needs',
    'documented',
    USER,
    [{ path: `feature.${one}`, is: true }],
    { path: `feature.${other}`, is: false },
    why,
  );
}

/**
 * What has no effect together with something else. Breakout rooms, private chat and reactions are not named for end-to-end
 * encrypted meetings: they were missing there at first and have come since.
 */
const IDLE: readonly Rule[] = [
  notEncrypted({ path: 'recording.cloud_recording', is: true }, 'cloud recording', 'documented'),
  notEncrypted({ path: 'recording.auto_recording', is: 'cloud' }, 'cloud recording'),
  notEncrypted({ path: 'in_meeting.allow_live_streaming', is: true }, 'live streaming', 'documented'),
  notEncrypted({ path: 'recording.recording_audio_transcript', is: true }, 'transcript of a cloud recording'),
  notEncrypted({ path: 'in_meeting.closed_captioning.auto_transcribing', is: true }, 'live transcription'),
  notEncrypted({ path: 'in_meeting.manual_captioning.auto_generated_captions', is: true }, 'live transcription'),
  notEncrypted({ path: 'in_meeting.polling', is: true }, 'polling'),
  notEncrypted({ path: 'in_meeting.whiteboard', is: true }, 'whiteboard'),
  notEncrypted({ path: 'in_meeting.show_a_join_from_your_browser_link', is: true }, 'joining from a browser'),
  notEncrypted({ path: 'in_meeting.join_from_desktop', is: true }, 'joining from a browser'),
  notEncrypted({ path: 'audio_conferencing.toll_call.enable', is: true }, 'dialling in'),
  notEncrypted({ path: 'audio_conferencing.call_me_and_invite_by_phone.enable', is: true }, 'calling people by phone'),
  notEncrypted({ path: 'schedule_meeting.audio_type', oneOf: ['both', 'telephony', 'thirdParty'] }, 'audio by phone'),
  {
    ...notEncrypted({ path: 'in_meeting.meeting_summary_with_ai_companion.enable', is: true }, 'meeting summary'),
    scopes: ACCOUNT_AND_USER,
  },
  rule(
    'idles',
    'documented',
    ACCOUNT,
    [{ path: SECOND_FACTOR, not: 'group' }],
    { path: `${SECOND_FACTOR}_groups`, filled: true },
    'the groups count only where a second factor is asked of some groups',
  ),
  rule(
    'idles',
    'documented',
    ACCOUNT,
    [{ path: SECOND_FACTOR, not: 'role' }],
    { path: `${SECOND_FACTOR}_roles`, filled: true },
    'the roles count only where a second factor is asked of some roles',
  ),
  ...[
    PLACED,
    PLACED_EXCEPT_DOMAINS,
    'meeting_security.waiting_room_settings.users_who_can_admit_participants_from_waiting_room',
  ].map((path) =>
    rule(
      'idles',
      'inferred',
      EVERYWHERE,
      [{ path: WAITING_ROOM, is: false }],
      { path, named: true },
      'there is no waiting room',
    ),
  ),
  rule(
    'idles',
    'documented',
    ACCOUNT,
    [{ path: ADMIT_TYPE, is: 2 }],
    { path: 'meeting_security.waiting_room_options.internal_user_auto_admit', named: true },
    'nobody is admitted automatically where everybody is admitted by hand',
  ),
  rule(
    'idles',
    'inferred',
    EVERYWHERE,
    [{ path: 'schedule_meeting.join_before_host', is: false }],
    { path: 'schedule_meeting.require_password_for_pmi_meetings', is: 'jbh_only' },
    'a passcode is asked for only where people can join before the host, which nobody can',
  ),
  rule(
    'idles',
    'inferred',
    EVERYWHERE,
    [{ path: 'in_meeting.chat', is: false }],
    { path: 'in_meeting.auto_saving_chat', is: true },
    'there is no chat to be saved',
  ),
  rule(
    'idles',
    'inferred',
    EVERYWHERE,
    [{ path: SIGN_IN, is: true }],
    { path: 'meeting_security.only_authenticated_can_join_from_webclient', is: false },
    'everybody has to sign in, in a browser too',
  ),
];

function notEncrypted(outcome: Term, what: string, certainty: Rule['certainty'] = 'inferred'): Rule {
  const why = `there is no ${what} in end-to-end encrypted meetings`;
  return rule('idles', certainty, EVERYWHERE, [E2EE], outcome, why);
}

const OLD_AND_NEW = 'they seem to be the older and the newer name of one setting';

/** What seems to be one stored value under two names. */
const SAME: readonly Rule[] = [
  ...together(ACCOUNT, 'meeting_security.waiting_room_options.enable', WAITING_ROOM, 'both switch the waiting room'),
  ...together(ACCOUNT, ADMIT_TYPE, PLACED, 'both say who has to wait in the waiting room', [
    [2, 0],
    [3, 1],
    [4, 2],
  ]),
  ...together(
    ACCOUNT,
    'meeting_security.waiting_room_options.who_can_admit_participants',
    'meeting_security.waiting_room_settings.users_who_can_admit_participants_from_waiting_room',
    'both say who lets people in from the waiting room',
    [
      [0, 0],
      [1, 1],
    ],
  ),
  bothFilled(ADMITTED_DOMAINS, PLACED_EXCEPT_DOMAINS),
  bothFilled(PLACED_EXCEPT_DOMAINS, ADMITTED_DOMAINS),
  ...together(
    ACCOUNT,
    'schedule_meeting.not_store_meeting_topic',
    'schedule_meeting.always_display_zoom_meeting_as_topic.enable',
    OLD_AND_NEW,
  ),
  ...together(
    EVERYWHERE,
    'in_meeting.closed_captioning.save_caption',
    'in_meeting.manual_captioning.save_captions',
    OLD_AND_NEW,
  ),
  ...together(
    EVERYWHERE,
    'in_meeting.closed_captioning.view_full_transcript',
    'in_meeting.manual_captioning.full_transcript',
    OLD_AND_NEW,
  ),
  ...together(
    EVERYWHERE,
    'in_meeting.closed_captioning.auto_transcribing',
    'in_meeting.manual_captioning.auto_generated_captions',
    OLD_AND_NEW,
  ),
  ...together(EVERYWHERE, 'in_meeting.polling', 'in_meeting.meeting_polling.enable', OLD_AND_NEW),
  ...together(
    EVERYWHERE,
    'in_meeting.virtual_background',
    'in_meeting.virtual_background_settings.enable',
    OLD_AND_NEW,
  ),
  ...['All participants', 'Guest only'].map((shownTo) =>
    rule(
      'same',
      'inferred',
      ACCOUNT_AND_USER,
      [{ path: 'recording.recording_disclaimer', is: false }],
      { path: 'recording.recording_notification_for_zoom_client.disclaimer_to_participants', not: shownTo },
      'the notification took the place of the older switch, which says that there is no disclaimer',
    ),
  ),
  rule(
    'same',
    'documented',
    EVERYWHERE,
    [{ path: 'schedule_meeting.force_pmi_jbh_password', is: true }],
    { path: 'schedule_meeting.require_password_for_pmi_meetings', not: 'none' },
    'it takes the place of the older switch, which asks for a passcode where people can join before the host',
  ),
  ...together(
    USER,
    'tsp.show_international_numbers_link',
    'telephony.show_international_numbers_link',
    'both show the link to international numbers in invitations',
  ),
  ...together(
    ['group'],
    'in_meeting.show_a_join_from_your_browser_link',
    'in_meeting.show_browser_join_link',
    'both show the link for joining from a browser',
  ),
];

/** @param pairs values of the first and of the second that go together */
function together(
  scopes: readonly Scope[],
  first: SettingPath,
  second: SettingPath,
  why: string,
  pairs: readonly (readonly [Json, Json])[] = [
    [true, true],
    [false, false],
  ],
): Rule[] {
  return pairs.map(([one, other]) =>
    rule('same', 'inferred', scopes, [{ path: first, is: one }], { path: second, is: other }, why),
  );
}

function bothFilled(first: SettingPath, second: SettingPath): Rule {
  const why = 'both list the domains that are let past the waiting room';
  return rule('same', 'inferred', ACCOUNT, [{ path: first, filled: true }], { path: second, filled: true }, why);
}

export const RULES: readonly Rule[] = [...FORCED, ...NEEDED, ...IDLE, ...SAME];

/** What only Zoom can grant: the reason that fits when such a value was accepted and did not come to be. */
export interface Precondition {
  readonly path: SettingPath;
  /** Absent where it may be any value. */
  readonly value?: Json;
  /** A clause that gives the reason. */
  readonly why: string;
}

const SMALL_PLANS = 'free accounts and Pro accounts with one host always ask for a passcode';

export const PRECONDITIONS: readonly Precondition[] = [
  {
    path: 'meeting_security.auto_security',
    value: false,
    why: 'only Enterprise, ISV and Education accounts, and Business accounts with more than 100 licences, can turn it off',
  },
  { path: 'schedule_meeting.require_password_for_scheduling_new_meetings', value: false, why: SMALL_PLANS },
  { path: 'schedule_meeting.require_password_for_instant_meetings', value: false, why: SMALL_PLANS },
  { path: 'schedule_meeting.require_password_for_pmi_meetings', value: 'none', why: SMALL_PLANS },
  { path: 'recording.archive.enable', value: true, why: "Zoom's support has to grant archiving to the account first" },
  {
    path: 'in_meeting.data_center_regions',
    why: 'the region in which the account was set up cannot be left out, and free accounts have no other',
  },
];
