import { EXIT } from '../errors.ts';
import { PolicyProblems } from '../model/problem.ts';
import type { Host } from '../terminal.ts';
import { plural } from '../util/plural.ts';
import { printableJson } from '../util/printable.ts';
import { type Flags, formatOf } from './flags.ts';
import { readPolicies } from './policies.ts';
import { tellWarnings } from './stderr.ts';
import { print } from './write-report.ts';

export async function validate(host: Host, paths: readonly string[], flags: Flags): Promise<number> {
  const json = formatOf(flags) === 'json';
  try {
    const { desired, files, warnings, ...policies } = await readPolicies(host, host.env, paths, flags, 'named');
    const advice = policies.advice();
    const facts = desired.entries.reduce((sum, entry) => sum + entry.facts.length, 0);
    if (json) await print(host, `${printableJson({ valid: true, files, problems: [...warnings, ...advice] })}\n`);
    else {
      tellWarnings(host, [...warnings, ...advice]);
      await print(
        host,
        `Valid: ${plural(files.length, 'file')}, ${plural(desired.entries.length, 'target')}, ${plural(facts, 'managed fact')}.\n`,
      );
    }
    return EXIT.ok;
  } catch (error) {
    if (!json || !(error instanceof PolicyProblems)) throw error;
    await print(host, `${printableJson({ valid: false, problems: error.problems })}\n`);
    return EXIT.error;
  }
}
