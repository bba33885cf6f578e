/**
 * Makes `src/catalog/data/table.ts` from Zoom's OpenAPI document: `npm run catalog -- <openapi.json>`.
 *
 * It takes facts only (names, types, enums, limits, which call has a field), never a sentence. A field that GET and PATCH
 * both have becomes one row. A field that only one of them has is marked.
 */
import { readFileSync, writeFileSync } from 'node:fs';

type Schema = {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  oneOf?: Schema[];
  enum?: (string | number)[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  minLength?: number;
  maxItems?: number;
  deprecated?: boolean;
};
type Operation = {
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
};
type OpenApi = { paths: Record<string, Record<string, Operation>> };
type Shape = Record<string, unknown>;
type Row = { path: string; access: 'rw' | 'r' | 'w'; shape: Shape; read?: Shape; deprecated: boolean };
type Document = { scope: string; kind: string; name: string; rows: Row[] };

const JSON_TYPE = 'application/json';
const SCOPES = { account: '/accounts/{accountId}', group: '/groups/{groupId}', user: '/users/{userId}' } as const;
const KINDS = {
  settings: '/settings',
  lock_settings: '/lock_settings',
  registration: '/settings/registration',
} as const;

/** A document differs from its siblings in a `oneOf` by keys that only it has. */
function documentName(kind: string, leaves: ReadonlyMap<string, Schema>): string | undefined {
  if (kind === 'registration') return 'registration';
  const paths = [...leaves.keys()];
  const has = (prefix: string) => paths.some((path) => path === prefix || path.startsWith(`${prefix}.`));
  if (has('in_session')) return 'in_session';
  // GET user settings without the option may return both profiles under one key. The option documents have the same.
  if (has('authentication_options.meeting_authentication')) return undefined;
  if (paths.every((path) => path.startsWith('meeting_security.'))) return 'meeting_security';
  if (has('meeting_authentication')) return 'meeting_authentication';
  if (has('recording_authentication')) return 'recording_authentication';
  if (has('in_meeting')) return 'default';
  throw new Error(`cannot name the document with ${paths.slice(0, 3).join(', ')}`);
}

function leavesOf(schema: Schema, prefix = ''): Map<string, Schema> {
  const leaves = new Map<string, Schema>();
  for (const [key, child] of Object.entries(schema.properties ?? {})) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    if (child.properties === undefined) leaves.set(path, child);
    else for (const [deeper, leaf] of leavesOf(child, path)) leaves.set(deeper, leaf);
  }
  return leaves;
}

function branches(schema: Schema): Schema[] {
  return schema.properties === undefined && schema.oneOf !== undefined ? schema.oneOf.flatMap(branches) : [schema];
}

function shapeOf(schema: Schema): Shape {
  const shape: Shape = { type: schema.type };
  for (const key of ['enum', 'minimum', 'maximum', 'maxLength', 'minLength', 'maxItems'] as const) {
    if (schema[key] !== undefined) shape[key] = schema[key];
  }
  if (schema.type === 'array') {
    // In two places the enum of the items is on the array itself.
    const { enum: misplaced, ...items } = { enum: schema.enum, ...schema.items };
    shape['items'] = shapeOf(misplaced === undefined ? items : { ...items, enum: misplaced });
    delete shape['enum'];
  }
  if (schema.type === 'object') {
    const properties = Object.entries(schema.properties ?? {}).map(([key, child]) => [key, shapeOf(child)]);
    shape['properties'] = Object.fromEntries(properties);
  }
  return shape;
}

function documentsOf(api: OpenApi, scope: keyof typeof SCOPES, kind: keyof typeof KINDS): Document[] {
  const operations = api.paths[SCOPES[scope] + KINDS[kind]];
  if (operations === undefined) return [];
  const byName = (schema: Schema | undefined) => {
    const named = new Map<string, Map<string, Schema>>();
    for (const branch of branches(schema ?? {})) {
      const leaves = leavesOf(branch);
      const name = documentName(kind, leaves);
      if (name !== undefined) named.set(name, leaves);
    }
    return named;
  };
  const read = byName(operations['get']?.responses['200']?.content?.[JSON_TYPE]?.schema);
  const write = byName(operations['patch']?.requestBody?.content[JSON_TYPE]?.schema);
  return [...new Set([...read.keys(), ...write.keys()])].map((name) => {
    const readable = read.get(name) ?? new Map<string, Schema>();
    const writable = write.get(name) ?? new Map<string, Schema>();
    const rows = [...new Set([...readable.keys(), ...writable.keys()])].map((path): Row => {
      const got = readable.get(path);
      const sent = writable.get(path);
      const shape = shapeOf((sent ?? got) as Schema);
      const readShape = got === undefined ? shape : shapeOf(got);
      return {
        path,
        access: got === undefined ? 'w' : sent === undefined ? 'r' : 'rw',
        shape,
        ...(JSON.stringify(readShape) === JSON.stringify(shape) ? {} : { read: readShape }),
        deprecated: (got?.deprecated ?? false) || (sent?.deprecated ?? false),
      };
    });
    return { scope, kind, name, rows };
  });
}

/** Fields that Zoom's newer Users document (seed 003) or live recordings have and this OpenAPI document lacks. */
const BOOLEAN = { type: 'boolean' };
const CAPACITIES = {
  type: 'array',
  items: { type: 'integer', enum: [100, 500, 1000, 3000, 5000, 10000, 20000, 30000, 50000] },
};
const ADDITIONS: [scope: string, name: string, path: string, access: Row['access'], shape: Shape][] = [
  ['group', 'default', 'mail_calendar.email_calendar_management', 'r', BOOLEAN],
  ['group', 'default', 'mail_calendar.email_management', 'r', BOOLEAN],
  ['group', 'default', 'mail_calendar.zoom_email_provider', 'r', BOOLEAN],
  ['group', 'default', 'general_setting.auto_zoom_room_proximity_connect', 'r', BOOLEAN],
  ['group', 'default', 'in_meeting.request_permission_to_unmute', 'r', BOOLEAN],
  ['user', 'default', 'general_setting.auto_zoom_room_proximity_connect', 'r', BOOLEAN],
  ['user', 'default', 'feature.zoom_webinars_plus_unlimited', 'rw', BOOLEAN],
  ['user', 'default', 'feature.zoom_webinars_plus_unlimited_capacities', 'rw', CAPACITIES],
  ['user', 'default', 'schedule_meeting.not_store_meeting_topic', 'r', BOOLEAN],
];

function withAdditions(documents: Document[]): Document[] {
  for (const [scope, name, path, access, shape] of ADDITIONS) {
    const document = documents.find((d) => d.scope === scope && d.kind === 'settings' && d.name === name);
    if (document === undefined || document.rows.some((row) => row.path === path)) continue;
    document.rows.push({ path, access, shape, deprecated: false });
  }
  return documents;
}

function assertLeavesStayLeaves({ scope, kind, name, rows }: Document): void {
  const paths = new Set(rows.map((row) => row.path));
  for (const path of paths) {
    for (let cut = path.lastIndexOf('.'); cut > 0; cut = path.lastIndexOf('.', cut - 1)) {
      if (paths.has(path.slice(0, cut))) throw new Error(`${scope} ${kind} ${name}: ${path} lies under a leaf`);
    }
  }
}

function render(documents: Document[]): string {
  const shapes = (shape: Shape) =>
    Object.keys(shape).length === 1 ? JSON.stringify(shape['type']) : JSON.stringify(shape);
  const lines = documents.flatMap(({ scope, kind, name, rows }) => [
    `  { scope: '${scope}', kind: '${kind}', name: '${name}', rows: [`,
    ...rows.map(({ path, access, shape, read, deprecated }) => {
      const tail = deprecated
        ? [read === undefined ? 'null' : shapes(read), 'true']
        : read === undefined
          ? []
          : [shapes(read)];
      return `    [${[JSON.stringify(path), `'${access}'`, shapes(shape), ...tail].join(', ')}],`;
    }),
    '  ] },',
  ]);
  return [
    "// Generated by `npm run catalog -- <openapi.json>` from Zoom's OpenAPI document. Do not edit: the next run overwrites it.",
    "import type { DocumentTable } from '../table-types.ts';",
    '',
    'export const TABLE: readonly DocumentTable[] = [',
    ...lines,
    '];',
    '',
  ].join('\n');
}

const source = process.argv[2];
if (source === undefined) {
  console.error('usage: npm run catalog -- <openapi.json>');
  process.exit(1);
}
const api = JSON.parse(readFileSync(source, 'utf8')) as OpenApi;
const scopes = Object.keys(SCOPES) as (keyof typeof SCOPES)[];
const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[];
const documents = withAdditions(scopes.flatMap((scope) => kinds.flatMap((kind) => documentsOf(api, scope, kind))));
for (const document of documents) {
  assertLeavesStayLeaves(document);
  const count = (letter: string) => document.rows.filter((row) => row.access.includes(letter)).length;
  console.log(`${document.scope} ${document.kind} ${document.name}: ${count('r')} read, ${count('w')} written`);
}
writeFileSync(new URL('../../src/catalog/data/table.ts', import.meta.url), render(documents));
