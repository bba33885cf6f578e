import type { Documents } from '../state.ts';
import { documentsFrom } from '../template.ts';
import { NOT_IN_THE_PLAN, usualValues } from './common.ts';

const SIGN_IN = {
  id: 'signin-0001',
  name: 'Signed in to Zoom',
  type: 'enforce_login',
  default_option: true,
  visible: true,
};

export function accountDocuments(): Documents {
  return documentsFrom('account', {
    values: {
      ...usualValues('account'),
      'audio_conferencing.global_dial_in_countries.selected_countries': [{ code: 'US', name: 'United States' }],
      'chat.share_files.enable': true,
      'chat.share_files.share_option': 'organization',
      'feature.meeting_capacity': 300,
      'meeting_authentication.authentication_options': [SIGN_IN],
      'meeting_security.waiting_room_options.enable': true,
      'other_options.allow_users_contact_support_via_chat': true,
      'profile.recording_storage_location.allowed_values': ['US', 'DE'],
      'profile.recording_storage_location.value': 'US',
      'recording.recording_password_requirement.length': 8,
      'registration.approve_type': 1,
      'registration.options.host_email_notification': true,
      'security.password_requirement.minimum_password_length': 8,
      'security.sign_in_with_two_factor_auth': 'none',
      'telephony.telephony_regions.allowed_values': ['US', 'DE', 'IN'],
    },
    locked: ['in_meeting.private_chat', 'in_meeting.remote_support', 'recording.local_recording'],
    leaveOut: [
      ...NOT_IN_THE_PLAN,
      'audio_conferencing.toll_free_and_fee_based_toll_call',
      'chat.send_data_to_third_party_archiving_service',
      'in_meeting.dscp_audio',
      'in_meeting.dscp_dual',
      'in_meeting.dscp_marking',
      'in_meeting.dscp_video',
      'in_meeting.meeting_data_transit_and_residency_method',
      'in_meeting.p2p_connetion',
      'in_meeting.p2p_ports',
      'in_meeting.ports_range',
      'in_session',
      'session_security',
      'smart_recognition',
      'telephony.telephony_regions.selection_values',
      'tsp',
    ],
    extra: {
      settings: {
        tsp: {},
        // Live answers say `selection_value` where Zoom's document says `selection_values`.
        telephony: { telephony_regions: { selection_value: 'US' } },
        integration: { linkedin_sales_navigator: false },
        feature: { zoom_events_consumption: 'None' },
      },
      'settings?option=meeting_security': {
        meeting_security: { approved_or_denied_countries_or_regions: { enable: false } },
      },
    },
  });
}

/** A press that is run as an account of its own below the university's. */
export function pressDocuments(): Documents {
  return documentsFrom('account', {
    values: usualValues('account'),
    leaveOut: [...NOT_IN_THE_PLAN, 'in_session', 'session_security'],
  });
}
