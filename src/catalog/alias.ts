import type { SettingPath } from '../model/setting.ts';
import { type Json, stableText } from '../util/json.ts';
import type { Alias } from './data/annotations.ts';

/** Another name of a setting, and which of its values go with which of the first name's. */
export interface OtherName {
  readonly path: SettingPath;
  /** `[value under the first name, value under this one]`; absent when they are simply equal. */
  readonly pairs?: Alias['pairs'];
}

/** Whether a setting can have both values at once, one under each name. */
export function goTogether({ pairs }: OtherName, value: Json, other: Json): boolean {
  return pairs?.some(([mine, its]) => mine === value && its === other) ?? stableText(value) === stableText(other);
}

/** What a value under the first name reads as under the other; `undefined` when no pair has it. */
export function underOtherName({ pairs }: OtherName, value: Json): Json | undefined {
  if (pairs === undefined) return value;
  return pairs.find(([mine]) => mine === value)?.[1] as Json | undefined;
}
