import { EXIT } from '../errors.ts';
import { explain as explainSetting, search as searchSettings } from '../library/explain/index.ts';
import type { Settings } from '../library/option.ts';
import { renderExplainText, renderSearchText } from '../report/text/explain.ts';
import { paintFor } from '../report/text/paint.ts';
import { type Host, hasColour } from '../terminal.ts';
import { printableJson } from '../util/printable.ts';
import type { EXPLAIN_COMMAND } from './options.ts';
import { print } from './output.ts';
import { listen } from './stderr.ts';

type ExplainSettings = Settings<typeof EXPLAIN_COMMAND.options>;

/** Everything that is known of one setting, section or lock key; or with `--search` what settings there are. */
export async function explain(host: Host, settings: ExplainSettings): Promise<number> {
  await print(host, await answer(host, settings));
  return EXIT.ok;
}

async function answer(host: Host, settings: ExplainSettings): Promise<string> {
  const { search, setting = '', target, format } = settings;
  const paint = paintFor(hasColour(host, host.stdout));
  if (search !== undefined) {
    const found = await searchSettings({ search, target });
    return format === 'json' ? `${printableJson(found)}\n` : renderSearchText(found, paint);
  }
  const explained = await explainSetting({ ...settings, setting, ...listen(host, settings).listening });
  const { explanation, ...rest } = explained;
  return format === 'json' ? `${printableJson({ ...explanation, ...rest })}\n` : renderExplainText(explained, paint);
}
