/**
 * Changes that cost something which changing back does not bring back, or that hit people at once. Kept by hand, from
 * Zoom's field texts and public notices.
 */

import type { SettingPath } from '../../model/setting.ts';
import type { Json } from '../../util/json.ts';
import { memoize } from '../../util/memoize.ts';

export interface Loss {
  /** Policy paths; a `*` at the end takes in everything below, within a name any part of it. */
  readonly paths: readonly SettingPath[];
  /**
   * The change that does it:
   * - `becomes`: to this value, from another one or from none
   * - `from`: from one of these values to `becomes`, or to any other where none is given
   * - `shrinks`: to a smaller number or a shorter period, which is text of a number and `y`, `m` (months) or `d`; from
   *   none, it shrinks
   * - `losesItems`, `gainsItems`: of a list, or of text with commas between the items; none is an empty list
   * - `changes`: from one value to another one; none and empty text are no value
   */
  readonly when:
    | { readonly becomes: Json }
    | { readonly from: readonly Json[]; readonly becomes?: Json }
    | { readonly shrinks: true }
    | { readonly losesItems: true }
    | { readonly gainsItems: true }
    | { readonly changes: true };
  /** What happens, as a sentence about the organisation: "recordings older than the period are deleted". */
  readonly effect: string;
  /** Data, records or access are lost for good: refused without `--allow-lossy`. Other losses are only reported. */
  readonly lossy: boolean;
}

const PERIODS = ['retention_period_of_channels', 'retention_period_of_direct_messages_and_group_conversation'];
const LATER = 'and what is missed until then cannot be archived later';

/** If several of them cover a change, the first one describes it. */
export const LOSSES: readonly Loss[] = [
  {
    paths: ['recording.auto_delete_cmr'],
    when: { becomes: true },
    effect: 'cloud recordings older than the period are deleted',
    lossy: true,
  },
  {
    paths: ['recording.auto_delete_cmr_days'],
    when: { shrinks: true },
    effect: 'cloud recordings that are older than the new period are deleted at once',
    lossy: true,
  },
  {
    paths: ['recording.allow_recovery_deleted_cloud_recordings'],
    when: { becomes: false },
    effect: 'deleted recordings are gone for good within about a day, without a trash to bring them back from',
    lossy: true,
  },
  {
    paths: ['recording.host_delete_cloud_recording'],
    when: { becomes: true },
    effect: 'hosts can delete recordings, those that have to be kept as well',
    lossy: false,
  },
  {
    paths: ['recording.archive.enable'],
    when: { becomes: false },
    effect: `nothing is archived any more, ${LATER}`,
    lossy: true,
  },
  {
    paths: ['recording.archive.type'],
    when: { from: [2, 3], becomes: 1 },
    effect: `webinars are no longer archived, ${LATER}`,
    lossy: true,
  },
  {
    paths: ['recording.archive.type'],
    when: { from: [1, 3], becomes: 2 },
    effect: `meetings are no longer archived, ${LATER}`,
    lossy: true,
  },
  {
    paths: ['recording.archive.settings.*'],
    when: { from: [true], becomes: false },
    effect: `this part of a meeting is no longer archived, ${LATER}`,
    lossy: true,
  },
  {
    paths: ['recording.archive.settings.archive_retention'],
    when: { shrinks: true },
    effect: 'archived content that is older than the new period is deleted',
    lossy: true,
  },
  {
    paths: ['recording.archive.settings.action_when_archive_failed'],
    when: { becomes: 2 },
    effect: 'a meeting is over for everybody when its archiving fails',
    lossy: false,
  },
  {
    paths: ['recording.cloud_recording'],
    when: { becomes: false },
    effect: 'no meeting is recorded in the cloud from now on, whatever the other settings of recordings say',
    lossy: false,
  },
  {
    paths: ['recording.prevent_host_access_recording'],
    when: { becomes: true },
    effect: 'hosts can no longer see the recordings of their own meetings',
    lossy: false,
  },
  {
    paths: ['recording.required_password_for_existing_cloud_recordings'],
    when: { becomes: true },
    effect: 'links to recordings that were shared without a passcode ask for one',
    lossy: false,
  },
  {
    paths: ['profile.recording_storage_location.value'],
    when: { changes: true },
    effect: 'new recordings and transcripts are stored in another country, and old ones stay where they are',
    lossy: true,
  },
  {
    paths: ['chat.set_retention_period_in_cloud.enable'],
    when: { becomes: true },
    effect: 'messages and files older than the period are deleted from Zoom',
    lossy: true,
  },
  {
    paths: PERIODS.map((key) => `chat.set_retention_period_in_cloud.${key}`),
    when: { shrinks: true },
    effect: 'messages and files older than the new period are deleted from Zoom',
    lossy: true,
  },
  {
    paths: ['chat.set_retention_period_in_local.enable'],
    when: { becomes: true },
    effect: "messages older than the period are deleted from people's devices",
    lossy: true,
  },
  {
    paths: PERIODS.map((key) => `chat.set_retention_period_in_local.${key}`),
    when: { shrinks: true },
    effect: "messages older than the new period are deleted from people's devices",
    lossy: true,
  },
  {
    paths: ['chat.apply_local_storage_to_personal_channel.enable'],
    when: { becomes: true },
    effect: "messages of personal channels older than the period are deleted from people's devices",
    lossy: true,
  },
  {
    paths: ['chat.apply_local_storage_to_personal_channel.retention_period'],
    when: { shrinks: true },
    effect: "messages of personal channels older than the new period are deleted from people's devices",
    lossy: true,
  },
  {
    paths: ['chat.store_revise_chat'],
    when: { becomes: false },
    effect: 'what a message said before it was edited or deleted is no longer kept',
    lossy: true,
  },
  {
    paths: ['chat.send_data_to_third_party_archiving_service.enable'],
    when: { becomes: false },
    effect: `messages no longer reach the archiving service, ${LATER}`,
    lossy: true,
  },
  {
    paths: ['type', 'smtp_delivery_address', 'user_name', 'authorized_channel_token'].map(
      (key) => `chat.send_data_to_third_party_archiving_service.${key}`,
    ),
    when: { changes: true },
    effect: 'messages are archived somewhere else from now on',
    lossy: true,
  },
  {
    paths: ['schedule_meeting.personal_meeting'],
    when: { becomes: false },
    effect:
      'meetings scheduled with a personal meeting ID become invalid and have to be scheduled again by hand, ' +
      'and desk phones can no longer turn calls into meetings',
    lossy: true,
  },
  {
    paths: [
      'meeting_security.require_password_for_scheduled_meeting',
      'schedule_meeting.require_password_for_scheduled_meetings',
    ],
    when: { becomes: true },
    effect: 'meetings that are scheduled already get passcodes, which invitations sent before do not have',
    lossy: false,
  },
  {
    paths: ['meeting_security.require_password_for_scheduled_webinar'],
    when: { becomes: true },
    effect: 'webinars that are scheduled already get passcodes, which invitations sent before do not have',
    lossy: false,
  },
  {
    paths: [
      'schedule_meeting.always_display_zoom_meeting_as_topic.display_topic_for_scheduled_meetings',
      'schedule_meeting.always_display_zoom_webinar_as_topic.display_topic_for_scheduled_webinars',
      'schedule_meeting.hide_meeting_description.hide_description_for_scheduled_meetings',
      'schedule_meeting.hide_webinar_description.hide_description_for_scheduled_webinars',
    ],
    when: { becomes: true },
    effect: 'it shows in what is scheduled already as well',
    lossy: false,
  },
  {
    paths: ['in_meeting.data_center_regions'],
    when: { losesItems: true },
    effect: 'dial-in numbers and room connectors of the regions taken off stop working',
    lossy: false,
  },
  {
    paths: ['audio_conferencing.global_dial_in_countries.selected_countries'],
    when: { losesItems: true },
    effect: 'dial-in numbers of the countries taken off disappear from invitations',
    lossy: false,
  },
  {
    paths: ['audio_conferencing.call_me_and_invite_by_phone.call_out_countries.selected_countries'],
    when: { losesItems: true },
    effect: 'nobody can be called from a meeting in the countries taken off',
    lossy: false,
  },
  {
    paths: ['in_meeting.virtual_background_settings.files'],
    when: { losesItems: true },
    effect: 'the files taken off are gone until somebody uploads them again',
    lossy: true,
  },
  {
    paths: ['chat.chat_etiquette_tool.policies', 'meeting_security.chat_etiquette_tool.policies'],
    when: { losesItems: true },
    effect: 'the policy is deleted with its words and patterns',
    lossy: true,
  },
  {
    paths: ['schedule_meeting.meeting_template.templates'],
    when: { losesItems: true },
    effect: 'the template is deleted, and can only be made again from a meeting',
    lossy: true,
  },
  {
    paths: ['meeting_authentication.authentication_options', 'recording_authentication.authentication_options'],
    when: { losesItems: true },
    effect: 'the profile can no longer be chosen, and what uses it may fall back to another one',
    lossy: false,
  },
  {
    paths: ['security.signin_with_sso.require_sso_for_domains'],
    when: { becomes: true },
    effect:
      'a wrong domain or a failing identity provider locks everybody out, administrators included, ' +
      'but for people who may bypass single sign-on',
    lossy: true,
  },
  {
    paths: ['security.signin_with_sso.sso_bypass_user_ids'],
    when: { losesItems: true },
    effect: 'the people taken off are locked out when single sign-on fails',
    lossy: true,
  },
  {
    paths: ['security.sign_in_with_two_factor_auth'],
    when: { becomes: 'all' },
    effect: 'everybody who signs in with a password has to set up a second factor, which service users cannot',
    lossy: false,
  },
  {
    paths: ['security.sign_again_period_for_inactivity_on_client'],
    when: { from: [0] },
    effect: 'apps that nobody uses for a while sign out, those on shared screens as well',
    lossy: false,
  },
  {
    paths: ['meeting_authentication.meeting_authentication'],
    when: { becomes: true },
    effect: 'people without a Zoom account can no longer join',
    lossy: false,
  },
  {
    paths: ['meeting_security.block_user_domain_list'],
    when: { gainsItems: true },
    effect: 'people of the domains added are refused, be they of the organisation or its partners',
    lossy: false,
  },
  {
    paths: ['recording.ip_address_access_control.enable'],
    when: { becomes: true },
    effect: 'recordings can no longer be watched from other addresses than those listed',
    lossy: false,
  },
  {
    paths: ['recording.ip_address_access_control.ip_addresses_or_ranges'],
    when: { losesItems: true },
    effect: 'recordings can no longer be watched from the addresses taken off',
    lossy: false,
  },
  {
    paths: ['meeting_security.encryption_type'],
    when: { becomes: 'e2ee' },
    effect: 'cloud recording, live streaming, transcription, polls, dialling in and joining from a browser stop',
    lossy: false,
  },
  {
    paths: ['feature.zoom_phone'],
    when: { becomes: false },
    effect: "the user's numbers and phones are unassigned",
    lossy: true,
  },
  {
    paths: ['feature.webinar', 'feature.large_meeting', 'feature.zoom_events*'],
    when: { becomes: false },
    effect: 'the user loses the licence, and what is scheduled with it may not take place',
    lossy: true,
  },
];

/** What changes of a setting can lose, in the order of the table. */
export const lossesOf = memoize((path: SettingPath): readonly Loss[] =>
  LOSSES.filter(({ paths }) => paths.some((pattern) => patternOf(pattern).test(path))),
);

const patternOf = memoize(
  (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.*')}$`),
);
