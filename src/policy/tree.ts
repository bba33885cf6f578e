/** A policy file as a tree with positions: free of YAML's syntax, and not interpreted yet. */

/** A position in a file, counted from 1. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

/** A problem in a file. */
export interface FileProblem {
  readonly spot: Spot;
  readonly message: string;
}

interface Placed {
  readonly spot: Spot;
  /** Just after the last character. */
  readonly end: Spot;
  readonly tag?: 'locked' | 'env';
  /** The number of values in this node, itself and expanded aliases included; and the number of levels. */
  readonly size: number;
  readonly height: number;
}

export interface ScalarNode extends Placed {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** Written without quotes: `yes` may not have been meant as text. */
  readonly plain: boolean;
}

export interface ListNode extends Placed {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

export interface MapNode extends Placed {
  readonly kind: 'map';
  readonly entries: readonly Entry[];
}

/** A node whose problem has been reported already, so nothing else reports it. */
export interface BrokenNode extends Placed {
  readonly kind: 'broken';
}

export type Node = ScalarNode | ListNode | MapNode | BrokenNode;

export interface Entry {
  readonly key: string;
  readonly spot: Spot;
  /** The comment directly above the key or after it on its line. */
  readonly reason?: string;
  readonly value: Node;
}

const indexes = new WeakMap<MapNode, ReadonlyMap<string, Entry>>();

export function entryOf(node: Node | undefined, key: string): Entry | undefined {
  if (node?.kind !== 'map') return undefined;
  const index = indexes.get(node) ?? new Map(node.entries.map((entry) => [entry.key, entry]));
  indexes.set(node, index);
  return index.get(key);
}

/** Follows keys and indexes as far as possible: a problem with a missing node is reported at its parent. */
export function nearestNode(node: Node, keys: readonly PropertyKey[]): Node {
  const [key, ...rest] = keys;
  if (key === undefined) return node;
  const next = node.kind === 'list' ? node.items[Number(key)] : entryOf(node, String(key))?.value;
  return next === undefined ? node : nearestNode(next, rest);
}

/** Visits every entry below a node. A node that several aliases share is visited once. */
export function visitEntries(node: Node, visit: (entry: Entry) => void, seen = new Set<Node>()): void {
  if (node.kind !== 'list' && node.kind !== 'map') return;
  if (seen.has(node)) return;
  seen.add(node);
  if (node.kind === 'list') for (const item of node.items) visitEntries(item, visit, seen);
  else {
    for (const entry of node.entries) {
      visit(entry);
      visitEntries(entry.value, visit, seen);
    }
  }
}

/** The nodes directly below one. */
export function childrenOf(node: Node): readonly Node[] {
  if (node.kind === 'list') return node.items;
  return node.kind === 'map' ? node.entries.map(({ value }) => value) : [];
}
