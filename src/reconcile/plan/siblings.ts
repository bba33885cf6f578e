/**
 * What travels with a changed leaf. Whether Zoom merges or replaces an object below a section
 * (`meeting_password_requirement`, `archive`) is not known (zoom-api, section 4): sending the whole object is right either
 * way, as long as what nobody changes goes back as it is.
 */

import { rulesAbout, satisfies } from '../../catalog/coupling.ts';
import type { Term } from '../../catalog/data/rules.ts';
import type { Setting } from '../../catalog/setting.ts';
import { fits } from '../../catalog/shape.ts';
import { afterUnlock, isAfterUnlock } from '../../model/after-unlock.ts';
import type { Change, Step, Warning } from '../../model/plan.ts';
import { isSecret } from '../../model/secret.ts';
import type { SettingPath } from '../../model/setting.ts';
import { type Scope, targetLabel } from '../../model/target.ts';
import { type Json, type JsonObject, valueAt, withoutValueAt, withValueAt } from '../../util/json.ts';
import { settingOfChange } from './change.ts';
import { liveValue } from './normalize.ts';
import type { TargetPairs } from './pair.ts';

/** The lock above that this run removes, which hides a setting's own value until then. */
export type HiddenBy = (path: SettingPath) => SettingPath | undefined;

/** The object that must go whole when a leaf below it changes, or `undefined` for a leaf of a section. */
export function wholeObject(keys: Setting['keys']): readonly [string, string] | undefined {
  const [section, name, ...below] = keys;
  return name === undefined || below.length === 0 ? undefined : [section, name];
}

/** The settings of the object that a setting is in; none for a leaf of a section. */
function objectOf({ document, keys }: Setting): readonly Setting[] {
  const whole = wholeObject(keys);
  if (whole === undefined) return [];
  const [section, name] = whole;
  return document.settings.filter(
    (other) => other.keys[0] === section && other.keys[1] === name && other.writable && !other.verb,
  );
}

/** The body with everything next to a setting that GET answers and PATCH takes, as it is now. */
export function withSiblings(body: JsonObject, setting: Setting, pairs: TargetPairs, hiddenBy: HiddenBy): JsonObject {
  return objectOf(setting).reduce((filled, sibling) => {
    const { keys, path } = sibling;
    const reading = pairs.reading(sibling);
    const wanted = pairs.wants.value(path)?.value;
    const isNamedSecret = wanted !== undefined && isSecret(wanted);
    if (reading.state !== 'read') return isNamedSecret ? withValueAt(filled, keys, wanted) : filled;
    // A live value that PATCH would refuse cannot be sent back, and would take the whole request down with it.
    if (!fits(reading.value, sibling.shape)) return filled;
    if (isNamedSecret || pairs.hides(sibling, reading.value)) {
      return withValueAt(filled, keys, pairs.hidden(sibling, reading.value));
    }
    // What reads here is the value of the level that locks it. Sent, it would replace the value below.
    const lock = hiddenBy(path);
    return withValueAt(filled, keys, lock === undefined ? reading.value : afterUnlock(lock));
  }, body);
}

/**
 * Warns of sibling secrets that neither Zoom nor any policy reveals: they cannot be sent with their object. A secret needed
 * only by an alternative that is not selected is ignored.
 */
export function secretsLeftOut(changes: readonly Change[], pairs: TargetPairs): readonly Warning[] {
  const { target, scope } = pairs;
  const after = (path: SettingPath) => pairs.after(path)?.value;
  const warnings = new Map<SettingPath, Warning>();
  for (const change of changes) {
    for (const { path, secret } of change.kind === 'set' ? objectOf(settingOfChange(change)) : []) {
      if (!secret || warnings.has(path) || after(path) !== undefined || !isNeeded(scope, path, after)) continue;
      const lost = `so it cannot be sent along with ${change.path}, and is lost should Zoom replace what stands together`;
      const message = `${targetLabel(target)} ${path}: Zoom does not return this secret, ${lost}; to keep it, name it in the policy with !env`;
      warnings.set(path, { message, provenance: change.provenance });
    }
  }
  return [...warnings.values()];
}

/** Whether a choice asks for the setting, as far as choices are known; what no choice asks for is always needed. */
function isNeeded(scope: Scope, path: SettingPath, after: (path: SettingPath) => Json | undefined): boolean {
  const asking = rulesAbout(scope, path).filter(({ kind, outcome }) => kind === 'needs' && outcome.path === path);
  const holds = (term: Term) => {
    const value = after(term.path);
    return value === undefined || satisfies(term, value);
  };
  return asking.length === 0 || asking.some(({ when }) => when.every(holds));
}

/** What travels with a step in addition to its changes. */
export function siblingsIn({ changes, request }: Step): readonly Setting[] {
  const settings = changes.filter(({ kind }) => kind === 'set').map(settingOfChange);
  return [...new Set(settings.flatMap(objectOf))].filter(
    (setting) => !settings.includes(setting) && valueAt(request.body, setting.keys) !== undefined,
  );
}

/** The step without some of its siblings. */
export function withoutSiblings(step: Step, siblings: readonly Setting[]): Step {
  const body = siblings.reduce((rest, { keys }) => withoutValueAt(rest, keys), step.request.body);
  return { ...step, request: { ...step.request, body } };
}

/** Whether the document has to be read once more before the step can be sent. */
export function waitsForUnlock(step: Step): boolean {
  return hiddenSiblings(step).length > 0;
}

/** The step with what locks hid when it was planned. @param live the document as it reads now */
export function withHiddenSiblings(step: Step, live: JsonObject): Step {
  const body = hiddenSiblings(step).reduce((filled, setting) => {
    const value = liveValue(setting, live);
    return value === undefined || !fits(value, setting.shape)
      ? withoutValueAt(filled, setting.keys)
      : withValueAt(filled, setting.keys, value);
  }, step.request.body);
  return { ...step, request: { ...step.request, body } };
}

function hiddenSiblings(step: Step): readonly Setting[] {
  return siblingsIn(step).filter(({ keys }) => isAfterUnlock(valueAt(step.request.body, keys)));
}
