/**
 * Why a value that Zoom accepted did not take effect. The documents that may explain it are read for this only: an apply in
 * which everything gets through reads none of them.
 */

import { rulesAbout, satisfies, underAnyName } from '../../catalog/coupling.ts';
import { PRECONDITIONS, type Rule } from '../../catalog/data/rules.ts';
import { locksOver } from '../../catalog/levels.ts';
import { factAt, settingsOf } from '../../catalog/lookup.ts';
import type { Change, SetChange } from '../../model/plan.ts';
import type { IneffectiveReason } from '../../model/result.ts';
import { type DocumentKey, type DocumentRef, documentKey, type SettingPath } from '../../model/setting.ts';
import type { LiveDocument } from '../../model/state.ts';
import type { Target } from '../../model/target.ts';
import type { Json, JsonObject } from '../../util/json.ts';
import { settingOfChange } from '../plan/change.ts';
import { liveValue } from '../plan/normalize.ts';
import { TargetPairs } from '../plan/pair.ts';
import { closedSwitch } from '../plan/switches.ts';
import type { Evidence } from './evidence.ts';

export interface Diagnosis {
  readonly reason: IneffectiveReason;
  readonly because: string;
}

/** @param body the document as it was read back */
export async function diagnose(
  change: Change,
  found: Json | undefined,
  body: JsonObject,
  evidence: Evidence,
): Promise<Diagnosis> {
  if (found === undefined) {
    return {
      reason: 'not-offered',
      because: 'Zoom took the request and does not list it; the plan or licence may not offer it',
    };
  }
  const lock = await lockAbove(change, evidence);
  if (lock.state === 'on') return { reason: 'locked-above', because: lock.because };
  const coupled = change.kind === 'set' ? await couplingOf(change, body, evidence) : undefined;
  if (coupled !== undefined) return { reason: 'coupled', because: coupled };
  const granted = change.kind === 'set' ? preconditionOf(change) : undefined;
  if (granted !== undefined) return { reason: 'not-offered', because: granted };
  const unreadable =
    lock.state === 'unreadable' ? `; whether it is locked above could not be read (${lock.because})` : '';
  return {
    reason: 'unknown',
    because: `Zoom took the request and kept another value, and nothing known explains it${unreadable}`,
  };
}

/** What only Zoom can grant, under any name of the setting. */
function preconditionOf({ target: { scope }, path, after }: SetChange): string | undefined {
  return PRECONDITIONS.find((entry) => {
    const value = underAnyName(scope, entry.path, (name) => (name === path ? { value: after } : undefined))?.value;
    return value !== undefined && (entry.value === undefined || entry.value === value);
  })?.why;
}

export type LockAbove = { readonly state: 'on' | 'unreadable'; readonly because: string } | { readonly state: 'off' };

/** The lock above that stops a change, of the account or of a group that the user is in, as Zoom has it now. */
export async function lockAbove(
  { target, path }: Pick<Change, 'target' | 'path'>,
  evidence: Evidence,
): Promise<LockAbove> {
  if (target.scope === 'account') return { state: 'off' };
  const account = {
    level: 'account',
    name: 'the account',
    target: { scope: 'account', id: evidence.account },
  } as const;
  const groups =
    target.scope === 'user' && locksOver('group', 'user', path).length > 0 ? await groupsOf(target, evidence) : [];
  let unreadable: LockAbove = { state: 'off' };
  for (const above of [account, ...groups]) {
    for (const key of locksOver(above.level, target.scope, path)) {
      const setting = factAt(above.level, 'lock', key);
      if (setting === undefined) continue;
      const document = await evidence.read(above.target, setting.document.ref);
      if (document.state === 'unreadable') unreadable = { state: 'unreadable', because: document.reason };
      else if (liveValue(setting, document.body) === true)
        return { state: 'on', because: `${above.name} locks it (${key})` };
    }
  }
  return unreadable;
}

async function groupsOf(target: Target, evidence: Evidence) {
  return (await evidence.groupsOfUser(target.id)).map((id) => ({
    level: 'group' as const,
    name: `the group with the id ${id}, which the user is in,`,
    target: { scope: 'group' as const, id, name: id },
  }));
}

/** The other setting that keeps this one as it is: a switch above it that is off, or one side of a rule. */
async function couplingOf(change: Change, body: JsonObject, evidence: Evidence): Promise<string | undefined> {
  const { target, path } = change;
  const rules = rulesAbout(target.scope, path).filter(({ kind }) => kind === 'forces' || kind === 'needs');
  const own = settingOfChange(change).document.ref;
  const documents = new Map<DocumentKey, LiveDocument>([[documentKey(own), { state: 'read', body }]]);
  for (const ref of rules.flatMap((rule) => documentsOf(rule, target.scope))) {
    if (!documents.has(documentKey(ref))) documents.set(documentKey(ref), await evidence.read(target, ref));
  }
  const pairs = new TargetPairs({ target, facts: [] }, { state: 'found', target, documents });
  const gate = closedSwitch(path, pairs);
  if (gate !== undefined) return `coupled with ${gate}, which is off`;
  for (const rule of rules) {
    const value = (name: SettingPath) => {
      const now = name === path ? change.after : pairs.live(name);
      return now === undefined ? undefined : { value: now };
    };
    const valueUnder = (name: SettingPath) => underAnyName(target.scope, name, value)?.value;
    const held = rule.when.every((term) => {
      const now = valueUnder(term.path);
      return now !== undefined && satisfies(term, now);
    });
    const then = valueUnder(rule.outcome.path);
    if (!held || then === undefined || satisfies(rule.outcome, then)) continue;
    const others = [...rule.when, rule.outcome].map((term) => term.path).filter((name) => name !== path);
    return `coupled with ${others.join(' and ')}: ${rule.why}`;
  }
  return undefined;
}

function documentsOf({ when, outcome }: Rule, scope: Target['scope']): DocumentRef[] {
  return [...when, outcome].flatMap((term) => settingsOf(scope).get(term.path)?.document.ref ?? []);
}
