/** Laws: nothing that is written in a policy is left out without a problem. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PolicyProblems } from '../../src/model/problem.ts';
import { loadPolicies } from '../../src/policy/load.ts';
import { sourceOf } from '../../src/policy/read/lines.ts';
import { parsePolicy } from '../../src/policy/read/parse.ts';
import type { Node } from '../../src/policy/tree.ts';
import { isJsonObject, type Json } from '../../src/util/json.ts';
import { inFolder } from './folder.ts';

type Path = readonly (string | number)[];

/** Where what is written: a tag before the value at a path. */
type Tags = ReadonlyMap<string, string>;

const keyOf = (path: Path) => JSON.stringify(path);

/** YAML in braces and brackets, with tags. */
function yamlOf(value: Json, tags: Tags, path: Path = []): string {
  const tag = tags.get(keyOf(path));
  return `${tag === undefined ? '' : `${tag} `}${contentOf(value, tags, path)}`;
}

function contentOf(value: Json, tags: Tags, path: Path): string {
  if (Array.isArray(value)) return `[${value.map((item, at) => yamlOf(item, tags, [...path, at])).join(', ')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => {
    return `${key === '<<' ? key : JSON.stringify(key)}: ${yamlOf(item, tags, [...path, key])}`;
  });
  return `{${entries.join(', ')}}`;
}

function pathsIn(value: Json, path: Path = []): readonly Path[] {
  const below = Array.isArray(value) ? [...value.entries()] : isJsonObject(value) ? Object.entries(value) : [];
  return [path, ...below.flatMap(([key, item]) => pathsIn(item, [...path, key]))];
}

const OURS = ['!locked', '!env'];
const CORE = ['!!str', '!!int', '!!float', '!!bool', '!!null', '!!map', '!!seq'];
const TAGS = ['!', '!x', '!Locked', '!!set', '!!binary', '!<!locked>', '!<tag:yaml.org,2002:str>', ...OURS, ...CORE];

function tagged(value: Json): fc.Arbitrary<Tags> {
  const paths = pathsIn(value).map(keyOf);
  const one = fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...TAGS));
  return fc.array(one, { minLength: 1, maxLength: 2 }).map((chosen) => new Map(chosen));
}

const WAIVER = { path: 'in_meeting.chat', owner: 'me', reason: 'because', expires: '2099-12-31' };
const MANUAL = { control: 'C 1', title: 'look', severity: 'low', steps: 'look there' };
const ITEMS = [{ name: 'Signed in', type: 'enforce_login', default_option: true }];

/** Parts of a policy that are each valid, and are so together. */
const POLICY = fc
  .record({
    extending: fc.constantFrom<Json>('base.yaml', ['base.yaml'], ['base.yaml', 'other.yaml']),
    guarded: fc.subarray(['in_meeting', 'recording.local_recording']),
    waivers: fc.subarray([WAIVER, { ...WAIVER, path: 'in_meeting.polling', target: 'account' }]),
    manual: fc.subarray([MANUAL]),
    chat: fc.boolean(),
    regions: fc.subarray(['DE', 'HK', 'US'], { minLength: 1 }),
    items: fc.constantFrom<Json>(ITEMS, { exclusive: true, items: ITEMS }),
    locks: fc.boolean(),
    group: fc.boolean(),
  })
  .map(
    ({ extending, guarded, waivers, manual, chat, regions, items, locks, group }): Json => ({
      version: 1,
      for: ['account-one', 'account-two'],
      extends: extending,
      protected: guarded,
      waivers,
      manual,
      account: {
        settings: {
          in_meeting: {
            chat,
            custom_data_center_regions: true,
            data_center_regions: regions,
            webinar_chat: { enable: true },
          },
          meeting_authentication: { authentication_options: items },
          integration: { google_drive: true },
        },
        lock_settings: { recording: { local_recording: locks } },
        registration: { approve_type: 0 },
      },
      groups: group
        ? { Students: { settings: { in_meeting: { chat } } }, 'Staff *': { lock_settings: { in_meeting: { chat } } } }
        : {},
      users: { 'dean@example.edu': { settings: { in_meeting: { polling: chat } } } },
    }),
  );

const BASE = 'version: 1\naccount: { settings: { recording: { local_recording: true } } }\n';

const MARKER = 'marked1';

function withPut(json: Json, [key, ...rest]: Path, put: Json): Json {
  if (key === undefined) return put;
  if (Array.isArray(json)) return json.map((item, at) => (at === key ? withPut(item, rest, put) : item));
  if (!isJsonObject(json)) return json;
  return { ...json, [key]: withPut(json[key] ?? null, rest, put) };
}

/** Everything that a policy came to, a text each; or that it has problems. */
async function readBy(yaml: string, allowUnknown = false): Promise<ReadonlySet<string> | 'problems'> {
  return inFolder({ 'p.yaml': yaml, 'base.yaml': BASE, 'other.yaml': BASE }, async (cwd) => {
    const options = { cwd, env: {}, allowUnknown, secrets: 'named', packs: join(cwd, 'packs') } as const;
    const loaded = await loadPolicies(['p.yaml'], options).catch((error: unknown) => {
      if (error instanceof PolicyProblems) return undefined;
      throw error;
    });
    if (loaded === undefined) return 'problems';
    const { desired, waivers, manual, bases, only } = loaded;
    const facts = desired.entries.flatMap(({ scope, name, facts: own }) =>
      own.map(({ provenance: _, ...fact }) => ({ scope, name, ...fact })),
    );
    const lists = [...waivers, ...manual].map(({ provenance: _, ...item }) => item);
    return new Set(
      [...facts, ...lists, ...bases, ...only.flatMap(({ accounts }) => accounts)].map((item) => JSON.stringify(item)),
    );
  });
}

/** Whether a tag only says what the value is anyway: YAML's own, and `!` before a map or a list. */
function isMute(policy: Json, [path, tag]: readonly [string, string]): boolean {
  if (CORE.includes(tag) || tag.startsWith('!<tag:yaml.org,2002:')) return true;
  const value = (JSON.parse(path) as Path).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], policy);
  return tag === '!' && typeof value === 'object';
}

describe('every node of a policy is used, or reported', () => {
  it('wherever a tag is put: the policy is refused, or holds all that it held and what the tag says', async () => {
    const cases = POLICY.chain((policy) => tagged(policy).map((tags) => ({ policy, tags })));
    await fc.assert(
      fc.asyncProperty(cases, async ({ policy, tags }) => {
        const plain = await readBy(yamlOf(policy, new Map()));
        if (plain === 'problems') throw new Error('the policy without tags is valid');
        const found = await readBy(yamlOf(policy, tags));
        if (found === 'problems') return;
        const fromEnv = [...tags.values()].includes('!env');
        if (!fromEnv) expect([...plain].filter((item) => !found.has(item))).toEqual([]);
        if (![...tags].every((entry) => isMute(policy, entry))) expect(found).not.toEqual(plain);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('whatever is put in whatever place: the policy is refused, or holds what was put', async () => {
    const put = fc.oneof(
      fc.constant<Json>(MARKER),
      fc.constant<Json>([MARKER]),
      fc.constant<Json>({ [MARKER]: true }),
      fc.constant<Json>({ settings: { in_meeting: { chat: MARKER } } }),
    );
    const places = (policy: Json) => fc.constantFrom(...pathsIn(policy).filter(({ length }) => length > 0));
    const cases = POLICY.chain((policy) => fc.record({ policy: fc.constant(policy), path: places(policy), put }));
    await fc.assert(
      fc.asyncProperty(cases, fc.boolean(), async ({ policy, path, put: value }, allowUnknown) => {
        const found = await readBy(yamlOf(withPut(policy, path, value), new Map()), allowUnknown);
        if (found !== 'problems') expect([...found].join()).toContain(MARKER);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('in any YAML: the tree holds every text that is written, or there is a problem', () => {
    const text = fc.integer({ min: 0, max: 1e6 }).map((number) => `text${number}`);
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.oneof(fc.constantFrom('<<', 'a', 'b'), text), tie('value'), { maxKeys: 3 }),
      ),
    }));
    const cases = value.chain((json) => tagged(json).map((tags) => ({ json, tags })));
    fc.assert(
      fc.property(cases, ({ json, tags }) => {
        const { tree, problems } = parsePolicy(sourceOf(yamlOf(json, tags)));
        if (problems.length > 0) return;
        expect(scalarsIn(tree).sort()).toEqual(textsIn(json).sort());
      }),
      { numRuns: 3000 },
    );
  });
});

function textsIn(json: Json): string[] {
  if (typeof json === 'string') return [json];
  return typeof json === 'object' && json !== null ? Object.values(json).flatMap(textsIn) : [];
}

function scalarsIn(node: Node | undefined): string[] {
  if (node?.kind === 'scalar') return [String(node.value)];
  if (node?.kind === 'list') return node.items.flatMap(scalarsIn);
  return node?.kind === 'map' ? node.entries.flatMap(({ value }) => scalarsIn(value)) : [];
}
