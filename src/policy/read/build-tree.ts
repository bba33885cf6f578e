/** Turns the YAML library's document into a tree with positions. Aliases and merge keys are resolved. */
import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Pair,
  type Scalar,
  Schema,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { quoted } from '../phrases.ts';
import type { BrokenNode, Entry, FileProblem, Node, Spot } from '../tree.ts';
import { nameProblem } from './keys.ts';
import { type Source, spotAt } from './lines.ts';
import { type Comments, DEPTH_LIMIT, reasonFor, SIZE_LIMIT, TOO_DEEP, TOO_MANY } from './scan.ts';

const ALIAS_LIMIT = 1000;

const OUR_TAGS: ReadonlyMap<string, 'locked' | 'env'> = new Map([
  ['!locked', 'locked'],
  ['!env', 'env'],
] as const);

const BARE_TAG = 'the `!` before this value is no tag of policies; write `!locked` or `!env`, or remove it';

const CORE_TAG = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;

/** The types of plain scalars in YAML's core schema, which the library does not apply to scalars with our tags. */
const plainTypes = new Schema({ schema: 'core' }).tags.filter((tag) => tag.collection === undefined);

function plainValue(text: string): unknown {
  for (const tag of plainTypes) {
    if (tag.default !== true || !tag.test?.test(text)) continue;
    const value = tag.resolve(text, () => undefined, {});
    return isScalar(value) ? value.value : value;
  }
  return text;
}

export interface Tree {
  readonly tree: Node;
  readonly problems: readonly FileProblem[];
  /** Where a node was left out first. There is a problem about it, here or among the library's. */
  readonly lost?: Spot;
}

/** Converts in one pass: an alias always follows its anchor in the text, so nothing is searched. */
export function treeOf(document: Document.Parsed, source: Source, comments: Comments): Tree {
  const problems: FileProblem[] = [];
  let lost: Spot | undefined;
  const anchors = new Map<string, Node | 'open'>();
  let total = 0;
  let aliases = 0;

  const problem = (spot: Spot, message: string) => problems.push({ spot, message });
  const startOf = (node: unknown): Spot => spotAt(source, (isNode(node) && node.range?.[0]) || 0);
  const endOf = (node: unknown): Spot => spotAt(source, (isNode(node) && node.range?.[1]) || 0);
  const broken = (spot: Spot, end = spot): BrokenNode => {
    lost ??= spot;
    return { kind: 'broken', spot, end, size: 1, height: 1 };
  };

  function grow(size: number, spot: Spot): boolean {
    const fitted = total <= SIZE_LIMIT;
    total += size;
    if (fitted && total > SIZE_LIMIT) problem(spot, TOO_MANY);
    return total <= SIZE_LIMIT;
  }

  function convert(node: unknown, depth: number, whenEmpty?: Spot): Node {
    const spot = startOf(node);
    if (isAlias(node)) return follow(node, depth, spot);
    if (!grow(1, spot)) return broken(spot);
    if (depth > DEPTH_LIMIT) {
      problem(spot, TOO_DEEP);
      return broken(spot);
    }
    const anchor = isNode(node) ? node.anchor : undefined;
    if (anchor !== undefined) anchors.set(anchor, 'open');
    const made = convertNode(node, depth, spot, whenEmpty);
    if (anchor !== undefined) anchors.set(anchor, made);
    return made;
  }

  function convertNode(node: unknown, depth: number, spot: Spot, whenEmpty: Spot | undefined): Node {
    const tagName = isNode(node) ? (node as { tag?: string }).tag : undefined;
    if (tagName === undefined) return convertContent(node, depth, spot, whenEmpty, false);
    const tag = OUR_TAGS.get(tagName);
    if (tag === undefined && !CORE_TAG.test(tagName)) {
      // The library has a warning about every tag that it does not know, but none about this one.
      if (tagName === '!') problem(spot, BARE_TAG);
      return broken(spot, endOf(node));
    }
    const made = convertContent(node, depth, spot, whenEmpty, tag !== undefined);
    return tag === undefined || made.kind === 'broken' ? made : { ...made, tag };
  }

  function convertContent(
    node: unknown,
    depth: number,
    spot: Spot,
    whenEmpty: Spot | undefined,
    tagged: boolean,
  ): Node {
    if (isMap(node)) {
      const entries = convertEntries(node, depth);
      const map = { kind: 'map' as const, entries, spot, end: endOf(node), size: 1, height: 1 };
      for (const { value } of entries) contain(map, value);
      return map;
    }
    if (isSeq(node)) {
      const items = (node as YAMLSeq).items.map((item) => convert(item, depth + 1));
      const list = { kind: 'list' as const, items, spot, end: endOf(node), size: 1, height: 1 };
      for (const item of items) contain(list, item);
      return list;
    }
    // A key alone in braces has no value node.
    if (!isScalar(node)) return nothing(whenEmpty ?? spot);
    const value = scalarValue(node, tagged);
    if (value === undefined) {
      problem(spot, 'this number cannot be kept exactly; if it is text, put it in quotes');
      return broken(spot, endOf(node));
    }
    if (value === null && node.range?.[0] === node.range?.[1]) return nothing(whenEmpty ?? spot);
    return { kind: 'scalar', value, plain: node.type === 'PLAIN', spot, end: endOf(node), size: 1, height: 1 };
  }

  function nothing(spot: Spot): Node {
    return { kind: 'scalar', value: null, plain: true, spot, end: spot, size: 1, height: 1 };
  }

  function follow(alias: Alias.Parsed | Alias, depth: number, spot: Spot): Node {
    aliases += 1;
    if (aliases > ALIAS_LIMIT) {
      if (aliases === ALIAS_LIMIT + 1) problem(spot, `this file has more than ${ALIAS_LIMIT} aliases`);
      return broken(spot);
    }
    const target = anchors.get(alias.source);
    if (target === undefined) {
      problem(spot, `there is no anchor of this name before this alias`);
      return broken(spot);
    }
    if (target === 'open') {
      problem(spot, 'this alias is inside the value that it refers to');
      return broken(spot);
    }
    if (!grow(target.size, spot)) return broken(spot);
    if (depth + target.height - 1 <= DEPTH_LIMIT) return target;
    problem(spot, TOO_DEEP);
    return broken(spot);
  }

  function convertEntries(map: YAMLMap, depth: number): Entry[] {
    const own = new Map<string, Entry>();
    const merged: Entry[] = [];
    const here = new Set<Entry>();
    for (const pair of map.items as Pair[]) {
      const spot = startOf(pair.key);
      if (isMergeKey(pair.key)) {
        if (own.has('<<')) problem(spot, 'a second `<<` in this map; merge several maps with a list, `<<: [*a, *b]`');
        own.set('<<', { key: '<<', spot, value: nothing(spot) });
        const node = convert(pair.value, depth + 1, spot);
        const written = isSeq(pair.value) ? pair.value.items : [pair.value];
        for (const [at, map] of (node.kind === 'list' ? node.items : [node]).entries()) {
          const given = mergedEntries(map, spot);
          merged.push(...given);
          if (isOnlyHere(written[at])) for (const entry of given) here.add(entry);
        }
        continue;
      }
      const key = keyOf(pair.key, spot);
      const value = convert(pair.value, depth + 1, spot);
      if (key === undefined) continue;
      const first = own.get(key);
      if (first !== undefined) {
        problem(spot, `duplicate key ${quoted(key)}; the first is in line ${first.spot.line}`);
        continue;
      }
      const reason = reasonFor(comments, spot.line, spot.column);
      own.set(key, { key, spot, ...(reason === undefined ? {} : { reason }), value });
    }
    own.delete('<<');
    const entries = new Map<string, Entry>();
    for (const entry of merged) {
      const winner = own.get(entry.key) ?? entries.get(entry.key);
      if (winner === undefined) entries.set(entry.key, entry);
      else if (here.has(entry)) problem(entry.spot, overridden(entry, winner));
    }
    return [...entries.values(), ...own.values()];
  }

  function mergedEntries(map: Node, spot: Spot): readonly Entry[] {
    if (map.kind === 'broken') return [];
    if (map.kind === 'map' && map.tag === undefined) return map.entries;
    problem(spot, '`<<` needs a map without a tag, or a list of such maps');
    return [];
  }

  function keyOf(node: unknown, spot: Spot): string | undefined {
    if (!isScalar(node) || typeof node.value !== 'string') {
      problem(spot, notAKey(node));
      return undefined;
    }
    const key = node.value;
    if (node.anchor !== undefined) {
      anchors.set(node.anchor, {
        kind: 'scalar',
        value: key,
        plain: false,
        spot,
        end: endOf(node),
        size: 1,
        height: 1,
      });
    }
    const message = keyProblem(key, node);
    if (message === undefined) return key;
    problem(spot, message);
    return undefined;
  }

  const tree = convert(document.contents, 1);
  return { tree, problems, ...(lost === undefined ? {} : { lost }) };
}

/** Whether a merged map is written in the map that merges it, so that nothing else can use it. */
function isOnlyHere(merged: unknown): boolean {
  return isMap(merged) && merged.anchor === undefined;
}

function overridden({ key }: Entry, { spot }: Entry): string {
  return `${quoted(key)} has no effect here: line ${spot.line} sets it in the same map`;
}

function keyProblem(key: string, node: Scalar): string | undefined {
  if (node.tag !== undefined && !CORE_TAG.test(node.tag)) return 'a tag belongs before the value, not before the key';
  return nameProblem(key);
}

function notAKey(node: unknown): string {
  if (!isScalar(node) || typeof node.source !== 'string') return 'a key must be text, not a map, a list or an alias';
  return node.source === ''
    ? 'a key is missing before this `:`'
    : `a key must be text; put ${quoted(node.source)} in quotes`;
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}

function contain(outer: { size: number; height: number }, { size, height }: Node): void {
  outer.size += size;
  outer.height = Math.max(outer.height, height + 1);
}

/** `undefined` for numbers that JSON cannot hold exactly. */
function scalarValue(node: Scalar, tagged: boolean): string | number | boolean | null | undefined {
  const value = tagged && node.type === 'PLAIN' ? plainValue(String(node.value)) : node.value;
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return undefined;
  return value === 0 ? 0 : value;
}
