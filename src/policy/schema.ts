/**
 * The outer shape of a written policy: what stands at its top and under each target. What is below `settings`,
 * `lock_settings` and `registration` is the catalogue's to judge, in `settings.ts`.
 */
import * as z from 'zod';
import { locksOf, settingsOf } from '../catalog/lookup.ts';
import type { Scope } from '../model/target.ts';
import { nearestName } from '../util/nearest.ts';
import { hasControls } from '../util/printable.ts';
import { foldedName } from './layers.ts';
import { listed, NULL_IS_NO_VALUE, quoted } from './phrases.ts';
import { entryOf, type Fault, type Node, nearestNode, type Spot } from './tree.ts';

type Complaint = { readonly input?: unknown };

/** One sentence for whatever is wrong with the kind of a value. */
function must(sentence: string) {
  return { error: ({ input }: Complaint) => (input === null ? NULL_IS_NO_VALUE : sentence) };
}

const section = (name: string) =>
  z.record(z.string(), z.unknown(), must(`\`${name}\` must be a map of Zoom's names`)).optional();

const account = z.strictObject(
  {
    settings: section('settings'),
    lock_settings: section('lock_settings'),
    registration: section('registration'),
  },
  must('a target must be a map with `settings`, `lock_settings` or `registration` in it'),
);
const user = z.strictObject({ settings: section('settings') }, must('a user must be a map with `settings` in it'));

const groupName = z.string().refine((name) => !hasControls(name), 'a group name has control characters in it');

/** Zoom's own ids are 22 characters of base64url. */
export const USER_KEY = /^(?:[^\s@*]+@[^\s@*]+|[\w-]{22})$/;
const userName = z.string().superRefine((name, context) => {
  if (USER_KEY.test(name)) return;
  const message = name.includes('*')
    ? 'a pattern cannot name users: only group names can be patterns'
    : `${quoted(name)} is neither an e-mail address nor a Zoom user id`;
  context.addIssue({ code: 'custom', message });
});

const version = z.literal(1, {
  error: ({ input }: Complaint) => {
    if (input === undefined) return '`version: 1` is missing: it says which policy language the file is written in';
    if (input === '1') return 'the version is a number: write `version: 1`, without quotes';
    return 'this lockstep knows version 1 of the policy language only: write `version: 1`';
  },
});

const PATHS = '`extends` must be a path or a list of paths';
const path = z.string(must('an item of `extends` must be the path of a file, or `pack:NAME`'));

const PROTECTED = '`protected` must be a list of setting paths';
const protectedPath = z.string(
  must('an item of `protected` must be a setting path, such as `security` or `in_meeting.chat`'),
);

const words = (name: string) => z.string(must(`\`${name}\` must be text`)).min(1, `\`${name}\` is empty`);

/** A day, as `check` compares it with today; a time of day would depend on where one is. */
const day = z
  .string(must('`expires` must be a day, such as 2027-03-31'))
  .refine((text) => isDay(text), '`expires` must be a day that exists, such as 2027-03-31');

function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const waiver = z
  .strictObject(
    {
      path: words('path').optional(),
      control: words('control').optional(),
      target: words('target').optional(),
      owner: words('owner'),
      reason: words('reason'),
      expires: day,
    },
    must('a waiver must be a map with `path` or `control`, `owner`, `reason` and `expires`'),
  )
  .refine(({ path, control }) => (path === undefined) !== (control === undefined), {
    error: 'a waiver names either a `path` or a `control`',
  });

const manual = z.strictObject(
  {
    control: words('control'),
    title: words('title'),
    severity: z.enum(['low', 'medium', 'high', 'critical'], must('`severity` must be low, medium, high or critical')),
    steps: words('steps'),
    why: words('why').optional(),
  },
  must('an item of `manual` must be a map with `control`, `title`, `severity` and `steps`'),
);

const writtenPolicy = z.strictObject(
  {
    version,
    extends: z.preprocess(
      (value) => (typeof value === 'string' ? [value] : value),
      z.array(path, must(PATHS)).optional(),
    ),
    protected: z.array(protectedPath, must(PROTECTED)).optional(),
    waivers: z.array(waiver, must('`waivers` must be a list')).optional(),
    manual: z.array(manual, must('`manual` must be a list')).optional(),
    account: account.optional(),
    groups: z.record(groupName, account, must('`groups` must be a map of group names')).optional(),
    users: z.record(userName, user, must('`users` must be a map of e-mail addresses')).optional(),
  },
  must('a policy must be a map that starts with `version: 1`'),
);

const TOP_KEYS = Object.keys(writtenPolicy.shape);
const TARGET_KEYS = Object.keys(account.shape);

/** Everything that is wrong with the outer shape, each fault at its key or value. */
export function shapeFaults(tree: Node): readonly Fault[] {
  const result = writtenPolicy.safeParse(projected(tree, 3));
  const faults = (result.error?.issues ?? []).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(tree, issue.path, key));
    const node = nearestNode(tree, issue.path);
    if (node.kind === 'broken') return [];
    const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    const spot = issue.code === 'invalid_key' ? keySpot(tree, issue.path) : node.spot;
    return [{ spot, message }];
  });
  return [...faults, ...usersTwice(tree), ...strayTags(tree)];
}

/** The tree as plain values for zod to look at; what is deeper than `depth` maps is not its business. */
function projected(node: Node, depth: number): unknown {
  switch (node.kind) {
    case 'broken':
      return undefined;
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map((item) => projected(item, depth));
    case 'map':
      if (depth === 0) return {};
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, projected(value, depth - 1)]));
  }
}

function keySpot(tree: Node, path: readonly PropertyKey[]) {
  const above = nearestNode(tree, path.slice(0, -1));
  return entryOf(above, String(path.at(-1)))?.spot ?? above.spot;
}

function unknownKey(tree: Node, path: readonly PropertyKey[], key: string): Fault {
  const spot = keySpot(tree, [...path, key]);
  const list = LISTS[String(path[0])];
  if (list !== undefined) return { spot, message: unknownIn(list, key) };
  return { spot, message: path.length === 0 ? unknownTopKey(key) : unknownTargetKey(path, key) };
}

const LISTS: Readonly<Record<string, readonly string[]>> = {
  waivers: ['path', 'control', 'target', 'owner', 'reason', 'expires'],
  manual: ['control', 'title', 'severity', 'steps', 'why'],
};

function unknownIn(known: readonly string[], key: string): string {
  const near = nearestName(key, known);
  return `unknown key ${quoted(key)}: ${near === undefined ? `here can stand ${listed(known.map(quoted), 'and')}` : `did you mean \`${near}\`?`}`;
}

function unknownTopKey(key: string): string {
  const near = nearestName(key, TOP_KEYS);
  if (near !== undefined) return `unknown key ${quoted(key)}: did you mean \`${near}\`?`;
  if (TARGET_KEYS.includes(key)) return `\`${key}\` stands under \`account\`, or under a group or user`;
  return `unknown key ${quoted(key)}: a policy has ${listed(TOP_KEYS.map(quoted), 'and')}`;
}

const SCOPE_OF: Readonly<Record<string, Scope>> = { account: 'account', groups: 'group', users: 'user' };

function unknownTargetKey(path: readonly PropertyKey[], key: string): string {
  const scope = SCOPE_OF[String(path[0])] ?? 'account';
  if (scope === 'user' && key === 'lock_settings') {
    return 'Zoom has no locks for single users: `lock_settings` can stand under `account` and under groups';
  }
  if (scope === 'user' && key === 'registration') {
    return 'Zoom has no registration settings for single users: `registration` can stand under `account` and under groups';
  }
  const allowed = scope === 'user' ? ['settings'] : TARGET_KEYS;
  const known = [...settingsOf(scope).keys(), ...locksOf(scope).keys()];
  if (known.some((path) => path.startsWith(`${key}.`))) return `${quoted(key)} must stand under \`settings\``;
  const near = nearestName(key, allowed);
  if (near !== undefined) return `unknown key ${quoted(key)}: did you mean \`${near}\`?`;
  return `unknown key ${quoted(key)}: here can stand ${listed(allowed.map(quoted), 'and')}`;
}

/** A target as it is written: every one that can be recognised, whatever else is wrong with the file. */
export interface WrittenTarget {
  readonly scope: Scope;
  readonly name: string;
  readonly spot: Spot;
  readonly value: Node;
}

export function writtenTargets(tree: Node): readonly WrittenTarget[] {
  const account = entryOf(tree, 'account');
  const below = (key: string, scope: Scope): WrittenTarget[] => {
    const names = entryOf(tree, key)?.value;
    if (names?.kind !== 'map') return [];
    return names.entries.map((entry) => ({ scope, name: entry.key, spot: entry.spot, value: entry.value }));
  };
  return [
    ...(account === undefined
      ? []
      : [{ scope: 'account' as const, name: '', spot: account.spot, value: account.value }]),
    ...below('groups', 'group'),
    ...below('users', 'user'),
  ];
}

/** YAML sees two keys where Zoom sees one user. */
function usersTwice(tree: Node): Fault[] {
  const first = new Map<string, WrittenTarget>();
  return writtenTargets(tree).flatMap((target) => {
    if (target.scope !== 'user') return [];
    const folded = foldedName('user', target.name);
    const before = first.get(folded);
    first.set(folded, before ?? target);
    if (before === undefined) return [];
    const message = `this user is listed already in line ${before.spot.line}, as ${quoted(before.name)}`;
    return [{ spot: target.spot, message }];
  });
}

/** Outside settings a tag does nothing: a `!locked` on a group would look as if it did. */
function strayTags(tree: Node): Fault[] {
  const targets = writtenTargets(tree).map(({ value }) => value);
  const outer = tree.kind === 'map' ? tree.entries.map(({ value }) => value) : [];
  const items = outer.flatMap((node) => (node.kind === 'list' ? node.items : []));
  const sections = targets.flatMap((target) => (target.kind === 'map' ? target.entries.map(({ value }) => value) : []));
  return [...new Set([tree, ...outer, ...items, ...targets, ...sections])].flatMap(({ tag, spot }) =>
    tag === undefined ? [] : [{ spot, message: `\`!${tag}\` can stand only before a setting` }],
  );
}
