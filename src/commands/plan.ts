import { EXIT } from '../errors.ts';
import { hasDifferences } from '../reconcile/exit-code.ts';
import type { Host } from '../terminal.ts';
import { printableJson } from '../util/printable.ts';
import { OWNER_ONLY } from '../util/safe-files.ts';
import { failOnRefusal } from './fail-on.ts';
import { type Flags, isOn, textOf } from './flags.ts';
import { planReadOnly } from './read-only.ts';
import { writeOwn, writeReport } from './write-report.ts';

export async function plan(host: Host, paths: readonly string[], flags: Flags): Promise<number> {
  const { plan: made, budget, requests } = await planReadOnly(host, paths, flags);
  const refusal = failOnRefusal(made, flags);
  const differs = isOn(flags, 'detailedExitcode') && hasDifferences(made);
  const exitCode = refusal?.exitCode ?? (differs ? EXIT.differences : EXIT.ok);
  const out = textOf(flags, 'out');
  // It names what people are about to change.
  if (out !== undefined) await writeOwn(host, out, `${printableJson(made)}\n`, OWNER_ONLY);
  await writeReport(host, flags, { kind: 'plan', plan: made, budget, exitCode, requests });
  if (refusal !== undefined) throw refusal;
  return exitCode;
}
