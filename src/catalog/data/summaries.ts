import type { SettingPath } from '../../model/setting.ts';

/** What an administrator would call a setting and what it does, in one line of our own. Every setting has one. */
export const SUMMARIES: Readonly<Record<SettingPath, string>> = {
  'audio_conferencing.call_me_and_invite_by_phone.allow_webinar_attendees_call_me':
    'Attendees can have Zoom call their phone with Call Me (webinars).',
  'audio_conferencing.call_me_and_invite_by_phone.call_out_countries.allowed_countries':
    'Countries and regions that Zoom offers for calling out (read-only).',
  'audio_conferencing.call_me_and_invite_by_phone.call_out_countries.selected_countries':
    'Countries and regions that Call Me and Invite by Phone can dial, by code.',
  'audio_conferencing.call_me_and_invite_by_phone.enable':
    'Zoom can call participants on their phone, by Call Me or Invite by Phone.',
  'audio_conferencing.call_me_and_invite_by_phone.require_press_1_for_call_me':
    'Call Me users must press 1 to be connected: auto (Zoom decides), always or never.',
  'audio_conferencing.global_dial_in_countries.allowed_countries':
    'Countries and regions whose dial-in numbers invitations could list (read-only).',
  'audio_conferencing.global_dial_in_countries.include_toll_free':
    'Email invitations also list the toll-free numbers of the selected countries and regions.',
  'audio_conferencing.global_dial_in_countries.selected_countries':
    'Countries and regions whose dial-in numbers email invitations list, in that order.',
  'audio_conferencing.participant_phone_masking.enable':
    'Phone numbers of dial-in callers are partly masked in the participant list.',
  'audio_conferencing.participant_phone_masking.masking_type':
    'Digits to mask: mask_default (888****666), mask_first_5 or mask_except_last_4.',
  'audio_conferencing.personal_audio_conference':
    'Users can hold audio-only conferences by phone (Personal Audio Conference, PAC).',
  'audio_conferencing.toll_call.enable': 'Participants can dial in through toll numbers ("Toll Call").',
  'audio_conferencing.toll_call.numbers': 'Toll dial-in numbers, each with its country calling code; at most 100.',
  'audio_conferencing.toll_free_and_fee_based_toll_call.allow_webinar_attendees_dial':
    'Attendees can dial in through the toll-free and fee-based toll numbers (webinars).',
  'audio_conferencing.toll_free_and_fee_based_toll_call.enable':
    'Participants can dial in through toll-free and fee-based toll numbers.',
  'audio_conferencing.toll_free_and_fee_based_toll_call.numbers':
    'Toll-free and fee-based toll numbers, each with its country calling code; at most 100.',
  'in_meeting.ai_companion_questions.auto_enable':
    'AI Companion questions are open from the start of a meeting (read-only).',
  'in_meeting.ai_companion_questions.enable':
    'Hosts and invitees can ask AI Companion about a running meeting (read-only).',
  'in_meeting.ai_companion_questions.who_can_ask_questions':
    'Who can ask: 1 all, 2 all since they joined, 3 host, 4 own org, 5 own org since joined (read-only).',
  'in_meeting.alert_guest_join': 'Participants of the account see who is a guest ("Identify guest participants").',
  'in_meeting.allow_host_panelists_to_use_audible_clap':
    'Hosts and panelists can send a clap that is heard (webinars).',
  'in_meeting.allow_host_to_enable_focus_mode': 'Hosts can choose focus mode for a meeting when they schedule it.',
  'in_meeting.allow_live_streaming': 'Meetings can be live streamed to the services that are turned on.',
  'in_meeting.allow_participants_chat_with':
    'Chat partners of participants: 1 no one, 2 host and co-hosts, 3 all publicly, 4 also privately.',
  'in_meeting.allow_participants_to_rename':
    'Meeting participants and webinar panelists can change their displayed name.',
  'in_meeting.allow_show_zoom_windows':
    'Zoom windows are part of a desktop share ("Show Zoom windows during screen share").',
  'in_meeting.allow_users_save_chats':
    'Meeting chat that participants can save: 1 none, 2 messages of host and co-hosts, 3 all.',
  'in_meeting.allow_users_to_delete_messages_in_meeting_chat': 'Users can delete messages from the in-meeting chat.',
  'in_meeting.annotation': 'Participants can draw and write on shared screens with the annotation tools.',
  'in_meeting.anonymous_question_answer': 'Attendees can ask questions in Q&A without giving their name (webinars).',
  'in_meeting.attendee_on_hold': 'Hosts can put attendees on hold (deprecated: no longer supported).',
  'in_meeting.attention_mode_focus_mode':
    'Focus mode: participants see the video and picture of host and co-hosts, not of each other.',
  'in_meeting.auto_answer': 'Auto-answer group in chat: calls from contacts in that group are answered automatically.',
  'in_meeting.auto_generated_translation.enable':
    'Participants can turn on automatically translated captions for the chosen language pairs.',
  'in_meeting.auto_generated_translation.language_item_pairList.all':
    'Translated captions are offered for every pair of spoken and caption language.',
  'in_meeting.auto_generated_translation.language_item_pairList.trans_lang_config':
    'Spoken languages, each with the languages that its captions can be translated to.',
  'in_meeting.auto_saving_chat': 'In-meeting chat is saved without the host having to do it ("Auto saving chats").',
  'in_meeting.breakout_room': 'Hosts can divide a meeting into breakout rooms.',
  'in_meeting.breakout_room_schedule':
    'Hosts can already assign people to breakout rooms when they schedule a meeting.',
  'in_meeting.chat': 'Participants can write chat messages that all in the meeting see.',
  'in_meeting.closed_caption': 'Hosts can type closed captions or have a participant or third-party device add them.',
  'in_meeting.closed_captioning.auto_transcribing': 'Live transcription service turns speech in meetings into text.',
  'in_meeting.closed_captioning.enable':
    'Closed captioning: typed by the host or an assigned participant, or by a third-party service.',
  'in_meeting.closed_captioning.save_caption':
    'Participants can save captions or transcripts; needs view_full_transcript.',
  'in_meeting.closed_captioning.third_party_captioning_service':
    'Third-party captioning services can be connected with an API token.',
  'in_meeting.closed_captioning.view_full_transcript':
    'Participants can open the full transcript in the side panel of the meeting.',
  'in_meeting.co_host': 'Hosts can appoint co-hosts, who share the in-meeting controls.',
  'in_meeting.custom_data_center_regions':
    'Hosted meetings use the data centers in data_center_regions; false: the default regions.',
  'in_meeting.custom_live_streaming_service': 'Meetings can be live streamed to a custom service.',
  'in_meeting.custom_service_instructions':
    'Instructions for hosts on how to set up the custom live streaming service.',
  'in_meeting.data_center_regions':
    'Data center regions opted in to, by code (US, DE, TY for Japan); see custom_data_center_regions.',
  'in_meeting.disable_screen_sharing_for_host_meetings':
    'Desktop sharing is off in meetings the user hosts, leaving only application sharing.',
  'in_meeting.disable_screen_sharing_for_in_meeting_guests': 'Screen sharing is off while guests are in the meeting.',
  'in_meeting.dscp_audio': 'DSCP value that marks audio packets, 1 to 63 (default 56).',
  'in_meeting.dscp_dual': 'DSCP values for audio and video count for both incoming and outgoing traffic.',
  'in_meeting.dscp_marking': 'Network packets get a DSCP mark so that routers can give them priority.',
  'in_meeting.dscp_video': 'DSCP value that marks video packets, 1 to 63 (default 40).',
  'in_meeting.e2e_encryption':
    'Third-party H.323/SIP endpoints must use encryption; in spite of its key not end-to-end.',
  'in_meeting.entry_exit_chime':
    'Sound when someone joins or leaves: host (heard by hosts only), all (by everyone) or none.',
  'in_meeting.far_end_camera_control': 'Cameras in a meeting can be controlled by another user.',
  'in_meeting.feedback': 'Users can send feedback to Zoom when a meeting ends ("Feedback to Zoom").',
  'in_meeting.file_transfer': 'Hosts and participants can send files through the in-meeting chat.',
  'in_meeting.group_hd': 'Group HD video: better picture for host and participants of meetings, using more bandwidth.',
  'in_meeting.join_from_desktop': 'Participants can join in a desktop browser, with a limited meeting experience.',
  'in_meeting.join_from_mobile': 'Participants can join in a mobile browser, with a limited meeting experience.',
  'in_meeting.language_interpretation.allow_participants_to_speak_in_listening_channel':
    'Participants can speak in the interpretation channel they are listening to.',
  'in_meeting.language_interpretation.allow_up_to_25_custom_languages_when_scheduling_meetings':
    'Schedulers can add up to 25 interpretation languages of their own to a meeting.',
  'in_meeting.language_interpretation.custom_languages':
    'Custom interpretation languages, in addition to those that Zoom has built in.',
  'in_meeting.language_interpretation.enable': 'Hosts can name participants as interpreters who translate speech live.',
  'in_meeting.language_interpretation.enable_language_interpretation_by_default':
    'Language interpretation is on by default.',
  'in_meeting.language_interpretation.languages': 'Interpretation languages that Zoom has built in (read-only).',
  'in_meeting.live_streaming_facebook': 'Meetings can be live streamed to Facebook.',
  'in_meeting.live_streaming_youtube': 'Meetings can be live streamed to YouTube.',
  'in_meeting.manual_captioning.allow_to_type':
    'Hosts can type captions themselves or pick a participant to type them.',
  'in_meeting.manual_captioning.auto_generated_captions':
    'Zoom captions speech by itself ("Automated captions", live transcription).',
  'in_meeting.manual_captioning.full_transcript':
    'Full transcript of the captions is on view in the in-meeting side panel.',
  'in_meeting.manual_captioning.manual_captions':
    'Manual captions: captions can be typed in or come from a third-party device.',
  'in_meeting.manual_captioning.save_captions':
    'Save captions: participants can keep captions or transcripts; needs full_transcript.',
  'in_meeting.manual_captioning.third_party_captioning_service':
    'Captions can come from a third-party device that holds an API token.',
  'in_meeting.meeting_data_transit_and_residency_method':
    'Way of meeting data: cloud (Zoom Cloud) or On-Prem (Meeting Connector, licensed users only).',
  'in_meeting.meeting_polling.advanced_polls':
    'Hosts can create advanced polls and quizzes, such as matching, rank order or free text.',
  'in_meeting.meeting_polling.allow_alternative_host_to_add_edit':
    'Alternative hosts can add and edit the polls and quizzes of a meeting.',
  'in_meeting.meeting_polling.allow_host_to_upload_image': 'Hosts can add an image to each poll question in meetings.',
  'in_meeting.meeting_polling.enable': 'Hosts can add polls to a meeting, beforehand or while it runs.',
  'in_meeting.meeting_polling.manage_saved_polls_and_quizzes':
    'Users can manage their saved polls and quizzes under Meetings.',
  'in_meeting.meeting_polling.require_answers_to_be_anonymous': 'Poll answers in meetings are always anonymous.',
  'in_meeting.meeting_question_answer':
    'Q&A in meetings: participants ask questions, the host and other participants answer.',
  'in_meeting.meeting_reactions': 'Participants can react with emojis from the Reactions menu of the meeting toolbar.',
  'in_meeting.meeting_reactions_emojis':
    'Emojis for reactions: all (any of Zoom chat) or selected (the six standard ones).',
  'in_meeting.meeting_summary_with_ai_companion.auto_enable':
    'AI Companion starts the meeting summary on its own when a meeting starts (read-only).',
  'in_meeting.meeting_summary_with_ai_companion.enable':
    'Hosts can have AI Companion write a meeting summary (read-only).',
  'in_meeting.meeting_summary_with_ai_companion.who_will_receive_summary':
    'Summary for: 1 host, 2 with co-/alternative hosts, 3 with own invitees, 4 all invitees (read-only).',
  'in_meeting.meeting_survey': 'Hosts can show participants a survey after the meeting.',
  'in_meeting.non_verbal_feedback': 'Nonverbal feedback: participants can signal by icons, without speaking.',
  'in_meeting.only_host_view_device_list': 'Only the host sees the list of H.323/SIP devices.',
  'in_meeting.original_audio': 'Users can choose original sound in the Zoom client.',
  'in_meeting.p2p_connetion': 'Two people alone in a meeting are connected peer to peer (Zoom spells the key so).',
  'in_meeting.p2p_ports': 'Peer-to-peer connections use the ports in ports_range ("Listening ports range").',
  'in_meeting.participants_share_simultaneously':
    'Screen shares at a time: one (a single participant) or multiple (several participants).',
  'in_meeting.polling': 'Meeting controls have a Polls button, for the host to survey attendees.',
  'in_meeting.ports_range': 'Ports that peer-to-peer connections listen on, within 1 to 65535; needs p2p_ports.',
  'in_meeting.post_meeting_feedback':
    'End-of-meeting survey: participants rate their experience with a thumb up or down.',
  'in_meeting.private_chat': 'Participants can chat one to one in private during a meeting.',
  'in_meeting.record_play_own_voice':
    'Phone callers are asked to record their voice, which announces that they join or leave.',
  'in_meeting.record_play_voice':
    'Phone callers can record and play their voice; user spelling of record_play_own_voice.',
  'in_meeting.remote_control': 'Sharers can let another participant control the shared content.',
  'in_meeting.remote_support': 'Hosts can give a single participant remote support (one to one).',
  'in_meeting.request_permission_to_unmute':
    'Asking to unmute participants, as Zoom answers it for groups (read-only, undocumented).',
  'in_meeting.request_permission_to_unmute_participants':
    'Hosts can ask participants for permission to unmute them ("Request permission to unmute").',
  'in_meeting.screen_sharing': 'Screen sharing is available in meetings; who_can_share_screen says to whom.',
  'in_meeting.sending_default_email_invites':
    'Email invites offer just the default mail program ("Only show default email").',
  'in_meeting.share_dual_camera': 'Users can share a second camera (deprecated).',
  'in_meeting.show_a_join_from_your_browser_link':
    'Join pages offer "Join from your browser", without installing the Zoom application.',
  'in_meeting.show_browser_join_link':
    'Participants can join from a browser (groups only; see show_a_join_from_your_browser_link).',
  'in_meeting.show_device_list': 'Participants who call an H.323/SIP device can pick it from a list.',
  'in_meeting.show_meeting_control_toolbar':
    'Meeting controls stay on screen all the time ("Always show meeting control toolbar").',
  'in_meeting.sign_language_interpretation.custom_languages':
    'Custom sign languages, in addition to those that Zoom has built in.',
  'in_meeting.sign_language_interpretation.enable': 'Hosts can name participants as sign language interpreters.',
  'in_meeting.sign_language_interpretation.enable_sign_language_interpretation_by_default':
    'Sign language interpretation view is preselected in the scheduler.',
  'in_meeting.sign_language_interpretation.languages':
    'Sign languages that Zoom has built in, such as American or British; only users can set it.',
  'in_meeting.slide_control': 'Presenters who share slides can let others move through them.',
  'in_meeting.stereo_audio': 'Users can choose stereo audio in the Zoom client.',
  'in_meeting.transfer_meetings_between_devices':
    'Users can carry a running meeting over to another device without leaving it.',
  'in_meeting.unchecked_data_center_regions':
    'Data center regions not opted in to, by code (EU Europe, TY Tokyo; read-only).',
  'in_meeting.use_html_format_email': 'Outlook plugin writes meeting invitations in HTML rather than plain text.',
  'in_meeting.virtual_background': 'Users can replace their background with an image.',
  'in_meeting.virtual_background_settings.allow_upload_custom':
    'Users can upload images of their own as virtual backgrounds.',
  'in_meeting.virtual_background_settings.allow_videos': 'Users can choose a video as virtual background.',
  'in_meeting.virtual_background_settings.enable':
    'Virtual backgrounds are available, with the options next to this switch.',
  'in_meeting.virtual_background_settings.files':
    'Virtual background files, with name, type, size in bytes and which is the default.',
  'in_meeting.waiting_room': 'Attendees stay in the waiting room until a host admits them; turns join before host off.',
  'in_meeting.watermark': 'Viewers see a watermark on shared screens ("Add watermark").',
  'in_meeting.webinar_chat.allow_attendees_chat_with':
    'Who attendees can chat with: 1 no one, 2 host and panelists, 3 everyone (webinars).',
  'in_meeting.webinar_chat.allow_auto_save_local_chat_file':
    'Chat is saved to a file on the computer of the host at the end (webinars).',
  'in_meeting.webinar_chat.allow_panelists_chat_with':
    'Who panelists can chat with: 1 host and panelists, 2 everyone (webinars).',
  'in_meeting.webinar_chat.allow_panelists_send_direct_message':
    'Panelists can send each other direct messages (webinars).',
  'in_meeting.webinar_chat.allow_users_save_chats':
    'Chat that attendees can save: 0 none, 1 messages of host and panelists, 2 all (webinars).',
  'in_meeting.webinar_chat.allow_users_to_delete_messages_in_meeting_chat':
    'Users can delete in-meeting chat messages, as Zoom answers it for the account (read-only).',
  'in_meeting.webinar_chat.default_attendees_chat_with':
    'Preset chat partners of attendees: 1 host and panelists, 2 everyone (webinars).',
  'in_meeting.webinar_chat.enable': 'Participants can send chat messages (webinars).',
  'in_meeting.webinar_group_hd':
    'Group HD video: better picture for host and participants, using more bandwidth (webinars).',
  'in_meeting.webinar_live_streaming.custom_service_instructions':
    'Instructions for hosts on how to set up a custom live stream (webinars).',
  'in_meeting.webinar_live_streaming.enable': 'Hosts can live stream their webinars.',
  'in_meeting.webinar_live_streaming.live_streaming_reminder':
    'Users are notified to watch the live stream; not with custom RTMP (webinars).',
  'in_meeting.webinar_live_streaming.live_streaming_service':
    'Services to stream to: facebook, workplace_by_facebook, youtube or a custom one (webinars).',
  'in_meeting.webinar_polling.advanced_polls':
    'Hosts can create advanced polls and quizzes, such as matching or rank order (webinars).',
  'in_meeting.webinar_polling.allow_alternative_host_to_add_edit':
    'Alternative hosts can add and edit polls and quizzes (webinars).',
  'in_meeting.webinar_polling.allow_host_to_upload_image': 'Hosts can add an image to each poll question (webinars).',
  'in_meeting.webinar_polling.enable': 'Hosts can add polls beforehand or during the event (webinars).',
  'in_meeting.webinar_polling.manage_saved_polls_and_quizzes':
    'Users can manage their saved polls and quizzes under Webinars.',
  'in_meeting.webinar_polling.require_answers_to_be_anonymous': 'Poll answers are always anonymous (webinars).',
  'in_meeting.webinar_question_answer': 'Q&A: attendees can put questions to the host and panelists (webinars).',
  'in_meeting.webinar_reactions': 'Emoji reactions are available (webinars).',
  'in_meeting.webinar_survey': 'Hosts can show attendees a survey after the event (webinars).',
  'in_meeting.whiteboard': 'Participants can share a Zoom Whiteboard in meetings.',
  'in_meeting.who_can_share_screen':
    'Who can share a screen: host (host only) or all (participants too, not webinar attendees).',
  'in_meeting.who_can_share_screen_when_someone_is_sharing':
    'Who can start sharing while someone else does: host (host only) or all (participants too).',
  'in_meeting.workplace_by_facebook': 'Meetings can be live streamed to Workplace by Facebook.',
  'in_session.custom_data_center_regions':
    'Sessions use the data centers in data_center_regions; false: the default regions (Video SDK).',
  'in_session.data_center_regions':
    'Data center regions that sessions use, by code such as US, DE or TY for Japan (Video SDK).',
  'in_session.dscp_audio': 'DSCP value that marks audio packets of sessions, 1 to 63, default 56 (Video SDK).',
  'in_session.dscp_dual': 'DSCP values count for both incoming and outgoing session traffic (Video SDK).',
  'in_session.dscp_marking': 'Packets of sessions get a DSCP mark so that routers can give them priority (Video SDK).',
  'in_session.dscp_video': 'DSCP value that marks video packets of sessions, 1 to 63, default 40 (Video SDK).',
  'in_session.p2p_connetion':
    'Two people alone in a session are connected peer to peer (Video SDK; Zoom spells the key so).',
  'in_session.p2p_ports': 'Peer-to-peer connections of sessions use the ports in ports_range (Video SDK).',
  'in_session.ports_range':
    'Ports for peer-to-peer connections of sessions, within 1 to 65535; needs p2p_ports (Video SDK).',
  'in_session.subsession': 'Hosts can divide a session into smaller rooms, or subsessions (Video SDK).',
  'in_session.unchecked_data_center_regions':
    'Data center regions that sessions do not use, by code such as EU (Video SDK; read-only).',
  'integration.box': 'Participants on mobile devices can share content from their Box account.',
  'integration.dropbox': 'Participants on mobile devices can share content from their Dropbox account.',
  'integration.google_calendar': 'Users can schedule meetings through Google Calendar.',
  'integration.google_drive': 'Participants on mobile devices can share content from their Google Drive.',
  'integration.kubi': 'Kubi devices can be steered by users during a meeting.',
  'integration.microsoft_one_drive':
    'Participants on mobile devices can share content from their Microsoft OneDrive account.',
  'other_options.allow_auto_active_users': 'Admins can add users as active at once, with one default passcode for all.',
  'other_options.allow_users_contact_support_via_chat':
    'Zoom Help badge on pages, for users to reach Zoom support by chat.',
  'other_options.allow_users_enter_and_share_pronouns':
    'Users can put pronouns on their profile card and share them in meetings and webinars.',
  'other_options.blur_snapshot': 'Zoom content is not shown in the app switcher: blurred on iOS, hidden on Android.',
  'other_options.display_meetings_scheduled_for_others':
    'Users with scheduling privilege can see the meetings of other users.',
  'other_options.email_in_attendee_report_for_meeting':
    'Attendee reports of meetings show the email address of authenticated guests.',
  'other_options.meeting_qos_and_mos':
    'Dashboard quality scores and network alerts: 0 off, 1 shown, 2 custom thresholds, 3 both.',
  'other_options.show_one_user_meeting_on_dashboard':
    'Meetings with only one person appear on the dashboard and in reports.',
  'other_options.use_cdn':
    'Content delivery network: none, default (CloudFront; Wangsu in mainland China) or wangsu for all.',
  'other_options.webinar_registration_options.allow_host_to_enable_join_info':
    'Hosts can show the join information on the registration confirmation page (webinars).',
  'other_options.webinar_registration_options.allow_host_to_enable_social_share_buttons':
    'Hosts can show social share buttons on the registration page (webinars).',
  'other_options.webinar_registration_options.enable_custom_questions':
    'Registration can ask custom questions (webinars).',
  'profile.recording_storage_location.allowed_values':
    'Countries that users may choose to store recordings, voicemail and transcripts in, by code.',
  'profile.recording_storage_location.value':
    'Country that recordings, voicemail and transcripts are stored in, by code such as US.',
  'session_security.approved_or_denied_countries_or_regions.approved_list':
    'Countries and regions people can join sessions from, by code; for method approve (Video SDK).',
  'session_security.approved_or_denied_countries_or_regions.denied_list':
    'Countries and regions nobody can join sessions from, by code; for method deny (Video SDK).',
  'session_security.approved_or_denied_countries_or_regions.enable':
    'Joining sessions depends on the country or region people join from (Video SDK).',
  'session_security.approved_or_denied_countries_or_regions.method':
    'Country filter: approve lets only approved_list join, deny blocks denied_list (Video SDK).',
  'telephony.audio_conference_info': 'Details of the third-party audio conference, as text.',
  'telephony.show_international_numbers_link': 'Invitation emails link to the international numbers.',
  'telephony.telephony_regions.allowed_values': 'Telephony regions that Zoom offers for selection (read-only).',
  'telephony.telephony_regions.selection_values':
    'Telephony regions that most participants call in from or are called in; groups only read it.',
  'telephony.third_party_audio': 'Participants can join through the third-party audio that has been configured.',
  'tsp.allow_webinar_attendees_call_me':
    'Attendees can connect audio with Call Me (webinars, telephony service provider).',
  'tsp.allow_webinar_attendees_toll_free_dial':
    'Attendees can dial in on toll-free numbers (webinars, telephony service provider).',
  'tsp.call_out': 'Calling out to phones is available (telephony service provider).',
  'tsp.call_out_countries': 'Countries and regions that can be called out to (telephony service provider).',
  'tsp.display_toll_free_numbers': 'Toll-free numbers are displayed (telephony service provider).',
  'tsp.global_dial_in_countries.allowed_countries':
    'Countries and regions that invitations could list (telephony service provider; read-only).',
  'tsp.global_dial_in_countries.selected_countries':
    'Dial-in countries and regions that invitations list, in order (telephony service provider).',
  'tsp.show_international_numbers_link':
    'Invitation emails link to the international numbers (telephony service provider).',
  'whiteboard.in_meeting_advanced_whiteboard': 'Users can use Zoom Whiteboard during meetings (read-only).',
  'whiteboard.out_meeting_advanced_whiteboard': 'Users can use Zoom Whiteboard outside meetings (read-only).',
  'chat.ai_compose.enable': 'Users can draft chat messages with AI Companion (portal: Compose with AI Companion).',
  'chat.ai_compose.shown_in_team_chat': 'Compose with AI Companion is shown in Team Chat.',
  'chat.ai_quick_reply': 'Users get suggested replies in chat (portal: Quick reply with AI Companion).',
  'chat.ai_quick_schedule': 'Users can schedule meetings out of a chat with AI Companion (portal: Quick schedule).',
  'chat.ai_recommend': 'AI Companion makes recommendations in chat (portal: Chat Recommendation).',
  'chat.ai_sentence_completion': 'AI Companion completes sentences as users type in chat.',
  'chat.ai_summary.enable': 'Users can summarise chats with AI Companion (portal: Summarize with AI Companion).',
  'chat.ai_summary.shown_in_team_chat': 'Summarize with AI Companion is shown in Team Chat.',
  'chat.allow_bots_chat': 'Chatbots can read and write messages in the chats and channels they are added to.',
  'chat.allow_delete_message.enable':
    'Users can delete their chat messages, for as long as the time next to it allows.',
  'chat.allow_delete_message.time':
    'Minutes after posting in which a chat message can be deleted, up to 10080 (a week).',
  'chat.allow_edit_message.enable': 'Users can edit their chat messages, for as long as the time next to it allows.',
  'chat.allow_edit_message.time': 'Minutes after posting in which a chat message can be edited, up to 10080 (a week).',
  'chat.allow_huddles_from_channels': 'Users can start huddles from channels.',
  'chat.allow_remove_msg_by_owner_and_admins': 'Channel owners and admins can remove the messages of other members.',
  'chat.allow_users_to_add_contacts.enable': 'Users can add contacts.',
  'chat.allow_users_to_add_contacts.selected_option':
    'Whom users can add: 1 anyone, 2 organisation, 3 and given domains, 4 and given users.',
  'chat.allow_users_to_add_contacts.user_email_addresses':
    'Domains (option 3) or email addresses (option 4) that users can add, comma-separated.',
  'chat.allow_users_to_chat_with_others.enable': 'Users can chat with others, as far as the selected option allows.',
  'chat.allow_users_to_chat_with_others.selected_option':
    'Whom users can chat with: 1 anyone, 2 organisation, 3 and given domains, 4 and given users.',
  'chat.allow_users_to_chat_with_others.user_email_addresses':
    'Domains (option 3) or email addresses (option 4) that users can chat with, comma-separated.',
  'chat.allow_users_to_search_others_options':
    'Whom users can search for: 1 account, 2 master and sub accounts, 3 organisation; commas between.',
  'chat.apply_local_storage_to_personal_channel.enable':
    'Personal channel messages on devices are deleted after the retention period; else never.',
  'chat.apply_local_storage_to_personal_channel.retention_period':
    'How long devices keep personal channel messages, in days, months or years (such as 2m).',
  'chat.chat_email_address.enable':
    'Chats and channels can be given an email address to send messages to (Chat email address).',
  'chat.chat_email_address.only_allow_specific_domains':
    'Chat email addresses take mail from the specified domains only.',
  'chat.chat_email_address.specific_domains': 'Domains whose mail chat email addresses take.',
  'chat.chat_emojis.emojis_option': 'Emojis on offer in chat: all, or only the selected ones.',
  'chat.chat_emojis.enable': 'Users can pick from the emoji library in chats; keyboard shortcuts work regardless.',
  'chat.chat_etiquette_tool.enable':
    'Chat Etiquette Tool (Team Chat): messages are checked for unwanted keywords and patterns.',
  'chat.chat_etiquette_tool.operate':
    'Action on Team Chat etiquette policies: create, update or delete (declare policies instead).',
  'chat.chat_etiquette_tool.policies':
    'Team Chat etiquette policies: keywords or a pattern that warn the sender (1) or block (2).',
  'chat.chat_etiquette_tool.policy_max_count':
    'Maximum number of Team Chat etiquette policies that an account can have.',
  'chat.code_snippet': 'Users can send code snippets in chat.',
  'chat.create_group_chat': 'Users can create group chats.',
  'chat.create_private_channels': 'Users can create private channels.',
  'chat.create_public_channels': 'Users can create public channels.',
  'chat.download_file': 'Users can download files from chats and channels.',
  'chat.external_collab_restrict.enable':
    'External collaboration in group chats and channels depends on membership of one user group.',
  'chat.external_collab_restrict.external_chat':
    'The selected group is the one allowed, or not_allowed, to collaborate externally in chat.',
  'chat.external_collab_restrict.group_id':
    'ID of the user group that the restriction on external collaboration speaks of.',
  'chat.external_invite_approve.channel_id':
    'ID of the channel that gets requests to add external users (with option 2).',
  'chat.external_invite_approve.enable': 'Adding external users to group chats and channels needs an admin to approve.',
  'chat.external_invite_approve.external_account':
    'Approval for adding external users can be set apart for specified external accounts.',
  'chat.external_invite_approve.selected_option':
    'Requests to add external users go to 1 all approvers directly, or 2 one channel.',
  'chat.external_join_approve.channel_id':
    'ID of the channel that gets requests to join external chats (with option 2).',
  'chat.external_join_approve.enable': 'Joining group chats and channels of other accounts needs an admin to approve.',
  'chat.external_join_approve.external_account':
    'Approval for joining external chats can be set apart for specified external accounts.',
  'chat.external_join_approve.selected_option':
    'Requests to join external chats go to 1 all approvers directly, or 2 one channel.',
  'chat.external_member_join.enable': 'Users can join group chats and channels of other accounts.',
  'chat.external_member_join.external_account':
    'Permission to join external chats can be set apart for specified external accounts.',
  'chat.external_user_control.enable': 'External users can be added to group chats and channels.',
  'chat.external_user_control.external_account':
    'Permission to add external users can be set apart for specified external accounts.',
  'chat.external_user_control.selected_option':
    'Who adds external users: 1 everyone, 2 members and specified accounts, 3 owner and admins.',
  'chat.hyper_link': 'Users can put hyperlinks in Team Chat messages.',
  'chat.personal_channel': 'Users have a personal channel to write to themselves (portal: Enable Personal Chat).',
  'chat.presence_away_when_screen_saver': 'Users are shown as away once their screen saver begins.',
  'chat.presence_on_meeting': 'Presence status changes while a user is in a meeting or call.',
  'chat.read_receipts.allow_users_opt_out': 'Users can opt out of read receipts.',
  'chat.read_receipts.enable': 'Senders see that their chat messages were read (portal: Enable read receipts).',
  'chat.record_video_messages': 'Users can record and send video messages in chat; needs file sharing on.',
  'chat.record_voice_messages': 'Users can record and send voice messages in chat.',
  'chat.schedule_meetings_in_chat': 'Users can schedule meetings from a chat or channel.',
  'chat.screen_capture': 'Users can take and send screenshots in chat.',
  'chat.search_and_send_animated_gif_images.enable':
    'Users can search GIPHY for animated images and send them in chat.',
  'chat.search_and_send_animated_gif_images.giphy_content_rating':
    'GIPHY content rating of the images on offer: 1 G, 2 PG, 3 PG-13, 4 R.',
  'chat.send_data_to_third_party_archiving_service.authorized_channel_token':
    'Authorized channel token of the Smarsh archive (secret).',
  'chat.send_data_to_third_party_archiving_service.enable': 'Chat data is sent to a third-party archiving service.',
  'chat.send_data_to_third_party_archiving_service.passcode': 'Passcode for the Global Relay archive (secret).',
  'chat.send_data_to_third_party_archiving_service.smtp_delivery_address':
    'SMTP address that chat data for Global Relay is delivered to.',
  'chat.send_data_to_third_party_archiving_service.type':
    'Archiving service that chat data goes to: global_relay or smarsh.',
  'chat.send_data_to_third_party_archiving_service.user_name': 'User name for the Global Relay archive.',
  'chat.set_chat_as_default_tab': 'First-time users of the app start in the Team Chat tab.',
  'chat.set_retention_period_in_cloud.enable':
    'Chat messages and files in the Zoom cloud are deleted after the retention periods.',
  'chat.set_retention_period_in_cloud.retention_period_of_channels':
    'How long the Zoom cloud keeps channel data, in days, months or years (such as 2m).',
  'chat.set_retention_period_in_cloud.retention_period_of_direct_messages_and_group_conversation':
    'How long the Zoom cloud keeps direct and group messages, in days, months or years (such as 2m).',
  'chat.set_retention_period_in_local.enable':
    "Chat messages on users' devices are deleted after the retention periods; else never.",
  'chat.set_retention_period_in_local.retention_period_of_channels':
    'How long devices keep channel data, in days, months or years (such as 2m).',
  'chat.set_retention_period_in_local.retention_period_of_direct_messages_and_group_conversation':
    'How long devices keep direct and group messages, in days, months or years (such as 2m).',
  'chat.share_files.enable': 'Users can view, share and forward files in chats and channels.',
  'chat.share_files.restrictions.file_restrictions_apply_to':
    'File limits in chat bind sharing_and_viewing, or sharing only.',
  'chat.share_files.restrictions.file_size_restrictions': 'Largest file in chat, in MB: 50, 100, 200, 300, 400 or 500.',
  'chat.share_files.restrictions.file_size_restrictions_for_external':
    'Largest file in chat for external users, in MB: 50, 100, 200, 300, 400 or 500.',
  'chat.share_files.restrictions.file_type_restrictions': 'File types that are allowed in chat, such as .pdf.',
  'chat.share_files.restrictions.file_type_restrictions_for_external':
    'File types that are allowed in chat for external users, such as .pdf.',
  'chat.share_files.restrictions.maximum_file_size': 'Files in chat are limited in size.',
  'chat.share_files.restrictions.only_allow_specific_file_types':
    'Files in chat must be of one of the specified types.',
  'chat.share_files.share_option':
    'Whom users can send files in chat: anyone, account, organization, or disable for nobody.',
  'chat.share_files.view_option': 'Whose files users can view in chat: anyone, account or organization.',
  'chat.share_links_in_chat': 'Users can share links to messages and channels in Team Chat.',
  'chat.share_screen_in_chat': 'Users can share their screen from a chat.',
  'chat.shared_spaces': 'Users can create Shared Spaces.',
  'chat.show_h323_contact_tab': 'H.323 contacts are shown among the contacts.',
  'chat.show_status_to_internal_contact': "Internal contacts see a user's presence status.",
  'chat.store_revise_chat': 'Revisions of edited and deleted chat messages are stored.',
  'chat.suppress_removal_notification': 'Chats and channels do not announce deleted, deactivated or reactivated users.',
  'chat.suppress_user_group_notification': 'Channels do not announce that users were added or removed.',
  'chat.survey_poll': 'Users can launch polls in chats and channels.',
  'chat.translate_messages': 'Users can translate Team Chat messages.',
  'email_notification.alternative_host_reminder':
    'Alternative hosts get an email when they are set or removed for a meeting.',
  'email_notification.cancel_meeting_reminder': 'Host and participants get an email when a meeting is cancelled.',
  'email_notification.cloud_recording_available_reminder':
    'Hosts get an email when their cloud recording is available.',
  'email_notification.jbh_reminder': 'Hosts get an email when participants join the meeting before them.',
  'email_notification.low_host_count_reminder': 'An email warns when host licences are running low.',
  'email_notification.recording_available_reminder_alternative_hosts':
    'Alternative hosts get an email when the cloud recording is available.',
  'email_notification.recording_available_reminder_schedulers':
    'Whoever scheduled a session for the host gets an email when its cloud recording is available.',
  'email_notification.schedule_for_reminder':
    'Hosts get an email when a meeting is scheduled, rescheduled or cancelled for them.',
  'feature.cn_meeting': 'Meetings of the user are hosted in China (deprecated).',
  'feature.concurrent_meeting': 'Concurrent Meeting plan of the user: Basic, Plus or None.',
  'feature.in_meeting': 'Meetings of the user are hosted in India (deprecated).',
  'feature.large_meeting': 'User has the Large Meeting add-on.',
  'feature.large_meeting_capacity':
    "Participants that the user's Large Meeting add-on allows: 500, 1000, 3000 or 5000.",
  'feature.license_info_list':
    'Add-on licences of the user: type, option and subscription; option 0 takes a licence away.',
  'feature.meeting_capacity': 'Most participants that one meeting of a host can have.',
  'feature.webinar': 'User has the Webinar add-on.',
  'feature.webinar_capacity': "Attendees that the user's webinar plan allows, from 100 to 10000.",
  'feature.zoom_clips_plus': 'User has a Zoom Clips Plus licence.',
  'feature.zoom_compliance_management': 'User has a Zoom Compliance Management licence.',
  'feature.zoom_customer_managed_key': 'User has a Zoom Customer Managed Key licence.',
  'feature.zoom_docs': 'User has a Zoom Docs licence.',
  'feature.zoom_events': 'Zoom Events is on for the user.',
  'feature.zoom_events_capacity': "Attendees that the user's Zoom Events plan allows, from 500 to 50000.",
  'feature.zoom_events_pay_per_attendee': 'User has Zoom Events Pay Per Attendee.',
  'feature.zoom_events_unlimited': 'User has Zoom Events Unlimited.',
  'feature.zoom_events_unlimited_capacities':
    "Attendee capacities of the user's Zoom Events Unlimited plans, from 100 to 50000.",
  'feature.zoom_huddles': 'User has a Zoom Huddles licence (deprecated).',
  'feature.zoom_iq_for_sales': 'User has a Revenue Accelerator licence (deprecated: use zoom_revenue_accelerator).',
  'feature.zoom_mail_calendar': 'User has a Zoom Mail and Calendar licence.',
  'feature.zoom_phone': 'User has Zoom Phone; false removes the user and unassigns their numbers and phones.',
  'feature.zoom_quality_management': 'User has a Zoom Quality Management licence.',
  'feature.zoom_revenue_accelerator': 'User has a Zoom Revenue Accelerator licence.',
  'feature.zoom_scheduler': 'User has a Zoom Scheduler licence.',
  'feature.zoom_sessions_pay_per_attendee': 'User has Zoom Sessions Pay Per Attendee.',
  'feature.zoom_sessions_unlimited': 'User has Zoom Sessions Unlimited.',
  'feature.zoom_sessions_unlimited_capacities':
    "Attendee capacities of the user's Zoom Sessions Unlimited plans, from 100 to 50000.",
  'feature.zoom_translated_captions': 'User has a Zoom Translated Captions licence.',
  'feature.zoom_webinars_plus_unlimited': 'User has Zoom Webinars Plus Unlimited.',
  'feature.zoom_webinars_plus_unlimited_capacities':
    "Attendee capacities of the user's Zoom Webinars Plus Unlimited plans, from 100 to 50000.",
  'feature.zoom_whiteboard': 'User has a Zoom Whiteboard licence.',
  'feature.zoom_whiteboard_plus': 'User has a Zoom Whiteboard Plus licence.',
  'feature.zoom_workforce_management': 'User has a Zoom Workforce Management licence.',
  'general_setting.auto_zoom_room_proximity_connect':
    'Devices find a nearby Zoom Room by ultrasonic signal and connect or share to it directly.',
  'general_setting.show_zoom_room_feature': 'Zoom Workplace app shows its Zoom Room feature.',
  'mail_calendar.email_calendar_management': 'Users can manage email and calendar events in the Zoom app.',
  'mail_calendar.email_management': 'Users can manage their email in the Zoom app.',
  'mail_calendar.zoom_email_provider': 'Users can choose Zoom as their email service.',
  'meeting_authentication.allow_authentication_exception':
    'Hosts can invite people who join without authentication (Allow authentication exception).',
  'meeting_authentication.authentication_option.action':
    'Action on one meeting authentication profile (declare authentication_options instead).',
  'meeting_authentication.authentication_option.default_option':
    'Makes one profile the default for meetings (declare authentication_options instead).',
  'meeting_authentication.authentication_option.domains':
    'Domains that one profile lets into meetings (declare authentication_options instead).',
  'meeting_authentication.authentication_option.id':
    'ID of the meeting authentication profile to change (declare authentication_options instead).',
  'meeting_authentication.authentication_option.name':
    'Name of one meeting authentication profile (declare authentication_options instead).',
  'meeting_authentication.authentication_option.type':
    'Whom one profile lets into meetings (declare authentication_options instead).',
  'meeting_authentication.authentication_options':
    'Profiles that hosts choose from: any signed-in user, the same account, or given domains.',
  'meeting_authentication.meeting_authentication':
    'Only authenticated users can join meetings, in a way that the profiles define.',
  'meeting_security.auto_security':
    'All meetings need a passcode, a waiting room or authentication; large plans can switch it off.',
  'meeting_security.block_user_domain': 'Users of the listed domains are kept out of meetings and webinars.',
  'meeting_security.block_user_domain_list':
    'Domains kept out of meetings and webinars, up to 20, such as *.example.com.',
  'meeting_security.chat_etiquette_tool.enable':
    'Chat Etiquette Tool (meeting security): messages are checked for keywords and patterns.',
  'meeting_security.chat_etiquette_tool.operate':
    'Action on meeting etiquette policies: create, update or delete (declare policies instead).',
  'meeting_security.chat_etiquette_tool.policies':
    'Meeting etiquette policies: keywords or a pattern that warn the sender (1) or block (2).',
  'meeting_security.chat_etiquette_tool.policy_max_count':
    'Maximum number of meeting etiquette policies that an account can have.',
  'meeting_security.embed_password_in_join_link':
    'Invite links contain the encrypted passcode, so that participants need not type it.',
  'meeting_security.encryption_type':
    'Default encryption of meetings: enhanced_encryption, or e2ee, which rules out cloud recording.',
  'meeting_security.end_to_end_encrypted_meetings': 'End-to-end encryption can be used for meetings.',
  'meeting_security.meeting_password':
    'Instant and scheduled meetings have a passcode, other than those on a Personal Meeting ID.',
  'meeting_security.meeting_password_requirement.consecutive_characters_length':
    'Runs such as abcd in meeting passcodes must be shorter than this: 4 to 8, 0 for no limit.',
  'meeting_security.meeting_password_requirement.have_letter': 'Meeting passcodes must contain a letter.',
  'meeting_security.meeting_password_requirement.have_number': 'Meeting passcodes must contain a digit.',
  'meeting_security.meeting_password_requirement.have_special_character':
    'Meeting passcodes must contain a special character, such as ! or #.',
  'meeting_security.meeting_password_requirement.have_upper_and_lower_characters':
    'Meeting passcodes must contain upper-case and lower-case letters.',
  'meeting_security.meeting_password_requirement.length': 'Minimum number of characters in meeting passcodes.',
  'meeting_security.meeting_password_requirement.only_allow_numeric': 'Meeting passcodes must consist of digits only.',
  'meeting_security.meeting_password_requirement.weak_enhance_detection':
    'Users are informed when a meeting passcode they choose is weak.',
  'meeting_security.only_authenticated_can_join_from_webclient':
    'Only authenticated users can join meetings from the web client.',
  'meeting_security.phone_password':
    'Participants joining by phone must enter a numeric passcode if the meeting has a passcode.',
  'meeting_security.pmi_password': 'Meetings on a Personal Meeting ID have a passcode.',
  'meeting_security.require_password_for_scheduled_meeting': 'Meetings that were scheduled before need a passcode too.',
  'meeting_security.require_password_for_scheduled_webinar': 'Webinars that were scheduled before need a passcode too.',
  'meeting_security.waiting_room':
    'Participants are put in the waiting room when they join; switches join before host off.',
  'meeting_security.waiting_room_options.admit_domain_allowlist':
    'Domains that bypass the waiting room, comma-separated (with admit_type 4).',
  'meeting_security.waiting_room_options.admit_type':
    'Admitted by hand: 1 nobody, 2 everyone, 3 external users, 4 those of no approved domain.',
  'meeting_security.waiting_room_options.enable': 'Waiting room is on, with the options next to it.',
  'meeting_security.waiting_room_options.internal_user_auto_admit':
    'Internal users get in: 1 with the host, 2 any time, or 3, 4, 5 for 5, 10, 15 minutes before.',
  'meeting_security.waiting_room_options.locked':
    'Locks the choice of how participants are admitted from the waiting room.',
  'meeting_security.waiting_room_options.more_options.allow_participants_to_reply_to_host':
    'Participants in the waiting room can reply to host and co-hosts.',
  'meeting_security.waiting_room_options.more_options.move_participants_to_waiting_room_when_host_dropped':
    'Participants go to the waiting room if the host drops; forces and locks the waiting room on.',
  'meeting_security.waiting_room_options.more_options.user_invited_by_host_can_bypass_waiting_room':
    'Users whom host or co-hosts invite during the meeting bypass the waiting room.',
  'meeting_security.waiting_room_options.sort_order_of_people':
    'Order of people in the waiting room list: 0 as they joined, 1 alphabetical.',
  'meeting_security.waiting_room_options.who_can_admit_participants':
    'Who admits from the waiting room: 0 hosts, 1 also those who bypassed it if no host is there.',
  'meeting_security.waiting_room_settings.participants_to_place_in_waiting_room':
    'Who waits: 0 everyone, 1 users outside the account, 2 those also outside the allowed domains.',
  'meeting_security.waiting_room_settings.users_who_can_admit_participants_from_waiting_room':
    'Who admits those waiting: 0 hosts, 1 also people who bypassed the room if no host is there.',
  'meeting_security.waiting_room_settings.whitelisted_domains_for_waiting_room':
    'Allowed domains that need not wait, comma-separated (if participants placed is 2).',
  'meeting_security.webinar_password': 'Scheduling a webinar generates a passcode that participants must enter.',
  'recording.account_user_access_recording': 'Cloud recordings can be opened by members of the account only.',
  'recording.allow_recovery_deleted_cloud_recordings':
    'Deleted cloud recordings stay in the trash for 30 days and can be recovered.',
  'recording.archive.enable': 'Meetings or webinars are archived; Zoom Support must have enabled archiving.',
  'recording.archive.settings.action_when_archive_failed':
    'If archiving fails: 1 participants stay and are notified, 2 nobody can join or stay.',
  'recording.archive.settings.archive_retention': 'Days that archived content is kept, 1 to 30.',
  'recording.archive.settings.audio_file': 'Archives contain the audio.',
  'recording.archive.settings.cc_transcript_file': 'Archives contain closed captions or the transcript.',
  'recording.archive.settings.chat_file': 'Archives contain the in-meeting chat.',
  'recording.archive.settings.chat_with_direct_message': 'Archived chat contains direct messages.',
  'recording.archive.settings.chat_with_sender_email': 'Archived chat contains the email addresses of users.',
  'recording.archive.settings.notification_when_archiving_starts':
    'Who sees a notice when archiving of video or audio starts: participants, or guest only.',
  'recording.archive.settings.play_voice_prompt_when_archiving_starts':
    'Who hears a prompt when archiving of video or audio starts: participants, guest or none.',
  'recording.archive.settings.video_file': 'Archives contain the video.',
  'recording.archive.type': 'What is archived: 1 meetings, 2 webinars, 3 both.',
  'recording.ask_host_to_confirm_disclaimer': 'Hosts are asked to confirm the recording disclaimer.',
  'recording.ask_participants_to_consent_disclaimer':
    'Participants are asked for consent when a recording starts; needs recording_disclaimer on.',
  'recording.auto_delete_cmr': 'Cloud recordings are deleted automatically after a number of days.',
  'recording.auto_delete_cmr_days': 'Days until cloud recordings are deleted automatically: 30, 60, 90 or 120.',
  'recording.auto_recording': 'Meetings are recorded as they start: local on the computer, cloud, or none.',
  'recording.cloud_recording': 'Hosts can record meetings and webinars to the Zoom cloud.',
  'recording.cloud_recording_download':
    'Anyone with a link to a cloud recording can download it (portal: Cloud recording downloads).',
  'recording.cloud_recording_download_host': 'Only the host can download a cloud recording.',
  'recording.display_participant_name': "Recordings show participants' names.",
  'recording.host_delete_cloud_recording': 'Hosts can delete their cloud recordings; when off, only admins can.',
  'recording.host_pause_stop_recording': 'Hosts can pause or stop an automatic cloud recording.',
  'recording.ip_address_access_control.enable':
    'Cloud recordings can be opened from the listed IP addresses only (IP Address Access Control).',
  'recording.ip_address_access_control.ip_addresses_or_ranges':
    'IP addresses or ranges that cloud recordings can be opened from, comma-separated.',
  'recording.local_recording': 'Hosts and participants can record meetings to a file on their computer.',
  'recording.optimize_recording_for_3rd_party_video_editor':
    'Recordings suit third-party video editors; makes files larger and slower to produce.',
  'recording.prevent_host_access_recording':
    'Hosts cannot view their cloud recordings; only admins who manage recordings can.',
  'recording.record_audio_file': 'Recordings include one audio file of all participants.',
  'recording.record_audio_file_each_participant': 'Recordings include an audio file of each participant, up to 200.',
  'recording.record_files_separately.active_speaker': 'A file of its own is recorded for the active speaker alone.',
  'recording.record_files_separately.gallery_view': 'A file of its own is recorded for the gallery view alone.',
  'recording.record_files_separately.shared_screen': 'A file of its own is recorded for the shared screen alone.',
  'recording.record_gallery_view': 'Recordings include the gallery view with the shared screen.',
  'recording.record_speaker_view': 'Recordings include the active speaker with the shared screen.',
  'recording.recording_audio_transcript': 'Cloud recordings are transcribed automatically (portal: Audio transcript).',
  'recording.recording_disclaimer':
    'Participants see a disclaimer (deprecated: use recording_notification_for_zoom_client).',
  'recording.recording_highlight': 'Cloud recordings have recording highlights (deprecated).',
  'recording.recording_notification_for_zoom_client.ask_host_to_confirm':
    'Hosts are asked to confirm before they start a recording.',
  'recording.recording_notification_for_zoom_client.disclaimer_to_participants':
    'Who sees a disclaimer when a recording starts: All participants, or Guest only.',
  'recording.recording_notification_for_zoom_client.play_voice_prompt':
    'Who hears a voice prompt about recording: All participants, Guest only or No one.',
  'recording.recording_password_requirement.have_letter': 'Recording passcodes must contain a letter.',
  'recording.recording_password_requirement.have_number': 'Recording passcodes must contain a digit.',
  'recording.recording_password_requirement.have_special_character':
    'Recording passcodes must contain a special character, such as ! or #.',
  'recording.recording_password_requirement.length': 'Minimum number of characters in recording passcodes, at most 10.',
  'recording.recording_password_requirement.only_allow_numeric': 'Recording passcodes must consist of digits only.',
  'recording.recording_thumbnails': 'Recordings show a thumbnail of the presenter who is sharing a screen.',
  'recording.required_password_for_existing_cloud_recordings':
    'Cloud recordings that exist already can be opened with a passcode only.',
  'recording.required_password_for_shared_cloud_recordings': 'Cloud recordings must have a passcode to be shared.',
  'recording.save_chat_text': 'Recordings include the text of the meeting or webinar chat.',
  'recording.save_close_caption': 'Recordings include the closed captions as a VTT file.',
  'recording.save_panelist_chat': "Recordings include panelists' messages to panelists or to everyone (webinars).",
  'recording.save_poll_results': 'Recordings include poll results that were shared during the session.',
  'recording.show_timestamp': 'Recordings carry a timestamp.',
  'recording.smart_recording.create_next_steps': 'Smart recording: a summary of next steps is made from the recording.',
  'recording.smart_recording.create_recording_highlights':
    'Smart recording: details are highlighted in the transcript, for a video summary.',
  'recording.smart_recording.create_smart_chapters':
    'Smart recording: recordings get chapters with an overview, which hosts can edit.',
  'recording_authentication.authentication_option.action':
    'Action on one recording authentication profile (declare authentication_options instead).',
  'recording_authentication.authentication_option.default_option':
    'Makes one profile the default for recordings (declare authentication_options instead).',
  'recording_authentication.authentication_option.domains':
    'Domains that one profile lets view recordings (declare authentication_options instead).',
  'recording_authentication.authentication_option.id':
    'ID of the recording authentication profile to change (declare authentication_options instead).',
  'recording_authentication.authentication_option.name':
    'Name of one recording authentication profile (declare authentication_options instead).',
  'recording_authentication.authentication_option.type':
    'Whom one profile lets view recordings (declare authentication_options instead).',
  'recording_authentication.authentication_options':
    'Profiles of recording viewers: users of the account, any signed-in user, or given domains.',
  'recording_authentication.recording_authentication':
    'Only authenticated users can view cloud recordings, in a way that the profiles define.',
  'registration.approve_type': 'Registrations are approved 0 automatically, 1 by hand (webinars).',
  'registration.custom_questions':
    'Questions of your own on the registration form, with answers and if required (webinars).',
  'registration.options.allow_participants_to_join_from_multiple_devices':
    'Registrants can join from more than one device (webinars).',
  'registration.options.close_registration': 'Registration closes after the event date (webinars).',
  'registration.options.host_email_notification': 'Hosts get an email when someone registers (webinars).',
  'registration.options.show_social_share_buttons': 'Registration pages show social share buttons (webinars).',
  'registration.questions': 'Standard fields of the registration form and which of them are required (webinars).',
  'schedule_meeting.allow_host_to_disable_participant_video':
    'Hosts can disable participant video when they schedule a meeting.',
  'schedule_meeting.always_display_zoom_meeting_as_topic.display_topic_for_scheduled_meetings':
    'Meetings that are scheduled already show Zoom Meeting as their topic too.',
  'schedule_meeting.always_display_zoom_meeting_as_topic.enable':
    'Meetings show Zoom Meeting as their topic, in place of what the host wrote.',
  'schedule_meeting.always_display_zoom_webinar_as_topic.display_topic_for_scheduled_webinars':
    'Webinars that are scheduled already show Zoom Webinar as their topic too.',
  'schedule_meeting.always_display_zoom_webinar_as_topic.enable':
    'Webinars show Zoom Webinar as their topic, in place of what the host wrote.',
  'schedule_meeting.audio_type': 'How participants join audio: both, telephony, voip (computer audio) or thirdParty.',
  'schedule_meeting.continuous_meeting_chat.auto_add_invited_external_users':
    'Invited external users are added to the meeting chat automatically (deprecated for users).',
  'schedule_meeting.continuous_meeting_chat.can_add_external_users':
    'External users can be added to continuous meeting chats (deprecated for users).',
  'schedule_meeting.continuous_meeting_chat.enable':
    'Meeting chat continues before and after the meeting (portal: continuous meeting chat).',
  'schedule_meeting.continuous_meeting_chat.support_instant_meetings':
    'Continuous meeting chat is on for instant meetings.',
  'schedule_meeting.continuous_meeting_chat.support_scheduled_meetings':
    'Continuous meeting chat is on for scheduled meetings.',
  'schedule_meeting.default_password_for_scheduled_meetings':
    'Passcode of meetings that are scheduled already (secret).',
  'schedule_meeting.embed_password_in_join_link':
    'Join links contain the encrypted passcode, so that one click is enough to join.',
  'schedule_meeting.enable_dedicated_group_chat': 'Meeting conversations get a dedicated group chat.',
  'schedule_meeting.enforce_login': 'Only users who are signed in to Zoom can join meetings.',
  'schedule_meeting.enforce_login_domains':
    'Domains whose signed-in users can join meetings (with enforce_login_with_domains).',
  'schedule_meeting.enforce_login_with_domains': 'Only signed-in users of specified domains can join meetings.',
  'schedule_meeting.force_pmi_jbh_password':
    'PMI passcode if join before host is on (deprecated for groups: require_password_for_pmi_meetings).',
  'schedule_meeting.hide_meeting_description.enable': 'Meeting descriptions are hidden.',
  'schedule_meeting.hide_meeting_description.hide_description_for_scheduled_meetings':
    'Meetings that are scheduled already have their descriptions hidden too.',
  'schedule_meeting.hide_webinar_description.enable': 'Webinar descriptions are hidden.',
  'schedule_meeting.hide_webinar_description.hide_description_for_scheduled_webinars':
    'Webinars that are scheduled already have their descriptions hidden too.',
  'schedule_meeting.host_video': "Meetings start with the host's video on.",
  'schedule_meeting.jbh_time':
    'Minutes before the start that participants can join without the host: 5, 10, 15, 0 any time.',
  'schedule_meeting.join_before_host': 'Participants can join a meeting before the host arrives.',
  'schedule_meeting.meeting_password_requirement.consecutive_characters_length':
    'Runs such as abcd in a meeting or webinar passcode must be shorter than this; 0 no limit.',
  'schedule_meeting.meeting_password_requirement.have_letter': 'Meeting and webinar passcodes must contain a letter.',
  'schedule_meeting.meeting_password_requirement.have_number': 'Meeting and webinar passcodes must contain a digit.',
  'schedule_meeting.meeting_password_requirement.have_special_character':
    'Meeting and webinar passcodes must contain a special character, such as ! or #.',
  'schedule_meeting.meeting_password_requirement.have_upper_and_lower_characters':
    'Meeting and webinar passcodes must contain upper-case and lower-case letters.',
  'schedule_meeting.meeting_password_requirement.length':
    'Minimum number of characters in meeting and webinar passcodes.',
  'schedule_meeting.meeting_password_requirement.only_allow_numeric':
    'Meeting and webinar passcodes must consist of digits only.',
  'schedule_meeting.meeting_password_requirement.weak_enhance_detection':
    'Users are informed when a meeting or webinar passcode they choose is weak.',
  'schedule_meeting.meeting_template.action':
    'Action on meeting templates: update or delete (declare templates instead).',
  'schedule_meeting.meeting_template.enable': 'Hosts can use meeting templates (portal: Meeting Templates).',
  'schedule_meeting.meeting_template.templates': 'Meeting templates of the account, each enabled or not.',
  'schedule_meeting.mute_upon_entry': 'Participants are muted when they join a meeting.',
  'schedule_meeting.not_store_meeting_topic':
    'Topic is always shown as Zoom Meeting, and what the host wrote is not kept.',
  'schedule_meeting.participant_video': "Meetings start with participants' video on; participants can change it.",
  'schedule_meeting.participants_video': "Meetings of the user start with participants' video on.",
  'schedule_meeting.personal_meeting':
    'Users can use a Personal Meeting ID; when off, meetings scheduled on one become invalid.',
  'schedule_meeting.pmi_password': "Passcode of the user's Personal Meeting ID (secret).",
  'schedule_meeting.pstn_password_protected':
    'Participants joining by phone must enter a passcode, which Zoom generates.',
  'schedule_meeting.require_password_for_all_meetings':
    'All participants must enter a passcode before they join a meeting.',
  'schedule_meeting.require_password_for_instant_meetings':
    'Instant meetings have a passcode, other than those on a Personal Meeting ID.',
  'schedule_meeting.require_password_for_pmi_meetings':
    'Passcodes on a Personal Meeting ID: all, jbh_only (if join before host is on) or none.',
  'schedule_meeting.require_password_for_scheduled_meetings': 'Meetings that are scheduled already need a passcode.',
  'schedule_meeting.require_password_for_scheduling_new_meetings':
    'Scheduling a meeting that is not on a Personal Meeting ID generates a passcode.',
  'schedule_meeting.upcoming_meeting_reminder': 'Users get a desktop notification of upcoming meetings.',
  'schedule_meeting.use_pmi_for_instant_meetings': "Instant meetings start on the host's Personal Meeting ID.",
  'schedule_meeting.use_pmi_for_schedule_meetings':
    "Scheduled meetings of the group use the host's Personal Meeting ID.",
  'schedule_meeting.use_pmi_for_scheduled_meetings': "Scheduled meetings use the host's Personal Meeting ID.",
  'security.admin_change_name_pic': "Only account admins can change a user's picture (deprecated).",
  'security.admin_change_user_info':
    'Only account admins can change user information, as listed in user_modifiable_info_by_admin.',
  'security.hide_billing_info': 'Billing information is hidden.',
  'security.import_photos_from_devices': 'Users can import photos from the photo library of their device.',
  'security.password_requirement.consecutive_characters_length':
    'Runs such as abcd in sign-in passwords must be shorter than this: 4 to 8, 0 for no limit.',
  'security.password_requirement.have_special_character':
    'Sign-in passwords must contain a special character, such as ! or #.',
  'security.password_requirement.minimum_password_length':
    'Minimum number of characters in sign-in passwords: 9 to 14, or the basic 8.',
  'security.password_requirement.weak_enhance_detection':
    'Sign-in passwords are checked against a dictionary of weak ones.',
  'security.sign_again_period_for_inactivity_on_client':
    'Minutes of inactivity until the Zoom app signs users out: 5 to 120, 0 never.',
  'security.sign_again_period_for_inactivity_on_web':
    'Minutes of inactivity until the web portal signs users out: 5 to 120, 0 never.',
  'security.sign_in_with_two_factor_auth':
    'Who signs in with two-factor authentication: all, members of a group, of a role, or none.',
  'security.sign_in_with_two_factor_auth_groups': 'IDs of the groups that sign in with two-factor authentication.',
  'security.sign_in_with_two_factor_auth_roles': 'IDs of the roles that sign in with two-factor authentication.',
  'security.signin_with_sso.domains':
    'Domains whose users must sign in with single sign-on (with require_sso_for_domains).',
  'security.signin_with_sso.enable': 'Users can sign in with single sign-on, through the vanity URL of the company.',
  'security.signin_with_sso.operation':
    'Action on sso_bypass_user_ids: add or remove; without it the list is replaced.',
  'security.signin_with_sso.require_sso_for_domains':
    'Users whose email address is of a listed domain must sign in with single sign-on.',
  'security.signin_with_sso.sso_bypass_user_ids': 'IDs of the users who can sign in without single sign-on.',
  'security.signin_with_sso.sso_bypass_users':
    'Users who can sign in without single sign-on, as Zoom reports them (set sso_bypass_user_ids).',
  'security.user_modifiable_info_by_admin': 'Only admins change these: name, profile_picture, sign_in_email, host_key.',
  'smart_recognition.personalized_audio_isolation':
    'Users can have the app isolate their own voice from background noise.',
  'smart_recognition.workplace_app.voice_name_tags.allow_enrollment_email':
    'Users are emailed how to set up voice name tags of the Workplace app.',
  'smart_recognition.workplace_app.voice_name_tags.enabled': 'Users can enrol in voice name tags in the Workplace app.',
  'smart_recognition.zoom_rooms.video_name_tags.allow_enrollment_email':
    'Users are emailed how to set up video name tags of Zoom Rooms.',
  'smart_recognition.zoom_rooms.video_name_tags.allow_external_identification':
    'Zoom Rooms of other accounts can identify users by their video name tags.',
  'smart_recognition.zoom_rooms.video_name_tags.allow_user_photos':
    'Users can take their profile photo as the image for video name tags.',
  'smart_recognition.zoom_rooms.video_name_tags.enabled': 'Users can enrol to be recognised on video in Zoom Rooms.',
  'smart_recognition.zoom_rooms.voice_name_tags.allow_enrollment_email':
    'Users are emailed how to set up voice name tags of Zoom Rooms.',
  'smart_recognition.zoom_rooms.voice_name_tags.allow_external_identification':
    'Zoom Rooms of other accounts can identify users by their voice name tags.',
  'smart_recognition.zoom_rooms.voice_name_tags.enabled': 'Users can enrol to be recognised by voice in Zoom Rooms.',
  'zoom_rooms.auto_start_stop_scheduled_meetings': 'Zoom Rooms start and stop scheduled meetings by themselves.',
  'zoom_rooms.cmr_for_instant_meeting': 'Cloud recording for instant meetings of Zoom Rooms.',
  'zoom_rooms.force_private_meeting': 'Zoom Rooms treat all meetings as private.',
  'zoom_rooms.hide_host_information': 'Zoom Rooms hide host and meeting ID of private meetings.',
  'zoom_rooms.list_meetings_with_calendar': 'Zoom Rooms show the meeting list of their integrated calendar.',
  'zoom_rooms.start_airplay_manually': 'AirPlay on Zoom Rooms must be started by hand.',
  'zoom_rooms.ultrasonic': 'Devices share directly to a Zoom Room that they detect by ultrasonic signal.',
  'zoom_rooms.upcoming_meeting_alert': 'Zoom Rooms alert to upcoming meetings.',
  'zoom_rooms.weekly_system_restart': 'Zoom Rooms restart their system every week.',
  'zoom_rooms.zr_post_meeting_feedback': 'Zoom Rooms ask for feedback after a meeting.',
};
