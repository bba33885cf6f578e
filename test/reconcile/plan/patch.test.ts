import jsonPatch from 'fast-json-patch';
import { describe, expect, it } from 'vitest';
import { secret } from '../../../src/model/secret.ts';
import type { DesiredFact, LiveTarget } from '../../../src/model/state.ts';
import { bodyOf, narrowStep, operationsOf } from '../../../src/reconcile/plan/patch.ts';
import { stepsOf } from '../../../src/reconcile/plan/steps.ts';
import type { Json, JsonObject } from '../../../src/util/json.ts';
import { ACCOUNT, compared, hiddenByNone, live, lock, set, wants } from '../../helpers/desired.ts';

const SECRETS = new Map<string, Json>([['env:PASS', 'canary']]);

function bodyFor(found: LiveTarget, facts: DesiredFact[]): JsonObject {
  const { changes, pairs } = compared(wants(ACCOUNT, ...facts), found, SECRETS);
  return bodyOf(changes, pairs, hiddenByNone);
}

describe('bodies', () => {
  it('hold the changed leaf and not its neighbours', () => {
    const found = live(ACCOUNT, { 'in_meeting.chat': true, 'in_meeting.file_transfer': true });
    expect(bodyFor(found, [set('in_meeting.chat', false), set('in_meeting.file_transfer', true)])).toEqual({
      in_meeting: { chat: false },
    });
  });

  it('hold arrays whole', () => {
    const found = live(ACCOUNT, { 'in_meeting.data_center_regions': ['DE', 'US', 'IN'] });
    expect(bodyFor(found, [set('in_meeting.data_center_regions', ['DE', 'US'])])).toEqual({
      in_meeting: { data_center_regions: ['DE', 'US'] },
    });
  });

  it('hold an object below a section whole, with what PATCH takes of it', () => {
    const found = live(ACCOUNT, {
      'in_meeting.webinar_chat.enable': true,
      'in_meeting.webinar_chat.allow_users_save_chats': 2,
      // GET answers it, PATCH does not take it.
      'in_meeting.webinar_chat.allow_users_to_delete_messages_in_meeting_chat': true,
      'in_meeting.chat': true,
    });
    expect(bodyFor(found, [set('in_meeting.webinar_chat.enable', false)])).toEqual({
      in_meeting: { webinar_chat: { enable: false, allow_users_save_chats: 2 } },
    });
  });

  it('leave out of such an object what PATCH would refuse', () => {
    const found = live(ACCOUNT, {
      'in_meeting.webinar_chat.enable': true,
      'in_meeting.webinar_chat.allow_users_save_chats': 'None',
    });
    expect(bodyFor(found, [set('in_meeting.webinar_chat.enable', false)])).toEqual({
      in_meeting: { webinar_chat: { enable: false } },
    });
  });

  it('send the written form of what is read in another', () => {
    const found = live(ACCOUNT, {
      'security.signin_with_sso.enable': false,
      'security.signin_with_sso.sso_bypass_users': [{ id: 'u1', email: 'a@example.edu' }],
    });
    expect(bodyFor(found, [set('security.signin_with_sso.enable', true)])).toEqual({
      security: { signin_with_sso: { enable: true, sso_bypass_user_ids: ['u1'] } },
    });
  });

  it('name secrets that travel along, and never hold them', () => {
    const archive = 'chat.send_data_to_third_party_archiving_service';
    const found = live(ACCOUNT, {
      [`${archive}.enable`]: false,
      [`${archive}.passcode`]: 'live-canary',
      [`${archive}.type`]: 'smarsh',
    });
    const body = bodyFor(found, [
      set(`${archive}.enable`, true),
      set(`${archive}.authorized_channel_token`, secret('env:PASS')),
    ]);
    expect(body).toEqual({
      chat: {
        send_data_to_third_party_archiving_service: {
          enable: true,
          type: 'smarsh',
          passcode: { $secret: `live:account:${archive}.passcode` },
          authorized_channel_token: { $secret: 'env:PASS' },
        },
      },
    });
  });
});

describe('RFC 6902', () => {
  const found = live(ACCOUNT, {
    'in_meeting.chat': true,
    'in_meeting.data_center_regions': ['DE'],
    'recording.auto_delete_cmr': false,
  });
  const facts = [
    set('in_meeting.chat', false),
    set('in_meeting.data_center_regions', ['DE', 'US']),
    set('recording.auto_delete_cmr', true),
    set('recording.auto_delete_cmr_days', 30),
  ];
  const { changes, pairs } = compared(wants(ACCOUNT, ...facts), found, SECRETS);
  const { patch, inverse } = operationsOf(changes);
  const [first] = pairs.pairs;
  const before = first === undefined ? undefined : pairs.body(first.setting);
  if (before === undefined) throw new Error('the document of the settings was not read');

  it('tests each old value before it replaces it', () => {
    expect(patch).toEqual(
      expect.arrayContaining([
        { op: 'test', path: '/in_meeting/chat', value: true },
        { op: 'replace', path: '/in_meeting/chat', value: false },
        { op: 'add', path: '/recording/auto_delete_cmr_days', value: 30 },
      ]),
    );
  });

  it('leads from the live document to the wanted one, and back', () => {
    const after = jsonPatch.applyPatch(structuredClone(before), patch as never[], true).newDocument;
    expect(after).toEqual({
      in_meeting: { chat: false, data_center_regions: ['DE', 'US'] },
      recording: { auto_delete_cmr: true, auto_delete_cmr_days: 30 },
    });
    expect(jsonPatch.applyPatch(after, inverse as never[], true).newDocument).toEqual(before);
  });

  it('fails its test when the live value has moved', () => {
    const moved = { ...before, in_meeting: { chat: false, data_center_regions: ['DE'] } };
    expect(() => jsonPatch.applyPatch(moved, patch as never[], true)).toThrow('Test operation failed');
  });
});

describe('a step with some of its changes held back', () => {
  it('loses those and keeps the others', () => {
    const found = live(ACCOUNT, {}, { 'in_meeting.chat': false, 'in_meeting.file_transfer': false });
    const facts = [lock('in_meeting.chat'), lock('in_meeting.file_transfer')];
    const { changes, pairs } = compared(wants(ACCOUNT, ...facts), found, SECRETS);
    const [step] = stepsOf(changes, pairs, hiddenByNone).map((entry) => entry.step);
    const narrow =
      step &&
      narrowStep(
        step,
        changes.filter(({ path }) => path === 'in_meeting.chat'),
      );
    expect(narrow?.request.body).toEqual({ in_meeting: { chat: true } });
    expect(narrow?.patch).toHaveLength(2);
  });

  it('puts the old value back into an object that goes whole', () => {
    const name = 'in_meeting.webinar_chat';
    const found = live(ACCOUNT, {
      [`${name}.enable`]: true,
      [`${name}.allow_users_save_chats`]: 2,
      'in_meeting.chat': true,
    });
    const facts = [
      set(`${name}.enable`, false),
      set(`${name}.allow_users_save_chats`, 0),
      set('in_meeting.chat', false),
    ];
    const { changes, pairs } = compared(wants(ACCOUNT, ...facts), found, SECRETS);
    const [step] = stepsOf(changes, pairs, hiddenByNone).map((entry) => entry.step);
    const kept = (path: string) => changes.filter((change) => change.path === path);
    expect(step && narrowStep(step, kept(`${name}.enable`)).request.body).toEqual({
      in_meeting: { webinar_chat: { enable: false, allow_users_save_chats: 2 } },
    });
    expect(step && narrowStep(step, kept('in_meeting.chat')).request.body).toEqual({ in_meeting: { chat: false } });
  });
});
