import { type DocumentKey, type DocumentRef, documentKey } from './setting.ts';
import { type Target, type TargetKey, targetKey } from './target.ts';

/** Identifies a document of a target among the documents of all targets. */
export type PlaceKey = `${TargetKey} ${DocumentKey}`;

export function placeKey(target: Target, document: DocumentRef): PlaceKey {
  return `${targetKey(target)} ${documentKey(document)}`;
}
