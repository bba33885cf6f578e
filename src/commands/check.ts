import { EXIT } from '../errors.ts';
import type { Check } from '../model/check.ts';
import type { Severity } from '../model/plan.ts';
import { documentKey } from '../model/setting.ts';
import type { DesiredTarget } from '../model/state.ts';
import { targetLabel } from '../model/target.ts';
import { assembleCheck, checkMissing, checkTarget, failsAt } from '../reconcile/check.ts';
import { observeTarget } from '../reconcile/observe/observe.ts';
import { readingOnce } from '../reconcile/plan/levels-above.ts';
import { documentsFor, wantedTargets } from '../reconcile/plan/make-plan.ts';
import { selectionFrom } from '../reconcile/plan/select.ts';
import type { Host } from '../terminal.ts';
import { mapConcurrent } from '../util/concurrent.ts';
import { openReader } from '../zoom/zoom.ts';
import { connected } from './connected.ts';
import { environmentOf, type Flags, textOf, textsOf } from './flags.ts';
import { readPolicies } from './policies.ts';
import { refuseReading } from './quota.ts';
import { tellWarnings } from './stderr.ts';
import { checkReports, writeReport } from './write-report.ts';

/**
 * Zoom against packs or policies, read only: what passes, what fails, and what nobody can tell from here. Each argument is
 * a baseline of its own, so that two that want different things can be asked about together.
 */
export async function check(host: Host, paths: readonly string[], flags: Flags): Promise<number> {
  await checkReports(host, flags);
  const env = await environmentOf(host, flags);
  const named = paths.length === 0 ? [[]] : paths.map((path) => [path]);
  const baselines = await Promise.all(named.map((path) => readPolicies(host, env, path, flags, 'required')));
  tellWarnings(
    host,
    baselines.flatMap(({ warnings }) => warnings),
  );
  return connected(host, env, flags, openReader, async ({ zoom, connection, progress }) => {
    const reader = readingOnce(zoom, true);
    const selection = selectionFrom(textsOf(flags, 'target'));
    const wanted = [];
    for (const { desired, secrets } of baselines) {
      const options = { selection, onProgress: progress.say };
      wanted.push({ ...(await wantedTargets(desired, reader, options)), secrets });
    }
    refuseReading(zoom, connection, documentsOf(wanted.flatMap(({ targets }) => targets)));
    const checks: (readonly Check[])[] = [];
    for (const { targets, blocked, secrets } of wanted) {
      const found = await mapConcurrent(targets, connection.concurrency * 2, async (entry) => {
        progress.say(`Reading Zoom: ${targetLabel(entry.target)}`);
        return checkTarget(entry, await observeTarget(reader, entry.target, documentsFor(entry)), secrets);
      });
      checks.push(found.flat(), checkMissing(blocked));
    }
    progress.stop();
    const today = new Date().toISOString().slice(0, 10);
    const result = assembleCheck(zoom.account, checks.flat(), baselines, today);
    const failing = failsAt(result, (textOf(flags, 'severity') ?? 'low') as Severity);
    const exitCode = failing ? EXIT.differences : EXIT.ok;
    await writeReport(host, flags, { kind: 'check', check: result, exitCode });
    return exitCode;
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
