/** What an ordinary account of some years has switched on, whichever level is asked. */
import { pathAt } from '../../catalog/levels.ts';
import { settingsOf } from '../../catalog/lookup.ts';
import type { SettingPath } from '../../model/setting.ts';
import type { Scope } from '../../model/target.ts';
import type { Json } from '../../util/json.ts';

const USUALLY_ON: readonly SettingPath[] = [
  'audio_conferencing.call_me_and_invite_by_phone.enable',
  'audio_conferencing.toll_call.enable',
  'email_notification.cancel_meeting_reminder',
  'email_notification.cloud_recording_available_reminder',
  'email_notification.jbh_reminder',
  'in_meeting.allow_live_streaming',
  'in_meeting.allow_participants_to_rename',
  'in_meeting.allow_show_zoom_windows',
  'in_meeting.annotation',
  'in_meeting.breakout_room',
  'in_meeting.chat',
  'in_meeting.closed_caption',
  'in_meeting.closed_captioning.enable',
  'in_meeting.co_host',
  'in_meeting.file_transfer',
  'in_meeting.join_from_desktop',
  'in_meeting.join_from_mobile',
  'in_meeting.manual_captioning.manual_captions',
  'in_meeting.meeting_polling.enable',
  'in_meeting.meeting_reactions',
  'in_meeting.non_verbal_feedback',
  'in_meeting.polling',
  'in_meeting.private_chat',
  'in_meeting.remote_control',
  'in_meeting.screen_sharing',
  'in_meeting.show_meeting_control_toolbar',
  'in_meeting.virtual_background',
  'in_meeting.virtual_background_settings.enable',
  'in_meeting.whiteboard',
  'meeting_security.embed_password_in_join_link',
  'meeting_security.meeting_password',
  'meeting_security.phone_password',
  'recording.auto_delete_cmr',
  'recording.cloud_recording',
  'recording.cloud_recording_download',
  'recording.host_pause_stop_recording',
  'recording.local_recording',
  'recording.record_gallery_view',
  'recording.record_speaker_view',
  'recording.save_chat_text',
  'schedule_meeting.join_before_host',
  'schedule_meeting.participant_video',
  'telephony.third_party_audio',
];

const USUAL_VALUES: Readonly<Record<SettingPath, Json>> = {
  'in_meeting.entry_exit_chime': 'none',
  'in_meeting.who_can_share_screen': 'all',
  'recording.auto_recording': 'none',
  'schedule_meeting.meeting_password_requirement.length': 6,
  'schedule_meeting.require_password_for_pmi_meetings': 'all',
};

/** The usual values in the scope's own spelling, as far as it has the settings. */
export function usualValues(scope: Scope): Record<SettingPath, Json> {
  const all = [...USUALLY_ON.map((path) => [path, true] as const), ...Object.entries(USUAL_VALUES)];
  const spelled = all.map(([path, value]) => [pathAt(scope, path), value] as const);
  return Object.fromEntries(spelled.filter(([path]) => settingsOf(scope).has(path)));
}

/** What a plan of this size is not offered, at any level. */
export const NOT_IN_THE_PLAN: readonly SettingPath[] = [
  'chat.chat_etiquette_tool',
  'chat.ai_reply',
  'in_meeting.ai_companion_questions',
  'in_meeting.meeting_summary_with_ai_companion',
  'in_meeting.workplace_by_facebook',
  'mail_calendar',
  'meeting_security.chat_etiquette_tool',
  'recording.archive',
  'recording.smart_recording',
  'recording.recording_highlight',
  'schedule_meeting.meeting_template',
];
