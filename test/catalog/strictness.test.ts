import { describe, expect, it } from 'vitest';
import { aliasesOf } from '../../src/catalog/alias.ts';
import { ALIASES, READ_FROM, SPELLINGS } from '../../src/catalog/data/annotations.ts';
import { STRICTNESS, type Strictness } from '../../src/catalog/data/strictness.ts';
import { settingsOf } from '../../src/catalog/lookup.ts';
import type { Setting, Shape } from '../../src/catalog/setting.ts';
import type { Scope } from '../../src/model/target.ts';

const SCOPES: readonly Scope[] = ['account', 'group', 'user'];
const ENTRIES = Object.entries(STRICTNESS).map(([path, entry]) => ({ path, ...entry }));

/** Ranked although the enum of that scope does not have the value: another scope's does. */
const ELSEWHERE = [{ path: 'chat.share_files.share_option', scope: 'group', value: 'disable' }];

function settingsAt(path: string): Setting[] {
  return SCOPES.flatMap((scope) => settingsOf(scope).get(path) ?? []);
}

function valuesOf(order: Exclude<Strictness['stricter'], boolean | string>): (string | number)[] {
  return order.flat();
}

function enumOf(shape: Shape): readonly (string | number)[] | undefined {
  return shape.type === 'string' || shape.type === 'integer' ? shape.enum : undefined;
}

const ORDERED = ENTRIES.flatMap(({ path, stricter }) =>
  typeof stricter === 'object' ? [{ path, values: valuesOf(stricter) }] : [],
);

describe('strictness', () => {
  it('is given for settings that exist', () => {
    const unknown = ENTRIES.filter(
      ({ path }) => !settingsAt(path).some(({ readable, writable }) => readable || writable),
    );
    expect(unknown).toEqual([]);
  });

  it('is not given for verbs', () => {
    const verbs = ENTRIES.filter(({ path }) =>
      settingsAt(path).every(({ verb, items }) => verb && items === undefined),
    );
    expect(verbs).toEqual([]);
  });

  it('fits the type of the setting at every scope', () => {
    const TYPES: Record<string, readonly string[]> = {
      boolean: ['boolean'],
      higher: ['integer'],
      lower: ['integer'],
      more: ['array', 'string'],
      fewer: ['array', 'string'],
      order: ['integer', 'string'],
    };
    const misfits = ENTRIES.flatMap(({ path, stricter }) => {
      if (stricter === 'contextual') return [];
      const kind = typeof stricter === 'string' ? stricter : typeof stricter === 'boolean' ? 'boolean' : 'order';
      return settingsAt(path)
        .filter(({ declared, readShape }) => [declared, readShape].some(({ type }) => !TYPES[kind]?.includes(type)))
        .map(({ scope, declared }) => `${scope} ${path}: ${kind} for ${declared.type}`);
    });
    expect(misfits).toEqual([]);
  });
});

describe('an order', () => {
  it('has no value twice, and at least two ranks', () => {
    const wrong = ORDERED.filter(({ values }) => new Set(values).size !== values.length || values.length < 2);
    expect(wrong).toEqual([]);
    const flat = ENTRIES.filter(({ stricter }) => typeof stricter === 'object' && stricter.length < 2);
    expect(flat).toEqual([]);
  });

  it('has values of the type of the setting', () => {
    const wrong = ORDERED.flatMap(({ path, values }) =>
      settingsAt(path)
        .filter(({ shape }) =>
          values.some((value) => typeof value !== (shape.type === 'integer' ? 'number' : 'string')),
        )
        .map(({ scope }) => `${scope} ${path}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has only values that Zoom knows', () => {
    const unknown = ORDERED.flatMap(({ path, values }) =>
      settingsAt(path).flatMap(({ scope, shape, readShape }) =>
        [shape, readShape].flatMap((either) => {
          const known = enumOf(either);
          return known === undefined
            ? []
            : values.filter((value) => !known.includes(value)).map((value) => ({ path, scope, value }));
        }),
      ),
    );
    const unique = [...new Map(unknown.map((found) => [JSON.stringify(found), found])).values()];
    expect(unique).toEqual(ELSEWHERE);
  });

  it('ranks every value that Zoom knows', () => {
    const unranked = ORDERED.flatMap(({ path, values }) =>
      settingsAt(path).flatMap(({ scope, shape, readShape }) =>
        [shape, readShape]
          .flatMap((either) => enumOf(either) ?? [])
          .filter((value) => !values.includes(value))
          .map((value) => `${scope} ${path}: ${value}`),
      ),
    );
    expect(unranked).toEqual([]);
  });

  it('names all the values, where Zoom tells them in words only', () => {
    const open = ORDERED.filter(({ path }) => settingsAt(path).every(({ shape }) => enumOf(shape) === undefined));
    expect(open.map(({ path }) => path).sort()).toEqual([
      'security.password_requirement.consecutive_characters_length',
      'security.sign_again_period_for_inactivity_on_client',
      'security.sign_again_period_for_inactivity_on_web',
    ]);
  });
});

describe('one knob under several names', () => {
  it('is judged alike under each name that is a second name of one value', () => {
    const uneven = ENTRIES.flatMap(({ path, stricter, severity }) =>
      SCOPES.flatMap((scope) =>
        aliasesOf(scope, path)
          .filter((alias) => {
            const other = STRICTNESS[alias.path];
            const alike = alias.pairs !== undefined || JSON.stringify(other?.stricter) === JSON.stringify(stricter);
            return other?.severity !== severity || !alike;
          })
          .map((alias) => `${scope} ${path} and ${alias.path}`),
      ),
    );
    expect(uneven).toEqual([]);
    expect(ALIASES.every(({ paths }) => ENTRIES.some(({ path }) => path.startsWith(paths[0])))).toBe(true);
  });

  it.each([
    ...SPELLINGS.map((names) => [...new Set(Object.values(names))]),
    ...Object.entries(READ_FROM).map(([path, from]) => [path, from.path]),
    ['meeting_security.waiting_room', 'in_meeting.waiting_room', 'meeting_security.waiting_room_options.enable'],
    ['schedule_meeting.not_store_meeting_topic', 'schedule_meeting.always_display_zoom_meeting_as_topic.enable'],
    ['in_meeting.closed_captioning.save_caption', 'in_meeting.manual_captioning.save_captions'],
    ['in_meeting.closed_captioning.view_full_transcript', 'in_meeting.manual_captioning.full_transcript'],
    ['in_meeting.closed_captioning.auto_transcribing', 'in_meeting.manual_captioning.auto_generated_captions'],
    ['in_meeting.virtual_background', 'in_meeting.virtual_background_settings.enable'],
    ['in_meeting.show_a_join_from_your_browser_link', 'in_meeting.show_browser_join_link'],
    ['in_meeting.request_permission_to_unmute_participants', 'in_meeting.request_permission_to_unmute'],
    ['in_meeting.custom_data_center_regions', 'in_session.custom_data_center_regions'],
    ['in_meeting.data_center_regions', 'in_session.data_center_regions'],
    ['in_meeting.p2p_connetion', 'in_session.p2p_connetion'],
    ['in_meeting.p2p_ports', 'in_session.p2p_ports'],
  ])('is judged alike as %s and %s', (...names) => {
    const judged = names.map((path) => {
      const entry = STRICTNESS[path];
      return entry && { stricter: entry.stricter, severity: entry.severity };
    });
    for (const other of judged) expect(other).toEqual(judged[0]);
  });
});

describe('the reason', () => {
  it('is one short sentence', () => {
    const wrong = ENTRIES.filter(({ why }) => why.length > 160 || !/^[A-Z0-9].*[^.]\.$/.test(why) || /\. /.test(why));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

describe('the traps', () => {
  it.each<[path: string, stricter: Strictness['stricter']]>([
    // Numbers that do not grow with strictness.
    ['schedule_meeting.jbh_time', [0, 15, 10, 5]],
    ['meeting_security.waiting_room_settings.participants_to_place_in_waiting_room', [2, 1, 0]],
    ['meeting_security.waiting_room_options.admit_type', [1, 4, 3, 2]],
    ['meeting_security.waiting_room_options.internal_user_auto_admit', [2, 5, 4, 3, 1]],
    ['chat.allow_users_to_add_contacts.selected_option', [1, 3, 4, 2]],
    ['chat.allow_users_to_chat_with_others.selected_option', [1, 3, 4, 2]],
    ['in_meeting.ai_companion_questions.who_can_ask_questions', [1, 2, 4, 5, 3]],
    ['meeting_security.meeting_password_requirement.consecutive_characters_length', [0, 8, 7, 6, 5, 4]],
    ['security.sign_again_period_for_inactivity_on_client', [0, 120, 90, 60, 45, 30, 15, 10, 5]],
    ['security.sign_again_period_for_inactivity_on_web', [0, 120, 60, 30, 15, 10, 5]],
    ['security.password_requirement.minimum_password_length', 'higher'],
    // One idea, two ways to number it.
    ['in_meeting.allow_users_save_chats', [3, 2, 1]],
    ['in_meeting.webinar_chat.allow_users_save_chats', [2, 1, 0]],
    // Names that say the opposite, or something else.
    ['in_meeting.e2e_encryption', true],
    ['in_meeting.disable_screen_sharing_for_host_meetings', true],
    ['in_meeting.disable_screen_sharing_for_in_meeting_guests', true],
    ['recording.prevent_host_access_recording', true],
    ['schedule_meeting.not_store_meeting_topic', true],
    ['security.hide_billing_info', true],
    ['in_meeting.p2p_connetion', false],
    // Text that people read, and a value that is read in two ways.
    ['recording.recording_notification_for_zoom_client.disclaimer_to_participants', ['Guest only', 'All participants']],
    [
      'recording.recording_notification_for_zoom_client.play_voice_prompt',
      ['No one', 'Guest only', 'All participants'],
    ],
    ['in_meeting.entry_exit_chime', ['none', 'host', 'all']],
    // The lock document has text under this name too; as a setting it is a list of domains.
    ['schedule_meeting.enforce_login_domains', 'fewer'],
    // No direction for everybody.
    ['meeting_authentication.authentication_options', 'contextual'],
    ['recording_authentication.authentication_options', 'contextual'],
    ['recording.auto_delete_cmr', 'contextual'],
    ['chat.search_and_send_animated_gif_images.giphy_content_rating', 'contextual'],
    ['registration.approve_type', 'contextual'],
  ])('%s is %j', (path, stricter) => {
    expect(STRICTNESS[path]?.stricter).toEqual(stricter);
  });
});
