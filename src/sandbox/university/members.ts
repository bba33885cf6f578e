/** The groups' and users' documents, after recorded answers: a Licensed user has more keys than a Basic one. */

import type { SettingPath } from '../../model/setting.ts';
import type { Json } from '../../util/json.ts';
import type { Documents } from '../state.ts';
import { documentsFrom } from '../template.ts';
import { NOT_IN_THE_PLAN, usualValues } from './common.ts';

type Values = Readonly<Record<SettingPath, Json>>;

export function groupDocuments(values: Values = {}, locked: readonly SettingPath[] = []): Documents {
  return documentsFrom('group', {
    values: {
      ...usualValues('group'),
      'profile.recording_storage_location.allowed_values': ['US', 'DE'],
      'profile.recording_storage_location.value': 'US',
      'registration.approve_type': 1,
      ...values,
    },
    locked,
    leaveOut: [
      ...NOT_IN_THE_PLAN,
      'audio_conferencing.toll_free_and_fee_based_toll_call',
      'chat.send_data_to_third_party_archiving_service',
      'general_setting',
      'schedule_meeting.force_pmi_jbh_password',
      'telephony.telephony_regions.selection_values',
    ],
    extra: { settings: { telephony: { telephony_regions: { selection_value: 'US' } } } },
  });
}

const NOT_FOR_USERS: readonly SettingPath[] = [
  ...NOT_IN_THE_PLAN,
  'audio_conferencing',
  'feature.license_info_list',
  'feature.zoom_compliance_management',
  'feature.zoom_customer_managed_key',
  'feature.zoom_quality_management',
  'feature.zoom_workforce_management',
  'general_setting',
  'in_meeting.share_dual_camera',
  'in_meeting.webinar_chat',
  'in_meeting.webinar_live_streaming',
  'schedule_meeting.continuous_meeting_chat',
  'telephony.telephony_regions.selection_values',
  'tsp',
  'whiteboard',
];

/** Undocumented keys and empty sections, as recorded. */
const RECORDED: Documents = {
  settings: {
    tsp: {},
    other_options: {},
    in_meeting: { webinar_chat: {}, webinar_live_streaming: {}, allow_participants_to_rename: true },
    schedule_meeting: { mute_upon_entry: false, enable_dedicated_group_chat: true },
    feature: { zoom_events_saas: false, zoom_events_consumption: 'None' },
    integration: { linkedin_sales_navigator: false },
    telephony: { telephony_regions: { selection_value: 'US' } },
  },
  'settings?option=meeting_security': {
    meeting_security: { password_for_pmi: '000000', approved_or_denied_countries_or_regions: { enable: false } },
  },
};

const userValues: Values = {
  'feature.concurrent_meeting': 'None',
  'schedule_meeting.pmi_password': '000000',
  'telephony.telephony_regions.allowed_values': ['US', 'DE', 'IN'],
};

export function licensedUserDocuments(values: Values = {}): Documents {
  return documentsFrom('user', {
    values: { ...usualValues('user'), ...userValues, 'feature.meeting_capacity': 300, ...values },
    leaveOut: NOT_FOR_USERS,
    extra: { ...RECORDED, settings: { ...RECORDED['settings'], recording: { host_delete_cloud_recording: true } } },
  });
}

/** No cloud recording and what hangs on it, no polls, no reminders for others. */
export function basicUserDocuments(): Documents {
  return documentsFrom('user', {
    values: { ...usualValues('user'), ...userValues, 'feature.meeting_capacity': 100 },
    leaveOut: [
      ...NOT_FOR_USERS,
      'email_notification.alternative_host_reminder',
      'email_notification.cloud_recording_available_reminder',
      'email_notification.recording_available_reminder_alternative_hosts',
      'email_notification.recording_available_reminder_schedulers',
      'email_notification.schedule_for_reminder',
      'feature.concurrent_meeting',
      'in_meeting.polling',
      'recording.auto_delete_cmr',
      'recording.auto_delete_cmr_days',
      'recording.cloud_recording',
      'recording.host_pause_stop_recording',
      'recording.ip_address_access_control',
      'recording.record_audio_file',
      'recording.record_files_separately',
      'recording.record_gallery_view',
      'recording.record_speaker_view',
      'recording.recording_audio_transcript',
      'recording.recording_thumbnails',
      'recording.save_chat_text',
    ],
    extra: RECORDED,
  });
}
