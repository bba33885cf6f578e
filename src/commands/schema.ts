import { EXIT } from '../errors.ts';
import { policySchema } from '../policy/json-schema/json-schema.ts';
import type { Host } from '../terminal.ts';
import { type Flags, textOf } from './flags.ts';
import { shippedPacks } from './policies.ts';
import { print, writeOwn } from './write-report.ts';

/** The JSON Schema of policies, from the catalogue of this lockstep. */
export async function schema(host: Host, _paths: readonly string[], flags: Flags): Promise<number> {
  const text = `${JSON.stringify(policySchema(await shippedPacks()), undefined, 2)}\n`;
  const file = textOf(flags, 'out');
  if (file === undefined) await print(host, text);
  else await writeOwn(host, file, text, 0o644);
  return EXIT.ok;
}
