/** Whether a value must never be written down, by what is known of its field. */
import { looksSecret } from '../model/secret-name.ts';
import type { SettingPath } from '../model/setting.ts';
import type { Json } from '../util/json.ts';
import type { Setting, Shape } from './setting.ts';

/** The catalogue knows which of its own fields are secrets. Of other fields, and what is below them, the names decide. */
export function holdsSecret(
  { secret, declared }: Pick<Setting, 'secret' | 'declared'>,
  path: SettingPath,
  value: Json,
) {
  return secret || (isOpen(declared) && looksSecret(path, value));
}

/** Whether Zoom may put more into it than the catalogue names. */
function isOpen(shape: Shape): boolean {
  if (shape.type === 'array') return isOpen(shape.items);
  return shape.type === 'any' || shape.type === 'object';
}
