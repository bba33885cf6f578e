/** Reads the value of one setting or lock key. */
import type { SettingPath } from '../model/setting.ts';
import type { DesiredFact } from '../model/state.ts';
import type { Expected } from './expected.ts';
import { lockOfLeaf } from './locked-tag.ts';
import { factFrom, kindOf, type Place } from './place.ts';
import type { Entry } from './tree.ts';
import { readValue } from './value.ts';

/** The value and, if it is tagged `!locked`, the lock. */
export function factsOfValue(place: Place, entry: Entry, path: SettingPath, expected: Expected): DesiredFact[] {
  const kind = kindOf(place);
  const lock = entry.value.tag === 'locked' ? lockOfLeaf(place, entry, path) : [];
  if (kind === 'lock' && entry.value.tag === 'env') {
    place.context.error(
      entry.spot,
      'locks must be true or false; `!env` is allowed only in `settings` and `registration`',
    );
    return [];
  }
  const value = readValue(place.context, entry, path, kind === 'lock' ? ON_OR_OFF : expected);
  return value === undefined ? lock : [factFrom(place, entry, kind, path, value), ...lock];
}

export const ON_OR_OFF: Expected = { declared: { type: 'boolean' }, secret: false };
