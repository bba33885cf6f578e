/** The inputs of the action, each read with its type, and the command line that they come to. */

/** What the caller did wrong, or what stands in the way: told, and the step ends with the code. */
export class Refusal extends Error {
  /** @param {string} message @param {number} exitCode */
  constructor(message, exitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** @typedef {'plan' | 'apply' | 'drift' | 'check'} Mode */
/** @typedef {Readonly<Record<string, string | undefined>>} Environment */
/** @typedef {ReturnType<typeof readInputs>} Inputs */

/** @type {readonly Mode[]} */
const MODES = ['plan', 'apply', 'drift', 'check'];

/**
 * All mistakes are told together, like those of a policy.
 * @param {Environment} env
 */
export function readInputs(env) {
  /** @type {string[]} */
  const problems = [];
  /** @param {string} name */
  const text = (name) => (env[`INPUT_${name.toUpperCase().replaceAll('-', '_')}`] ?? '').trim();
  /** @param {string} name @param {string} problem */
  const wrong = (name, problem) => void problems.push(`${name}: ${problem}`);
  /** @param {string} name @param {readonly string[]} words @param {string} fallback */
  const oneOf = (name, words, fallback) => {
    const value = text(name) || fallback;
    if (!words.includes(value)) wrong(name, `${JSON.stringify(value)} is none of ${words.join(', ')}`);
    return value;
  };
  /** @param {string} name @param {RegExp} shape @param {string} words */
  const shaped = (name, shape, words) => {
    const value = text(name);
    if (value !== '' && !shape.test(value)) wrong(name, `${JSON.stringify(value)} is not ${words}`);
    return value;
  };
  /** @param {string} name */
  const isOn = (name) => oneOf(name, ['true', 'false'], 'false') === 'true';
  /** @param {string} name */
  const lines = (name) =>
    text(name)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');

  const mode = /** @type {Mode} */ (oneOf('mode', MODES, ''));
  /**
   * An input that this mode does not take is a mistake, not something to pass over.
   * @template T
   * @param {string} name @param {readonly Mode[]} modes @param {T} value
   */
  const only = (name, modes, value) => {
    const given = Array.isArray(value) ? value.length > 0 : value !== '' && value !== false;
    if (given && MODES.includes(mode) && !modes.includes(mode)) wrong(name, `goes with ${modes.join(', ')} only`);
    return value;
  };

  const inputs = {
    mode,
    policies: lines('policies').length === 0 ? ['policies'] : lines('policies'),
    folder: text('working-directory') || '.',
    name: shaped('name', /^[\w.-]{1,50}$/, 'made of letters, digits, dot, dash and underscore'),
    account: shaped('account', /^[\w.-]+$/, 'an account id'),
    target: lines('target'),
    ratePlan: oneOf('rate-plan', ['free', 'pro', 'business', 'none'], 'pro'),
    rateShare: shaped('rate-share', /^([1-9]\d?|100)%?$/, 'a percentage from 1% to 100%'),
    allowUnknown: isOn('allow-unknown'),
    assumeUnlocked: only('assume-unlocked', ['plan', 'apply', 'drift'], isOn('assume-unlocked')),
    failOn: only(
      'fail-on',
      ['plan', 'apply'],
      shaped(
        'fail-on',
        /^(weakening|blocked|lossy|unlock|unknown|unmatched)( *, *(weakening|blocked|lossy|unlock|unknown|unmatched))*$/,
        'a list of weakening, blocked, lossy, unlock, unknown and unmatched',
      ),
    ),
    severity: only(
      'severity',
      ['check'],
      shaped('severity', /^(low|medium|high|critical)$/, 'low, medium, high or critical'),
    ),
    differencesFail:
      oneOf('on-differences', ['pass', 'fail'], mode === 'drift' || mode === 'check' ? 'fail' : 'pass') === 'fail',
    expect: only(
      'expect',
      ['apply'],
      shaped('expect', /^([0-9a-f]{64}@[^\s/@]+\/[^\s/]+|reviewed|any)$/, 'a fingerprint, reviewed or any'),
    ),
    allowBlocked: only('allow-blocked', ['apply'], isOn('allow-blocked')),
    allowLossy: only('allow-lossy', ['apply'], isOn('allow-lossy')),
    allowProtected: only('allow-protected', ['apply'], lines('allow-protected')),
    maxTargets: only('max-targets', ['apply'], shaped('max-targets', /^\d{1,9}$/, 'a whole number')),
    comment: isOn('comment') && (mode === 'plan' || mode === 'apply'),
    issue: only('issue', ['drift'], isOn('issue')),
    notify: only('notify', ['drift'], isOn('notify')),
    heartbeat: only('heartbeat', ['drift'], isOn('heartbeat')),
    author: shaped('author', /^[\w-]+(\[bot\])?$/, 'a login') || 'github-actions[bot]',
    version: shaped('version', /^\d+\.\d+\.\d+(-[\w.]+)?$/, 'a version such as 0.1.0'),
  };
  if (problems.length > 0) throw new Refusal(problems.join('\n'), 1);
  return inputs;
}

/**
 * Values are joined to their flags, and what is no flag comes last: nothing that is given can be taken for a flag.
 * @param {Inputs} inputs
 * @param {Readonly<Record<string, string>>} reports files by format
 * @param {{ plan: string, expect: string | undefined }} more where plan is saved, and what apply is bound to
 * @returns {readonly string[]}
 */
export function argvOf(inputs, reports, { plan, expect }) {
  /** @param {string} flag @param {string | undefined} value */
  const valued = (flag, value) => (value === undefined || value === '' ? [] : [`--${flag}=${value}`]);
  /** @param {string} flag @param {boolean} on */
  const switched = (flag, on) => (on ? [`--${flag}`] : []);
  const { mode } = inputs;
  return [
    mode,
    ...Object.entries(reports).map(([format, file]) => `--report=${format}=${file}`),
    ...inputs.target.map((target) => `--target=${target}`),
    ...valued('account', inputs.account),
    ...valued('rate-plan', inputs.ratePlan),
    ...valued('rate-share', inputs.rateShare),
    ...valued('fail-on', inputs.failOn),
    ...valued('severity', inputs.severity),
    ...valued('max-targets', inputs.maxTargets),
    ...valued('expect', expect),
    ...inputs.allowProtected.map((path) => `--allow-protected=${path}`),
    ...switched('allow-unknown', inputs.allowUnknown),
    ...switched('assume-unlocked', inputs.assumeUnlocked),
    ...switched('allow-blocked', inputs.allowBlocked),
    ...switched('allow-lossy', inputs.allowLossy),
    ...switched('notify=env:LOCKSTEP_NOTIFY_URL', inputs.notify),
    ...switched('heartbeat', inputs.heartbeat),
    ...(mode === 'plan' ? ['--detailed-exitcode', `--out=${plan}`] : []),
    ...(mode === 'apply' ? ['--auto-approve'] : []),
    '--',
    ...inputs.policies,
  ];
}
