/**
 * Which values are secrets by what they are called and how they look. For fields that the catalogue does not know: Zoom
 * adds new ones every month, and answers some that it documents nowhere.
 */
import type { Json } from '../util/json.ts';
import { memoize } from '../util/memoize.ts';

/** Words that hold nothing but a secret: `pmi_password`, `accessToken`, `apikey`. */
const NAMES_ONE = /passw(?:or)?d|passcode|passphrase|pwd|secret|token|credential|(?:api|private|access|secret)key/;
/** At the end only: `host_key`, `archive_pin`; a `keyword` and a `pinned` channel are none. */
const ENDS_ONE: readonly string[] = ['key', 'keys', 'pin', 'pins', 'pass'];
/** Before `code`: `access_code`; a `country_code` is none. */
const CODES: readonly string[] = ['access', 'auth', 'entry', 'host', 'participant', 'pin', 'recovery', 'security'];

/** What says how passcodes are used, not what they are: `require_password_for_pmi_meetings`, `password_requirement`. */
const RULE_BEGINS: ReadonlySet<string> = new Set(
  'allow ask can disable embed enable enabled encrypt enforce force generate has have hide include is mask max maximum may min minimum must need needs no only prompt require required requires show use who'.split(
    ' ',
  ),
);
const RULE_ENDS: ReadonlySet<string> = new Set(
  'age attempts authentication complexity count days enabled expiration expires expiry format history hours length lifetime limit max maximum method min minimum minutes mode option options policy protected protection required requirement requirements retries rule rules seconds setting settings status strength ttl type'.split(
    ' ',
  ),
);
/** As Zoom writes the values of a choice: `jbh_only`. */
const CHOICE = /^[a-z]*(?:_[a-z]+)*$/;

type Naming = 'secret' | 'rule' | 'none';

/** Names that are not quite one word for one thing are split at `_` and at capitals. */
const namingOf = memoize((name: string): Naming => {
  const words = name
    .replace(/([a-z0-9])(?=[A-Z])/g, '$1_')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const [last = '', before = ''] = words.toReversed();
  const isNamed =
    NAMES_ONE.test(words.join('')) || ENDS_ONE.includes(last) || (last === 'code' && CODES.includes(before));
  if (!isNamed) return 'none';
  return RULE_BEGINS.has(words[0] ?? '') || RULE_ENDS.has(last) ? 'rule' : 'secret';
});

/** Whether a name alone could be that of a passcode, a token or a key. */
export function soundsSecret(name: string): boolean {
  return namingOf(name) !== 'none';
}

/**
 * Whether a value is or holds a secret. Text and numbers under such a name are; what is on or off never is, nor a number or
 * a choice under the name of a rule.
 * @param path dotted: a name above counts as well, as in `token.value`
 */
export function looksSecret(path: string, value: Json): boolean {
  const names = path.split('.');
  return holds(names.slice(0, -1).some(isSecretName), names.at(-1) ?? '', value);
}

function isSecretName(name: string): boolean {
  return namingOf(name) === 'secret';
}

function holds(isBelowOne: boolean, name: string, value: Json): boolean {
  if (value === null || typeof value === 'boolean') return false;
  if (Array.isArray(value)) return value.some((item) => holds(isBelowOne, name, item));
  if (typeof value === 'object') {
    const isBelow = isBelowOne || isSecretName(name);
    return Object.entries(value).some(([key, child]) => holds(isBelow, key, child));
  }
  const naming = namingOf(name);
  if (naming === 'rule') return typeof value === 'string' && !CHOICE.test(value);
  return isBelowOne || naming === 'secret';
}
