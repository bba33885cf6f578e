/** Why Zoom took a value and kept another: every reason that is known of, told by documents that are read for it. */
import { describe, expect, it } from 'vitest';
import type { SetChange } from '../../../src/model/plan.ts';
import { type DocumentRef, documentKey } from '../../../src/model/setting.ts';
import type { LiveDocument } from '../../../src/model/state.ts';
import { type Target, targetLabel } from '../../../src/model/target.ts';
import { diagnose, lockAbove } from '../../../src/reconcile/apply/diagnose.ts';
import { createEvidence, type Evidence } from '../../../src/reconcile/apply/evidence.ts';
import type { Json, JsonObject } from '../../../src/util/json.ts';
import { OWN } from '../../helpers/account.ts';
import { ACCOUNT, DEAN, STUDENTS } from '../../helpers/desired.ts';
import { memoryZoom } from '../../helpers/memory-zoom.ts';

/** Documents by `account lock_settings`; a text is the reason why one cannot be read. */
type Documents = Readonly<Record<string, JsonObject | string>>;

function evidenceOf(documents: Documents, groups: readonly string[] = []): Evidence & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    account: OWN.id,
    asked,
    async read(target: Target, ref: DocumentRef): Promise<LiveDocument> {
      const name = `${target.scope === 'group' ? target.id : targetLabel(target)} ${documentKey(ref)}`;
      asked.push(name);
      const body = documents[name] ?? {};
      return typeof body === 'string' ? { state: 'unreadable', reason: body } : { state: 'read', body };
    },
    groupsOfUser: async () => groups,
  };
}

function change(target: Target, path: string, after: Json): SetChange {
  const provenance = { file: 'p.yaml', line: 1, column: 1 };
  return { kind: 'set', target, path, after, direction: 'neutral', provenance };
}

const LOCKS_CHAT = { in_meeting: { chat: true } };
const CHAT = 'in_meeting.chat';

describe('the reason', () => {
  it.each<
    [
      name: string,
      change: SetChange,
      found: Json | undefined,
      body: JsonObject,
      documents: Documents,
      groups: readonly string[],
      reason: string,
      because: RegExp,
    ]
  >([
    ['not listed', change(STUDENTS, CHAT, false), undefined, {}, {}, [], 'not-offered', /does not list it/],
    [
      'a lock of the account',
      change(STUDENTS, CHAT, false),
      true,
      {},
      { 'account lock_settings': LOCKS_CHAT },
      [],
      'locked-above',
      /^the account locks it \(in_meeting\.chat\)$/,
    ],
    [
      "a lock of one of a user's groups",
      change(DEAN, CHAT, false),
      true,
      {},
      { 'g2 lock_settings': LOCKS_CHAT },
      ['g1', 'g2'],
      'locked-above',
      /^the group with the id g2, which the user is in, locks it \(in_meeting\.chat\)$/,
    ],
    [
      'a lock that holds, next to locks that cannot be read',
      change(DEAN, CHAT, false),
      true,
      {},
      { 'account lock_settings': 'HTTP 500', 'g1 lock_settings': LOCKS_CHAT },
      ['g1'],
      'locked-above',
      /^the group with the id g1/,
    ],
    [
      'a switch above it that is off',
      change(DEAN, 'recording.auto_delete_cmr_days', 30),
      7,
      { recording: { auto_delete_cmr: false, auto_delete_cmr_days: 7 } },
      {},
      [],
      'coupled',
      /^coupled with recording\.auto_delete_cmr, which is off$/,
    ],
    [
      'a setting of another document',
      change(ACCOUNT, 'schedule_meeting.join_before_host', true),
      false,
      { schedule_meeting: { join_before_host: false } },
      { 'account settings?option=meeting_security': { meeting_security: { waiting_room: true } } },
      [],
      'coupled',
      /^coupled with meeting_security\.waiting_room: /,
    ],
    [
      'what only Zoom can grant',
      change(ACCOUNT, 'recording.archive.enable', true),
      false,
      { recording: { archive: { enable: false } } },
      {},
      [],
      'not-offered',
      /support has to grant archiving/,
    ],
    ['nothing that is known', change(ACCOUNT, CHAT, false), true, {}, {}, [], 'unknown', /nothing known explains it$/],
    [
      'nothing that is known, where locks cannot be read',
      change(STUDENTS, CHAT, false),
      true,
      {},
      { 'account lock_settings': 'HTTP 500' },
      [],
      'unknown',
      /whether it is locked above could not be read \(HTTP 500\)$/,
    ],
  ])('%s', async (_, one, found, body, documents, groups, reason, because) => {
    const diagnosis = await diagnose(one, found, body, evidenceOf(documents, groups));
    expect(diagnosis).toEqual({ reason, because: expect.stringMatching(because) });
  });
});

describe('what is read for it', () => {
  it.each<[target: Target, groups: readonly string[], asked: readonly string[]]>([
    [ACCOUNT, ['g1'], []],
    [STUDENTS, ['g1'], ['account lock_settings']],
    [DEAN, [], ['account lock_settings']],
    [DEAN, ['g1', 'g2'], ['account lock_settings', 'g1 lock_settings', 'g2 lock_settings']],
  ])('for %j in %j', async (target, groups, asked) => {
    const evidence = evidenceOf({}, groups);
    expect(await lockAbove({ target, path: CHAT }, evidence)).toEqual({ state: 'off' });
    expect(evidence.asked).toEqual(asked);
  });

  it('is read once, and what cannot be read rejects nothing', async () => {
    const zoom = memoryZoom({ account: {} });
    const broken = {
      ...zoom,
      readDocument: async (...asked: Parameters<typeof zoom.readDocument>) => {
        await zoom.readDocument(...asked);
        throw new Error('no answer');
      },
      groupsOfUser: async () => {
        throw new Error('no answer');
      },
    };
    const evidence = createEvidence(broken);
    const ref = { endpoint: 'settings', query: {} } as const;
    for (let times = 0; times < 2; times += 1) {
      expect(await evidence.read(ACCOUNT, ref)).toEqual({ state: 'unreadable', reason: 'no answer' });
    }
    expect(zoom.log).toHaveLength(1);
    expect(await evidence.groupsOfUser('dean@example.edu')).toEqual([]);
    const gone = createEvidence(zoom);
    expect(await gone.read({ scope: 'group', id: 'gone', name: 'Gone' }, ref)).toMatchObject({ state: 'unreadable' });
  });
});
