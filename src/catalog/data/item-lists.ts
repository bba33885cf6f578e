import type { SettingPath } from '../../model/setting.ts';
import type { Scope } from '../../model/target.ts';

/**
 * Lists that a policy declares by name and that Zoom changes item by item. zoom-api, section 4 ("action-verb
 * writes").
 */
export interface ItemList {
  /** The property that names an item, for people and for policies. */
  readonly key: string;
  /** Properties that a policy can give, next to the key. */
  readonly content: readonly string[];
  /** What can be done with an item at a scope. */
  readonly actions: readonly ('add' | 'update' | 'delete' | 'show' | 'hide')[];
  /**
   * What a request looks like: one object with an `action` (`authentication_option`), or a list next to a key that holds the
   * verb (`operate` next to `policies`). Requests for groups have no such key.
   */
  readonly request:
    | { readonly object: string }
    | { readonly verbKey?: string; readonly verbs: Readonly<Record<string, string>> };
  /** What an item that is not there means here. */
  readonly missing: string;
  /** What Zoom asks of an item as a whole: where one property has this value, another one must not be empty. */
  readonly needs?: { readonly property: string; readonly where: { readonly property: string; readonly is: string } };
}

const PROFILES: Omit<ItemList, 'actions'> = {
  key: 'name',
  content: ['type', 'domains', 'default_option'],
  request: { object: 'authentication_option' },
  missing: 'the account has no such profile; only the account can add one',
  needs: { property: 'domains', where: { property: 'type', is: 'enforce_login_with_domains' } },
};
const ETIQUETTE: Omit<ItemList, 'actions' | 'content'> = {
  key: 'name',
  request: { verbKey: 'operate', verbs: { add: 'create', update: 'update', delete: 'delete' } },
  missing: 'the account has no such policy; only the account can add one',
};
/** The account makes and deletes; groups and users show, hide or adjust what the account has. */
const ITEM_LISTS: readonly {
  readonly paths: readonly SettingPath[];
  readonly scopes: readonly Scope[];
  readonly list: ItemList;
}[] = [
  {
    paths: ['meeting_authentication.authentication_options', 'recording_authentication.authentication_options'],
    scopes: ['account'],
    list: { ...PROFILES, actions: ['add', 'update', 'delete'] },
  },
  {
    paths: ['meeting_authentication.authentication_options', 'recording_authentication.authentication_options'],
    scopes: ['group', 'user'],
    list: { ...PROFILES, actions: ['update', 'show', 'hide'] },
  },
  {
    paths: ['chat.chat_etiquette_tool.policies', 'meeting_security.chat_etiquette_tool.policies'],
    scopes: ['account'],
    list: {
      ...ETIQUETTE,
      content: ['description', 'is_locked', 'keywords', 'regular_expression', 'status', 'trigger_action'],
      actions: ['add', 'update', 'delete'],
    },
  },
  {
    // A group takes `{id, status}` and no word for it.
    paths: ['chat.chat_etiquette_tool.policies', 'meeting_security.chat_etiquette_tool.policies'],
    scopes: ['group'],
    list: { ...ETIQUETTE, content: ['status'], actions: ['update'], request: { verbs: {} } },
  },
  {
    paths: ['schedule_meeting.meeting_template.templates'],
    scopes: ['account'],
    list: {
      key: 'name',
      content: ['enable'],
      actions: ['update', 'delete'],
      request: { verbKey: 'action', verbs: { update: 'update', delete: 'delete' } },
      missing: 'Zoom has no such template; templates are made from meetings',
    },
  },
];

export function itemListAt(scope: Scope, path: SettingPath): ItemList | undefined {
  return ITEM_LISTS.find(({ paths, scopes }) => paths.includes(path) && scopes.includes(scope))?.list;
}
