/** The place in a target that is being read, and the facts that are made there. */
import type { SettingPath } from '../model/setting.ts';
import type { DesiredFact } from '../model/state.ts';
import type { Scope } from '../model/target.ts';
import type { Json } from '../util/json.ts';
import { type FileContext, provenanceOf } from './context.ts';
import type { FactKind } from './name-errors.ts';
import type { Area } from './outline.ts';
import type { Entry } from './tree.ts';

export interface Place {
  readonly context: FileContext;
  readonly scope: Scope;
  readonly area: Area;
}

export function kindOf({ area }: Place): FactKind {
  return area === 'lock_settings' ? 'lock' : 'set';
}

export function factFrom(
  { context }: Place,
  entry: Entry,
  kind: FactKind,
  path: SettingPath,
  value: Json,
): DesiredFact {
  return { kind, path, value, provenance: provenanceOf(context, entry) };
}
