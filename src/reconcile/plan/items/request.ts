/** The requests that change items of lists. */
import type { ItemList, Setting } from '../../../catalog/setting.ts';
import type { Operation, SetChange } from '../../../model/plan.ts';
import { isJsonObject, type JsonObject, withValueAt } from '../../../util/json.ts';

/** The body of the one request that makes the change. Existing items are addressed by id. */
export function itemBody({ item, after }: SetChange, { keys }: Setting, { request, key }: ItemList): JsonObject {
  if (item === undefined) throw new Error('not a change of an item');
  const { action, id, name } = item;
  const content = isJsonObject(after) && (action === 'add' || action === 'update') ? after : {};
  const handle: JsonObject = id === undefined ? {} : { id };
  // Every request names its profile, so that logs can be read. Requests for other lists hold no more than they need.
  if ('object' in request) return { [request.object]: { action, ...handle, ...content, [key]: name } };
  const { [key]: _, ...rest } = content;
  const single = action === 'add' ? { [key]: name, ...rest } : { ...handle, ...rest };
  const list = withValueAt({}, keys, [single]);
  const verb = request.verbKey === undefined ? undefined : request.verbs[action];
  if (verb === undefined || request.verbKey === undefined) return list;
  const [section = '', ...inner] = keys.slice(0, -1);
  return withValueAt(list, [section, ...inner, request.verbKey], verb);
}

/**
 * The order of verbs on one list: the profile that becomes the default first, so that there is one at every moment;
 * removals last.
 */
export function itemTurn({ item, after }: SetChange): number {
  switch (item?.action) {
    case undefined:
      return 0;
    case 'add':
    case 'update':
      return isJsonObject(after) && after['default_option'] === true ? 1 : 2;
    case 'show':
      return 3;
    case 'hide':
    case 'delete':
      return 4;
  }
}

export function itemOperations(change: SetChange, setting: Setting): { patch: Operation[]; inverse: Operation[] } {
  const { item, before, after } = change;
  const list = `/${setting.keys.join('/')}`;
  const at = `${list}/${item?.index ?? '-'}`;
  const place = item?.action === 'show' || item?.action === 'hide' ? `${at}/visible` : at;
  if (before === undefined) return { patch: [{ op: 'add', path: `${list}/-`, value: after }], inverse: [] };
  const test: Operation = {
    op: 'test',
    path: `${place}${isJsonObject(before) ? '/name' : ''}`,
    value: isJsonObject(before) ? (before['name'] ?? null) : before,
  };
  if (after === null)
    return { patch: [test, { op: 'remove', path: at }], inverse: [{ op: 'add', path: at, value: before }] };
  return {
    patch: [test, { op: 'replace', path: place, value: after }],
    inverse: [{ op: 'replace', path: place, value: before }],
  };
}
