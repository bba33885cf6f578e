/** What a policy says beside settings: `waivers`, for differences that somebody answers for, and `manual`, for what no API shows. */
import type { ManualControl } from '../model/check.ts';
import type { Severity } from '../model/plan.ts';
import type { Provenance } from '../model/state.ts';
import { entryOf, type MapNode, type Node } from './tree.ts';

/** A waiver as it is written: about one setting path, or about one control. */
export interface WrittenWaiver {
  readonly path?: string;
  readonly control?: string;
  /** A glob over target labels; absent for all. */
  readonly target?: string;
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
  readonly provenance: Provenance;
}

/** Of a sound tree: what is wrong with its shape has been reported. */
export function waiversIn(tree: Node, file: string): readonly WrittenWaiver[] {
  return itemsOf(tree, 'waivers').flatMap((item) => {
    const [owner, reason, expires] = [textIn(item, 'owner'), textIn(item, 'reason'), textIn(item, 'expires')];
    if (owner === undefined || reason === undefined || expires === undefined) return [];
    const about = {
      ...optional('path', textIn(item, 'path')),
      ...optional('control', textIn(item, 'control')),
      ...optional('target', textIn(item, 'target')),
    };
    return [{ ...about, owner, reason, expires, provenance: { file, ...item.spot } }];
  });
}

export function manualIn(tree: Node, file: string): readonly ManualControl[] {
  return itemsOf(tree, 'manual').flatMap((item) => {
    const [id, title, steps] = [textIn(item, 'control'), textIn(item, 'title'), textIn(item, 'steps')];
    if (id === undefined || title === undefined || steps === undefined) return [];
    const severity = textIn(item, 'severity') as Severity;
    return [
      { id, title, severity, steps, ...optional('why', textIn(item, 'why')), provenance: { file, ...item.spot } },
    ];
  });
}

function itemsOf(tree: Node, key: string): readonly MapNode[] {
  const list = entryOf(tree, key)?.value;
  return list?.kind === 'list' ? list.items.filter((item) => item.kind === 'map') : [];
}

function textIn(item: MapNode, key: string): string | undefined {
  const value = entryOf(item, key)?.value;
  return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}
