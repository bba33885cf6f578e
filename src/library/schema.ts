import { policySchema as schemaOf } from '../policy/json-schema/json-schema.ts';
import { shippedPacks } from './policies.ts';

/** The JSON Schema of policies, from the catalogue of this lockstep. */
export async function policySchema(): Promise<object> {
  return schemaOf(await shippedPacks());
}
