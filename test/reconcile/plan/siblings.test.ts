import { describe, expect, it } from 'vitest';
import { secret } from '../../../src/model/secret.ts';
import type { DesiredFact } from '../../../src/model/state.ts';
import { stepsWithin } from '../../../src/reconcile/apply/fit-quota.ts';
import { assemblePlan, requestsOf } from '../../../src/reconcile/plan/assemble.ts';
import { secretsLeftOut, waitsForUnlock, withHiddenSiblings } from '../../../src/reconcile/plan/siblings.ts';
import { stepsOf } from '../../../src/reconcile/plan/steps.ts';
import type { Json, JsonObject } from '../../../src/util/json.ts';
import { OWN } from '../../helpers/account.ts';
import { ACCOUNT, compared, live, STUDENTS, set, wants } from '../../helpers/desired.ts';

const ARCHIVE = 'chat.send_data_to_third_party_archiving_service';
const PASSCODE = `${ARCHIVE}.passcode`;
const TOKEN = `${ARCHIVE}.authorized_channel_token`;
const SECRETS = new Map<string, Json>([['env:PASS', 'canary']]);

/** What a plan warns of, for facts that meet an archive of Global Relay as Zoom shows it. */
function warned(facts: readonly DesiredFact[], shown: Record<string, Json> = {}) {
  const found = live(ACCOUNT, {
    [`${ARCHIVE}.enable`]: true,
    [`${ARCHIVE}.type`]: 'global_relay',
    [`${ARCHIVE}.user_name`]: 'archive',
    'chat.share_files.enable': true,
    ...shown,
  });
  const { changes, pairs } = compared(wants(ACCOUNT, ...facts), found, SECRETS);
  return secretsLeftOut(changes, pairs);
}

describe('a secret that Zoom does not return, beside what changes', () => {
  it('is warned of, with where it is, what changes, and what to do', () => {
    expect(warned([set(`${ARCHIVE}.user_name`, 'other', 7)])).toEqual([
      {
        message: `account ${PASSCODE}: Zoom does not return this secret, so it cannot be sent along with ${ARCHIVE}.user_name, and is lost should Zoom replace what stands together; to keep it, name it in the policy with !env`,
        provenance: { file: 'p.yaml', line: 7, column: 1 },
      },
    ]);
  });

  it('is warned of once, however much changes', () => {
    const changes = [set(`${ARCHIVE}.user_name`, 'other'), set(`${ARCHIVE}.smtp_delivery_address`, 'a@example.edu')];
    expect(warned(changes, { [`${ARCHIVE}.smtp_delivery_address`]: 'b@example.edu' })).toHaveLength(1);
  });

  it('is warned of where stars stand for it', () => {
    expect(warned([set(`${ARCHIVE}.user_name`, 'other')], { [PASSCODE]: '********' })).toHaveLength(1);
  });

  it('is the one that the service of after the change needs, and both where that is not known', () => {
    const paths = (found: ReturnType<typeof warned>) => found.map(({ message }) => message.split(/[ :]/)[1]);
    expect(paths(warned([set(`${ARCHIVE}.type`, 'smarsh')]))).toEqual([TOKEN]);
    expect(paths(warned([set(`${ARCHIVE}.user_name`, 'other')], { [`${ARCHIVE}.type`]: 'unheard of' }))).toEqual([]);
    const unknown = live(ACCOUNT, { [`${ARCHIVE}.enable`]: true });
    const facts = [set(`${ARCHIVE}.enable`, false)];
    const { changes, pairs } = compared(wants(ACCOUNT, ...facts), unknown, SECRETS);
    expect(paths(secretsLeftOut(changes, pairs))).toEqual([PASSCODE, TOKEN]);
  });

  it.each([
    ['it is named', [set(`${ARCHIVE}.user_name`, 'other'), set(PASSCODE, secret('env:PASS'))], {}],
    ['Zoom returns it', [set(`${ARCHIVE}.user_name`, 'other')], { [PASSCODE]: 'live-canary' }],
    [
      'nothing of its object changes',
      [set(`${ARCHIVE}.user_name`, 'archive'), set('chat.share_files.enable', false)],
      {},
    ],
  ])('is not warned of where %s', (_, facts, shown) => {
    expect(warned(facts, shown)).toEqual([]);
  });
});

describe('a value that a lock hides until the plan takes it off', () => {
  const CAPTIONS = 'in_meeting.manual_captioning';
  const found = live(STUDENTS, { [`${CAPTIONS}.allow_to_type`]: false, [`${CAPTIONS}.save_captions`]: false });
  const facts = [set(`${CAPTIONS}.allow_to_type`, true)];
  const { changes, pairs } = compared(wants(STUDENTS, ...facts), found, SECRETS);
  const steps = stepsOf(changes, pairs, (path) =>
    path === `${CAPTIONS}.save_captions` ? 'in_meeting.save_captions' : undefined,
  );
  const [step] = steps.map((entry) => entry.step);
  if (step === undefined) throw new Error('there is no step');
  const body = (manual_captioning: JsonObject) => ({ in_meeting: { manual_captioning } });

  it('is named by that lock in the plan, and not held', () => {
    expect(step.request.body).toEqual(
      body({ allow_to_type: true, save_captions: { $afterUnlock: 'in_meeting.save_captions' } }),
    );
    expect(waitsForUnlock(step)).toBe(true);
  });

  it('is what the document has once it is read again, and nothing where it does not list it', () => {
    const own = body({ allow_to_type: false, save_captions: true });
    expect(withHiddenSiblings(step, own).request.body).toEqual(body({ allow_to_type: true, save_captions: true }));
    expect(withHiddenSiblings(step, {}).request.body).toEqual(body({ allow_to_type: true }));
    expect(waitsForUnlock(withHiddenSiblings(step, own))).toBe(false);
  });

  it('is one request more, which a day has to last for', () => {
    const target = { target: STUDENTS, steps, blocked: [], warnings: [], unchanged: 0 };
    const plan = assemblePlan(OWN, [target], { blocked: [], warnings: [] });
    expect(requestsOf(plan)).toEqual({ patch: 1, get: 2 });
    expect(stepsWithin(plan, 2)?.size).toBe(0);
    expect(stepsWithin(plan, 3)).toBeUndefined();
  });
});
