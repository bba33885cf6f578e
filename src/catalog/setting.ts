/** The words of the catalogue: documents, and the settings and lock keys in them. */
import type { DocumentRef, SettingPath } from '../model/setting.ts';
import type { Scope } from '../model/target.ts';
import type { ListRule } from './data/annotations.ts';
import type { ItemList } from './data/item-lists.ts';
import type { DocumentName, Kind, Shape } from './table-types.ts';

export type { ListRule } from './data/annotations.ts';
export type { ItemList } from './data/item-lists.ts';
export type { DocumentName, Kind, Shape } from './table-types.ts';

/** What one GET answers and one PATCH takes. */
export interface Document {
  readonly scope: Scope;
  readonly kind: Kind;
  readonly name: DocumentName;
  readonly ref: DocumentRef;
  /** Put before a document's own paths to make policy paths: `meeting_authentication.`, `registration.`, else empty. */
  readonly prefix: string;
  readonly settings: readonly Setting[];
}

/** One leaf of one document: a setting, a lock key or a registration field. */
export interface Setting {
  readonly scope: Scope;
  readonly path: SettingPath;
  readonly document: Document;
  /** The way to the leaf inside its document. */
  readonly keys: readonly [string, ...string[]];
  /** Where the GET answer may have it, in the order of looking. */
  readonly readKeys: readonly { readonly keys: readonly string[]; readonly item?: string }[];
  /** What PATCH takes; what GET answers where there is no PATCH. */
  readonly shape: Shape;
  readonly readShape: Shape;
  /** What a policy says: the same as `shape`, except for lists that are changed item by item. */
  readonly declared: Shape;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly deprecated: boolean;
  readonly secret: boolean;
  /** Sent to Zoom as a verb, never as a value. */
  readonly verb: boolean;
  readonly list: ListRule;
  /** Set for a list that verbs change item by item; PATCH does not take it as a value. */
  readonly items?: ItemList;
}
