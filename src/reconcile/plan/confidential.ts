/**
 * What Zoom has and nobody may write down. A secret is known by its field. What comes from `!env` is secret because it
 * comes from there: at every target that has the setting, since the one may have been copied to the other, and under any
 * other name that holds the same text.
 */
import { settingOf } from '../../catalog/lookup.ts';
import { holdsSecret } from '../../catalog/secrecy.ts';
import type { Setting } from '../../catalog/setting.ts';
import { isSecret, type Secrets } from '../../model/secret.ts';
import type { SettingPath } from '../../model/setting.ts';
import type { DesiredFact } from '../../model/state.ts';
import type { Scope } from '../../model/target.ts';
import type { Json } from '../../util/json.ts';

/** What is wanted of targets of one scope. */
export interface Wanting {
  readonly scope: Scope;
  readonly facts: readonly Pick<DesiredFact, 'kind' | 'path' | 'value'>[];
}

/** A shorter text may be any word. */
const SHORTEST = 4;
/** From here on, it is looked for within other texts, too. */
const SURELY_ITSELF = 8;

export class Confidential {
  readonly #paths = new Set<SettingPath>();
  readonly #texts = new Set<string>();

  /** @param secrets those that are at hand: of the others, the settings alone are known */
  constructor(wanted: Iterable<Wanting>, secrets: Secrets) {
    for (const { scope, facts } of wanted) {
      for (const fact of facts) {
        if (!isSecret(fact.value) || isChoice(settingOf(scope, fact))) continue;
        this.#paths.add(fact.path);
        const text = String(secrets.get(fact.value.$secret) ?? '');
        if (text.length >= SHORTEST) this.#texts.add(text);
      }
    }
  }

  /** Whether what Zoom has of a setting must not be written down. */
  hides(setting: Setting, live: Json): boolean {
    const { path } = setting;
    if (holdsSecret(setting, path, live)) return true;
    return !isChoice(setting) && (this.#paths.has(path) || (this.#texts.size > 0 && this.#repeats(live)));
  }

  #repeats(live: Json): boolean {
    if (live === null || typeof live === 'boolean') return false;
    if (typeof live === 'object') return Object.values(live).some((child) => this.#repeats(child));
    const text = String(live);
    if (this.#texts.has(text)) return true;
    return [...this.#texts].some((secret) => secret.length >= SURELY_ITSELF && text.includes(secret));
  }
}

/** Nothing but what the fields themselves say. */
export const BY_FIELD = new Confidential([], new Map());

/** On or off, a number or a choice is the same at many targets, and how strict it is has to be seen. */
export function isChoice({ declared }: Setting): boolean {
  if (declared.type === 'string') return declared.enum !== undefined;
  return declared.type === 'boolean' || declared.type === 'integer';
}
