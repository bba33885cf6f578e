/**
 * Which value of a setting is the safer one, how much a wrong one weighs, and why. Kept by hand, judged from public
 * baselines (CIS Zoom Benchmark 1.0.0, NSA telework criteria, campus and vendor guidance) and Zoom's own field texts.
 * Settings that are not named here are of no consequence for security. Paths are policy paths; a test holds every one of
 * them against the table, and every ordered list against the values that Zoom knows.
 */
import type { Severity } from '../../model/plan.ts';
import type { SettingPath } from '../../model/setting.ts';

type Value = string | number;

export interface Strictness {
  /**
   * - `true`, `false`: that value of a switch is the stricter one
   * - a list: the values from the loosest to the strictest; values in an inner list are equally strict
   * - `higher`, `lower`: of numbers
   * - `more`, `fewer`: of the items of a list; lists of which neither holds the other cannot be compared
   * - `contextual`: no direction is right for everybody, so that a person has to look at it
   */
  readonly stricter:
    | boolean
    | 'higher'
    | 'lower'
    | 'more'
    | 'fewer'
    | 'contextual'
    | readonly (Value | readonly Value[])[];
  /** How much it weighs when the setting gets looser. */
  readonly severity: Severity;
  /** One sentence for an administrator. */
  readonly why: string;
}

export const STRICTNESS: Readonly<Record<SettingPath, Strictness>> = {
  'security.admin_change_name_pic': {
    stricter: true,
    severity: 'low',
    why: 'While people can change their own name and picture, they can pose as a colleague.',
  },
  'security.admin_change_user_info': {
    stricter: true,
    severity: 'low',
    why: 'Details that users edit themselves are no proof of who somebody is.',
  },
  'security.user_modifiable_info_by_admin': {
    stricter: 'more',
    severity: 'low',
    why: 'What is not on the list, such as the sign-in address or the host key, users may change themselves.',
  },
  'security.signin_with_sso.enable': {
    stricter: true,
    severity: 'critical',
    why: 'Without single sign-on, the second factor and the access rules of your identity provider do not reach Zoom.',
  },
  'security.signin_with_sso.require_sso_for_domains': {
    stricter: true,
    severity: 'critical',
    why: 'While single sign-on is optional, a Zoom password is a second way into the same account.',
  },
  'security.signin_with_sso.domains': {
    stricter: 'more',
    severity: 'high',
    why: 'Users of a domain that is not listed can still sign in with a Zoom password.',
  },
  'security.signin_with_sso.sso_bypass_users': {
    stricter: 'fewer',
    severity: 'high',
    why: 'Everybody on the list signs in past your identity provider; only emergency accounts belong there.',
  },
  'security.hide_billing_info': {
    stricter: true,
    severity: 'low',
    why: 'Bills and payment details concern only the administrators who handle them.',
  },
  'security.import_photos_from_devices': {
    stricter: false,
    severity: 'low',
    why: 'A picture from any device can be offensive or show somebody else.',
  },
  'security.password_requirement.consecutive_characters_length': {
    stricter: [0, 8, 7, 6, 5, 4],
    severity: 'medium',
    why: 'Runs such as abcdef make passwords easy to guess; 4 allows the shortest runs, 0 any.',
  },
  'security.password_requirement.have_special_character': {
    stricter: true,
    severity: 'medium',
    why: 'Sign-in passwords made from more kinds of characters take longer to guess.',
  },
  'security.password_requirement.minimum_password_length': {
    stricter: 'higher',
    severity: 'high',
    why: "Short sign-in passwords are soon guessed; 0 means Zoom's own minimum of eight characters.",
  },
  'security.password_requirement.weak_enhance_detection': {
    stricter: true,
    severity: 'medium',
    why: 'Attackers try common passwords first, and Zoom turns those down only while this is on.',
  },
  'security.sign_again_period_for_inactivity_on_client': {
    stricter: [0, 120, 90, 60, 45, 30, 15, 10, 5],
    severity: 'medium',
    why: 'An unattended computer stays signed in until the time is up; 0 sets no limit.',
  },
  'security.sign_again_period_for_inactivity_on_web': {
    stricter: [0, 120, 60, 30, 15, 10, 5],
    severity: 'medium',
    why: 'A browser left open stays signed in until the time is up; 0 sets no limit.',
  },
  'security.sign_in_with_two_factor_auth': {
    stricter: ['none', ['role', 'group'], 'all'],
    severity: 'critical',
    why: 'Where no second factor is asked for, a stolen password is enough to sign in.',
  },
  'security.sign_in_with_two_factor_auth_groups': {
    stricter: 'more',
    severity: 'high',
    why: 'Members of a group that leaves the list sign in with a password alone.',
  },
  'security.sign_in_with_two_factor_auth_roles': {
    stricter: 'more',
    severity: 'high',
    why: 'People in a role that leaves the list sign in with a password alone.',
  },
  'security.signin_with_sso.sso_bypass_user_ids': {
    stricter: 'fewer',
    severity: 'high',
    why: 'Everybody on the list signs in past your identity provider; only emergency accounts belong there.',
  },

  'audio_conferencing.toll_free_and_fee_based_toll_call.allow_webinar_attendees_dial': {
    stricter: false,
    severity: 'low',
    why: 'A large audience can call in at your cost.',
  },
  'audio_conferencing.toll_free_and_fee_based_toll_call.enable': {
    stricter: false,
    severity: 'low',
    why: 'Every minute of every caller is charged to you.',
  },
  'audio_conferencing.toll_call.enable': {
    stricter: 'contextual',
    severity: 'low',
    why: "Dial-in helps people without internet, but the telephone network is outside Zoom's encryption.",
  },
  'audio_conferencing.call_me_and_invite_by_phone.enable': {
    stricter: false,
    severity: 'low',
    why: 'Calls that Zoom makes cost money, and people can be called who do not want it.',
  },
  'audio_conferencing.call_me_and_invite_by_phone.require_press_1_for_call_me': {
    stricter: ['never', 'auto', 'always'],
    severity: 'low',
    why: 'Without the key press a call can connect an answering machine to the meeting.',
  },
  'audio_conferencing.call_me_and_invite_by_phone.allow_webinar_attendees_call_me': {
    stricter: false,
    severity: 'low',
    why: 'Attendees whom nobody knows can have calls made at your cost.',
  },
  'audio_conferencing.call_me_and_invite_by_phone.call_out_countries.selected_countries': {
    stricter: 'fewer',
    severity: 'low',
    why: 'Every further country is one more for costly calls to go to.',
  },
  'audio_conferencing.personal_audio_conference': {
    stricter: false,
    severity: 'low',
    why: 'A phone conference that is always ready is outside the controls of a meeting.',
  },
  'audio_conferencing.participant_phone_masking.enable': {
    stricter: true,
    severity: 'medium',
    why: 'Without it everybody in the meeting sees the phone numbers of callers.',
  },
  'audio_conferencing.participant_phone_masking.masking_type': {
    stricter: ['mask_default', 'mask_first_5', 'mask_except_last_4'],
    severity: 'low',
    why: 'The more digits are left to see, the easier a caller is to trace.',
  },

  'chat.allow_bots_chat': {
    stricter: false,
    severity: 'medium',
    why: 'Chatbots can read and write in the chats that they are added to.',
  },
  'chat.share_files.enable': {
    stricter: false,
    severity: 'medium',
    why: 'Files sent by chat can take data out and bring malware in.',
  },
  'chat.share_files.share_option': {
    stricter: ['anyone', 'organization', 'account', 'disable'],
    severity: 'medium',
    why: 'The wider the circle, the further files can go; anyone includes outsiders.',
  },
  'chat.share_files.view_option': {
    stricter: ['anyone', 'organization', 'account'],
    severity: 'low',
    why: "The wider the circle, the more strangers' files people can open.",
  },
  'chat.share_files.restrictions.only_allow_specific_file_types': {
    stricter: true,
    severity: 'medium',
    why: 'While it is off, files of every type can be sent, programs included.',
  },
  'chat.share_files.restrictions.file_type_restrictions': {
    stricter: 'fewer',
    severity: 'low',
    why: 'These are the types that may be sent; every further one can carry data or malware.',
  },
  'chat.share_files.restrictions.file_type_restrictions_for_external': {
    stricter: 'fewer',
    severity: 'medium',
    why: 'These are the types open to outsiders; every further one can carry data or malware.',
  },
  'chat.share_files.restrictions.maximum_file_size': {
    stricter: true,
    severity: 'low',
    why: 'Without a limit much data can leave in a single file.',
  },
  'chat.share_files.restrictions.file_size_restrictions': {
    stricter: 'lower',
    severity: 'low',
    why: 'The larger a file may be, the more data can leave in it.',
  },
  'chat.share_files.restrictions.file_size_restrictions_for_external': {
    stricter: 'lower',
    severity: 'low',
    why: 'The larger a file may be, the more data can leave to outsiders in it.',
  },
  'chat.share_files.restrictions.file_restrictions_apply_to': {
    stricter: ['sharing', 'sharing_and_viewing'],
    severity: 'low',
    why: 'With sharing, files against the rules can still be opened when others send them.',
  },
  'chat.record_voice_messages': {
    stricter: false,
    severity: 'low',
    why: 'What is said in a recorded message is hard to search and to supervise.',
  },
  'chat.record_video_messages': {
    stricter: false,
    severity: 'low',
    why: 'What is said in a recorded message is hard to search and to supervise.',
  },
  'chat.screen_capture': {
    stricter: false,
    severity: 'low',
    why: 'A screenshot can show more than was meant for the chat.',
  },
  'chat.create_public_channels': {
    stricter: false,
    severity: 'low',
    why: 'What is written in a public channel can be read by far more people than need it.',
  },
  'chat.share_links_in_chat': {
    stricter: false,
    severity: 'low',
    why: 'A link points people to messages and channels that were meant for others.',
  },
  'chat.set_retention_period_in_cloud.enable': {
    stricter: 'contextual',
    severity: 'high',
    why: 'Deleting old messages protects privacy, but may break a duty to keep them.',
  },
  'chat.set_retention_period_in_cloud.retention_period_of_direct_messages_and_group_conversation': {
    stricter: 'contextual',
    severity: 'high',
    why: 'A shorter period protects privacy better, but destroys messages sooner.',
  },
  'chat.set_retention_period_in_cloud.retention_period_of_channels': {
    stricter: 'contextual',
    severity: 'high',
    why: 'A shorter period protects privacy better, but destroys messages sooner.',
  },
  'chat.set_retention_period_in_local.enable': {
    stricter: 'contextual',
    severity: 'medium',
    why: 'Deleting old copies protects lost devices, but may remove evidence.',
  },
  'chat.allow_users_to_add_contacts.enable': {
    stricter: false,
    severity: 'medium',
    why: 'Contacts outside are a way in for fraud and a way out for data.',
  },
  'chat.allow_users_to_add_contacts.selected_option': {
    stricter: [1, 3, 4, 2],
    severity: 'medium',
    why: 'The wider the circle, the more strangers get in touch: 1 is anyone, 2 only your organisation.',
  },
  'chat.allow_users_to_chat_with_others.enable': {
    stricter: false,
    severity: 'medium',
    why: 'Chats with outsiders are a way in for fraud and a way out for data.',
  },
  'chat.allow_users_to_chat_with_others.selected_option': {
    stricter: [1, 3, 4, 2],
    severity: 'medium',
    why: 'The wider the circle, the more strangers get in touch: 1 is anyone, 2 only your organisation.',
  },
  'chat.chat_etiquette_tool.enable': {
    stricter: true,
    severity: 'low',
    why: 'While it is off, words and patterns that you forbid can be sent.',
  },
  'chat.send_data_to_third_party_archiving_service.enable': {
    stricter: 'contextual',
    severity: 'high',
    why: 'Some organisations have to archive their chats, but it hands them to a company other than Zoom.',
  },
  'chat.search_and_send_animated_gif_images.enable': {
    stricter: false,
    severity: 'low',
    why: 'The pictures come from GIPHY, a third party, and can be unfit for work.',
  },
  'chat.search_and_send_animated_gif_images.giphy_content_rating': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Zoom does not document which number means which rating.',
  },
  'chat.external_collab_restrict.enable': {
    stricter: true,
    severity: 'medium',
    why: 'While it is off, no group of users is kept from sharing chats with outsiders.',
  },
  'chat.external_user_control.enable': {
    stricter: false,
    severity: 'medium',
    why: 'Outsiders in a group chat or channel read along for as long as they stay.',
  },
  'chat.external_user_control.selected_option': {
    stricter: [1, 2, 3],
    severity: 'medium',
    why: 'With 1 every user can bring outsiders in, with 3 only the owner and administrators.',
  },
  'chat.external_user_control.external_account': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Zoom hardly documents what the exception for specified accounts allows.',
  },
  'chat.external_invite_approve.enable': {
    stricter: true,
    severity: 'medium',
    why: 'Without approval outsiders can be added and no administrator knows.',
  },
  'chat.external_invite_approve.external_account': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Zoom hardly documents what the exception for specified accounts allows.',
  },
  'chat.external_member_join.enable': {
    stricter: false,
    severity: 'medium',
    why: 'Your own users can take information to chats that another organisation runs.',
  },
  'chat.external_member_join.external_account': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Zoom hardly documents what the exception for specified accounts allows.',
  },
  'chat.external_join_approve.enable': {
    stricter: true,
    severity: 'medium',
    why: 'Without approval your own users can join outside chats and no administrator knows.',
  },
  'chat.external_join_approve.external_account': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Zoom hardly documents what the exception for specified accounts allows.',
  },
  'chat.download_file': {
    stricter: false,
    severity: 'medium',
    why: 'Downloaded files lie on devices that you may not manage.',
  },
  'chat.share_screen_in_chat': {
    stricter: false,
    severity: 'low',
    why: 'A screen shared from a chat is not under the rules for meetings.',
  },
  'chat.code_snippet': { stricter: false, severity: 'low', why: 'Code can hold passwords and other secrets.' },
  'chat.personal_channel': {
    stricter: false,
    severity: 'low',
    why: 'What people keep in a chat with themselves is seen by nobody else.',
  },
  'chat.store_revise_chat': {
    stricter: 'contextual',
    severity: 'low',
    why: 'What stood in a message before is evidence, but also what its author wanted gone.',
  },
  'chat.set_chat_as_default_tab': {
    stricter: false,
    severity: 'low',
    why: 'CIS asks for it to be off; it only decides which tab new users see first.',
  },
  'chat.hyper_link': {
    stricter: false,
    severity: 'low',
    why: 'One click on a link in a message can lead to a forged page.',
  },
  'chat.allow_remove_msg_by_owner_and_admins': {
    stricter: true,
    severity: 'low',
    why: 'While it is off, the owner of a channel cannot take abuse away.',
  },
  'chat.shared_spaces': {
    stricter: false,
    severity: 'low',
    why: 'Where everybody can create spaces, some end up with nobody in charge.',
  },
  'chat.chat_email_address.enable': {
    stricter: false,
    severity: 'low',
    why: 'Whoever learns the address can mail into the chat, fraud included.',
  },
  'chat.chat_email_address.only_allow_specific_domains': {
    stricter: true,
    severity: 'low',
    why: 'While it is off, mail from every sender reaches the chat.',
  },
  'chat.chat_email_address.specific_domains': {
    stricter: 'fewer',
    severity: 'low',
    why: 'Every further domain is one more that can mail into the chat.',
  },
  'chat.allow_delete_message.enable': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Deleting takes back a slip, but may also remove evidence.',
  },
  'chat.allow_delete_message.time': {
    stricter: 'contextual',
    severity: 'low',
    why: 'More time to delete takes back more slips, but may also remove evidence; what 0 means is not documented.',
  },
  'chat.allow_edit_message.enable': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Editing corrects a slip, but may also falsify evidence.',
  },
  'chat.show_h323_contact_tab': {
    stricter: false,
    severity: 'low',
    why: 'Room systems among the contacts can be called by people who have no need to.',
  },
  'chat.ai_summary.enable': { stricter: false, severity: 'low', why: 'AI reads chats to sum them up.' },
  'chat.ai_compose.enable': { stricter: false, severity: 'low', why: 'AI reads chats to write messages for people.' },
  'chat.ai_recommend': { stricter: false, severity: 'low', why: 'AI reads chats to recommend something.' },
  'chat.ai_quick_reply': { stricter: false, severity: 'low', why: 'AI reads messages to propose replies.' },
  'chat.ai_sentence_completion': { stricter: false, severity: 'low', why: 'AI reads what people type to complete it.' },
  'chat.ai_quick_schedule': { stricter: false, severity: 'low', why: 'AI reads chats to propose meetings.' },
  'chat.allow_users_to_search_others_options': {
    stricter: 'fewer',
    severity: 'low',
    why: "Every further directory shows more people's details to those who search.",
  },

  'email_notification.alternative_host_reminder': {
    stricter: true,
    severity: 'low',
    why: 'Without the mail nobody notices that somebody was given the powers of the host.',
  },
  'email_notification.cancel_meeting_reminder': {
    stricter: true,
    severity: 'low',
    why: 'Without the mail nobody notices that somebody cancelled a meeting.',
  },
  'email_notification.cloud_recording_available_reminder': {
    stricter: true,
    severity: 'low',
    why: 'Without the mail hosts do not learn that there is a recording of their meeting.',
  },
  'email_notification.jbh_reminder': {
    stricter: true,
    severity: 'low',
    why: 'Without the mail hosts do not learn that people are in their meeting without them.',
  },
  'email_notification.recording_available_reminder_alternative_hosts': {
    stricter: true,
    severity: 'low',
    why: 'Without the mail alternative hosts do not learn that there is a recording.',
  },
  'email_notification.recording_available_reminder_schedulers': {
    stricter: true,
    severity: 'low',
    why: 'Without the mail whoever scheduled the meeting does not learn that there is a recording.',
  },
  'email_notification.schedule_for_reminder': {
    stricter: true,
    severity: 'low',
    why: 'Without the mail hosts do not learn what others schedule or cancel in their name.',
  },

  'feature.zoom_customer_managed_key': {
    stricter: true,
    severity: 'medium',
    why: "Without the licence the user's content is not under keys of your own.",
  },
  'feature.zoom_compliance_management': {
    stricter: true,
    severity: 'low',
    why: 'Without the licence the compliance tools do not cover the user.',
  },

  'in_meeting.alert_guest_join': {
    stricter: true,
    severity: 'medium',
    why: 'Without the alert somebody from outside can join unnoticed.',
  },
  'in_meeting.allow_host_to_enable_focus_mode': {
    stricter: true,
    severity: 'low',
    why: 'While it is off, hosts cannot plan a meeting in which participants see only them.',
  },
  'in_meeting.allow_live_streaming': {
    stricter: false,
    severity: 'high',
    why: 'A stream shows the meeting to the whole internet.',
  },
  'in_meeting.allow_participants_chat_with': {
    stricter: [4, 3, 2, 1],
    severity: 'medium',
    why: 'The wider participants may write, the less a host can watch: 1 is no one, 4 includes private messages.',
  },
  'in_meeting.allow_participants_to_rename': {
    stricter: 'contextual',
    severity: 'medium',
    why: 'A changed name can hide who somebody is or tell it; CIS wants renaming on, many schools want it off.',
  },
  'in_meeting.allow_users_save_chats': {
    stricter: [3, 2, 1],
    severity: 'medium',
    why: 'A saved chat leaves the meeting for disks that nobody watches; here 1 lets nobody save.',
  },
  'in_meeting.annotation': {
    stricter: false,
    severity: 'medium',
    why: 'Participants can draw over what somebody else presents.',
  },
  'in_meeting.anonymous_question_answer': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Leaving out the name protects those who ask and also those who abuse it.',
  },
  'in_meeting.attention_mode_focus_mode': {
    stricter: true,
    severity: 'low',
    why: 'Participants who see only the hosts give no audience to those who disturb.',
  },
  'in_meeting.auto_answer': {
    stricter: false,
    severity: 'high',
    why: 'A call that answers itself lets others see and hear before anybody has agreed.',
  },
  'in_meeting.auto_saving_chat': {
    stricter: 'contextual',
    severity: 'medium',
    why: 'A chat that is always saved is a record to some organisations and a leak to others.',
  },
  'in_meeting.breakout_room': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Small rooms help to work together, but have no supervision unless a host joins them.',
  },
  'in_meeting.chat': {
    stricter: false,
    severity: 'medium',
    why: 'Chat can be used to disturb, and lets information out to whoever is in the meeting.',
  },
  'in_meeting.closed_caption': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Captions put what is said in writing, but people and laws on accessibility may need them.',
  },
  'in_meeting.closed_captioning.auto_transcribing': {
    stricter: 'contextual',
    severity: 'low',
    why: 'A service has to process all that is said, but people and laws on accessibility may need it.',
  },
  'in_meeting.closed_captioning.enable': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Captions put what is said in writing, but people and laws on accessibility may need them.',
  },
  'in_meeting.closed_captioning.save_caption': {
    stricter: false,
    severity: 'medium',
    why: 'Every participant can take what was said home in writing.',
  },
  'in_meeting.closed_captioning.third_party_captioning_service': {
    stricter: false,
    severity: 'medium',
    why: 'What is said goes to a company other than Zoom.',
  },
  'in_meeting.closed_captioning.view_full_transcript': {
    stricter: false,
    severity: 'low',
    why: 'People who come late can read what was said before, and saving captions depends on it.',
  },
  'in_meeting.co_host': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Co-hosts help to keep order, but each of them has almost all powers of the host.',
  },
  'in_meeting.custom_data_center_regions': {
    stricter: 'contextual',
    severity: 'medium',
    why: 'Whether your own list is narrower than what Zoom would choose depends on the regions in it.',
  },
  'in_meeting.custom_live_streaming_service': {
    stricter: false,
    severity: 'medium',
    why: 'A meeting can be shown on any streaming service that somebody enters.',
  },
  'in_meeting.meeting_data_transit_and_residency_method': {
    stricter: ['cloud', 'On-Prem'],
    severity: 'medium',
    why: "On-Prem keeps sound and pictures on a connector of your own instead of in Zoom's cloud.",
  },
  'in_meeting.data_center_regions': {
    stricter: 'fewer',
    severity: 'medium',
    why: 'Every further region adds a jurisdiction that meetings may pass through; look twice at CN.',
  },
  'in_meeting.disable_screen_sharing_for_host_meetings': {
    stricter: true,
    severity: 'low',
    why: 'A whole desktop shows messages and windows that were not meant for the meeting.',
  },
  'in_meeting.disable_screen_sharing_for_in_meeting_guests': {
    stricter: true,
    severity: 'medium',
    why: 'A shared screen can show guests what is meant for your own people only.',
  },
  'in_meeting.e2e_encryption': {
    stricter: true,
    severity: 'high',
    why: 'Without it SIP and H.323 systems may join unencrypted; despite its name it is not end-to-end encryption.',
  },
  'in_meeting.entry_exit_chime': {
    stricter: ['none', 'host', 'all'],
    severity: 'low',
    why: 'The sound tells those present that somebody came or went.',
  },
  'in_meeting.far_end_camera_control': {
    stricter: false,
    severity: 'medium',
    why: 'Somebody else can turn a camera to what was not meant to be seen.',
  },
  'in_meeting.file_transfer': {
    stricter: false,
    severity: 'medium',
    why: 'Files sent in a meeting pass by every scanner and can carry malware to everybody in it.',
  },
  'in_meeting.join_from_desktop': {
    stricter: false,
    severity: 'low',
    why: 'A desktop browser has no end-to-end encryption.',
  },
  'in_meeting.join_from_mobile': {
    stricter: false,
    severity: 'low',
    why: 'A mobile browser has no end-to-end encryption.',
  },
  'in_meeting.live_streaming_facebook': {
    stricter: false,
    severity: 'medium',
    why: 'Facebook is one more place where a meeting can be shown in public.',
  },
  'in_meeting.live_streaming_youtube': {
    stricter: false,
    severity: 'medium',
    why: 'YouTube is one more place where a meeting can be shown in public.',
  },
  'in_meeting.manual_captioning.auto_generated_captions': {
    stricter: 'contextual',
    severity: 'low',
    why: 'A service has to process all that is said, but people and laws on accessibility may need it.',
  },
  'in_meeting.manual_captioning.full_transcript': {
    stricter: false,
    severity: 'low',
    why: 'People who come late can read what was said before, and saving captions depends on it.',
  },
  'in_meeting.manual_captioning.manual_captions': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Captions put what is said in writing, but people and laws on accessibility may need them.',
  },
  'in_meeting.manual_captioning.save_captions': {
    stricter: false,
    severity: 'medium',
    why: 'Every participant can take what was said home in writing.',
  },
  'in_meeting.manual_captioning.third_party_captioning_service': {
    stricter: false,
    severity: 'medium',
    why: 'What is said goes to a company other than Zoom.',
  },
  'in_meeting.meeting_reactions': {
    stricter: false,
    severity: 'low',
    why: 'Reactions can be used to disturb, though many hosts want them.',
  },
  'in_meeting.meeting_reactions_emojis': {
    stricter: ['all', 'selected'],
    severity: 'low',
    why: 'With all, participants can show any emoji, offensive ones among them.',
  },
  'in_meeting.webinar_reactions': {
    stricter: false,
    severity: 'low',
    why: 'A large audience can use reactions to disturb an event.',
  },
  'in_meeting.p2p_connetion': {
    stricter: false,
    severity: 'low',
    why: 'A direct connection shows each of the two the network address of the other.',
  },
  'in_meeting.p2p_ports': {
    stricter: false,
    severity: 'low',
    why: 'Clients then listen on a range of ports that the firewall has to leave open.',
  },
  'in_meeting.private_chat': {
    stricter: false,
    severity: 'medium',
    why: 'Private messages are a side channel that hosts cannot see.',
  },
  'in_meeting.remote_control': {
    stricter: false,
    severity: 'high',
    why: 'It puts keyboard and mouse of a computer into the hands of somebody else in the meeting.',
  },
  'in_meeting.non_verbal_feedback': {
    stricter: false,
    severity: 'low',
    why: 'Feedback icons can be used to disturb, though many hosts want them.',
  },
  'in_meeting.remote_support': {
    stricter: false,
    severity: 'high',
    why: "Hosts can be given control of a participant's computer.",
  },
  'in_meeting.request_permission_to_unmute_participants': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Consent given once saves questions, but lets the host open a microphone later without asking.',
  },
  'in_meeting.screen_sharing': {
    stricter: false,
    severity: 'low',
    why: 'What cannot be shared cannot be abused, but most meetings need it and restrict it to hosts instead.',
  },
  'in_meeting.show_a_join_from_your_browser_link': {
    stricter: false,
    severity: 'low',
    why: 'The link invites people to join by browser, which has no end-to-end encryption.',
  },
  'in_meeting.show_meeting_control_toolbar': {
    stricter: true,
    severity: 'low',
    why: 'Hosts with the controls always in sight are faster to stop a disturbance.',
  },
  'in_meeting.slide_control': {
    stricter: false,
    severity: 'low',
    why: 'People other than the presenter can move through the slides.',
  },
  'in_meeting.virtual_background': {
    stricter: 'contextual',
    severity: 'low',
    why: 'A background hides the room behind a person, but can itself be used to disturb.',
  },
  'in_meeting.virtual_background_settings.allow_upload_custom': {
    stricter: false,
    severity: 'low',
    why: 'A background that nobody has checked can show anything.',
  },
  'in_meeting.virtual_background_settings.allow_videos': {
    stricter: false,
    severity: 'low',
    why: 'A moving background can be offensive or distract from the meeting.',
  },
  'in_meeting.virtual_background_settings.enable': {
    stricter: 'contextual',
    severity: 'low',
    why: 'A background hides the room behind a person, but can itself be used to disturb.',
  },
  'in_meeting.watermark': {
    stricter: true,
    severity: 'low',
    why: 'A picture taken of a shared screen would not show who took it.',
  },
  'in_meeting.webinar_chat.allow_attendees_chat_with': {
    stricter: [3, 2, 1],
    severity: 'medium',
    why: 'The wider attendees may write, the more people abuse reaches: 1 is no one, 3 everyone.',
  },
  'in_meeting.webinar_chat.allow_auto_save_local_chat_file': {
    stricter: false,
    severity: 'low',
    why: 'A copy of every chat stays on a computer that may not be watched.',
  },
  'in_meeting.webinar_chat.allow_panelists_chat_with': {
    stricter: [2, 1],
    severity: 'low',
    why: 'With 2 a word meant for the panel is easily sent to the whole audience.',
  },
  'in_meeting.webinar_chat.allow_panelists_send_direct_message': {
    stricter: false,
    severity: 'low',
    why: 'Direct messages are a side channel that nobody else on the panel sees.',
  },
  'in_meeting.webinar_chat.allow_users_save_chats': {
    stricter: [2, 1, 0],
    severity: 'low',
    why: 'A saved chat leaves the webinar for disks that nobody watches; here 0 lets nobody save.',
  },
  'in_meeting.webinar_chat.allow_users_to_delete_messages_in_meeting_chat': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Deleting takes back a slip, but also hides abuse from whoever looks into it.',
  },
  'in_meeting.webinar_chat.default_attendees_chat_with': {
    stricter: [2, 1],
    severity: 'low',
    why: 'With 2 a message goes to the whole audience unless its author chooses otherwise.',
  },
  'in_meeting.webinar_chat.enable': {
    stricter: false,
    severity: 'low',
    why: 'The chat of a large audience is harder to keep in order than its questions.',
  },
  'in_meeting.webinar_live_streaming.enable': {
    stricter: false,
    severity: 'medium',
    why: 'A stream shows the webinar to the whole internet, which only some events want.',
  },
  'in_meeting.webinar_live_streaming.live_streaming_service': {
    stricter: 'fewer',
    severity: 'medium',
    why: 'Every service on the list is one more place where a webinar can be shown in public.',
  },
  'in_meeting.whiteboard': {
    stricter: false,
    severity: 'low',
    why: 'Whiteboards can be defaced, and what is written on them may be kept.',
  },
  'in_meeting.who_can_share_screen': {
    stricter: ['all', 'host'],
    severity: 'high',
    why: "With all, any participant can put anything on everybody's screen.",
  },
  'in_meeting.who_can_share_screen_when_someone_is_sharing': {
    stricter: ['all', 'host'],
    severity: 'medium',
    why: 'With all, any participant can take the screen over from whoever is presenting.',
  },
  'in_meeting.participants_share_simultaneously': {
    stricter: ['multiple', 'one'],
    severity: 'low',
    why: 'Several shared screens at once are harder for a host to watch.',
  },
  'in_meeting.workplace_by_facebook': {
    stricter: false,
    severity: 'medium',
    why: 'Workplace is one more place where a meeting can be shown to others.',
  },
  'in_meeting.meeting_summary_with_ai_companion.enable': {
    stricter: false,
    severity: 'medium',
    why: 'AI works through what was said, and the summary is sent out of the meeting.',
  },
  'in_meeting.meeting_summary_with_ai_companion.auto_enable': {
    stricter: false,
    severity: 'medium',
    why: 'Meetings are summarised although nobody has decided it for them.',
  },
  'in_meeting.meeting_summary_with_ai_companion.who_will_receive_summary': {
    stricter: [4, 3, 2, 1],
    severity: 'medium',
    why: 'The more people get the summary, the further it spreads: 1 is the host, 4 includes outsiders.',
  },
  'in_meeting.ai_companion_questions.enable': {
    stricter: false,
    severity: 'medium',
    why: 'AI works through what is said while the meeting runs, and answers questions about it.',
  },
  'in_meeting.ai_companion_questions.auto_enable': {
    stricter: false,
    severity: 'medium',
    why: 'AI listens from the start although nobody has decided it for the meeting.',
  },
  'in_meeting.ai_companion_questions.who_can_ask_questions': {
    stricter: [1, 2, 4, 5, 3],
    severity: 'medium',
    why: 'Whoever may ask learns what was said: 3 is the host, 1 everybody invited, also about the time before they came.',
  },
  'in_meeting.allow_users_to_delete_messages_in_meeting_chat': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Deleting takes back a slip, but also hides abuse from whoever looks into it.',
  },
  'in_meeting.only_host_view_device_list': {
    stricter: true,
    severity: 'low',
    why: 'Nobody but the host needs to see which room systems there are to be called.',
  },
  'in_meeting.show_browser_join_link': {
    stricter: false,
    severity: 'low',
    why: 'The link invites people to join by browser, which has no end-to-end encryption.',
  },
  'in_meeting.show_device_list': {
    stricter: false,
    severity: 'low',
    why: 'The list tells people which room systems there are to be called.',
  },
  'in_meeting.waiting_room': {
    stricter: true,
    severity: 'high',
    why: 'Without it, whoever has the link is in the meeting before a host has seen who it is.',
  },
  'in_meeting.request_permission_to_unmute': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Consent given once saves questions, but lets the host open a microphone later without asking.',
  },

  'integration.box': {
    stricter: false,
    severity: 'low',
    why: 'Box is one more service connected to Zoom that content comes from.',
  },
  'integration.dropbox': {
    stricter: false,
    severity: 'low',
    why: 'Dropbox is one more service connected to Zoom that content comes from.',
  },
  'integration.google_calendar': {
    stricter: false,
    severity: 'low',
    why: 'Google Calendar is one more service connected to Zoom, and knows of meetings scheduled there.',
  },
  'integration.google_drive': {
    stricter: false,
    severity: 'low',
    why: 'Google Drive is one more service connected to Zoom that content comes from.',
  },
  'integration.kubi': {
    stricter: false,
    severity: 'low',
    why: 'A stand that moves the camera can be turned from within a meeting.',
  },
  'integration.microsoft_one_drive': {
    stricter: false,
    severity: 'low',
    why: 'OneDrive is one more service connected to Zoom that content comes from.',
  },

  'other_options.allow_auto_active_users': {
    stricter: false,
    severity: 'high',
    why: 'Accounts activated with one shared passcode are open to everybody who knows it.',
  },
  'other_options.blur_snapshot': {
    stricter: true,
    severity: 'low',
    why: 'Without it the list of recent apps on a phone shows a picture of the meeting.',
  },
  'other_options.display_meetings_scheduled_for_others': {
    stricter: false,
    severity: 'low',
    why: 'People who schedule for others could look at meetings that do not concern them.',
  },
  'other_options.use_cdn': {
    stricter: ['wangsu', 'default', 'none'],
    severity: 'low',
    why: "A content network sees who loads Zoom's pages; wangsu is a Chinese one, used for everybody.",
  },
  'other_options.webinar_registration_options.allow_host_to_enable_join_info': {
    stricter: false,
    severity: 'low',
    why: 'A link shown right after registering also reaches people who gave a false address.',
  },
  'other_options.webinar_registration_options.allow_host_to_enable_social_share_buttons': {
    stricter: false,
    severity: 'low',
    why: 'Share buttons invite people to post the link in public.',
  },
  'other_options.email_in_attendee_report_for_meeting': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Addresses tell for certain who was there, but are personal data in a file that travels.',
  },

  'profile.recording_storage_location.allowed_values': {
    stricter: 'fewer',
    severity: 'medium',
    why: 'Every further country is one more place where users can have their recordings kept.',
  },
  'profile.recording_storage_location.value': {
    stricter: 'contextual',
    severity: 'high',
    why: "It decides under which country's law recorded meetings, calls and voicemail are kept.",
  },

  'recording.account_user_access_recording': {
    stricter: true,
    severity: 'high',
    why: 'While it is off, people outside the organisation can open links to recordings.',
  },
  'recording.allow_recovery_deleted_cloud_recordings': {
    stricter: true,
    severity: 'medium',
    why: 'Without the trash a deleted recording is soon gone for good.',
  },
  'recording.archive.enable': {
    stricter: 'contextual',
    severity: 'high',
    why: 'Some organisations have to archive their meetings, and others should not keep so much.',
  },
  'recording.archive.settings.archive_retention': {
    stricter: 'contextual',
    severity: 'high',
    why: 'Fewer days may lose content before it is fetched, more days keep it longer than needed.',
  },
  'recording.archive.settings.action_when_archive_failed': {
    stricter: [1, 2],
    severity: 'medium',
    why: 'With 1 a meeting goes on although nothing of it is archived.',
  },
  'recording.archive.settings.notification_when_archiving_starts': {
    stricter: ['guest', 'participants'],
    severity: 'low',
    why: 'With guest, your own users are not informed on screen that the meeting is archived.',
  },
  'recording.archive.settings.play_voice_prompt_when_archiving_starts': {
    stricter: ['none', 'guest', 'participants'],
    severity: 'low',
    why: 'People on the phone learn only from the spoken notice that the meeting is archived.',
  },
  'recording.auto_delete_cmr': {
    stricter: 'contextual',
    severity: 'high',
    why: 'Deleting old recordings protects privacy, but may break a duty to keep them.',
  },
  'recording.auto_delete_cmr_days': {
    stricter: 'contextual',
    severity: 'high',
    why: 'Fewer days protect privacy better, but destroy recordings sooner.',
  },
  'recording.auto_recording': {
    stricter: 'contextual',
    severity: 'medium',
    why: 'Recording every meeting gives full evidence, but also keeps what need not be kept.',
  },
  'recording.cloud_recording': {
    stricter: 'contextual',
    severity: 'medium',
    why: 'Recordings in the cloud are evidence that you can manage, but also content that lies with Zoom.',
  },
  'recording.cloud_recording_download': {
    stricter: false,
    severity: 'medium',
    why: 'Whoever can open a recording can keep a copy that you cannot take back.',
  },
  'recording.cloud_recording_download_host': {
    stricter: true,
    severity: 'medium',
    why: 'While it is off, every viewer and not only the host can keep a copy.',
  },
  'recording.display_participant_name': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Names make a recording better evidence, but also tell every viewer who was there.',
  },
  'recording.host_delete_cloud_recording': {
    stricter: 'contextual',
    severity: 'medium',
    why: 'A host who deletes a recording may protect people in it or destroy evidence.',
  },
  'recording.ip_address_access_control.enable': {
    stricter: true,
    severity: 'medium',
    why: 'While it is off, recordings can be opened from any network.',
  },
  'recording.ip_address_access_control.ip_addresses_or_ranges': {
    stricter: 'fewer',
    severity: 'medium',
    why: 'Every range is one more network to open recordings from; 0.0.0.0/0 is all of them.',
  },
  'recording.local_recording': {
    stricter: 'contextual',
    severity: 'medium',
    why: 'Local recordings stay out of the cloud, but lie on computers that nobody watches.',
  },
  'recording.prevent_host_access_recording': {
    stricter: true,
    severity: 'low',
    why: 'While it is off, hosts can watch their recordings without an administrator.',
  },
  'recording.record_audio_file_each_participant': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Separate files tell who said what, but make a single voice easy to misuse.',
  },
  'recording.recording_audio_transcript': {
    stricter: 'contextual',
    severity: 'low',
    why: 'A transcript makes a recording easy to search, for you and for whoever gets hold of it.',
  },
  'recording.recording_disclaimer': {
    stricter: true,
    severity: 'medium',
    why: 'People have to know that they are recorded, in many countries by law.',
  },
  'recording.smart_recording.create_recording_highlights': {
    stricter: false,
    severity: 'low',
    why: 'AI works through the recording to mark highlights.',
  },
  'recording.smart_recording.create_smart_chapters': {
    stricter: false,
    severity: 'low',
    why: 'AI works through the recording to divide it into chapters.',
  },
  'recording.smart_recording.create_next_steps': {
    stricter: false,
    severity: 'low',
    why: 'AI works through the recording to write down what is to be done.',
  },
  'recording.recording_password_requirement.have_letter': {
    stricter: true,
    severity: 'low',
    why: 'A passcode without letters leaves far fewer combinations to try.',
  },
  'recording.recording_password_requirement.have_number': {
    stricter: true,
    severity: 'low',
    why: 'Passcodes made from more kinds of characters take longer to guess.',
  },
  'recording.recording_password_requirement.have_special_character': {
    stricter: true,
    severity: 'low',
    why: 'Passcodes made from more kinds of characters take longer to guess.',
  },
  'recording.recording_password_requirement.length': {
    stricter: 'higher',
    severity: 'medium',
    why: 'Short passcodes can be found by trying.',
  },
  'recording.recording_password_requirement.only_allow_numeric': {
    stricter: false,
    severity: 'low',
    why: 'A passcode of nothing but digits leaves few combinations to try.',
  },
  'recording.required_password_for_existing_cloud_recordings': {
    stricter: true,
    severity: 'medium',
    why: 'Recordings shared before keep opening by the link alone until this is on.',
  },
  'recording.required_password_for_shared_cloud_recordings': {
    stricter: true,
    severity: 'high',
    why: 'Without a passcode, whoever gets hold of the link can watch the recording.',
  },
  'recording.save_chat_text': {
    stricter: 'contextual',
    severity: 'low',
    why: 'The chat completes a recording as evidence, but is one more thing that is kept.',
  },
  'recording.save_close_caption': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Captions make a recording accessible, but are one more thing that is kept.',
  },
  'recording.save_panelist_chat': {
    stricter: 'contextual',
    severity: 'low',
    why: 'The chat of the panel completes a recording as evidence, but is one more thing that is kept.',
  },
  'recording.show_timestamp': {
    stricter: true,
    severity: 'low',
    why: 'A recording that does not show the time is weaker evidence.',
  },
  'recording.recording_notification_for_zoom_client.disclaimer_to_participants': {
    stricter: ['Guest only', 'All participants'],
    severity: 'medium',
    why: 'With Guest only, your own users are not informed on screen that they are recorded.',
  },
  'recording.recording_notification_for_zoom_client.play_voice_prompt': {
    stricter: ['No one', 'Guest only', 'All participants'],
    severity: 'medium',
    why: 'People on the phone learn only from the spoken notice that they are recorded.',
  },
  'recording.recording_notification_for_zoom_client.ask_host_to_confirm': {
    stricter: true,
    severity: 'low',
    why: 'The question keeps hosts from recording by accident.',
  },
  'recording.ask_host_to_confirm_disclaimer': {
    stricter: true,
    severity: 'low',
    why: 'The question keeps hosts from recording by accident.',
  },
  'recording.ask_participants_to_consent_disclaimer': {
    stricter: true,
    severity: 'medium',
    why: 'While it is off, people are recorded without having agreed to it.',
  },
  'recording.host_pause_stop_recording': {
    stricter: 'contextual',
    severity: 'low',
    why: 'A pause spares what is private, but leaves a gap in the evidence.',
  },

  'schedule_meeting.audio_type': {
    stricter: [['both', 'telephony', 'thirdParty'], 'voip'],
    severity: 'low',
    why: "The telephone network and other providers are outside Zoom's encryption; only voip stays within.",
  },
  'schedule_meeting.enforce_login': {
    stricter: true,
    severity: 'high',
    why: 'Without sign-in anybody can join under any name.',
  },
  'schedule_meeting.enforce_login_domains': {
    stricter: 'fewer',
    severity: 'high',
    why: 'Every further domain widens the circle of those who may join.',
  },
  'schedule_meeting.enforce_login_with_domains': {
    stricter: true,
    severity: 'high',
    why: 'Without it the domain that people sign in from does not matter.',
  },
  'schedule_meeting.force_pmi_jbh_password': {
    stricter: true,
    severity: 'medium',
    why: 'A personal room open before its host comes can be entered by everybody who ever had the number.',
  },
  'schedule_meeting.host_video': {
    stricter: false,
    severity: 'low',
    why: 'A camera that starts by itself can show what was not meant to be seen.',
  },
  'schedule_meeting.enable_dedicated_group_chat': {
    stricter: false,
    severity: 'low',
    why: 'What was written in a meeting stays in a group chat when it is over.',
  },
  'schedule_meeting.jbh_time': {
    stricter: [0, 15, 10, 5],
    severity: 'medium',
    why: 'The earlier people may enter, the longer they are alone; 0 sets no limit and is the loosest.',
  },
  'schedule_meeting.join_before_host': {
    stricter: false,
    severity: 'high',
    why: 'A meeting without its host has nobody to mute, remove or stop anyone.',
  },
  'schedule_meeting.meeting_password_requirement.consecutive_characters_length': {
    stricter: [0, 8, 7, 6, 5, 4],
    severity: 'low',
    why: 'Runs such as abcdef make passcodes easy to guess; 4 allows the shortest runs, 0 any.',
  },
  'schedule_meeting.meeting_password_requirement.have_letter': {
    stricter: true,
    severity: 'medium',
    why: 'A passcode without letters leaves far fewer combinations to try.',
  },
  'schedule_meeting.meeting_password_requirement.have_number': {
    stricter: true,
    severity: 'low',
    why: 'Passcodes made from more kinds of characters take longer to guess.',
  },
  'schedule_meeting.meeting_password_requirement.have_special_character': {
    stricter: true,
    severity: 'low',
    why: 'Passcodes made from more kinds of characters take longer to guess.',
  },
  'schedule_meeting.meeting_password_requirement.have_upper_and_lower_characters': {
    stricter: true,
    severity: 'low',
    why: 'Passcodes made from more kinds of characters take longer to guess.',
  },
  'schedule_meeting.meeting_password_requirement.length': {
    stricter: 'higher',
    severity: 'medium',
    why: 'Short passcodes can be found by trying; 0 asks for no length at all.',
  },
  'schedule_meeting.meeting_password_requirement.only_allow_numeric': {
    stricter: false,
    severity: 'medium',
    why: 'A passcode of nothing but digits leaves few combinations to try.',
  },
  'schedule_meeting.meeting_password_requirement.weak_enhance_detection': {
    stricter: true,
    severity: 'low',
    why: 'Without the warning people do not learn that their passcode is easy to guess.',
  },
  'schedule_meeting.not_store_meeting_topic': {
    stricter: true,
    severity: 'low',
    why: 'A topic can tell people who were not invited what a meeting is about.',
  },
  'schedule_meeting.participant_video': {
    stricter: false,
    severity: 'low',
    why: 'A camera that starts by itself can show what was not meant to be seen.',
  },
  'schedule_meeting.allow_host_to_disable_participant_video': {
    stricter: true,
    severity: 'low',
    why: 'It gives hosts one more means against unwanted pictures.',
  },
  'schedule_meeting.personal_meeting': {
    stricter: false,
    severity: 'low',
    why: 'A personal room keeps its number for good; meetings scheduled in it break when it is switched off.',
  },
  'schedule_meeting.require_password_for_instant_meetings': {
    stricter: true,
    severity: 'high',
    why: 'The number of a meeting started on the spot can be found by trying like any other.',
  },
  'schedule_meeting.require_password_for_pmi_meetings': {
    stricter: ['none', 'jbh_only', 'all'],
    severity: 'high',
    why: 'A personal number stays the same, so that without a passcode everybody who ever had it can come back.',
  },
  'schedule_meeting.require_password_for_scheduled_meetings': {
    stricter: true,
    severity: 'medium',
    why: 'Meetings scheduled earlier stay open until this is on; their old links stop working then.',
  },
  'schedule_meeting.require_password_for_scheduling_new_meetings': {
    stricter: true,
    severity: 'critical',
    why: 'Meeting numbers can be found by trying, and then the passcode is what keeps strangers out.',
  },
  'schedule_meeting.use_pmi_for_instant_meetings': {
    stricter: false,
    severity: 'medium',
    why: 'With a number that is used again, guests of one meeting can walk into the next.',
  },
  'schedule_meeting.use_pmi_for_scheduled_meetings': {
    stricter: false,
    severity: 'medium',
    why: 'With a number that is used again, guests of one meeting can walk into the next.',
  },
  'schedule_meeting.always_display_zoom_meeting_as_topic.enable': {
    stricter: true,
    severity: 'low',
    why: 'A topic can tell people who were not invited what a meeting is about.',
  },
  'schedule_meeting.hide_meeting_description.enable': {
    stricter: true,
    severity: 'low',
    why: 'A description can tell people who were not invited what a meeting is about.',
  },
  'schedule_meeting.always_display_zoom_webinar_as_topic.enable': {
    stricter: true,
    severity: 'low',
    why: 'A topic can tell people who were not invited what a webinar is about.',
  },
  'schedule_meeting.hide_webinar_description.enable': {
    stricter: true,
    severity: 'low',
    why: 'A description can tell people who were not invited what a webinar is about.',
  },
  'schedule_meeting.continuous_meeting_chat.enable': {
    stricter: false,
    severity: 'medium',
    why: 'The chat lives on after the meeting, with everybody who was ever added to it.',
  },
  'schedule_meeting.continuous_meeting_chat.can_add_external_users': {
    stricter: false,
    severity: 'medium',
    why: 'People from outside keep reading after the meeting is over.',
  },
  'schedule_meeting.continuous_meeting_chat.auto_add_invited_external_users': {
    stricter: false,
    severity: 'medium',
    why: 'People from outside get into the chat that stays, and nobody has decided it.',
  },
  'schedule_meeting.embed_password_in_join_link': {
    stricter: false,
    severity: 'low',
    why: 'Whoever is passed such a link needs no passcode any more; many keep it on for convenience.',
  },
  'schedule_meeting.mute_upon_entry': {
    stricter: true,
    severity: 'medium',
    why: 'People who come in with an open microphone disturb, or are overheard without knowing it.',
  },
  'schedule_meeting.pstn_password_protected': {
    stricter: true,
    severity: 'high',
    why: 'Without it callers get past the passcode that everybody else has to enter.',
  },
  'schedule_meeting.use_pmi_for_schedule_meetings': {
    stricter: false,
    severity: 'medium',
    why: 'With a number that is used again, guests of one meeting can walk into the next.',
  },
  'schedule_meeting.require_password_for_all_meetings': {
    stricter: true,
    severity: 'high',
    why: 'A meeting without a passcode is open to anybody who finds its number.',
  },
  'schedule_meeting.participants_video': {
    stricter: false,
    severity: 'low',
    why: 'A camera that starts by itself can show what was not meant to be seen.',
  },

  'telephony.third_party_audio': {
    stricter: false,
    severity: 'low',
    why: 'What is said goes through a provider other than Zoom.',
  },

  'tsp.call_out': {
    stricter: false,
    severity: 'low',
    why: 'Calls that the provider makes cost money, and people can be called who do not want it.',
  },
  'tsp.call_out_countries': {
    stricter: 'fewer',
    severity: 'low',
    why: 'Every further country is one more for costly calls to go to.',
  },

  'zoom_rooms.cmr_for_instant_meeting': {
    stricter: 'contextual',
    severity: 'low',
    why: 'Recording meetings started in a room gives evidence, but also keeps what need not be kept.',
  },
  'zoom_rooms.force_private_meeting': {
    stricter: true,
    severity: 'low',
    why: 'The display of a room would tell everybody who passes by what a meeting is called.',
  },
  'zoom_rooms.hide_host_information': {
    stricter: true,
    severity: 'low',
    why: 'The display of a room would tell everybody who passes by the host and number of a private meeting.',
  },
  'zoom_rooms.start_airplay_manually': {
    stricter: true,
    severity: 'low',
    why: 'AirPlay that always runs lets any device nearby show its screen in the room.',
  },
  'zoom_rooms.ultrasonic': {
    stricter: false,
    severity: 'low',
    why: "Any device that hears the room's signal can share its screen there without a key.",
  },

  'smart_recognition.zoom_rooms.video_name_tags.enabled': {
    stricter: false,
    severity: 'medium',
    why: 'To know people by their faces, Zoom has to keep biometric data of them.',
  },
  'smart_recognition.zoom_rooms.video_name_tags.allow_external_identification': {
    stricter: false,
    severity: 'medium',
    why: 'Rooms of other organisations could know your users by their faces.',
  },
  'smart_recognition.zoom_rooms.voice_name_tags.enabled': {
    stricter: false,
    severity: 'medium',
    why: 'To know people by their voices, Zoom has to keep biometric data of them.',
  },
  'smart_recognition.zoom_rooms.voice_name_tags.allow_external_identification': {
    stricter: false,
    severity: 'medium',
    why: 'Rooms of other organisations could know your users by their voices.',
  },
  'smart_recognition.workplace_app.voice_name_tags.enabled': {
    stricter: false,
    severity: 'medium',
    why: 'To know people by their voices, Zoom has to keep biometric data of them.',
  },

  'mail_calendar.email_calendar_management': {
    stricter: false,
    severity: 'low',
    why: 'The Zoom client gets to see mail and calendars of your users.',
  },
  'mail_calendar.email_management': {
    stricter: false,
    severity: 'low',
    why: 'The Zoom client gets to see mail of your users.',
  },
  'mail_calendar.zoom_email_provider': {
    stricter: false,
    severity: 'low',
    why: 'Mail kept by Zoom is outside the protection of your own mail system.',
  },

  'general_setting.auto_zoom_room_proximity_connect': {
    stricter: false,
    severity: 'low',
    why: "Any device that hears the room's signal can connect to it without a key.",
  },

  'meeting_authentication.allow_authentication_exception': {
    stricter: false,
    severity: 'medium',
    why: 'Hosts could invite people who then join without signing in.',
  },
  'meeting_authentication.authentication_options': {
    stricter: 'contextual',
    severity: 'high',
    why: 'The profiles decide who may join: anybody with a Zoom account, some domains or only your own users.',
  },
  'meeting_authentication.meeting_authentication': {
    stricter: true,
    severity: 'high',
    why: 'Without sign-in anybody can join under any name; schools whose pupils have no accounts may need that.',
  },

  'recording_authentication.authentication_options': {
    stricter: 'contextual',
    severity: 'high',
    why: 'The profiles decide who may watch: anybody with a Zoom account, some domains or only your own users.',
  },
  'recording_authentication.recording_authentication': {
    stricter: true,
    severity: 'high',
    why: 'Without sign-in nobody knows who watches a recording.',
  },

  'meeting_security.auto_security': {
    stricter: true,
    severity: 'critical',
    why: 'It makes sure that no meeting is without a passcode, a waiting room and sign-in all at once.',
  },
  'meeting_security.block_user_domain': {
    stricter: true,
    severity: 'medium',
    why: 'While it is off, the list of blocked domains keeps nobody out.',
  },
  'meeting_security.block_user_domain_list': {
    stricter: 'more',
    severity: 'medium',
    why: 'Users of a domain that leaves the list can join meetings and webinars again.',
  },
  'meeting_security.chat_etiquette_tool.enable': {
    stricter: true,
    severity: 'low',
    why: 'While it is off, words and patterns that you forbid can be sent.',
  },
  'meeting_security.embed_password_in_join_link': {
    stricter: false,
    severity: 'low',
    why: 'Whoever is passed such a link needs no passcode any more; many keep it on for convenience.',
  },
  'meeting_security.encryption_type': {
    stricter: ['enhanced_encryption', 'e2ee'],
    severity: 'high',
    why: 'With e2ee only participants hold the keys, but cloud recording, streaming and more stop working.',
  },
  'meeting_security.end_to_end_encrypted_meetings': {
    stricter: true,
    severity: 'high',
    why: 'While it is off, no host can choose an encryption to which Zoom has no key.',
  },
  'meeting_security.meeting_password': {
    stricter: true,
    severity: 'critical',
    why: 'Meeting numbers can be found by trying, and then the passcode is what keeps strangers out.',
  },
  'meeting_security.meeting_password_requirement.consecutive_characters_length': {
    stricter: [0, 8, 7, 6, 5, 4],
    severity: 'low',
    why: 'Runs such as abcdef make passcodes easy to guess; 4 allows the shortest runs, 0 any.',
  },
  'meeting_security.meeting_password_requirement.have_letter': {
    stricter: true,
    severity: 'medium',
    why: 'A passcode without letters leaves far fewer combinations to try.',
  },
  'meeting_security.meeting_password_requirement.have_number': {
    stricter: true,
    severity: 'low',
    why: 'Passcodes made from more kinds of characters take longer to guess.',
  },
  'meeting_security.meeting_password_requirement.have_special_character': {
    stricter: true,
    severity: 'low',
    why: 'Passcodes made from more kinds of characters take longer to guess.',
  },
  'meeting_security.meeting_password_requirement.have_upper_and_lower_characters': {
    stricter: true,
    severity: 'low',
    why: 'Passcodes made from more kinds of characters take longer to guess.',
  },
  'meeting_security.meeting_password_requirement.length': {
    stricter: 'higher',
    severity: 'medium',
    why: 'Short passcodes can be found by trying; 0 asks for no length at all.',
  },
  'meeting_security.meeting_password_requirement.only_allow_numeric': {
    stricter: false,
    severity: 'medium',
    why: 'A passcode of nothing but digits leaves few combinations to try.',
  },
  'meeting_security.meeting_password_requirement.weak_enhance_detection': {
    stricter: true,
    severity: 'low',
    why: 'Without the warning people do not learn that their passcode is easy to guess.',
  },
  'meeting_security.only_authenticated_can_join_from_webclient': {
    stricter: true,
    severity: 'medium',
    why: 'A browser needs no installation and asks nobody for a name that can be relied on.',
  },
  'meeting_security.phone_password': {
    stricter: true,
    severity: 'high',
    why: 'Without it callers get past the passcode that everybody else has to enter.',
  },
  'meeting_security.pmi_password': {
    stricter: true,
    severity: 'high',
    why: 'A personal number stays the same, so that without a passcode everybody who ever had it can come back.',
  },
  'meeting_security.require_password_for_scheduled_meeting': {
    stricter: true,
    severity: 'medium',
    why: 'Meetings scheduled earlier stay open until this is on; their old links stop working then.',
  },
  'meeting_security.require_password_for_scheduled_webinar': {
    stricter: true,
    severity: 'medium',
    why: 'Webinars scheduled earlier stay open until this is on; their old links stop working then.',
  },
  'meeting_security.waiting_room': {
    stricter: true,
    severity: 'high',
    why: 'Without it, whoever has the link is in the meeting before a host has seen who it is.',
  },
  'meeting_security.waiting_room_settings.participants_to_place_in_waiting_room': {
    stricter: [2, 1, 0],
    severity: 'high',
    why: 'Whoever is exempt joins unseen: 0 exempts nobody, 1 your own users, 2 listed domains as well.',
  },
  'meeting_security.waiting_room_settings.users_who_can_admit_participants_from_waiting_room': {
    stricter: [1, 0],
    severity: 'medium',
    why: 'With 1, anybody who skipped the waiting room can let strangers in while no host is there.',
  },
  'meeting_security.waiting_room_settings.whitelisted_domains_for_waiting_room': {
    stricter: 'fewer',
    severity: 'medium',
    why: 'Users of a listed domain enter without waiting for the host.',
  },
  'meeting_security.webinar_password': {
    stricter: true,
    severity: 'high',
    why: 'A webinar without a passcode is open to anybody with its number, unless people have to register.',
  },
  'meeting_security.waiting_room_options.enable': {
    stricter: true,
    severity: 'high',
    why: 'Without it, whoever has the link is in the meeting before a host has seen who it is.',
  },
  'meeting_security.waiting_room_options.locked': {
    stricter: true,
    severity: 'medium',
    why: 'While the way of admission is not locked, hosts can loosen it for their own meetings.',
  },
  'meeting_security.waiting_room_options.admit_type': {
    stricter: [1, 4, 3, 2],
    severity: 'high',
    why: "Automatic admission takes the host's look away: 1 admits everybody, 4 and 3 some, 2 nobody.",
  },
  'meeting_security.waiting_room_options.internal_user_auto_admit': {
    stricter: [2, 5, 4, 3, 1],
    severity: 'medium',
    why: 'Until the host comes nobody watches: 2 lets colleagues in whenever they like, 1 makes them wait.',
  },
  'meeting_security.waiting_room_options.admit_domain_allowlist': {
    stricter: 'fewer',
    severity: 'medium',
    why: 'Users of a listed domain enter without waiting for the host.',
  },
  'meeting_security.waiting_room_options.who_can_admit_participants': {
    stricter: [1, 0],
    severity: 'medium',
    why: 'With 1, anybody who skipped the waiting room can let strangers in while no host is there.',
  },
  'meeting_security.waiting_room_options.more_options.user_invited_by_host_can_bypass_waiting_room': {
    stricter: false,
    severity: 'low',
    why: 'An invitation sent from a running meeting can reach the wrong person, who would then enter unseen.',
  },
  'meeting_security.waiting_room_options.more_options.move_participants_to_waiting_room_when_host_dropped': {
    stricter: true,
    severity: 'medium',
    why: "When the host's connection breaks, the meeting would go on with nobody in charge.",
  },
  'meeting_security.waiting_room_options.more_options.allow_participants_to_reply_to_host': {
    stricter: false,
    severity: 'low',
    why: 'People whom nobody has admitted could write to the hosts.',
  },

  'in_session.custom_data_center_regions': {
    stricter: 'contextual',
    severity: 'medium',
    why: 'Whether your own list is narrower than what Zoom would choose depends on the regions in it.',
  },
  'in_session.data_center_regions': {
    stricter: 'fewer',
    severity: 'medium',
    why: 'Every further region adds a jurisdiction that sessions may pass through; look twice at CN.',
  },
  'in_session.p2p_connetion': {
    stricter: false,
    severity: 'low',
    why: 'A direct connection shows each of the two the network address of the other.',
  },
  'in_session.p2p_ports': {
    stricter: false,
    severity: 'low',
    why: 'Clients then listen on a range of ports that the firewall has to leave open.',
  },

  'session_security.approved_or_denied_countries_or_regions.enable': {
    stricter: true,
    severity: 'medium',
    why: 'While the filter is off, people can join from every country.',
  },

  'registration.options.host_email_notification': {
    stricter: true,
    severity: 'low',
    why: 'Without the mail hosts do not learn who registers.',
  },
  'registration.options.close_registration': {
    stricter: true,
    severity: 'low',
    why: 'While it is off, people can still register when the event is over.',
  },
  'registration.options.allow_participants_to_join_from_multiple_devices': {
    stricter: false,
    severity: 'low',
    why: 'One registration can be passed on and used by several people.',
  },
  'registration.options.show_social_share_buttons': {
    stricter: false,
    severity: 'low',
    why: 'Share buttons invite people to post the link in public.',
  },
  'registration.approve_type': {
    stricter: 'contextual',
    severity: 'medium',
    why: 'It decides whether anybody looks at who registers, but Zoom does not document its two values.',
  },
  'chat.chat_etiquette_tool.policies': {
    stricter: 'contextual',
    severity: 'medium',
    why: 'Each policy catches words or patterns in chat; a policy less lets through what it caught.',
  },
  'meeting_security.chat_etiquette_tool.policies': {
    stricter: 'contextual',
    severity: 'medium',
    why: 'Each policy catches words or patterns in meeting chat; a policy less lets through what it caught.',
  },
};
