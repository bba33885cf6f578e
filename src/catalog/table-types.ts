import type { Scope } from '../model/target.ts';

/** What a value may be, as far as Zoom's document says. An object without properties takes any object. */
export type Shape =
  | { readonly type: 'boolean' }
  | {
      readonly type: 'integer';
      readonly enum?: readonly number[];
      readonly minimum?: number;
      readonly maximum?: number;
    }
  | {
      readonly type: 'string';
      readonly enum?: readonly string[];
      readonly minLength?: number;
      readonly maxLength?: number;
    }
  | { readonly type: 'array'; readonly items: Shape; readonly maxItems?: number }
  | { readonly type: 'object'; readonly properties: Readonly<Record<string, Shape>> }
  /** A field that the catalogue does not know and `--allow-unknown` lets pass. */
  | { readonly type: 'any' };

export type Kind = 'settings' | 'lock_settings' | 'registration';

export type DocumentName =
  | 'default'
  | 'meeting_security'
  | 'meeting_authentication'
  | 'recording_authentication'
  | 'in_session'
  | 'registration';

type WrittenShape = Shape | 'boolean' | 'integer' | 'string';

/**
 * `[path inside the document, access, shape, read shape where it differs, deprecated]`. Access: `r` the GET answers it,
 * `w` the PATCH takes it. The shape is that of the PATCH where there is one.
 */
export type Row = readonly [
  path: string,
  access: 'rw' | 'r' | 'w',
  shape: WrittenShape,
  readShape?: WrittenShape | null,
  deprecated?: true,
];

export interface DocumentTable {
  readonly scope: Scope;
  readonly kind: Kind;
  readonly name: DocumentName;
  readonly rows: readonly Row[];
}
