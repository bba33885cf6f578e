/** Live against a baseline, without wanting to change anything: the same differ, another question. */
import { STRICTNESS } from '../catalog/data/strictness.ts';
import type { AccountIdentity } from '../model/account.ts';
import type { Check, CheckResult, CheckStatus, ManualControl } from '../model/check.ts';
import { outcomeOfBlock } from '../model/outcomes.ts';
import type { Blocked, Severity } from '../model/plan.ts';
import { isSecret, type Secrets } from '../model/secret.ts';
import type { DesiredFact, Provenance } from '../model/state.ts';
import { type TargetRef, targetLabel } from '../model/target.ts';
import type { WaiverRequest } from '../model/waiver.ts';
import { compareText } from '../util/compare-text.ts';
import { type Json, stableText } from '../util/json.ts';
import { controlsIn } from './control-comment.ts';
import { isUnread } from './plan/blocked.ts';
import { compareTarget } from './plan/compare.ts';
import type { Outcome } from './plan/outcome.ts';
import type { TargetPairs } from './plan/pair.ts';
import { judgeSet, weightOf } from './plan/risk.ts';
import { contentOf, covers } from './waivers.ts';

/** Every wanted setting and lock of one target, as Zoom has it. */
export function checkTarget(pairs: TargetPairs, secrets: Secrets): readonly Check[] {
  const outcomes = compareTarget(pairs, secrets);
  // A value and its `!locked` are written in one place: what is idle for the one is idle for the other.
  const idle = new Map<Provenance, string>();
  for (const { state, pair, warnings } of outcomes) {
    if (state === 'idle' && warnings[0] !== undefined) idle.set(pair.wanted.provenance, warnings[0].message);
  }
  return outcomes.map((outcome) => {
    const { live, setting, wanted } = outcome.pair;
    const found = live.state === 'read' ? live.value : undefined;
    const isHidden = found !== undefined && (isSecret(wanted.value) || pairs.hides(setting, found));
    const shown = found === undefined ? {} : { found: isHidden ? pairs.hidden(setting, found) : found };
    return { ...checkOf(pairs.target, wanted), ...shown, ...verdict(outcome, found, idle.get(wanted.provenance)) };
  });
}

/** What could not be found in Zoom at all. */
export function checkMissing(blocked: readonly Blocked[]): readonly Check[] {
  return blocked.map((block) => {
    const { target, kind, path, after, provenance } = block;
    const wanted = { kind: kind === 'set' ? 'set' : 'lock', path, value: after, provenance } as const;
    return { ...checkOf(target, wanted), ...blockedVerdict(block) };
  });
}

function checkOf(target: TargetRef, { kind, path, value, provenance }: DesiredFact): Omit<Check, 'status'> {
  const controls = controlsIn(provenance.reason);
  const severities: readonly (Severity | undefined)[] = [controls[0]?.severity, STRICTNESS[path]?.severity];
  const severity = severities.find((given) => given !== undefined) ?? 'low';
  return { target, kind, path, wanted: value, severity, controls, provenance };
}

/** A key that Zoom does not list passes no check, and neither does what a switch above it makes idle. */
function verdict(
  { pair: { wanted }, changes, blocked: [block] }: Outcome,
  found: Json | undefined,
  idle: string | undefined,
): Verdict {
  if (block !== undefined) return blockedVerdict(block);
  if (changes.length > 0)
    return isStricter(wanted, found) ? { status: 'pass', because: 'stricter than asked' } : { status: 'fail' };
  if (idle !== undefined) return { status: 'not-offered', because: idle };
  if (found === undefined) return { status: 'not-offered', because: 'Zoom does not return it' };
  return { status: 'pass' };
}

type Verdict = Pick<Check, 'status' | 'unread' | 'because'>;

function blockedVerdict({ reason, detail }: Blocked): Verdict {
  if (isUnread(reason)) return { status: 'unknown', unread: reason, because: detail };
  const outcome = outcomeOfBlock(reason);
  const because = { because: detail };
  switch (outcome) {
    case 'unmatched':
    case 'not-found':
    case 'pending':
    case 'not-offered':
      return { status: outcome, ...because };
    default:
      return { status: 'fail', ...because };
  }
}

function isStricter({ kind, path, value }: DesiredFact, found: Json | undefined): boolean {
  return (
    kind === 'set' &&
    found !== undefined &&
    !isSecret(value) &&
    judgeSet({ path, before: found, after: value }).direction === 'weakens'
  );
}

/** What a policy or pack brings along: two that extend the same one bring the same. */
export interface Baseline {
  readonly manual: readonly ManualControl[];
  readonly waivers: readonly WaiverRequest[];
}

/** `today` is the day that waivers are held against: `2026-11-21`. */
export function assembleCheck(
  account: AccountIdentity,
  checks: readonly Check[],
  baselines: readonly Baseline[],
  { today, warnings, optional }: Pick<CheckResult, 'warnings' | 'optional'> & { readonly today: string },
): CheckResult {
  const manual = once(baselines.flatMap((baseline) => baseline.manual));
  const waivers = once(baselines.flatMap((baseline) => baseline.waivers));
  const used = new Set<WaiverRequest>();
  const judged = once(checks).map((check) => {
    const { status: found } = check;
    if (found !== 'fail' && found !== 'unknown') return check;
    const accepts = ({ unknown }: WaiverRequest) => (unknown === 'accepted') === (found === 'unknown');
    const matching = waivers.filter((waiver) => accepts(waiver) && covers(waiver, check));
    for (const waiver of matching) used.add(waiver);
    const [valid, ended] = [matching.find(({ expires }) => expires >= today), matching.at(-1)];
    const waiver = valid ?? ended;
    if (waiver === undefined) return check;
    const status: CheckStatus = valid === undefined ? found : 'waived';
    return { ...check, status, waiver: contentOf(waiver) };
  });
  return {
    formatVersion: 2,
    account,
    checks: [...judged].sort(inOrder),
    manual,
    warnings: once(warnings),
    optional,
    idleWaivers: waivers
      .filter((waiver) => !used.has(waiver))
      .map((waiver) => ({ ...contentOf(waiver), about: waiver.path ?? waiver.control ?? '' })),
  };
}

function once<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [stableText(item), item])).values()];
}

/** By target, then what weighs most. */
function inOrder(a: Check, b: Check): number {
  return (
    compareText(targetLabel(a.target), targetLabel(b.target)) ||
    weightOf(b.severity) - weightOf(a.severity) ||
    compareText(a.path, b.path) ||
    compareText(a.kind, b.kind)
  );
}
