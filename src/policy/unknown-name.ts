/** The message for an unknown name given to `explain`. */
import { explanationOf, namesOf, SCOPES } from '../catalog/explanation.ts';
import { nearestPath } from '../catalog/nearest.ts';
import type { SettingPath } from '../model/setting.ts';
import type { Scope } from '../model/target.ts';
import { nearestName } from '../util/nearest.ts';
import { knownOf, sectionsOf } from './name-errors.ts';
import { joinWords, quoted, SCOPE_NAMES } from './phrases.ts';

const KINDS = ['set', 'lock'] as const;
const MOST = 5;

/** What a name probably means, or which scopes have it. */
export function aboutUnknownName(name: string, scopes: readonly Scope[]): string {
  const elsewhere = explanationOf(name);
  if (elsewhere === undefined) {
    const near = suggestions(name, scopes);
    const hint = near.length === 0 ? '' : `: did you mean ${joinWords(near.map(quoted), 'or')}?`;
    return `unknown setting ${quoted(name)}${hint}`;
  }
  const opening = `Zoom has no ${quoted(name)} for ${scopeNames(scopes)}`;
  const names = elsewhere.kind === 'setting' ? namesOf(elsewhere) : [];
  const here = names.find((other) => explanationOf(other, scopes) !== undefined);
  if (here !== undefined) return `${opening}: there it is ${quoted(here)}`;
  return `${opening}: it has it for ${scopeNames(SCOPES.filter((scope) => explanationOf(name, [scope]) !== undefined))}`;
}

function scopeNames(scopes: readonly Scope[]): string {
  return joinWords(
    scopes.map((scope) => SCOPE_NAMES[scope]),
    'and',
  );
}

/** Settings with this last name, or else the most similar name. */
function suggestions(name: string, scopes: readonly Scope[]): readonly SettingPath[] {
  const known = new Set(scopes.flatMap((scope) => KINDS.flatMap((kind) => [...knownOf(scope, kind).keys()])));
  const namesakes = [...known].filter((path) => path.endsWith(`.${name}`)).sort();
  if (namesakes.length > 0) return namesakes.slice(0, MOST);
  const paths = scopes.flatMap((scope) => KINDS.flatMap((kind) => nearestPath(scope, kind, name) ?? []));
  const sections = scopes.flatMap((scope) => KINDS.flatMap((kind) => [...sectionsOf(scope, kind)]));
  const nearest = nearestName(name, [...new Set([...paths, ...sections])]) ?? paths[0];
  return nearest === undefined ? [] : [nearest];
}
