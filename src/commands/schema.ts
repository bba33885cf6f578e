import { EXIT } from '../errors.ts';
import type { Settings } from '../library/option.ts';
import { policySchema } from '../library/schema.ts';
import type { Host } from '../terminal.ts';
import type { SCHEMA_COMMAND } from './options.ts';
import { print, writeOwn } from './output.ts';

/** The JSON Schema of policies, from the catalogue of this lockstep. */
export async function schema(host: Host, { out }: Settings<typeof SCHEMA_COMMAND.options>): Promise<number> {
  const text = `${JSON.stringify(await policySchema(), undefined, 2)}\n`;
  if (out === undefined) await print(host, text);
  else await writeOwn(host, out, text, 0o644);
  return EXIT.ok;
}
