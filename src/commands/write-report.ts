/** A report to stdout and to files. Files are written first: a broken pipe must not lose them. */
import { LockstepError } from '../errors.ts';
import { FORMATS, type Format } from '../report/formats.ts';
import { type Report, render } from '../report/index.ts';
import { type Host, hasColour } from '../terminal.ts';
import { print, writeOwn } from './output.ts';

export interface OutputSettings {
  readonly format: Format;
  readonly report: readonly string[];
  readonly quiet: boolean;
  readonly verbose: boolean;
}

export async function writeReport(
  host: Host,
  settings: Pick<OutputSettings, 'format' | 'report'>,
  report: Report,
): Promise<void> {
  let failure: unknown;
  for (const { format, file } of reportsOf(settings)) {
    const text = await render(format, report, false);
    await writeOwn(host, file, text, 0o644).catch((error: unknown) => {
      failure ??= error;
    });
  }
  const { format } = settings;
  await print(host, await render(format, report, format === 'text' && hasColour(host, host.stdout)));
  // Thrown last: a report that cannot be written must not keep the result from its reader.
  if (failure !== undefined) throw failure;
}

/** `--report FORMAT=FILE`. */
export function reportsOf({
  report,
}: Pick<OutputSettings, 'report'>): readonly { readonly format: Format; readonly file: string }[] {
  return report.map((text) => {
    const split = text.indexOf('=');
    const format = FORMATS.find((known) => known === text.slice(0, split));
    const file = text.slice(split + 1);
    if (split < 0 || format === undefined || file === '') {
      throw new LockstepError(`--report ${text} is not FORMAT=FILE`, { hint: `formats are ${FORMATS.join(', ')}` });
    }
    return { format, file };
  });
}
