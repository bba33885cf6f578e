/**
 * Every option is checked by the library as strictly as by the command line: a misspelt guard that passes in silence
 * lets a change through that nobody wanted.
 */
import { describe, expect, it } from 'vitest';
import { checkOptions } from '../../src/library/check-options.ts';
import * as signatures from '../../src/library/signatures.ts';
import type { LockstepError, PlanOptions } from '../../src/library.ts';
import * as library from '../../src/library.ts';

type Call = keyof typeof CALLS;

const CALLS = {
  plan: library.plan,
  drift: library.drift,
  apply: library.apply,
  rollback: library.rollback,
  check: library.check,
  validate: library.validate,
  exportPolicies: library.exportPolicies,
  runs: library.runs,
  explain: library.explain,
  searchSettings: library.searchSettings,
} as const;

/** What a program in JavaScript, or with a cast, gives. */
async function refusalOf(call: Call, options: unknown): Promise<LockstepError> {
  const made = CALLS[call] as (options: unknown) => Promise<unknown>;
  const error = await made(options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof library.LockstepError)) throw new Error(`${call} threw ${error}`);
  return error;
}

describe('an option that is wrong is refused, by its name, before anything is done', () => {
  it.each<[call: Call, options: unknown, message: string]>([
    // Names.
    ['plan', { polices: ['p.yaml'] }, 'unknown option polices; did you mean policies?'],
    ['plan', { failon: ['weakening'] }, 'unknown option failon; did you mean failOn?'],
    ['apply', { maxTarget: 3 }, 'unknown option maxTarget; did you mean maxTargets?'],
    ['apply', { expects: 'abc' }, 'unknown option expects; did you mean expect?'],
    ['check', { severities: 'high' }, 'unknown option severities; did you mean severity?'],
    ['plan', { nothing_like_it: 1 }, 'unknown option nothing_like_it'],
    ['plan', { 'max-targets': 1 }, 'unknown option max-targets'],
    ['plan', { maxTargets: 1 }, 'unknown option maxTargets'],
    ['plan', { autoApprove: true }, 'unknown option autoApprove'],
    ['drift', { writeSecret: ['a'] }, 'unknown option writeSecret'],
    ['validate', { ratePlan: 'pro' }, 'unknown option ratePlan'],
    ['runs', { cwdd: '.' }, 'unknown option cwdd; did you mean cwd?'],
    ['plan', { onMessage: () => undefined }, 'unknown option onMessage'],
    // Words of a list of choices.
    [
      'plan',
      { failOn: 'weakening' },
      'failOn must be a list of any of weakening, blocked, lossy, unlock, unknown, unmatched, not text; put it in a list',
    ],
    [
      'plan',
      { failOn: ['weakning'] },
      'failOn[0] must be one of weakening, blocked, lossy, unlock, unknown, unmatched, not "weakning"; did you mean "weakening"?',
    ],
    [
      'apply',
      { failOn: ['lossy', 'UNLOCK'] },
      'failOn[1] must be one of weakening, blocked, lossy, unlock, unknown, unmatched',
    ],
    [
      'apply',
      { failOn: ['lossy', null] },
      'failOn[1] must be one of weakening, blocked, lossy, unlock, unknown, unmatched, not null',
    ],
    [
      'apply',
      { failOn: true },
      'failOn must be a list of any of weakening, blocked, lossy, unlock, unknown, unmatched, not true',
    ],
    ['apply', { failOn: new Set(['weakening']) }, 'failOn must be a list of any of'],
    // Choices.
    ['plan', { ratePlan: 'gold' }, 'ratePlan must be one of free, pro, business, none, not "gold"'],
    ['plan', { ratePlan: 'busines' }, 'did you mean "business"?'],
    ['check', { severity: 'huge' }, 'severity must be one of low, medium, high, critical, not "huge"'],
    ['check', { severity: 3 }, 'severity must be one of low, medium, high, critical, not 3'],
    // Numbers.
    ['plan', { concurrency: '3' }, 'concurrency must be a whole number, not text'],
    ['plan', { concurrency: 1.5 }, 'concurrency must be a whole number, not 1.5'],
    ['apply', { maxTargets: '10' }, 'maxTargets must be a whole number, not text'],
    ['apply', { maxTargets: -1 }, 'maxTargets must be a whole number, not -1'],
    ['apply', { maxTargets: Number.NaN }, 'maxTargets must be a whole number, not NaN'],
    ['apply', { maxTargets: Number.POSITIVE_INFINITY }, 'maxTargets must be a whole number, not Infinity'],
    ['apply', { settle: null }, 'settle must be a whole number, not null'],
    ['plan', { rateShare: 0 }, 'rateShare must be a number above 0 and up to 1, not 0'],
    ['plan', { rateShare: 50 }, 'rateShare must be a number above 0 and up to 1, not 50'],
    ['plan', { rateShare: '50%' }, 'rateShare must be a number above 0 and up to 1, not text'],
    // Texts and lists of texts.
    ['plan', { policies: 'x' }, 'policies must be a list of texts, not text; put it in a list'],
    ['plan', { policies: [1] }, 'policies[0] must be text, not 1'],
    ['plan', { target: 'account' }, 'target must be a list of texts, not text; put it in a list'],
    ['plan', { target: [['account']] }, 'target[0] must be text, not a list'],
    ['explain', { setting: 'in_meeting.chat', target: ['account'] }, 'target must be text, not a list'],
    ['apply', { allowProtected: { security: true } }, 'allowProtected must be a list of texts, not an object'],
    ['apply', { expect: 12 }, 'expect must be text, not 12'],
    ['plan', { account: null }, 'account must be text, not null'],
    ['plan', { cwd: new URL('file:///') }, 'cwd must be text, not an object'],
    ['plan', { env: { ZOOM_CLIENT_SECRET: 1 } }, 'env must be an object of texts, not an object'],
    ['plan', { env: [] }, 'env must be an object of texts, not a list'],
    // Switches: a text is no switch, whatever it says.
    ['apply', { allowBlocked: 'false' }, 'allowBlocked must be true or false, not text'],
    ['apply', { allowLossy: 1 }, 'allowLossy must be true or false, not 1'],
    ['plan', { assumeUnlocked: 0 }, 'assumeUnlocked must be true or false, not 0'],
    ['validate', { allowUnknown: null }, 'allowUnknown must be true or false, not null'],
    // Callbacks and signals.
    ['plan', { onProgress: 'log' }, 'onProgress must be a function, not text'],
    ['plan', { onWarnings: [] }, 'onWarnings must be a function, not a list'],
    ['apply', { approve: 'yes' }, 'approve must be true, false or a function, not text'],
    ['apply', { signal: new AbortController() }, 'signal must be an AbortSignal, not an object'],
    ['apply', { plan: 7 }, 'plan must be a plan, or the name of its file, not 7'],
    // A guard must not be lost because a variable was empty.
    ['apply', { expect: undefined }, 'expect is undefined: leave it out where it is not wanted'],
    ['plan', { failOn: undefined }, 'failOn is undefined'],
    // What has to be there.
    ['rollback', {}, 'run is missing'],
    ['explain', {}, 'setting is missing'],
    ['searchSettings', {}, 'search is missing'],
    // No options at all.
    ['plan', null, 'the options must be an object, not null'],
    ['plan', ['p.yaml'], 'the options must be an object, not a list'],
    ['plan', 'p.yaml', 'the options must be an object, not text'],
    // Options that are each right.
    ['apply', { partial: true }, 'partial requires plan'],
    ['apply', { plan: 'p.json', policies: ['p.yaml'] }, 'apply takes policies or plan, not both'],
    [
      'apply',
      { plan: 'p.json', target: ['account'], allowUnknown: true, assumeUnlocked: true, writeSecret: ['a.b'] },
      'target and allowUnknown and assumeUnlocked and writeSecret cannot be combined with plan',
    ],
  ])('%s(%j): %s', async (call, options, message) => {
    const error = await refusalOf(call, options);
    expect(error.message).toContain(message);
    expect(error.exitCode).toBe(1);
  });

  it('all that is wrong is reported together', async () => {
    const { message } = await refusalOf('apply', { polices: [], failOn: ['weakning'], maxTargets: '1' });
    expect(message.split('\n')).toEqual([
      expect.stringMatching(/^unknown option polices/),
      expect.stringMatching(/^failOn\[0\] must be/),
      expect.stringMatching(/^maxTargets must be/),
    ]);
  });

  it('no text is repeated that may be a secret', async () => {
    const secret = 'Canary7q2Zk9';
    for (const options of [{ env: secret }, { maxTargets: secret }, { env: { A: [secret] } }, { target: [[secret]] }]) {
      expect((await refusalOf('apply', options)).message).not.toContain(secret);
    }
  });

  it('no word of a caller moves the cursor of a terminal', async () => {
    const { message } = await refusalOf('plan', { ratePlan: '\u001b[2Jpro', '\u001b[2J': 1 });
    expect(message).not.toContain('\u001b');
  });
});

describe('the table of options', () => {
  const tables = Object.entries(signatures).flatMap(([name, value]) =>
    typeof value === 'object' && 'rules' in value ? [[name, value] as const] : [],
  );

  it.each(tables)('%s has a default that its own kind takes, wherever there is one', (_, { options }) => {
    for (const { kind, fallback } of Object.values(options)) {
      if (fallback !== undefined) expect(kind.accepts(fallback)).toBe(true);
    }
  });

  it('fills in the defaults', () => {
    const settings = checkOptions(signatures.APPLY, {});
    expect(settings).toMatchObject({ ratePlan: 'pro', maxTargets: 100, settle: 2, failOn: [], approve: true });
    expect(settings.expect).toBeUndefined();
  });

  it('takes what the types allow', () => {
    const given: PlanOptions = { failOn: ['weakening', 'unlock'], rateShare: 0.5, target: [], env: { A: undefined } };
    expect(checkOptions(signatures.PLAN, given)).toMatchObject(given);
  });
});
