/**
 * Settings that Zoom changes because another one was changed. None of them is an error to Zoom: the PATCH is accepted,
 * and what is read back differs from what was sent. zoom-api, section 4 ("204 but nothing changed / coupled settings").
 */
import { aliasesOf } from '../catalog/alias.ts';
import { locksOf, settingsOf } from '../catalog/lookup.ts';
import type { SettingPath } from '../model/setting.ts';
import type { Json } from '../util/json.ts';
import { effectiveValue } from './above.ts';
import { withAliases, withStored } from './merge.ts';
import type { Documents, Organisation } from './state.ts';
import type { Holder } from './targets.ts';

type Read = (path: SettingPath) => Json | undefined;

interface Coupling {
  readonly name: string;
  readonly source: string;
  /** What it depends on: a PATCH that touches none of it changes nothing else. */
  readonly watches: readonly SettingPath[];
  readonly holds: (read: Read) => boolean;
  readonly forces: readonly (readonly [SettingPath, Json])[];
  readonly locks?: readonly SettingPath[];
}

const WAITING_ROOM = 'meeting_security.waiting_room';
const JOIN_BEFORE_HOST = 'schedule_meeting.join_before_host';
const HOST_DROPPED =
  'meeting_security.waiting_room_options.more_options.move_participants_to_waiting_room_when_host_dropped';
const MEETING_AUTHENTICATION = 'meeting_authentication.meeting_authentication';

/** In the order in which they take effect: what turns the waiting room on precedes what the waiting room turns off. */
export const COUPLINGS: readonly Coupling[] = [
  {
    name: 'a dropped host sends everybody to a waiting room that is on and locked',
    source: "Zoom's OpenAPI document, waiting_room_options.more_options; zoom-api, section 4",
    watches: [HOST_DROPPED, WAITING_ROOM],
    holds: (read) => read(HOST_DROPPED) === true,
    forces: [
      [WAITING_ROOM, true],
      [JOIN_BEFORE_HOST, false],
    ],
    locks: [WAITING_ROOM],
  },
  {
    name: 'auto security puts a waiting room where there is neither passcode nor sign-in',
    source: 'developers.zoom.us, meeting-api-security-enhancements; zoom-api, section 4',
    watches: [
      'meeting_security.auto_security',
      'meeting_security.meeting_password',
      WAITING_ROOM,
      MEETING_AUTHENTICATION,
    ],
    holds: (read) =>
      read('meeting_security.auto_security') === true &&
      read('meeting_security.meeting_password') === false &&
      read(WAITING_ROOM) === false &&
      read(MEETING_AUTHENTICATION) !== true,
    forces: [[WAITING_ROOM, true]],
  },
  {
    name: 'a waiting room turns joining before the host off',
    source: "Zoom's OpenAPI document, meeting_security.waiting_room; zoom-api, section 4",
    watches: [WAITING_ROOM, JOIN_BEFORE_HOST],
    holds: (read) => read(WAITING_ROOM) === true,
    forces: [[JOIN_BEFORE_HOST, false]],
  },
  {
    name: 'end-to-end encryption needs the host to start the meeting',
    source: "Zoom's OpenAPI document, meeting_security.encryption_type; zoom-api, section 4",
    watches: ['meeting_security.encryption_type', JOIN_BEFORE_HOST],
    holds: (read) => read('meeting_security.encryption_type') === 'e2ee',
    forces: [[JOIN_BEFORE_HOST, false]],
  },
  {
    name: 'instant meetings with the personal meeting ID have no passcode of their own',
    source: "Zoom's OpenAPI document, use_pmi_for_instant_meetings; zoom-api, section 4",
    watches: [
      'schedule_meeting.use_pmi_for_instant_meetings',
      'schedule_meeting.require_password_for_instant_meetings',
    ],
    holds: (read) => read('schedule_meeting.use_pmi_for_instant_meetings') === true,
    forces: [['schedule_meeting.require_password_for_instant_meetings', false]],
  },
];

/**
 * The target's documents after the couplings that a change of `changed` triggers.
 * @param holder with its documents as the change left them
 */
export function withCouplings(
  organisation: Organisation,
  holder: Holder,
  changed: ReadonlySet<SettingPath>,
): Documents {
  const touched = new Set(changed);
  let documents = holder.documents;
  for (const { watches, holds, forces, locks = [] } of COUPLINGS) {
    if (!watches.some((path) => touched.has(path))) continue;
    const now = { ...holder, documents };
    const read: Read = (path) => effectiveAt(organisation, now, path);
    if (!holds(read)) continue;
    for (const [path, value] of forces) {
      const setting = settingsOf(holder.scope).get(path);
      if (setting === undefined) continue;
      documents = withAliases(
        withStored(documents, setting, () => value),
        [{ setting, value }],
      );
      touched.add(path);
    }
    for (const path of locks) {
      const lock = locksOf(holder.scope).get(path);
      if (lock !== undefined) documents = withStored(documents, lock, () => true);
    }
  }
  return documents;
}

/** The value at the path or, if the plan lacks that document, under the setting's other name. */
function effectiveAt(organisation: Organisation, holder: Holder, path: SettingPath): Json | undefined {
  const { scope } = holder;
  const others = aliasesOf(scope, path).filter(({ pairs }) => pairs === undefined);
  for (const name of [path, ...others.map((alias) => alias.path)]) {
    const setting = settingsOf(scope).get(name);
    const value = setting && effectiveValue(organisation, holder, setting);
    if (value !== undefined) return value;
  }
  return undefined;
}
