/**
 * Fields that hold an action rather than a value. zoom-api, section 4 ("action-verb writes"): sign-in options are changed
 * one at a time, policies and templates as a list, and the account creates what groups and users only show, hide or
 * adjust.
 */
import type { Setting } from '../catalog/setting.ts';
import type { Scope } from '../model/target.ts';
import { isJsonObject, type Json, type JsonObject, valueAt } from '../util/json.ts';
import type { FieldProblem } from './answers.ts';
import type { Write } from './body.ts';
import { locate, put } from './fields.ts';

export type VerbOutcome =
  | { readonly document: JsonObject; readonly problems?: never }
  | { readonly problems: readonly FieldProblem[] };

type ListOutcome = readonly JsonObject[] | FieldProblem;
type NewId = () => string;

/** Carries out the verbs of a PATCH on the stored document. */
export function applyVerbs(scope: Scope, before: JsonObject, verbs: readonly Write[], newId: NewId): VerbOutcome {
  let document = before;
  const problems: FieldProblem[] = [];
  for (const [place, sent] of objectsOf(verbs)) {
    const edit = listEdit(scope, place, sent, newId);
    if (edit === undefined || !isJsonObject(valueAt(document, edit.keys.slice(0, -1)))) continue;
    const present = valueAt(document, edit.keys);
    const edited = edit.change(Array.isArray(present) ? present.filter(isJsonObject) : []);
    if ('field' in edited) problems.push({ ...edited, field: `${place}.${edited.field}` });
    else document = put(document, edit.keys, [...edited]);
  }
  return problems.length > 0 ? { problems } : { document };
}

/** Verbs by the object that holds them, each with what was sent in it. */
function objectsOf(verbs: readonly Write[]): ReadonlyMap<string, JsonObject> {
  const objects = new Map<string, JsonObject>();
  for (const { setting, value } of verbs) {
    const place = setting.keys.slice(0, -1).join('.');
    objects.set(place, { ...objects.get(place), [setting.keys.at(-1) ?? '']: value });
  }
  return objects;
}

interface ListEdit {
  readonly keys: readonly string[];
  readonly change: (list: readonly JsonObject[]) => ListOutcome;
}

function listEdit(scope: Scope, place: string, sent: JsonObject, newId: NewId): ListEdit | undefined {
  const keys = place.split('.');
  switch (keys.at(-1)) {
    case 'authentication_option':
      return { keys: ['authentication_options'], change: (list) => editOptions(scope, list, sent, newId) };
    case 'chat_etiquette_tool':
      // Groups switch the account's policies on and off, without an `operate`.
      return {
        keys: [...keys, 'policies'],
        change: (list) => editList(list, sent['policies'], sent['operate'] ?? 'update', 'operate', newId),
      };
    case 'meeting_template':
      return {
        keys: [...keys, 'templates'],
        change: (list) => editList(list, sent['templates'], sent['action'] ?? 'update', 'action', newId),
      };
    default:
      return undefined;
  }
}

function editList(
  list: readonly JsonObject[],
  sent: Json | undefined,
  action: Json,
  field: string,
  newId: NewId,
): ListOutcome {
  let current = list;
  for (const item of Array.isArray(sent) ? sent.filter(isJsonObject) : []) {
    const edited = editOne(current, item, action, field, newId);
    if ('field' in edited) return edited;
    current = edited;
  }
  return current;
}

function editOne(
  list: readonly JsonObject[],
  item: JsonObject,
  action: Json,
  field: string,
  newId: NewId,
): ListOutcome {
  const found = findItem(list, item);
  if (action === 'create') {
    const taken = list.some((entry) => entry['name'] === item['name']);
    return taken ? { field: 'name', message: 'is in use' } : [...list, { ...item, id: newId() }];
  }
  if (found === undefined) return { field: 'id', message: 'does not exist' };
  switch (action) {
    case 'update':
      return list.map((entry) => (entry === found ? { ...entry, ...item } : entry));
    case 'delete':
      return list.filter((entry) => entry !== found);
    default:
      return { field, message: 'is unknown' };
  }
}

function findItem(list: readonly JsonObject[], { id, name }: JsonObject): JsonObject | undefined {
  return list.find((entry) => (id === undefined ? entry['name'] === name : entry['id'] === id));
}

function editOptions(
  scope: Scope,
  list: readonly JsonObject[],
  { action, ...sent }: JsonObject,
  newId: NewId,
): ListOutcome {
  if (action === undefined) return { field: 'action', message: 'Missing field.' };
  if (action === 'add') {
    const missing = ['name', 'type'].find((key) => sent[key] === undefined);
    if (missing !== undefined) return { field: missing, message: 'Missing field.' };
  }
  const visible = scope === 'account' ? {} : { visible: action !== 'hide' };
  const item = action === 'add' ? { default_option: false, visible: true, ...sent } : { ...sent, ...visible };
  const operation = action === 'add' ? 'create' : action === 'delete' ? 'delete' : 'update';
  const edited = editOne(list, item, operation, 'action', newId);
  if ('field' in edited || action === 'delete' || sent['default_option'] !== true) return edited;
  // There is one default.
  const chosen = findItem(edited, item);
  return edited.map((entry) => ({ ...entry, default_option: entry === chosen }));
}

/**
 * `security.signin_with_sso.operation` is what to do with the ids next to it; without it they replace the list.
 * zoom-api, section 4 ("Merge").
 */
export function withSsoOperation(document: JsonObject, writes: readonly Write[]): readonly Write[] {
  const operation = writes.find(({ setting }) => setting.path === 'security.signin_with_sso.operation')?.value;
  if (operation === undefined) return writes;
  return writes.map((write) =>
    write.setting.path === 'security.signin_with_sso.sso_bypass_user_ids'
      ? { ...write, value: combined(storedIds(document, write.setting), write.value, operation) }
      : write,
  );
}

function storedIds(document: JsonObject, setting: Setting): readonly Json[] {
  const place = locate(document, setting);
  if (!Array.isArray(place?.value)) return [];
  const { item } = place;
  return item === undefined ? place.value : place.value.filter(isJsonObject).flatMap((user) => user[item] ?? []);
}

function combined(present: readonly Json[], sent: Json, operation: Json): Json {
  const ids = Array.isArray(sent) ? sent : [];
  const others = present.filter((id) => !ids.includes(id));
  return operation === 'remove' ? others : [...others, ...ids];
}
