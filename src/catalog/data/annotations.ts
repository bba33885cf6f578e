/**
 * What Zoom's OpenAPI document does not say, kept by hand. Paths are policy paths; a test holds every one of them
 * against the table. Evidence: "zoom-api" is the project's notes on how the API behaves, section given.
 */
import type { SettingPath } from '../../model/setting.ts';
import type { Scope } from '../../model/target.ts';

const EVERYWHERE: readonly Scope[] = ['account', 'group', 'user'];

/**
 * Lock keys whose settings have another spelling. All other keys govern the setting of the same path, or all settings
 * below it (`in_meeting.webinar_chat`). zoom-api, section 5.
 */
export const LOCKS_BY_ANOTHER_NAME: Readonly<Record<SettingPath, readonly SettingPath[]>> = {
  'in_meeting.auto_generated_captions': [
    'in_meeting.closed_captioning.auto_transcribing',
    'in_meeting.manual_captioning.auto_generated_captions',
  ],
  'in_meeting.full_transcript': [
    'in_meeting.closed_captioning.view_full_transcript',
    'in_meeting.manual_captioning.full_transcript',
  ],
  'in_meeting.manual_captions': ['in_meeting.manual_captioning.manual_captions'],
  'in_meeting.save_caption': ['in_meeting.closed_captioning.save_caption'],
  'in_meeting.save_captions': ['in_meeting.manual_captioning.save_captions'],
  'in_meeting.closed_caption': ['in_meeting.closed_caption', 'in_meeting.closed_captioning.enable'],
  // The portal shows these as parts of the one setting that the lock belongs to.
  'in_meeting.screen_sharing': [
    'in_meeting.who_can_share_screen',
    'in_meeting.who_can_share_screen_when_someone_is_sharing',
  ],
  'in_meeting.chat': ['in_meeting.allow_participants_chat_with', 'in_meeting.allow_users_save_chats'],
  'schedule_meeting.meeting_authentication': ['meeting_authentication'],
  'recording.recording_authentication': ['recording_authentication'],
  'chat.allow_create_channels_and_group_chats': [
    'chat.create_public_channels',
    'chat.create_private_channels',
    'chat.create_group_chat',
  ],
};

/**
 * Lock keys that must not be sent although PATCH takes them: not a plain boolean at every level, or the documents
 * disagree on the type. They are still read. zoom-api, section 5 ("non-boolean leaves").
 */
export const LOCKS_NOT_SENT: readonly SettingPath[] = [
  'in_meeting.entry_exit_chime',
  'schedule_meeting.enforce_login_domains',
  'recording.ip_address_access_control.enable',
  'recording.ip_address_access_control.ip_addresses_or_ranges',
  'meeting_security.encryption_type',
];

/**
 * One knob under two names. `equal`: the values are the same; else each pair says which values go together. Recorded
 * answers agree between the two names; that they are one stored value is inferred. zoom-api, section 4.
 */
export interface Alias {
  readonly paths: readonly [SettingPath, SettingPath];
  readonly scopes: readonly Scope[];
  /** Values of the first path and of the second that go together; absent when they are simply equal. */
  readonly pairs?: readonly (readonly [unknown, unknown])[];
}

export const ALIASES: readonly Alias[] = [
  { paths: ['in_meeting.waiting_room', 'meeting_security.waiting_room'], scopes: ['group', 'user'] },
  {
    paths: ['schedule_meeting.require_password_for_scheduling_new_meetings', 'meeting_security.meeting_password'],
    scopes: EVERYWHERE,
  },
  {
    paths: ['schedule_meeting.require_password_for_pmi_meetings', 'meeting_security.pmi_password'],
    scopes: EVERYWHERE,
    pairs: [
      ['all', true],
      ['jbh_only', true],
      ['none', false],
    ],
  },
  { paths: ['schedule_meeting.pstn_password_protected', 'meeting_security.phone_password'], scopes: ['group', 'user'] },
  {
    paths: ['schedule_meeting.embed_password_in_join_link', 'meeting_security.embed_password_in_join_link'],
    scopes: ['group', 'user'],
  },
  {
    paths: [
      'schedule_meeting.require_password_for_scheduled_meetings',
      'meeting_security.require_password_for_scheduled_meeting',
    ],
    scopes: EVERYWHERE,
  },
  {
    paths: ['schedule_meeting.meeting_password_requirement', 'meeting_security.meeting_password_requirement'],
    scopes: ['account', 'user'],
  },
];

/** The same setting under the name that another scope has for it. zoom-api, section 4 ("names differ per level"). */
export const SPELLINGS: readonly Readonly<Partial<Record<Scope, SettingPath>>>[] = [
  {
    account: 'schedule_meeting.participant_video',
    group: 'schedule_meeting.participant_video',
    user: 'schedule_meeting.participants_video',
  },
  {
    account: 'schedule_meeting.use_pmi_for_scheduled_meetings',
    group: 'schedule_meeting.use_pmi_for_schedule_meetings',
    user: 'schedule_meeting.use_pmi_for_scheduled_meetings',
  },
  {
    account: 'in_meeting.record_play_own_voice',
    group: 'in_meeting.record_play_own_voice',
    user: 'in_meeting.record_play_voice',
  },
];

/**
 * What identifies the items of an array, and whether their order means something. Arrays not named here are sets of
 * plain values: Zoom returns them in an order of its own.
 */
export interface ListRule {
  readonly ordered: boolean;
  /** The property that names an item; the others are compared under that name. */
  readonly key?: string;
}

export const LISTS: Readonly<Record<SettingPath, ListRule>> = {
  // "You can adjust the order" is said of this list only: participants see the numbers in that order.
  'audio_conferencing.global_dial_in_countries.selected_countries': { ordered: true, key: 'code' },
  'tsp.global_dial_in_countries.selected_countries': { ordered: true, key: 'code' },
  'audio_conferencing.call_me_and_invite_by_phone.call_out_countries.selected_countries': {
    ordered: false,
    key: 'code',
  },
  'audio_conferencing.toll_call.numbers': { ordered: false, key: 'number' },
  'audio_conferencing.toll_free_and_fee_based_toll_call.numbers': { ordered: false, key: 'number' },
  'in_meeting.auto_generated_translation.language_item_pairList.trans_lang_config': { ordered: true },
  'in_meeting.virtual_background_settings.files': { ordered: false, key: 'id' },
  'feature.license_info_list': { ordered: false, key: 'license_type' },
  'registration.questions': { ordered: false, key: 'field_name' },
  'registration.custom_questions': { ordered: false, key: 'title' },
  'meeting_authentication.authentication_options': { ordered: false, key: 'name' },
  'recording_authentication.authentication_options': { ordered: false, key: 'name' },
  'chat.chat_etiquette_tool.policies': { ordered: false, key: 'name' },
  'meeting_security.chat_etiquette_tool.policies': { ordered: false, key: 'name' },
  'schedule_meeting.meeting_template.templates': { ordered: false, key: 'id' },
};

/** Where a value that PATCH takes is found in the GET answer when it is not under its own path. */
export interface ReadFrom {
  readonly path: SettingPath;
  /** The answer is a list of objects and the PATCH takes this property of each. */
  readonly item?: string;
}

export const READ_FROM: Readonly<Record<SettingPath, ReadFrom>> = {
  // Live answers of 2021 to 2023 say `selection_value`; document and PATCH say `selection_values`. zoom-api, section 4.
  'telephony.telephony_regions.selection_values': { path: 'telephony.telephony_regions.selection_value' },
  'security.signin_with_sso.sso_bypass_user_ids': { path: 'security.signin_with_sso.sso_bypass_users', item: 'id' },
  // The GET document has it one level too deep.
  'in_meeting.allow_users_to_delete_messages_in_meeting_chat': {
    path: 'in_meeting.webinar_chat.allow_users_to_delete_messages_in_meeting_chat',
  },
};

/** Said to be PATCH-only, and yet seen in recorded answers. zoom-api, section 4. */
export const RECORDED_IN_GET: readonly { readonly scope: Scope; readonly path: SettingPath }[] = [
  { scope: 'user', path: 'in_meeting.auto_answer' },
];

/**
 * Fields that tell Zoom what to do rather than what should be, and the lists that only such a verb changes. A policy
 * cannot hold them; they are never sent along. zoom-api, section 4 ("action-verb writes").
 */
export const VERBS: readonly SettingPath[] = [
  'chat.chat_etiquette_tool.operate',
  'chat.chat_etiquette_tool.policies',
  'meeting_security.chat_etiquette_tool.operate',
  'meeting_security.chat_etiquette_tool.policies',
  'schedule_meeting.meeting_template.action',
  'schedule_meeting.meeting_template.templates',
  'security.signin_with_sso.operation',
  ...['meeting_authentication', 'recording_authentication'].flatMap((document) =>
    ['action', 'default_option', 'domains', 'id', 'name', 'type'].map(
      (key) => `${document}.authentication_option.${key}`,
    ),
  ),
];

/** Never printed, stored or journalled. zoom-api, section 4; `baselines/secrets-destructive.json`. */
export const SECRETS: readonly SettingPath[] = [
  'chat.send_data_to_third_party_archiving_service.passcode',
  'chat.send_data_to_third_party_archiving_service.authorized_channel_token',
  'schedule_meeting.pmi_password',
  // In no description, and in clear in most recorded answers.
  'meeting_security.password_for_pmi',
  'schedule_meeting.default_password_for_scheduled_meetings',
];

/**
 * Switches and the settings that depend on them. While the switch is off, Zoom leaves those out of its answer and ignores
 * what is sent for them. Every `enable` counts as such a switch for everything next to it, without being listed.
 * `baselines/dependencies.json`, kind `gate`; recorded answers in zoom-api, section 4.
 */
export const GATES: readonly (readonly [switchPath: SettingPath, settings: readonly SettingPath[]])[] = [
  ['recording.auto_delete_cmr', ['recording.auto_delete_cmr_days']],
  ['in_meeting.custom_data_center_regions', ['in_meeting.data_center_regions']],
  ['in_meeting.meeting_reactions', ['in_meeting.meeting_reactions_emojis']],
  ['in_meeting.p2p_ports', ['in_meeting.ports_range']],
  ['in_meeting.p2p_connetion', ['in_meeting.p2p_ports']],
  ['in_meeting.dscp_marking', ['in_meeting.dscp_audio', 'in_meeting.dscp_video', 'in_meeting.dscp_dual']],
  [
    'in_meeting.screen_sharing',
    [
      'in_meeting.who_can_share_screen',
      'in_meeting.who_can_share_screen_when_someone_is_sharing',
      'in_meeting.participants_share_simultaneously',
    ],
  ],
  ['in_meeting.custom_live_streaming_service', ['in_meeting.custom_service_instructions']],
  ['in_meeting.webinar_question_answer', ['in_meeting.anonymous_question_answer']],
  ['in_meeting.breakout_room', ['in_meeting.breakout_room_schedule']],
  // While sign-in is not asked for, Zoom may leave its profiles out of the answer.
  ['meeting_authentication.meeting_authentication', ['meeting_authentication.authentication_options']],
  ['recording_authentication.recording_authentication', ['recording_authentication.authentication_options']],
  ['meeting_security.block_user_domain', ['meeting_security.block_user_domain_list']],
  ['schedule_meeting.enforce_login_with_domains', ['schedule_meeting.enforce_login_domains']],
  ['schedule_meeting.join_before_host', ['schedule_meeting.jbh_time']],
  ['tsp.call_out', ['tsp.call_out_countries', 'tsp.allow_webinar_attendees_call_me']],
  ['chat.chat_email_address.only_allow_specific_domains', ['chat.chat_email_address.specific_domains']],
  [
    'chat.share_files.restrictions.only_allow_specific_file_types',
    [
      'chat.share_files.restrictions.file_type_restrictions',
      'chat.share_files.restrictions.file_type_restrictions_for_external',
    ],
  ],
  [
    'chat.share_files.restrictions.maximum_file_size',
    [
      'chat.share_files.restrictions.file_size_restrictions',
      'chat.share_files.restrictions.file_size_restrictions_for_external',
    ],
  ],
  ['feature.webinar', ['feature.webinar_capacity']],
  ['feature.large_meeting', ['feature.large_meeting_capacity']],
  ['feature.zoom_events', ['feature.zoom_events_capacity']],
  ['feature.zoom_events_unlimited', ['feature.zoom_events_unlimited_capacities']],
  ['feature.zoom_sessions_unlimited', ['feature.zoom_sessions_unlimited_capacities']],
  ['feature.zoom_webinars_plus_unlimited', ['feature.zoom_webinars_plus_unlimited_capacities']],
];

/**
 * What Zoom lists and accepts although the `enable` next to it is off, as its description of both says ("configurable even when account
 * setting is OFF and unlocked"): groups and people that switch it on for themselves start from it.
 */
export const LISTED_WHILE_OFF: readonly SettingPath[] = [
  'chat.allow_delete_message.time',
  'chat.allow_edit_message.time',
];

/**
 * Switches without which others have no effect, though nothing says that Zoom stops listing them or taking values for
 * them. A setting under several switches is listed with each, the nearest switch first. `baselines/dependencies.json`, kind
 * `gate`.
 */
export const IDLE_WITHOUT: typeof GATES = [
  ['recording.cloud_recording_download', ['recording.cloud_recording_download_host']],
  [
    'recording.cloud_recording',
    [
      'recording.account_user_access_recording',
      'recording.auto_delete_cmr',
      'recording.cloud_recording_download',
      'recording.cloud_recording_download_host',
      'recording.host_delete_cloud_recording',
      'recording.record_files_separately.active_speaker',
      'recording.record_files_separately.gallery_view',
      'recording.record_files_separately.shared_screen',
      'recording.recording_audio_transcript',
      'recording.save_chat_text',
      'recording.smart_recording.create_next_steps',
      'recording.smart_recording.create_recording_highlights',
      'recording.smart_recording.create_smart_chapters',
    ],
  ],
  [
    'recording.recording_disclaimer',
    ['recording.ask_host_to_confirm_disclaimer', 'recording.ask_participants_to_consent_disclaimer'],
  ],
  ['in_meeting.p2p_connetion', ['in_meeting.ports_range']],
  ['in_meeting.screen_sharing', ['in_meeting.annotation', 'in_meeting.remote_control']],
  [
    'in_meeting.chat',
    [
      'in_meeting.allow_participants_chat_with',
      'in_meeting.allow_users_save_chats',
      'in_meeting.auto_saving_chat',
      'in_meeting.file_transfer',
      'in_meeting.private_chat',
    ],
  ],
  [
    'in_meeting.allow_live_streaming',
    [
      'in_meeting.custom_live_streaming_service',
      'in_meeting.custom_service_instructions',
      'in_meeting.live_streaming_facebook',
      'in_meeting.live_streaming_youtube',
      'in_meeting.workplace_by_facebook',
    ],
  ],
  ['in_meeting.closed_captioning.view_full_transcript', ['in_meeting.closed_captioning.save_caption']],
  ['in_meeting.manual_captioning.full_transcript', ['in_meeting.manual_captioning.save_captions']],
  [
    'schedule_meeting.personal_meeting',
    [
      'schedule_meeting.use_pmi_for_instant_meetings',
      'schedule_meeting.use_pmi_for_schedule_meetings',
      'schedule_meeting.use_pmi_for_scheduled_meetings',
    ],
  ],
  [
    'schedule_meeting.continuous_meeting_chat.can_add_external_users',
    ['schedule_meeting.continuous_meeting_chat.auto_add_invited_external_users'],
  ],
  ['chat.allow_delete_message.enable', ['chat.allow_remove_msg_by_owner_and_admins']],
  ['chat.share_files.enable', ['chat.record_video_messages']],
];
