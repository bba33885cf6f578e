/** Zoom's own spelling, dotted: `in_meeting.file_transfer`. Unique within a scope, over all its documents. */
export type SettingPath = string;

/** Which call carries a document: `GET|PATCH /{scope}/{id}/{endpoint}?option={option}`. */
export interface DocumentRef {
  readonly endpoint: 'settings' | 'lock_settings' | 'settings/registration';
  /** The query that chooses the document, as Zoom spells it: `option=meeting_security`, `type=webinar`. */
  readonly query: Readonly<Record<string, string>>;
}

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Identifies a document of a target, in maps and in output: `settings?option=meeting_security`. */
export type DocumentKey = Branded<'DocumentKey'>;

/** The catalogue's references are few, and asked for the key of each for every target. */
const keys = new WeakMap<DocumentRef, DocumentKey>();

export function documentKey(document: DocumentRef): DocumentKey {
  const known = keys.get(document);
  if (known !== undefined) return known;
  const made = keyOf(document);
  keys.set(document, made);
  return made;
}

function keyOf({ endpoint, query }: DocumentRef): DocumentKey {
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${value}`);
  return (pairs.length === 0 ? endpoint : `${endpoint}?${pairs.join('&')}`) as DocumentKey;
}

/** Identifies what a policy can want of a target: the value of a setting, or a lock key. A lock and an unlock are of one key. */
export type SettingKey = Branded<'SettingKey'>;

export function settingKey({
  kind,
  path,
}: {
  readonly kind: 'set' | 'lock' | 'unlock';
  readonly path: SettingPath;
}): SettingKey {
  return `${kind === 'set' ? 'set' : 'lock'} ${path}` as SettingKey;
}
