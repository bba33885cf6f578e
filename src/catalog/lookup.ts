/**
 * Look-ups over the one table of facts. Everything that lockstep knows of a setting is asked for here; the indexes are
 * built when first asked for, so that commands that need no setting do not pay for them.
 */
import type { SettingPath } from '../model/setting.ts';
import type { Scope } from '../model/target.ts';
import { LISTS, LOCKS_NOT_SENT, READ_FROM, RECORDED_IN_GET, SECRETS, VERBS } from './data/annotations.ts';
import { itemListAt } from './data/item-lists.ts';
import { TABLE } from './data/table.ts';
import type { Document, DocumentName, ItemList, ListRule, Setting, Shape } from './setting.ts';
import type { DocumentTable, Row } from './table-types.ts';

interface ScopeIndex {
  readonly documents: readonly Document[];
  readonly settings: ReadonlyMap<SettingPath, Setting>;
  readonly locks: ReadonlyMap<SettingPath, Setting>;
}

const PREFIXED: readonly DocumentName[] = ['meeting_authentication', 'recording_authentication', 'registration'];
const ENDPOINTS = {
  settings: 'settings',
  lock_settings: 'lock_settings',
  registration: 'settings/registration',
} as const;
/** The Video SDK document is what the default call answers on a Video SDK account; only these sections are its own. */
const IN_SESSION_SECTIONS = ['in_session', 'session_security'];
const ANY: Shape = { type: 'any' };
const PLAIN_SET: ListRule = { ordered: false };

function queryOf({ kind, name }: DocumentTable): Record<string, string> {
  if (kind === 'registration') return { type: 'webinar' };
  return name === 'default' || name === 'in_session' ? {} : { option: name };
}

function prefixOf(name: DocumentName): string {
  return PREFIXED.includes(name) ? `${name}.` : '';
}

function shapeFrom(written: Row[2]): Shape {
  return typeof written === 'string' ? { type: written } : written;
}

function settingFrom(document: Document, row: Row): Setting {
  const [at, access, written, readWritten, deprecated] = row;
  const path = document.prefix + at;
  const isLock = document.kind === 'lock_settings';
  const from = isLock ? undefined : READ_FROM[path];
  const recorded = RECORDED_IN_GET.some((entry) => entry.scope === document.scope && entry.path === path);
  const keys = at.split('.') as [string, ...string[]];
  const items = isLock ? undefined : itemListAt(document.scope, path);
  const readShape = shapeFrom(readWritten ?? written);
  const shape = shapeFrom(written);
  return {
    scope: document.scope,
    path,
    document,
    keys,
    readKeys: [{ keys }, ...(from === undefined ? [] : [readKey(from)])],
    shape,
    declared: items === undefined ? shape : declaredShape(readShape, items),
    readShape,
    readable: access.includes('r') || from !== undefined || recorded,
    writable: access.includes('w') && !(isLock && LOCKS_NOT_SENT.includes(path)),
    deprecated: deprecated ?? false,
    secret: !isLock && SECRETS.includes(path),
    verb: !isLock && VERBS.includes(path),
    list: LISTS[path] ?? PLAIN_SET,
    ...(items === undefined ? {} : { items }),
  };
}

/** What a policy can say of an item: ids are Zoom's, and `visible` is for those who do not own the items. */
function declaredShape(shape: Shape, { key, content, actions }: ItemList): Shape {
  if (shape.type !== 'array' || shape.items.type !== 'object') return shape;
  const { properties } = shape.items;
  const names = [key, ...content, ...(actions.includes('show') ? ['visible'] : [])];
  const declared = names.flatMap((name) => (properties[name] === undefined ? [] : [[name, properties[name]] as const]));
  return { type: 'array', items: { type: 'object', properties: Object.fromEntries(declared) } };
}

function readKey({ path, item }: { path: SettingPath; item?: string }) {
  return { keys: path.split('.'), ...(item === undefined ? {} : { item }) };
}

function documentFrom(table: DocumentTable): Document {
  const settings: Setting[] = [];
  const document: Document = {
    scope: table.scope,
    kind: table.kind,
    name: table.name,
    ref: { endpoint: ENDPOINTS[table.kind], query: queryOf(table) },
    prefix: prefixOf(table.name),
    settings,
  };
  for (const row of table.rows) settings.push(settingFrom(document, row));
  return document;
}

function isAddressable({ document, keys }: Setting): boolean {
  return document.name !== 'in_session' || IN_SESSION_SECTIONS.includes(keys[0]);
}

function buildIndex(scope: Scope): ScopeIndex {
  const documents = TABLE.filter((table) => table.scope === scope).map(documentFrom);
  const settings = new Map<SettingPath, Setting>();
  const locks = new Map<SettingPath, Setting>();
  for (const document of documents) {
    const index = document.kind === 'lock_settings' ? locks : settings;
    for (const setting of document.settings) if (isAddressable(setting)) index.set(setting.path, setting);
  }
  return { documents, settings, locks };
}

const indexes = new Map<Scope, ScopeIndex>();

function indexOf(scope: Scope): ScopeIndex {
  const known = indexes.get(scope);
  if (known !== undefined) return known;
  const built = buildIndex(scope);
  indexes.set(scope, built);
  return built;
}

/** Every document of a scope: settings, locks and registration. */
export function documentsOf(scope: Scope): readonly Document[] {
  return indexOf(scope).documents;
}

/** Every setting and registration field that a policy can name at a scope, by policy path. */
export function settingsOf(scope: Scope): ReadonlyMap<SettingPath, Setting> {
  return indexOf(scope).settings;
}

/** Every lock key of a scope; empty for users. */
export function locksOf(scope: Scope): ReadonlyMap<SettingPath, Setting> {
  return indexOf(scope).locks;
}

/** Every part of a path of settings that are no secrets, at any scope: without the indexes, which take longer to build. */
export function openNames(): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { kind, name, rows } of TABLE) {
    if (kind === 'lock_settings') continue;
    const prefix = prefixOf(name);
    for (const [at] of rows) {
      const path = prefix + at;
      if (!SECRETS.includes(path)) for (const part of path.split('.')) names.add(part);
    }
  }
  return names;
}

export function secretSettings(scope: Scope): readonly Setting[] {
  return SECRETS.flatMap((path) => indexOf(scope).settings.get(path) ?? []);
}

/** The fact that a change or a desired fact of this kind speaks of. */
export function factAt(scope: Scope, kind: 'set' | 'lock' | 'unlock', path: SettingPath): Setting | undefined {
  return (kind === 'set' ? settingsOf(scope) : locksOf(scope)).get(path);
}

/**
 * What is assumed of a field that the catalogue does not know, for `--allow-unknown`: it lives in the document that its
 * first name chooses, else in the default one, and is readable and writable as it is.
 */
function assumedFact(scope: Scope, kind: 'set' | 'lock', path: SettingPath): Setting {
  const documents = documentsOf(scope).filter((document) => (document.kind === 'lock_settings') === (kind === 'lock'));
  const section = path.slice(0, path.indexOf('.'));
  const document = documents.find(({ name }) => name === section) ?? documents.find(({ name }) => name === 'default');
  if (document === undefined) throw new Error(`${scope} has no document for ${kind} ${path}`);
  return {
    ...settingFrom(document, [path.slice(document.prefix.length), 'rw', 'boolean']),
    shape: ANY,
    declared: ANY,
    readShape: ANY,
  };
}

/** The catalogue's setting, or what is assumed of one that `--allow-unknown` let in. */
export function settingOf(
  scope: Scope,
  { kind, path }: { readonly kind: 'set' | 'lock'; readonly path: SettingPath },
): Setting {
  return factAt(scope, kind, path) ?? assumedFact(scope, kind, path);
}
