import { describe, expect, it } from 'vitest';
import { account, load, user } from './folder.ts';

const CANARY = 'hunter2canary';
const ARCHIVING = 'chat:\n  send_data_to_third_party_archiving_service:';

describe('a secret written into a policy', () => {
  it('leaves a marker, keeps the value apart, and is warned of', async () => {
    const { entries, secrets, said, problems } = await load({
      'p.yaml': account(`${ARCHIVING}\n    passcode: ${CANARY}`),
    });
    expect(entries[0]?.facts[0]?.value).toEqual({ $secret: 'policy:p.yaml:6:9' });
    expect(secrets).toEqual({ 'policy:p.yaml:6:9': CANARY });
    expect(said).toEqual([
      'p.yaml:6:9: warning: `chat.send_data_to_third_party_archiving_service.passcode` is a secret, written where everyone who can read this file sees it; use `!env NAME`',
    ]);
    expect(problems[0]?.excerpt).toBe('        passcode:…\n        ^');
  });

  it('agrees with itself in another file, and not with another', async () => {
    const file = (value: string) => user(`schedule_meeting: { pmi_password: ${value} }`);
    const same = await load({ 'a.yaml': file(`"1${CANARY}"`), 'b.yaml': file(`"1${CANARY}"`) });
    expect(same.problems.every(({ severity }) => severity === 'warning')).toBe(true);
    const { said } = await load({ 'a.yaml': file(`"1${CANARY}"`), 'b.yaml': file(`"2${CANARY}"`) });
    expect(said).toContain(
      'b.yaml:5:27: `schedule_meeting.pmi_password` of user:dean@example.edu is a secret here and a secret at a.yaml:5:27: keep one of them, or let one file extend the other',
    );
    expect(said.join()).not.toContain(CANARY);
  });
});

describe('!env', () => {
  const env = { CODE: CANARY, ON: 'yes', DAYS: '31', BIG: '99999999999999999999', EMPTY: '', ENUM: CANARY };
  it.each([
    [
      'a variable that is not set',
      'recording: { auto_delete_cmr_days: !env NONE }',
      ['4:18: the environment variable `NONE` is not set, or is empty'],
    ],
    [
      'an empty variable',
      'recording: { auto_delete_cmr_days: !env EMPTY }',
      ['4:18: the environment variable `EMPTY` is not set, or is empty'],
    ],
    [
      'an inherited name',
      'recording: { auto_delete_cmr_days: !env toString }',
      ['4:18: the environment variable `toString` is not set, or is empty'],
    ],
    [
      'no boolean',
      'in_meeting: { chat: !env ON }',
      ['4:19: `in_meeting.chat` must be true or false: the value of the variable `ON` does not fit'],
    ],
    [
      'no number',
      'recording: { auto_delete_cmr_days: !env CODE }',
      ['4:18: `recording.auto_delete_cmr_days` must be a whole number: the value of the variable `CODE` does not fit'],
    ],
    [
      'a number outside the enum',
      'recording: { auto_delete_cmr_days: !env DAYS }',
      [
        '4:18: `recording.auto_delete_cmr_days` must be one of 30, 60, 90, 120: the value of the variable `DAYS` does not fit',
      ],
    ],
    [
      'a number too large',
      'recording: { auto_delete_cmr_days: !env BIG }',
      ['4:18: `recording.auto_delete_cmr_days` must be a whole number: the value of the variable `BIG` does not fit'],
    ],
    [
      'a text outside the enum',
      'recording: { auto_recording: !env ENUM }',
      [
        '4:18: `recording.auto_recording` must be one of local, cloud, none: the value of the variable `ENUM` does not fit',
      ],
    ],
    [
      'a list',
      'security: { sign_in_with_two_factor_auth_groups: !env CODE }',
      [
        '4:17: `security.sign_in_with_two_factor_auth_groups` cannot come from a variable: `!env` gives text, a whole number, or true or false',
      ],
    ],
    [
      'no name',
      'in_meeting: { chat: !env }',
      ['4:19: `!env` takes the name of one environment variable: letters, digits and `_`, not a digit first'],
    ],
    [
      'a list of names',
      'in_meeting: { chat: !env [A] }',
      ['4:19: `!env` takes the name of one environment variable: letters, digits and `_`, not a digit first'],
    ],
    [
      'two types',
      'in_meeting: { chat: !env T, custom_service_instructions: !env T }',
      ['4:33: the variable `T` would be text here and is true or false at p.yaml:4:19: use two variables'],
    ],
  ])('%s', async (_name, settings, said) => {
    const outcome = await load({ 'p.yaml': account(settings) }, { env: { ...env, T: 'true' } });
    expect(outcome.said.map((line) => line.replace('p.yaml:', ''))).toEqual(said);
  });

  it('checks what is set even where nothing has to be', async () => {
    const outcome = await load({ 'p.yaml': account('in_meeting: { chat: !env ON }') }, { env, secrets: 'named' });
    expect(outcome.said).toHaveLength(1);
  });
});

describe('nothing that is said shows a secret', () => {
  const wrong = 'in_meeting: { chat: 1 }';
  it.each([
    ['of the wrong type', account(`${ARCHIVING} { passcode: [${CANARY}], authorized_channel_token: 1 }`)],
    ['beside another fault on its line', account(`${ARCHIVING} { x: 1, passcode: ${CANARY}, y: 2 }`)],
    ['as a block', account(`${ARCHIVING}\n    passcode: |\n      !env ${CANARY}\n      *${CANARY}\n${wrong}`)],
    ['below its key', account(`${ARCHIVING}\n    passcode:\n      [${CANARY}]`)],
    ['below its key, of the wrong tag', account(`${ARCHIVING}\n    passcode:\n      !foo ${CANARY}`)],
    ['over several lines', account(`${ARCHIVING}\n    passcode: "a\n      ${CANARY}\n      ${CANARY}\\q"`)],
    ['over several lines in braces', account(`${ARCHIVING} { passcode:\n  ${CANARY}, passcode: x }`)],
    ['in quotes that never close', account(`${ARCHIVING}\n    passcode: "${CANARY}\n${wrong}\n${CANARY}`)],
    [
      'under a mistyped name',
      account(`${ARCHIVING}\n    passcod: ${CANARY}\n    pass_code: ${CANARY}\n    token: ${CANARY}`),
    ],
    ['under a quoted name', account(`${ARCHIVING}\n    "passcode" : [${CANARY}]\n    'passcode': ${CANARY}`)],
    ['under an escaped name', account(`${ARCHIVING}\n    "pass\\u0063ode": [${CANARY}]`)],
    ['under an explicit key', account(`${ARCHIVING}\n    ? passcode\n    : [${CANARY}]`)],
    ['without the space', account(`${ARCHIVING} { passcode:${CANARY} }`)],
    ['without the colon', account(`${ARCHIVING} { passcode ${CANARY} }`)],
    ['without the space, in a block', account(`${ARCHIVING}\n    passcode:${CANARY}\n    x: 1`)],
    ['with two tags', account(`${ARCHIVING}\n    passcode: !locked !env ${CANARY}!`)],
    ['in place of the variable', account(`in_meeting:\n  chat: !env ${CANARY}!\n  private_chat: !env "${CANARY} x"`)],
    ['behind an anchor elsewhere', `x: &secret ${CANARY}\n${account(`${ARCHIVING}\n    passcode: *secret`)}`],
    ['in a tab-indented line', account(`${ARCHIVING}\n\t\tpasscode: ${CANARY}`)],
    ['as an alias', account(`${ARCHIVING}\n    passcode: *${CANARY}`)],
    ['as a tag', account(`${ARCHIVING}\n    passcode: !${CANARY} x`)],
    ['as null with a comment', account(`${ARCHIVING}\n    passcode: # ${CANARY}`)],
    ['in a comment', account(`in_meeting:\n  chat: 1 # passcode: ${CANARY}`)],
    ['twice', account(`${ARCHIVING}\n    passcode: ${CANARY}\n    passcode: ${CANARY}`)],
    [
      'of a user',
      user(`schedule_meeting: { default_password_for_scheduled_meetings: [${CANARY}], pmi_password: {a: ${CANARY}} }`),
    ],
    ['at the wrong scope', account(`schedule_meeting:\n  pmi_password: ${CANARY}`)],
    ['out of the environment', account(`${ARCHIVING} { enable: !env CANARY, passcode: !env CANARY }`)],
  ])('%s', async (_name, text) => {
    const { problems } = await load({ 'p.yaml': text }, { env: { CANARY } });
    expect(problems).not.toEqual([]);
    // The name of an alias or a tag is what the author wrote in place of the value, and is not repeated either.
    expect(JSON.stringify(problems)).not.toContain(CANARY);
  });

  it.each([
    ['account', account(`${ARCHIVING} { passcode: 918273645 }`)],
    ['user', user('schedule_meeting: { default_password_for_scheduled_meetings: 918273645 }')],
  ])('of the wrong type, where a message could quote it: %s', async (_scope, text) => {
    const { said, problems } = await load({ 'p.yaml': text });
    expect(said).toEqual([expect.stringMatching(/` must be text; put it in quotes$/)]);
    expect(JSON.stringify(problems)).not.toContain('918273645');
  });

  it('wherever a slip around it may fall', async () => {
    const texts = [
      account(`${ARCHIVING}\n    enable: yes\n    passcode: ${CANARY}\n    x: 1`),
      account(`${ARCHIVING} { "passcode": "${CANARY}", x: 1 }`),
      account(`${ARCHIVING}\n    passcode: |\n      ab\n      ${CANARY}\n    x: 1\n  y: 1`),
      user(`schedule_meeting: { pmi_password: ${CANARY}, host_video: 1 }`),
    ];
    const slips = [
      '\n',
      '\n  ',
      '\n      ',
      '\t',
      ' ',
      ': ',
      ':',
      '- ',
      '? ',
      '{',
      '}',
      '[',
      ']',
      ', ',
      '"',
      "'",
      '|\n',
      '>-\n',
    ].concat(['# ', '#', '!locked ', '!x ', '&a ', '*a', '<<: ', '---\n', 'null', '1', '\u0000', '%', '@', '\\', '\r']);
    for (const text of texts) {
      const secretAt = text.indexOf(CANARY);
      for (let at = secretAt - 24; at < secretAt + CANARY.length + 12; at++) {
        if (isInsideWord(text, at)) continue;
        const slipped = slips.map(
          (slip, index) => [`${index}.yaml`, text.slice(0, at) + slip + text.slice(at)] as const,
        );
        const { problems } = await load(Object.fromEntries(slipped));
        expect(JSON.stringify(problems)).not.toContain(CANARY);
      }
    }
  });

  it('and yet shows settings whose names only sound secret, and names of variables', async () => {
    const { problems } = await load({
      'p.yaml': account('meeting_security: { meeting_password: yes }\nin_meeting: { chat: !env MY_TOKEN }'),
    });
    expect(problems.map(({ excerpt }) => excerpt)).toEqual([
      '    meeting_security: { meeting_password: yes }\n                                          ^',
      '    in_meeting: { chat: !env MY_TOKEN }\n                  ^',
    ]);
  });
});

/** The name and the secret stay whole: of a name that is none, or of half a secret, nothing can be known. */
function isInsideWord(text: string, at: number): boolean {
  const words = text.matchAll(new RegExp(`${CANARY}|passcode|pmi_password`, 'g'));
  return [...words].some(({ 0: word, index }) => at > index && at < index + word.length);
}
