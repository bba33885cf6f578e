import { EXIT } from '../errors.ts';
import type { Settings } from '../library/option.ts';
import { validate as validatePolicies } from '../library/validate.ts';
import type { ValidateVerdict } from '../library/verdicts.ts';
import { PolicyProblems } from '../model/problem.ts';
import type { Host } from '../terminal.ts';
import { plural } from '../util/plural.ts';
import { printableJson } from '../util/printable.ts';
import type { VALIDATE_COMMAND } from './options.ts';
import { print } from './output.ts';
import { writeWarnings } from './stderr.ts';

export async function validate(host: Host, settings: Settings<typeof VALIDATE_COMMAND.options>): Promise<number> {
  const { cwd, env } = host;
  const json = settings.format === 'json';
  const onWarnings = json
    ? undefined
    : (warnings: Parameters<typeof writeWarnings>[1]) => writeWarnings(host, warnings);
  try {
    const verdict = await validatePolicies({ ...settings, cwd, env, onWarnings });
    const { files, problems } = verdict;
    await print(host, json ? `${printableJson({ valid: true, files, problems })}\n` : summaryOf(verdict));
    return verdict.exitCode;
  } catch (error) {
    if (!json || !(error instanceof PolicyProblems)) throw error;
    await print(host, `${printableJson({ valid: false, problems: error.problems })}\n`);
    return EXIT.error;
  }
}

function summaryOf({ files, targets, facts }: ValidateVerdict): string {
  return `Valid: ${plural(files.length, 'file')}, ${plural(targets, 'target')}, ${plural(facts, 'managed value or lock', 'managed values and locks')}.\n`;
}
