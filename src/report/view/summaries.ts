/** What the catalogue says about a setting or a lock. */

import { STRICTNESS, type Strictness } from '../../catalog/data/strictness.ts';
import { SUMMARIES } from '../../catalog/data/summaries.ts';
import type { Severity } from '../../model/plan.ts';
import type { SettingPath } from '../../model/setting.ts';

export interface About {
  readonly summary?: string | undefined;
  readonly why?: string | undefined;
}

/** The most severe first: the order of everything that is sorted by severity. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

export function aboutSetting(path: SettingPath): About {
  return { summary: own(SUMMARIES, path), why: own(STRICTNESS, path)?.why };
}

/** A lock matters because of what it freezes: the most severe of these gives the reason. */
export function aboutLock(path: SettingPath, freezes: readonly SettingPath[]): About {
  const notes = freezes.flatMap((frozen) => own<Strictness>(STRICTNESS, frozen) ?? []);
  const weightiest = SEVERITIES.flatMap((severity) => notes.filter((note) => note.severity === severity))[0];
  const [only, ...others] = freezes;
  const single = only === undefined || others.length > 0 ? undefined : own(SUMMARIES, only);
  return { summary: own(SUMMARIES, path) ?? single, why: weightiest?.why };
}

/** With `--allow-unknown` a policy may have any path: `constructor` is not an entry. */
function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
