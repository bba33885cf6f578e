import type { Check } from '../model/check.ts';
import { tallyCheck } from '../model/outcomes.ts';
import { documentKey } from '../model/setting.ts';
import type { DesiredTarget } from '../model/state.ts';
import { targetLabel } from '../model/target.ts';
import { assembleCheck, checkMissing, checkTarget } from '../reconcile/check.ts';
import { exitCodeFor } from '../reconcile/exit-code.ts';
import { cachingReader } from '../reconcile/observe/caching-reader.ts';
import { observeTarget } from '../reconcile/observe/observe.ts';
import { Confidential } from '../reconcile/plan/confidential.ts';
import { documentsFor, wantedTargets } from '../reconcile/plan/make-plan.ts';
import { TargetPairs } from '../reconcile/plan/pair.ts';
import { selectionFrom } from '../reconcile/plan/select.ts';
import { leftOut } from '../reconcile/plan/targets.ts';
import { mapConcurrent } from '../util/concurrent.ts';
import { openReader } from '../zoom/zoom.ts';
import { begin, policyWarnings, today } from './call.ts';
import type { Settings } from './option.ts';
import { readPolicies } from './policies.ts';
import { refuseReading } from './quota.ts';
import type { CHECK } from './signatures.ts';
import { unseenWarnings } from './unseen.ts';
import type { CheckVerdict } from './verdicts.ts';
import { withZoom } from './with-zoom.ts';

/**
 * Zoom against packs or policies, read only: what passes, what fails, and what is unknown. Each argument is a baseline of
 * its own, so that two with different demands can be checked together.
 */
export async function check(settings: Settings<typeof CHECK.options>): Promise<CheckVerdict> {
  const call = await begin(settings);
  const { allowUnknown, policies } = settings;
  const named = policies.length === 0 ? [[]] : policies.map((path) => [path]);
  const read = (paths: readonly string[]) => readPolicies(call, { policies: paths, allowUnknown }, 'required');
  const baselines = await Promise.all(named.map(read));
  call.warn(policyWarnings(baselines.flatMap(({ warnings }) => warnings)));
  const only = baselines.flatMap((baseline) => baseline.only);
  return withZoom(call, { ...settings, only }, openReader, async ({ zoom, connection }) => {
    const reader = cachingReader(zoom, 1);
    const options = { selection: selectionFrom(settings.target), onProgress: call.progress };
    // Two baselines may speak of one target.
    const confidential = new Confidential(
      baselines.flatMap(({ desired }) => desired.entries),
      new Map(baselines.flatMap(({ secrets }) => [...secrets])),
    );
    const wanted = [];
    for (const { desired, secrets } of baselines) {
      wanted.push({ ...(await wantedTargets(desired, reader, options)), secrets });
    }
    refuseReading(zoom, connection, documentsOf(wanted.flatMap(({ targets }) => targets)));
    const checks: (readonly Check[])[] = [];
    const notes = wanted.flatMap(({ leftOut: left }) => left.map(({ note }) => note));
    let optional = notes.length;
    for (const { targets, blocked, secrets } of wanted) {
      const found = await mapConcurrent(targets, connection.concurrency * 2, async (entry) => {
        call.progress(`Reading Zoom: ${targetLabel(entry.target)}`);
        const live = await observeTarget(reader, entry.target, documentsFor(entry));
        if (live.state === 'missing' && entry.optional !== undefined) {
          optional += 1;
          notes.push(leftOut(`${targetLabel(entry.target)}: ${live.reason}`, entry.optional));
          return [];
        }
        return checkTarget(new TargetPairs(entry, live, confidential), secrets);
      });
      checks.push(found.flat(), checkMissing(blocked));
    }
    const result = assembleCheck(zoom.account, checks.flat(), baselines, { today: today(), warnings: notes, optional });
    const exitCode = exitCodeFor(tallyCheck(result, settings.severity), 'check');
    call.warn(unseenWarnings(tallyCheck(result), exitCode));
    return { kind: 'check', check: result, exitCode, warnings: call.warnings };
  });
}

/** How many documents serve all of it: what two baselines ask for is read once. */
function documentsOf(targets: readonly DesiredTarget[]): number {
  return new Set(
    targets.flatMap((entry) =>
      documentsFor(entry).map((document) => `${targetLabel(entry.target)} ${documentKey(document)}`),
    ),
  ).size;
}
