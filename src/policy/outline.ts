/**
 * The outer shape of a policy, read in one visit: its keys, its targets and their areas. `settings.ts` reads what is in
 * the areas, `waivers.ts` the items of `waivers` and `manual`. Not by zod: that needs a copy of the tree and knows no
 * positions, and for 1,000 files it took a tenth of the time of `validate`.
 */
import { locksOf, settingsOf } from '../catalog/lookup.ts';
import { ACCOUNT_ID } from '../model/account.ts';
import type { Scope } from '../model/target.ts';
import { nearestName } from '../util/nearest.ts';
import { foldedName } from './layers.ts';
import { NULL_IS_NO_VALUE, quoted } from './phrases.ts';
import { childrenOf, type Entry, type FileProblem, type ListNode, type MapNode, type Node, type Spot } from './tree.ts';

export const AREAS = ['settings', 'lock_settings', 'registration'] as const;
export type Area = (typeof AREAS)[number];

/** A text with its position: a file to extend, or a protected path. */
export interface WrittenText {
  readonly text: string;
  readonly spot: Spot;
}

/** A target as written. Every recognisable target is included, whatever else is wrong with the file. */
export interface WrittenTarget {
  readonly scope: Scope;
  /** Empty for the account. */
  readonly name: string;
  readonly spot: Spot;
  readonly areas: Readonly<Partial<Record<Area, MapNode>>>;
  /** Whether the target may be missing; absent where that is not written. */
  readonly optional?: boolean;
}

export interface Outline {
  /** The accounts that the policy is for, and where it says so; absent for every account. */
  readonly for?: { readonly accounts: readonly string[]; readonly spot: Spot };
  readonly extends: readonly WrittenText[];
  readonly protected: readonly WrittenText[];
  readonly waivers?: ListNode;
  readonly manual?: ListNode;
  readonly targets: readonly WrittenTarget[];
  /** Where problems of the whole policy are reported. */
  readonly start: Spot;
  /** There is something besides targets: a policy without them may combine others, protect or waive. */
  readonly hasMore: boolean;
  readonly problems: readonly FileProblem[];
}

const TOP_KEYS = ['version', 'for', 'extends', 'protected', 'waivers', 'manual', 'account', 'groups', 'users'];

type Report = (spot: Spot, message: string) => void;

export function outlineOf(tree: Node): Outline {
  const problems: FileProblem[] = [];
  const report: Report = (spot, message) => problems.push({ spot, message });
  refuseTag(tree, report);
  const top = new Map<string, Entry>();
  for (const entry of entriesOf(tree, 'a policy must be a map that starts with `version: 1`', report)) {
    refuseTag(entry.value, report);
    if (entry.value.kind === 'list') for (const item of entry.value.items) refuseTag(item, report);
    if (TOP_KEYS.includes(entry.key)) top.set(entry.key, entry);
    else report(entry.spot, unknownTopKey(entry.key));
  }
  const nodeAt = (key: string) => top.get(key)?.value;
  if (tree.kind === 'map') checkVersion(nodeAt('version'), tree.spot, report);
  const waivers = listAt(nodeAt('waivers'), '`waivers` must be a list', report);
  const manual = listAt(nodeAt('manual'), '`manual` must be a list', report);
  for (const item of [...(waivers?.items ?? []), ...(manual?.items ?? [])]) refuseTagsBelow(item, report);
  const demand = forAt(top.get('for'), report);
  return {
    ...(demand === undefined ? {} : { for: demand }),
    extends: extendsAt(nodeAt('extends'), report),
    protected: textsIn(
      listAt(nodeAt('protected'), '`protected` must be a list of setting paths', report),
      PATH,
      report,
    ),
    ...(waivers === undefined ? {} : { waivers }),
    ...(manual === undefined ? {} : { manual }),
    targets: [
      ...accountAt(top.get('account'), report),
      ...groupsIn(nodeAt('groups'), report),
      ...usersIn(nodeAt('users'), report),
    ],
    start: top.get('version')?.spot ?? tree.spot,
    hasMore: ['for', 'extends', 'protected', 'waivers', 'manual'].some((key) => top.has(key)),
    problems,
  };
}

/** A tag outside of settings has no effect, but `!locked` on a group would look as if it had one. */
function refuseTag({ tag, spot }: Node, report: Report): void {
  if (tag !== undefined) report(spot, `\`!${tag}\` is allowed only before a setting`);
}

function refuseTagsBelow(node: Node, report: Report): void {
  for (const child of childrenOf(node)) {
    refuseTag(child, report);
    refuseTagsBelow(child, report);
  }
}

/** Reports a value of the wrong kind. */
function refuse(node: Node, demand: string, report: Report): void {
  if (node.kind === 'broken') return;
  report(node.spot, node.kind === 'scalar' && node.value === null ? NULL_IS_NO_VALUE : demand);
}

function entriesOf(node: Node | undefined, demand: string, report: Report): readonly Entry[] {
  if (node === undefined) return [];
  if (node.kind === 'map') return node.entries;
  refuse(node, demand, report);
  return [];
}

function listAt(node: Node | undefined, demand: string, report: Report): ListNode | undefined {
  if (node === undefined || node.kind === 'list') return node;
  refuse(node, demand, report);
  return undefined;
}

function textsIn(list: ListNode | undefined, demand: string, report: Report): readonly WrittenText[] {
  return (list?.items ?? []).flatMap((node) => {
    if (node.kind === 'scalar' && typeof node.value === 'string') return [{ text: node.value, spot: node.spot }];
    refuse(node, demand, report);
    return [];
  });
}

function checkVersion(node: Node | undefined, start: Spot, report: Report): void {
  if (node === undefined) {
    report(start, '`version: 1` is missing: it says which policy language the file is written in');
    return;
  }
  const version = node.kind === 'scalar' ? node.value : undefined;
  if (node.kind === 'broken' || version === 1) return;
  report(
    node.spot,
    version === '1'
      ? 'the version is a number; write `version: 1`, without quotes'
      : 'this lockstep supports only version 1 of the policy language; write `version: 1`',
  );
}

const PATH = 'an item of `protected` must be a setting path, such as `security` or `in_meeting.chat`';
const FILE = 'an item of `extends` must be the path of a file, or `pack:NAME`';

function extendsAt(node: Node | undefined, report: Report): readonly WrittenText[] {
  if (node?.kind === 'scalar' && typeof node.value === 'string') return [{ text: node.value, spot: node.spot }];
  return textsIn(listAt(node, '`extends` must be a path or a list of paths', report), FILE, report);
}

const ACCOUNTS = '`for` must be a list of account ids';

/** A list that says nothing, or something wrong, is for no account: nothing may be applied because of a mistake in it. */
function forAt(entry: Entry | undefined, report: Report): Outline['for'] {
  if (entry === undefined) return undefined;
  const { spot, value } = entry;
  const texts = textsIn(listAt(value, ACCOUNTS, report), 'an item of `for` must be an account id, as text', report);
  for (const { text, spot: at } of texts) {
    if (!ACCOUNT_ID.test(text)) report(at, `${quoted(text)} is no account id`);
  }
  if (value.kind === 'list' && value.items.length === 0)
    report(value.spot, 'this list is empty, so the policy is for no account');
  return { accounts: texts.map(({ text }) => text), spot };
}

function accountAt(entry: Entry | undefined, report: Report): readonly WrittenTarget[] {
  return entry === undefined ? [] : [targetAt('account', '', entry, report)];
}

function groupsIn(node: Node | undefined, report: Report): readonly WrittenTarget[] {
  return entriesOf(node, '`groups` must be a map of group names', report).map((entry) => {
    refuseTag(entry.value, report);
    return targetAt('group', entry.key, entry, report);
  });
}

/** Zoom's own ids are 22 characters of base64url. */
export const USER_KEY = /^(?:[^\s@*]+@[^\s@*]+|[\w-]{22})$/;

/** E-mail addresses that differ in case are different keys in YAML and the same user in Zoom. */
function usersIn(node: Node | undefined, report: Report): readonly WrittenTarget[] {
  const first = new Map<string, Entry>();
  return entriesOf(node, '`users` must be a map of e-mail addresses', report).map((entry) => {
    const { key, spot } = entry;
    refuseTag(entry.value, report);
    const folded = foldedName('user', key);
    const before = first.get(folded);
    if (before === undefined) first.set(folded, entry);
    else report(spot, `this user is listed already in line ${before.spot.line}, as ${quoted(before.key)}`);
    if (USER_KEY.test(key)) return targetAt('user', key, entry, report);
    report(spot, whyNoUser(key));
    // Probably not meant as a user, so the rules for users would only confuse.
    return targetAt('user', key, entry, () => undefined);
  });
}

function whyNoUser(key: string): string {
  return key.includes('*')
    ? 'a pattern cannot name users: only group names can be patterns'
    : `${quoted(key)} is neither an e-mail address nor a Zoom user id`;
}

const A_TARGET = 'a target must be a map with `settings`, `lock_settings` or `registration` in it';
const A_USER = 'a user must be a map with `settings` in it';

function targetAt(scope: Scope, name: string, { spot, value }: Entry, report: Report): WrittenTarget {
  const allowed = scope === 'user' ? USER_AREAS : AREAS;
  const areas: Partial<Record<Area, MapNode>> = {};
  let optional: boolean | undefined;
  for (const entry of entriesOf(value, scope === 'user' ? A_USER : A_TARGET, report)) {
    const area = allowed.find((known) => known === entry.key);
    refuseTag(entry.value, report);
    if (entry.key === 'optional' && scope !== 'account') optional = flagAt(entry, report);
    else if (area === undefined) report(entry.spot, unknownTargetKey(scope, entry.key));
    else if (entry.value.kind === 'map') areas[area] = entry.value;
    else refuse(entry.value, `\`${area}\` must be a map of Zoom's names`, report);
  }
  return { scope, name, spot, areas, ...(optional === undefined ? {} : { optional }) };
}

function flagAt({ key, value }: Entry, report: Report): boolean | undefined {
  if (value.kind === 'scalar' && typeof value.value === 'boolean') return value.value;
  refuse(value, `\`${key}\` must be true or false`, report);
  return undefined;
}

const USER_AREAS: readonly Area[] = ['settings'];

function unknownTopKey(key: string): string {
  const isArea = AREAS.some((area) => area === key);
  return isArea ? `\`${key}\` belongs under \`account\`, a group or a user` : unknownKey(key, TOP_KEYS);
}

function unknownTargetKey(scope: Scope, key: string): string {
  if (scope === 'user' && key === 'lock_settings') {
    return 'Zoom has no locks for single users; `lock_settings` is allowed only under `account` and groups';
  }
  if (scope === 'user' && key === 'registration') {
    return 'Zoom has no registration settings for single users; `registration` is allowed only under `account` and groups';
  }
  const known = [...settingsOf(scope).keys(), ...locksOf(scope).keys()];
  if (known.some((path) => path.startsWith(`${key}.`))) return `${quoted(key)} belongs under \`settings\``;
  const areas = scope === 'user' ? USER_AREAS : AREAS;
  return unknownKey(key, scope === 'account' ? areas : [...areas, 'optional']);
}

/** @param known the keys that are allowed here */
export function unknownKey(key: string, known: readonly string[]): string {
  const near = nearestName(key, known);
  if (near !== undefined) return `unknown key ${quoted(key)}: did you mean \`${near}\`?`;
  return `unknown key ${quoted(key)}; expected ${known.length === 1 ? '' : 'one of '}${known.map(quoted).join(', ')}`;
}
