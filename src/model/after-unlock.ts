import { isJsonObject } from '../util/json.ts';
import type { SettingPath } from './setting.ts';

/**
 * Stands in a body for a value that nobody can know when the plan is made: a lock that the same plan takes off hides it.
 * It is read from Zoom directly before the request is sent.
 */
export interface AfterUnlock {
  readonly $afterUnlock: SettingPath;
}

/** @param lock the key of the lock that hides the value */
export function afterUnlock(lock: SettingPath): { $afterUnlock: SettingPath } {
  return { $afterUnlock: lock };
}

export function isAfterUnlock(value: unknown): value is AfterUnlock {
  return isJsonObject(value) && Object.keys(value).length === 1 && typeof value['$afterUnlock'] === 'string';
}
