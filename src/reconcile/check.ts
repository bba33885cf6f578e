/** Live against a baseline, without wanting to change anything: the same differ, another question. */
import { STRICTNESS } from '../catalog/data/strictness.ts';
import type { AccountIdentity } from '../model/account.ts';
import type { Check, CheckResult, CheckStatus, ManualControl, Waiver, WaiverRequest } from '../model/check.ts';
import type { Blocked, Severity } from '../model/plan.ts';
import { isSecret, type Secrets } from '../model/secret.ts';
import type { DesiredFact, Provenance } from '../model/state.ts';
import { type TargetRef, targetLabel } from '../model/target.ts';
import { compareText } from '../util/compare-text.ts';
import { globMatcher } from '../util/glob.ts';
import { type Json, stableText } from '../util/json.ts';
import { controlsIn } from './control-comment.ts';
import { compareTarget } from './plan/compare.ts';
import type { Outcome } from './plan/outcome.ts';
import type { TargetPairs } from './plan/pair.ts';
import { judgeSet, weightOf } from './plan/risk.ts';

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
  return blocked.map(({ target, kind, path, after, provenance, detail }) => ({
    ...checkOf(target, { kind: kind === 'set' ? 'set' : 'lock', path, value: after, provenance }),
    status: 'unknown',
    because: detail,
  }));
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
): Pick<Check, 'status' | 'because'> {
  if (block !== undefined) {
    const isFault = block.reason === 'read-only' || block.reason === 'coupled';
    return { status: isFault ? 'fail' : 'unknown', because: block.detail };
  }
  if (changes.length > 0)
    return isStricter(wanted, found) ? { status: 'pass', because: 'stricter than asked' } : { status: 'fail' };
  if (idle !== undefined) return { status: 'unknown', because: idle };
  if (found === undefined) return { status: 'unknown', because: 'Zoom does not return it' };
  return { status: 'pass' };
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

/** @param today the day that waivers are held against: `2026-11-21` */
export function assembleCheck(
  account: AccountIdentity,
  checks: readonly Check[],
  baselines: readonly Baseline[],
  today: string,
): CheckResult {
  const manual = once(baselines.flatMap((baseline) => baseline.manual));
  const waivers = once(baselines.flatMap((baseline) => baseline.waivers));
  const used = new Set<WaiverRequest>();
  const judged = once(checks).map((check) => {
    if (check.status !== 'fail') return check;
    const matching = waivers.filter((waiver) => covers(waiver, check));
    for (const waiver of matching) used.add(waiver);
    const [valid, ended] = [matching.find(({ expires }) => expires >= today), matching.at(-1)];
    const waiver = valid ?? ended;
    if (waiver === undefined) return check;
    const status: CheckStatus = valid === undefined ? 'fail' : 'waived';
    return { ...check, status, waiver: contentOf(waiver) };
  });
  return {
    formatVersion: 2,
    account,
    checks: [...judged].sort(inOrder),
    manual,
    idleWaivers: waivers
      .filter((waiver) => !used.has(waiver))
      .map((waiver) => ({ ...contentOf(waiver), about: waiver.path ?? waiver.control ?? '' })),
  };
}

function once<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [stableText(item), item])).values()];
}

function covers({ path, control, target }: WaiverRequest, check: Check): boolean {
  if (target !== undefined && !globMatcher(target)(targetLabel(check.target))) return false;
  if (control !== undefined) return check.controls.some(({ id }) => id === control);
  return path !== undefined && (check.path === path || check.path.startsWith(`${path}.`));
}

function contentOf({ owner, reason, expires, provenance }: WaiverRequest): Waiver {
  return { owner, reason, expires, provenance };
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

/** Whether something fails that weighs at least so much. */
export function failsAt({ checks }: CheckResult, severity: Severity): boolean {
  return checks.some((check) => check.status === 'fail' && weightOf(check.severity) >= weightOf(severity));
}
