/** The JSON Schema of policies, made from the catalogue: for completion, hover and checks in editors. */

import { STRICTNESS } from '../../catalog/data/strictness.ts';
import { SUMMARIES } from '../../catalog/data/summaries.ts';
import { itemsInWords, stricterInWords } from '../../catalog/describe.ts';
import { frozenBy } from '../../catalog/levels.ts';
import type { Setting } from '../../catalog/setting.ts';
import { ACCOUNT_ID } from '../../model/account.ts';
import type { SettingPath } from '../../model/setting.ts';
import type { Scope } from '../../model/target.ts';
import { VERSION } from '../../model/version.ts';
import { isJsonObject, type JsonObject, stableText, withValueAt } from '../../util/json.ts';
import { type FactKind, knownOf, whyUnsettable } from '../name-errors.ts';
import { USER_KEY } from '../outline.ts';
import { listSchemas } from '../waivers.ts';
import { closed, itemsValue, settingValue, strictValue } from './shapes.ts';

const SCOPES: readonly Scope[] = ['account', 'group', 'user'];
const KINDS: readonly FactKind[] = ['set', 'lock'];

/**
 * JSON Schema, draft 2020-12. A reference has no other keys next to it and a definition's name has no slash, because
 * editors treat both differently.
 * @param packs the names of the packs that can be extended
 */
export function policySchema(packs: readonly string[]): JsonObject {
  const facts = KINDS.flatMap((kind) => settingsIn(kind));
  const areas = (scope: Scope) => areasOf(facts.filter((fact) => fact.scope === scope));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'lockstep policy',
    description: `Policies of lockstep ${VERSION}, as \`lockstep schema\` writes it.`,
    ...closed(
      {
        version: { description: 'The policy language that the file is written in: 1.', const: 1 },
        for: described('The ids of the accounts that the policy is for; every command refuses it for any other.', {
          type: 'array',
          minItems: 1,
          items: { type: 'string', pattern: ACCOUNT_ID.source },
        }),
        extends: extendsSchema(packs),
        protected: described(
          'Settings, sections and lock keys that an apply changes only if they are allowed by name.',
          {
            type: 'array',
            items: TEXT,
          },
        ),
        waivers: described(
          'Differences that somebody answers for until a day; `lockstep check` does not fail for them.',
          {
            type: 'array',
            items: reference('waiver'),
          },
        ),
        manual: described('What no API shows and a person has to look at; `lockstep check` lists it.', {
          type: 'array',
          items: reference('manual'),
        }),
        account: reference('account'),
        groups: described('By the exact name of the group, or by a pattern with `*` and `?`; an exact name wins.', {
          type: 'object',
          additionalProperties: reference('group'),
        }),
        users: described('By e-mail address or Zoom user id.', {
          type: 'object',
          propertyNames: { pattern: USER_KEY.source },
          additionalProperties: reference('user'),
        }),
      },
      ['version'],
    ),
    $defs: {
      account: described('The account: its settings, locks and registration.', closed(areas('account'))),
      group: described(
        'Groups: their settings, locks and registration.',
        closed({ ...areas('group'), optional: OPTIONAL }),
      ),
      user: described(
        'A user: settings only, as Zoom has no locks for single users.',
        closed({ ...areas('user'), optional: OPTIONAL }),
      ),
      ...listSchemas(),
      ...definitionsOf(facts),
    },
  };
}

const OPTIONAL: JsonObject = {
  type: 'boolean',
  description: 'true: where Zoom has no such group or user, that is a note and no problem.',
};

const TEXT: JsonObject = { type: 'string', minLength: 1 };

function described(description: string, schema: JsonObject): JsonObject {
  return { description, ...schema };
}

function reference(name: string): JsonObject {
  return { $ref: `#/$defs/${name}` };
}

function extendsSchema(packs: readonly string[]): JsonObject {
  const file = { type: 'string', pattern: '^(?!pack:).' };
  const one = packs.length === 0 ? file : { anyOf: [{ enum: packs.map((name) => `pack:${name}`) }, file] };
  return described(
    'Files, relative to this one, and packs that it is laid over; later ones win, this file wins over all.',
    {
      anyOf: [{ type: 'array', items: one }, one],
    },
  );
}

/** What a policy can set or lock at a scope. Its definition is named by its path if all scopes have the same schema. */
interface SchemaSetting {
  readonly scope: Scope;
  readonly kind: FactKind;
  readonly path: SettingPath;
  readonly name: string;
  readonly schema: JsonObject;
}

function settingsIn(kind: FactKind): readonly SchemaSetting[] {
  const facts = SCOPES.flatMap((scope) =>
    [...knownOf(scope, kind).values()].flatMap((setting) => {
      if (whyUnsettable(setting, kind) !== undefined) return [];
      const schema = kind === 'set' ? settingSchema(setting) : lockSchema(setting);
      return [{ scope, kind, path: setting.path, schema }];
    }),
  );
  const versions = new Map<SettingPath, Set<string>>();
  for (const { path, schema } of facts) versions.set(path, (versions.get(path) ?? new Set()).add(stableText(schema)));
  return facts.map((fact) => {
    const name = kind === 'lock' ? `lock:${fact.path}` : fact.path;
    return { ...fact, name: versions.get(fact.path)?.size === 1 ? name : `${name}@${fact.scope}` };
  });
}

function settingSchema(setting: Setting): JsonObject {
  const { path, declared, secret, items, deprecated } = setting;
  const note = Object.hasOwn(STRICTNESS, path) ? STRICTNESS[path] : undefined;
  const description = [
    SUMMARIES[path] ?? path,
    ...(items === undefined ? [] : [itemsInWords(items)]),
    ...(secret ? ['A secret: write `!env NAME`.'] : []),
    ...(note === undefined ? [] : [`Security: ${stricterInWords(note.stricter)} (${note.severity}). ${note.why}`]),
  ].join('\n');
  const value = items === undefined ? settingValue(declared, secret) : itemsValue(declared, items);
  return described(description, deprecated ? { ...value, ...DEPRECATED } : value);
}

function lockSchema({ scope, path, deprecated }: Setting): JsonObject {
  const frozen = scope === 'user' ? [] : frozenBy(scope, path);
  const description = `true: nobody below can change ${frozen.length === 0 ? path : frozen.join(', ')}.`;
  const value = strictValue({ type: 'boolean' });
  return described(description, deprecated ? { ...value, ...DEPRECATED } : value);
}

/** yaml-language-server shows the second one. */
const DEPRECATED: JsonObject = {
  deprecated: true,
  deprecationMessage: 'Zoom has deprecated this: it may go away, or do nothing any more.',
};

function definitionsOf(facts: readonly SchemaSetting[]): JsonObject {
  const sorted = [...facts].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  return Object.fromEntries(sorted.map(({ name, schema }) => [name, schema]));
}

/** `settings`, `lock_settings` and `registration` of one scope, nested as in policies. */
function areasOf(facts: readonly SchemaSetting[]): JsonObject {
  const tree = facts.reduce<JsonObject>((known, { kind, path, name }) => {
    const [first = '', ...rest] = path.split('.');
    const isRegistration = kind === 'set' && first === 'registration';
    const keys = isRegistration ? [first, ...rest] : [kind === 'set' ? 'settings' : 'lock_settings', first, ...rest];
    return withValueAt(known, keys as [string, ...string[]], reference(name));
  }, {});
  return sectionsFrom(tree);
}

function sectionsFrom(tree: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(tree).map(([key, child]) => {
      const isLeaf = !isJsonObject(child) || Object.hasOwn(child, '$ref');
      return [key, isLeaf ? child : closed(sectionsFrom(child))];
    }),
  );
}
