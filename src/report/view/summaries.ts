/** What the catalogue says of a setting or a lock, for people. */

import { STRICTNESS, type Strictness } from '../../catalog/data/strictness.ts';
import { SUMMARIES } from '../../catalog/data/summaries.ts';
import type { Severity } from '../../model/plan.ts';
import type { SettingPath } from '../../model/setting.ts';

export interface About {
  readonly summary?: string | undefined;
  readonly why?: string | undefined;
}

/** From what weighs most to what weighs least: the order of everything that is sorted by severity. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

export function aboutSetting(path: SettingPath): About {
  return { summary: own(SUMMARIES, path), why: own(STRICTNESS, path)?.why };
}

/** A lock matters for what it freezes: the weightiest of these speaks for it. */
export function aboutLock(path: SettingPath, freezes: readonly SettingPath[]): About {
  const notes = freezes.flatMap((frozen) => own<Strictness>(STRICTNESS, frozen) ?? []);
  const weightiest = SEVERITIES.flatMap((severity) => notes.filter((note) => note.severity === severity))[0];
  const [only, ...others] = freezes;
  const single = only === undefined || others.length > 0 ? undefined : own(SUMMARIES, only);
  return { summary: own(SUMMARIES, path) ?? single, why: weightiest?.why };
}

/** Paths come from policies too, with `--allow-unknown`: `constructor` is no entry. */
function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
