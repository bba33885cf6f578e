/** `lockstep schema`: a valid JSON Schema that says of a policy what `validate` says, as far as a schema can. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, type Tags, type YAMLMap, type YAMLSeq } from 'yaml';
import { settingsOf } from '../../src/catalog/lookup.ts';
import type { Setting, Shape } from '../../src/catalog/setting.ts';
import { policySchema } from '../../src/policy/json-schema/json-schema.ts';
import { knownOf, whyUnsettable } from '../../src/policy/name-errors.ts';
import { type Json, type JsonObject, stableText, withValueAt } from '../../src/util/json.ts';
import { lockstep } from '../helpers/host.ts';

const ROOT = join(import.meta.dirname, '../..');
const SCOPES = ['account', 'group', 'user'] as const;
const EDITOR = readFileSync(join(ROOT, 'docs/editor.md'), 'utf8');

let folder: string;
let text: string;
let schema: JsonObject;
let faultsOf: (policy: unknown) => readonly ErrorObject[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-schema-'));
  const { code, stdout, stderr } = await lockstep(['schema'], { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  text = stdout;
  schema = JSON.parse(stdout) as JsonObject;
  // The one keyword that is not JSON Schema's: yaml-language-server shows it.
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allErrors: true,
    allowUnionTypes: true,
    keywords: ['deprecationMessage'],
  });
  formats.default(ajv);
  const validate = ajv.compile(schema);
  faultsOf = (policy) => (validate(policy) ? [] : (validate.errors ?? []));
});
afterAll(() => rmSync(folder, { recursive: true }));

function tag(name: string, resolve: (value: string) => unknown, collections: boolean): Tags {
  const scalar = { tag: name, resolve };
  if (!collections) return [scalar];
  const map = { tag: name, collection: 'map' as const, resolve: (value: unknown) => value as YAMLMap };
  const list = { tag: name, collection: 'seq' as const, resolve: (value: unknown) => value as YAMLSeq };
  return [scalar, map, list];
}

/** What a policy says: a lock leaves the value what it is. */
function plain(yaml: string): unknown {
  return parse(yaml, {
    merge: true,
    customTags: [tag('!locked', (value) => parse(value), true), tag('!env', String, false)].flat() as Tags,
  });
}

/** As yaml-language-server takes it with the tags of docs/editor.md: a tag makes text of every scalar. */
function asEditorsSee(yaml: string): unknown {
  return parse(yaml, {
    merge: true,
    customTags: [tag('!locked', String, true), tag('!env', String, false)].flat() as Tags,
  });
}

function yamlIn(folder: string): string[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.yaml')).map((name) => join(folder, name));
}

function blocksOf(file: string): [string, string][] {
  const blocks = [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```$/gm)];
  return blocks.map(([, block = ''], index) => [`${file}, block ${index + 1}`, block]);
}

const GOOD: readonly [name: string, yaml: string][] = [
  ...[...yamlIn('examples').filter((name) => name.includes('policies/')), ...yamlIn('policies')].map(
    (name): [string, string] => [name, readFileSync(join(ROOT, name), 'utf8')],
  ),
  ...['README.md', 'docs/policies.md', 'docs/packs.md', 'docs/editor.md'].flatMap(blocksOf),
  ...yamlIn('test/scenarios').map((name): [string, string] => [name, readFileSync(join(ROOT, name), 'utf8')]),
];

/** Puts text under `account: settings: in_meeting:`. */
const inMeeting = (line: string) => `version: 1\naccount:\n  settings:\n    in_meeting:\n      ${line}\n`;
const lists = (line: string) =>
  `version: 1\naccount:\n  settings:\n    meeting_authentication:\n      authentication_options: ${line}\n`;

describe('the schema', () => {
  it('is the same every time, and for all scopes from one catalogue', async () => {
    expect((await lockstep(['schema'], { cwd: ROOT })).stdout).toBe(text);
    expect(stableText(policySchema(['k12']))).toBe(stableText(policySchema(['k12'])));
  });

  it('--out writes it to a file', async () => {
    const ended = await lockstep(['schema', '--out', 'lockstep.schema.json'], { cwd: folder });
    expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(join(folder, 'lockstep.schema.json'), 'utf8')).toBe(text);
    expect(await lockstep(['schema', '--out', 'no/such/folder.json'], { cwd: folder })).toMatchObject({ code: 1 });
  });

  it('is one that the meta-schema of draft 2020-12 accepts', () => {
    const ajv = new Ajv2020();
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(ajv.validateSchema(schema), ajv.errorsText(ajv.errors)).toBe(true);
  });

  it('is one that language servers which know draft-07 only accept as well', () => {
    const ajv = new Ajv();
    const older = { ...schema, $schema: 'http://json-schema.org/draft-07/schema#' };
    expect(ajv.validateSchema(older), ajv.errorsText(ajv.errors)).toBe(true);
  });

  it('stays small', () => {
    expect(text.length).toBeLessThan(600_000);
  });

  it('has no reference with something beside it, and none with a slash in the name', () => {
    const references: string[] = [];
    const look = (node: Json): void => {
      if (Array.isArray(node)) node.forEach(look);
      if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
      const target = node['$ref'];
      if (typeof target === 'string') {
        expect(Object.keys(node)).toEqual(['$ref']);
        references.push(target);
      }
      Object.values(node).forEach(look);
    };
    look(schema);
    const names = Object.keys(schema['$defs'] as JsonObject).map((name) => `#/$defs/${name}`);
    expect(references.filter((reference) => !names.includes(reference))).toEqual([]);
    expect(names.filter((name) => !references.includes(name))).toEqual([]);
    expect(references.filter((reference) => !/^#\/\$defs\/[^/~%]+$/.test(reference))).toEqual([]);
  });

  it('describes every setting, tells which way is stricter, and marks what is deprecated', () => {
    const definitions = schema['$defs'] as Record<string, JsonObject>;
    expect(
      Object.keys(definitions).filter((name) => name.includes('.') && !definitions[name]?.['description']),
    ).toEqual([]);
    expect(definitions['in_meeting.file_transfer']?.['description']).toContain(
      'Security: false is stricter (medium). Files',
    );
    const deprecated = [...settingsOf('account').values()].filter((setting) => setting.deprecated && setting.writable);
    expect(deprecated.length).toBeGreaterThan(0);
    for (const { path } of deprecated) {
      const definition = definitions[path] ?? definitions[`${path}@account`];
      expect(definition, path).toMatchObject({ deprecated: true });
    }
  });

  it('tells the limits that the catalogue has', () => {
    const definitions = schema['$defs'] as Record<string, JsonObject>;
    expect(definitions['in_meeting.dscp_audio']).toMatchObject({ minimum: 1, maximum: 63 });
    expect(definitions['telephony.audio_conference_info@user']).toMatchObject({ type: 'string', maxLength: 2048 });
    expect(definitions['chat.share_files.share_option@group']).toMatchObject({
      anyOf: [{ type: 'string', enum: ['anyone', 'account', 'organization'] }, { type: 'string' }],
    });
  });
});

describe('good policies', () => {
  it('there are many', () => {
    expect(GOOD.length).toBeGreaterThan(30);
  });

  it.each(GOOD)('%s', (_, yaml) => {
    expect(faultsOf(plain(yaml))).toEqual([]);
    expect(faultsOf(asEditorsSee(yaml))).toEqual([]);
  });

  it.each<[what: string, yaml: string]>([
    ['a locked switch', inMeeting('chat: !locked true')],
    ['a locked number', inMeeting('allow_participants_chat_with: !locked 3')],
    ['a locked word', inMeeting('who_can_share_screen: !locked host')],
    ['a locked section', inMeeting('webinar_chat: !locked { enable: true }')],
    ['a locked list', inMeeting('language_interpretation: { custom_languages: !locked [Frisian, Sorbian] }')],
    ['a variable for a switch', inMeeting('chat: !env MEETING_CHAT')],
    ['a variable for a number', inMeeting('dscp_audio: !env DSCP_AUDIO')],
    ['a variable for a word', inMeeting('who_can_share_screen: !env WHO_CAN_SHARE')],
    ['a variable for text', inMeeting('custom_service_instructions: !env instructions')],
    ['items', lists('[{ name: Staff, type: enforce_login }]')],
    ['exclusive items', lists('{ exclusive: true, items: [{ name: Staff, type: enforce_login }] }')],
    ['a deprecated setting', 'version: 1\naccount: { settings: { in_meeting: { attendee_on_hold: true } } }'],
    [
      'a merge key',
      'version: 1\nusers:\n  a@b.c: { settings: &s { in_meeting: { chat: true } } }\n  d@e.f: { settings: { <<: *s } }',
    ],
    ['one file to extend', 'version: 1\nextends: ./base.yaml'],
    ['a waiver', 'version: 1\nwaivers: [{ control: CIS 1.1, owner: me, reason: so, expires: 2027-03-31 }]'],
  ])('%s', async (_, yaml) => {
    expect(faultsOf(asEditorsSee(yaml))).toEqual([]);
    writeFileSync(join(folder, 'base.yaml'), inMeeting('polling: true'));
    writeFileSync(join(folder, 'good.yaml'), yaml);
    const { code, stderr } = await lockstep(['validate', 'good.yaml'], { cwd: folder });
    expect(code, stderr).toBe(0);
  });

  it('the tags of the settings in docs/editor.md are those that are tried here', () => {
    const settings = JSON.parse(/^```json\n([\s\S]*?)^```$/m.exec(EDITOR)?.[1] ?? '') as Record<string, unknown>;
    expect(settings['yaml.customTags']).toEqual([
      '!locked scalar',
      '!locked mapping',
      '!locked sequence',
      '!env scalar',
    ]);
  });
});

describe('bad policies', () => {
  it.each<[what: string, yaml: string, at: string, keyword: string]>([
    ['no version', 'account: {}', '', 'required'],
    ['another version', 'version: 2\nextends: ./a.yaml', '/version', 'const'],
    ['a version in quotes', 'version: "1"\nextends: ./a.yaml', '/version', 'const'],
    ['an unknown key at the top', 'version: 1\nacount: {}', '', 'additionalProperties'],
    ['an unknown key in a target', 'version: 1\naccount: { setings: {} }', '/account', 'additionalProperties'],
    [
      'an unknown section',
      'version: 1\naccount: { settings: { in_meting: {} } }',
      '/account/settings',
      'additionalProperties',
    ],
    ['an unknown setting', inMeeting('file_transfre: false'), '/account/settings/in_meeting', 'additionalProperties'],
    [
      'a dotted name',
      'version: 1\naccount: { settings: { in_meeting.chat: true } }',
      '/account/settings',
      'additionalProperties',
    ],
    ['text for a switch', inMeeting('chat: yes'), '/account/settings/in_meeting/chat', 'pattern'],
    ['a number for a switch', inMeeting('chat: 1'), '/account/settings/in_meeting/chat', 'type'],
    ['null', inMeeting('chat: null'), '/account/settings/in_meeting/chat', 'type'],
    ['a list for a switch', inMeeting('chat: [true]'), '/account/settings/in_meeting/chat', 'type'],
    ['a mistyped locked switch', inMeeting('chat: !locked flase'), '/account/settings/in_meeting/chat', 'pattern'],
    [
      'a word outside of the enum',
      inMeeting('who_can_share_screen: hosts'),
      '/account/settings/in_meeting/who_can_share_screen',
      'enum',
    ],
    [
      'a locked word outside of it',
      inMeeting('who_can_share_screen: !locked hosts'),
      '/account/settings/in_meeting/who_can_share_screen',
      'enum',
    ],
    [
      'a number outside of the enum',
      inMeeting('allow_participants_chat_with: 9'),
      '/account/settings/in_meeting/allow_participants_chat_with',
      'enum',
    ],
    [
      'a locked number outside of it',
      inMeeting('allow_participants_chat_with: !locked 9'),
      '/account/settings/in_meeting/allow_participants_chat_with',
      'pattern',
    ],
    ['a number out of range', inMeeting('dscp_audio: 64'), '/account/settings/in_meeting/dscp_audio', 'maximum'],
    [
      'a number for text',
      inMeeting('custom_service_instructions: 5'),
      '/account/settings/in_meeting/custom_service_instructions',
      'type',
    ],
    [
      'an item outside of the enum',
      inMeeting('data_center_regions: [XX]'),
      '/account/settings/in_meeting/data_center_regions/0',
      'enum',
    ],
    ['a section that is no map', inMeeting('webinar_chat: true'), '/account/settings/in_meeting/webinar_chat', 'type'],
    ['an empty section', 'version: 1\naccount: { settings: { in_meeting: } }', '/account/settings/in_meeting', 'type'],
    [
      'what can only be read',
      'version: 1\naccount: { settings: { security: { signin_with_sso: { sso_bypass_users: [] } } } }',
      '/account/settings/security/signin_with_sso',
      'additionalProperties',
    ],
    [
      'a command',
      'version: 1\naccount: { settings: { security: { signin_with_sso: { operation: add } } } }',
      '/account/settings/security/signin_with_sso',
      'additionalProperties',
    ],
    [
      "another scope's setting",
      'version: 1\ngroups: { G: { settings: { security: { hide_billing_info: true } } } }',
      '/groups/G/settings',
      'additionalProperties',
    ],
    [
      "another scope's spelling",
      'version: 1\nusers: { a@b.c: { settings: { schedule_meeting: { participant_video: true } } } }',
      '/users/a@b.c/settings/schedule_meeting',
      'additionalProperties',
    ],
    [
      'a lock key that does not exist',
      'version: 1\naccount: { lock_settings: { in_meeting: { chta: true } } }',
      '/account/lock_settings/in_meeting',
      'additionalProperties',
    ],
    [
      'a lock that is not sent',
      'version: 1\naccount: { lock_settings: { meeting_security: { encryption_type: true } } }',
      '/account/lock_settings/meeting_security',
      'additionalProperties',
    ],
    [
      'a lock from a variable',
      'version: 1\naccount: { lock_settings: { in_meeting: { chat: !env CHAT_LOCK } } }',
      '/account/lock_settings/in_meeting/chat',
      'type',
    ],
    [
      'a user with locks',
      'version: 1\nusers: { a@b.c: { lock_settings: { in_meeting: { chat: true } } } }',
      '/users/a@b.c',
      'additionalProperties',
    ],
    [
      'a pattern for users',
      'version: 1\nusers: { "*@b.c": { settings: { in_meeting: { chat: true } } } }',
      '/users',
      'propertyNames',
    ],
    [
      'registration among the settings',
      'version: 1\naccount: { settings: { registration: { approve_type: 0 } } }',
      '/account/settings',
      'additionalProperties',
    ],
    [
      'an item without its name',
      lists('[{ type: enforce_login }]'),
      '/account/settings/meeting_authentication/authentication_options/0',
      'required',
    ],
    [
      'an unknown property of an item',
      lists('[{ name: A, typ: enforce_login }]'),
      '/account/settings/meeting_authentication/authentication_options/0',
      'additionalProperties',
    ],
    [
      'exclusive without items',
      lists('{ exclusive: true }'),
      '/account/settings/meeting_authentication/authentication_options',
      'required',
    ],
    ['a pack that does not exist', 'version: 1\nextends: [pack:cis-zoom-l9]', '/extends/0', 'pattern'],
    ['extends that is a number', 'version: 1\nextends: 5', '/extends', 'type'],
    ['protected that is no list', 'version: 1\nprotected: security', '/protected', 'type'],
    ['for that is no list', 'version: 1\nfor: abc123', '/for', 'type'],
    ['for of nobody', 'version: 1\nfor: []', '/for', 'minItems'],
    ['for of the account of whoever runs it', 'version: 1\nfor: [me]', '/for/0', 'pattern'],
    [
      'a waiver without an owner',
      'version: 1\nwaivers: [{ path: security, reason: so, expires: 2027-03-31 }]',
      '/waivers/0',
      'required',
    ],
    [
      'a waiver of nothing',
      'version: 1\nwaivers: [{ owner: me, reason: so, expires: 2027-03-31 }]',
      '/waivers/0',
      'oneOf',
    ],
    [
      'a waiver of two things',
      'version: 1\nwaivers: [{ path: security, control: X, owner: me, reason: so, expires: 2027-03-31 }]',
      '/waivers/0',
      'oneOf',
    ],
    [
      'a waiver until no day',
      'version: 1\nwaivers: [{ path: security, owner: me, reason: so, expires: 2027-02-31 }]',
      '/waivers/0/expires',
      'format',
    ],
    [
      'a control of no severity',
      'version: 1\nmanual: [{ control: A, title: B, severity: severe, steps: C }]',
      '/manual/0/severity',
      'enum',
    ],
    [
      'an unknown key of a control',
      'version: 1\nmanual: [{ control: A, title: B, severity: low, steps: C, whi: D }]',
      '/manual/0',
      'additionalProperties',
    ],
  ])('%s', async (_, yaml, at, keyword) => {
    const faults = faultsOf(asEditorsSee(yaml));
    expect(faults.map(({ instancePath, keyword: found }) => `${instancePath} ${found}`)).toContain(`${at} ${keyword}`);
    // Nothing else is marked than that place and what it is in.
    expect(faults.filter(({ instancePath }) => !at.startsWith(instancePath) && !instancePath.startsWith(at))).toEqual(
      [],
    );
    writeFileSync(join(folder, 'bad.yaml'), yaml);
    writeFileSync(join(folder, 'a.yaml'), inMeeting('polling: true'));
    const { code, stderr } = await lockstep(['validate', 'bad.yaml'], { cwd: folder });
    expect(code, stderr).toBe(1);
  });
});

/** A value that the shape allows. */
function sample(shape: Shape): Json {
  switch (shape.type) {
    case 'any':
      return 'anything';
    case 'boolean':
      return true;
    case 'integer':
      return shape.enum?.[0] ?? shape.minimum ?? shape.maximum ?? 7;
    case 'string':
      return shape.enum?.[0] ?? 'x'.repeat(shape.minLength ?? 1);
    case 'array':
      return [sample(shape.items)];
    case 'object':
      return Object.fromEntries(Object.entries(shape.properties).map(([name, inner]) => [name, sample(inner)]));
  }
}

const TARGETS = { account: ['account'], group: ['groups', 'G'], user: ['users', 'a@b.c'] } as const;

function placeOf(setting: Setting): [string, ...string[]] {
  const area = setting.document.kind;
  const keys = setting.path.split('.');
  return [...TARGETS[setting.scope], ...(area === 'registration' ? keys : [area, ...keys])] as [string, ...string[]];
}

describe.each(SCOPES)('every name of %s', (scope) => {
  const all = (['set', 'lock'] as const).flatMap((kind) =>
    [...knownOf(scope, kind).values()].map((setting) => ({ kind, setting })),
  );
  const settable = all.filter(({ kind, setting }) => whyUnsettable(setting, kind) === undefined);

  it('that a policy can set takes what the catalogue allows, and nothing of another kind', () => {
    for (const { setting } of settable) {
      const policy = (value: Json) => withValueAt({ version: 1 }, placeOf(setting), value);
      expect(faultsOf(policy(sample(setting.declared))), setting.path).toEqual([]);
      expect(faultsOf(policy({ nonsense: [1] })), setting.path).not.toEqual([]);
      expect(faultsOf(policy(null)), setting.path).not.toEqual([]);
    }
  });

  it('that a policy cannot set is not there', () => {
    const others = all.filter(({ kind, setting }) => whyUnsettable(setting, kind) !== undefined);
    for (const { setting } of others) {
      const policy = withValueAt({ version: 1 }, placeOf(setting), sample(setting.declared));
      expect(
        faultsOf(policy).map(({ keyword }) => keyword),
        setting.path,
      ).toContain('additionalProperties');
    }
  });
});

it('the packs that it knows are those that ship', () => {
  const shipped = readdirSync(join(ROOT, 'policies')).filter((name) => statSync(join(ROOT, 'policies', name)).isFile());
  for (const name of shipped) expect(text).toContain(`"pack:${name.replace(/\.yaml$/, '')}"`);
});
