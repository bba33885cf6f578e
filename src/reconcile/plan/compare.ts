/** One target: what its policies want against what Zoom answers. Every pair becomes one outcome. */
import type { BlockReason } from '../../model/plan.ts';
import { isSecret, reveal, type Secrets } from '../../model/secret.ts';
import type { SettingKey } from '../../model/setting.ts';
import type { DesiredFact } from '../../model/state.ts';
import { type Scope, type Target, targetLabel } from '../../model/target.ts';
import type { Json } from '../../util/json.ts';
import { blockedFact, missingReason, reasonOf } from './blocked.ts';
import { changeOf } from './change.ts';
import { differingKeys } from './diff.ts';
import { compareItems } from './items/compare.ts';
import { comparable } from './normalize.ts';
import { blocked, differs, idle, type Outcome, right } from './outcome.ts';
import type { Pair, TargetPairs } from './pair.ts';
import { idleReasons, whyUnlisted } from './switches.ts';

/**
 * What is known of a secret that Zoom does not return, so that it cannot be compared: never written by lockstep, written
 * with another value, written with this one. `forced`: to be written whatever is known.
 */
export type SecretVerdict = 'new' | 'changed' | 'same' | 'forced';

export interface CompareOptions {
  /** The lock above that holds a value or lock today and that this run removes (see `Change.heldBy`). */
  readonly heldBy?: (wanted: DesiredFact) => string | undefined;
  readonly ofSecret?: (target: Target, wanted: DesiredFact) => SecretVerdict;
}

/** @param secrets values of the policy's secrets; needed to compare, never part of the result */
export function compareTarget(
  pairs: TargetPairs,
  secrets: Secrets,
  { heldBy = () => undefined, ofSecret = () => 'same' }: CompareOptions = {},
): readonly Outcome[] {
  const { missing, target } = pairs;
  if (missing !== undefined) {
    const reason = missingReason(target.scope, missing);
    return pairs.pairs.map((pair) => block(pairs, pair, reason, missing.reason));
  }
  const differing = differingIn(pairs, secrets);
  const compared = pairs.pairs.map((pair): Outcome => {
    const { live, setting, wanted } = pair;
    if (live.state === 'unobserved') throw new Error(`the document of ${pair.key} was not observed`);
    if (live.state === 'unreadable') return block(pairs, pair, reasonOf(live), live.reason);
    if (!setting.writable && setting.items === undefined) {
      return block(pairs, pair, 'read-only', `Zoom's PATCH does not take it for ${withArticle(target.scope)}`);
    }
    if (live.state === 'absent') return absent(pairs, pair, ofSecret);
    if (setting.items !== undefined) return listed(pairs, pair);
    if (differing.has(pair.key) || (isSecret(wanted.value) && ofSecret(target, wanted) === 'forced'))
      return differs(pair, [changeOf(pairs, pair, live.value)]);
    const lock = heldBy(wanted);
    // It reads right only because of that lock: sent again, so that no older value comes up when the lock is removed.
    return lock === undefined ? right(pair) : differs(pair, [changeOf(pairs, pair, live.value, { heldBy: lock })]);
  });
  const reasons = idleReasons(compared, pairs, differing);
  return compared.map((outcome) => {
    const reason = reasons.get(outcome.pair);
    return reason === undefined ? outcome : { ...idleOf(pairs, outcome.pair, reason), blocked: outcome.blocked };
  });
}

function listed(pairs: TargetPairs, pair: Pair): Outcome {
  const body = pairs.body(pair.setting);
  const { items } = pair.setting;
  if (body === undefined || items === undefined) throw new Error(`${pair.key} is no list that was read`);
  const { changes, missing } = compareItems(pairs.target, pair.wanted, pair.setting, items, body);
  if (missing.length > 0) {
    const blocks = missing.map(({ reason, detail }) => blockedFact(pairs.target, pair.wanted, reason, detail));
    return blocked(pair, blocks, changes);
  }
  return changes.length === 0 ? right(pair) : differs(pair, changes);
}

/** Zoom leaves out settings under a switch that is off, settings that the licence lacks, and some secrets. */
function absent(pairs: TargetPairs, pair: Pair, ofSecret: Required<CompareOptions>['ofSecret']): Outcome {
  const { setting, wanted } = pair;
  if (wanted.kind === 'lock') return block(pairs, pair, 'not-offered', 'Zoom lists no such lock here');
  const why = whyUnlisted(setting, pairs);
  if (why?.state === 'idle') return idleOf(pairs, pair, why.message);
  if (why?.state === 'not-offered') return block(pairs, pair, 'not-offered', why.message);
  if (why?.state === 'appears') return differs(pair, [changeOf(pairs, pair, undefined)]);
  if (setting.secret || isSecret(wanted.value)) {
    const verdict = ofSecret(pairs.target, wanted);
    if (verdict === 'same') return right(pair);
    return differs(pair, [changeOf(pairs, pair, undefined, verdict === 'new' ? { unconfirmed: true } : {})]);
  }
  const detail = "Zoom's answer has no such key; the plan or licence does not seem to offer it";
  return block(pairs, pair, 'not-offered', detail);
}

function block({ target }: TargetPairs, pair: Pair, reason: BlockReason, detail: string): Outcome {
  return blocked(pair, [blockedFact(target, pair.wanted, reason, detail)]);
}

function idleOf({ target }: TargetPairs, pair: Pair, message: string): Outcome {
  const { path, provenance } = pair.wanted;
  return idle(pair, { message: `${targetLabel(target)} ${path}: ${message}`, provenance });
}

function differingIn({ pairs }: TargetPairs, secrets: Secrets): ReadonlySet<SettingKey> {
  const live = new Map<SettingKey, Json>();
  const wanted = new Map<SettingKey, Json>();
  for (const { key, setting, live: reading, wanted: fact } of pairs) {
    if (reading.state !== 'read' || setting.items !== undefined) continue;
    const both = comparable(setting, reveal(fact.value, secrets), reading.value);
    if (both.live === both.desired) continue;
    live.set(key, both.live);
    wanted.set(key, both.desired);
  }
  return differingKeys(live, wanted);
}

function withArticle(scope: Scope): string {
  return scope === 'account' ? 'an account' : `a ${scope}`;
}
