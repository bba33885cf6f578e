/** Zoom's own spelling, dotted: `in_meeting.file_transfer`. Unique within a scope, over all its documents. */
export type SettingPath = string;

/** Which call carries a document: `GET|PATCH /{scope}/{id}/{endpoint}?option={option}`. */
export interface DocumentRef {
  readonly endpoint: 'settings' | 'lock_settings' | 'settings/registration';
  /** The query that chooses the document, as Zoom spells it: `option=meeting_security`, `type=webinar`. */
  readonly query: Readonly<Record<string, string>>;
}

/** Tells documents of one target apart, in maps and in output: `settings?option=meeting_security`. */
export function documentKey({ endpoint, query }: DocumentRef): string {
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? endpoint : `${endpoint}?${pairs.join('&')}`;
}
