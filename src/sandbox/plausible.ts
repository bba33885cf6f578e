import type { Setting, Shape } from '../catalog/setting.ts';
import type { Json } from '../util/json.ts';

/** The value of a setting that was never set: off, the first choice, the smallest number, nothing. */
export function plausibleValue({ writable, shape, readShape }: Setting): Json {
  const shown = readShape.type === 'any' ? shape : readShape;
  // A read-only list holds what may be chosen, such as the languages of interpretation.
  if (!writable && shown.type === 'array' && shown.items.type === 'string') return [...(shown.items.enum ?? [])];
  // If both name plain values of one type, maybe only PATCH lists the choices (`in_meeting.entry_exit_chime`).
  return blank(writable && shape.type === shown.type && shape.type !== 'array' ? shape : shown);
}

/** The value that resetting a writable setting leaves. */
export function blank(shape: Shape): Json {
  switch (shape.type) {
    case 'boolean':
      return false;
    case 'integer':
      return shape.enum?.[0] ?? shape.minimum ?? 0;
    case 'string':
      return shape.enum?.[0] ?? 'x'.repeat(shape.minLength ?? 0);
    case 'array':
      return [];
    case 'object':
    case 'any':
      return {};
  }
}
