/** What a policy file says, with the position of everything in it: YAML's forms left behind, nothing interpreted yet. */

/** 1-based, as editors count. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

/** Something wrong in one file. */
export interface FileProblem {
  readonly spot: Spot;
  readonly message: string;
}

interface Placed {
  readonly spot: Spot;
  /** Just behind the last character. */
  readonly end: Spot;
  readonly tag?: 'locked' | 'env';
  /** How many values this one is with everything in it, aliases written out; and how many levels deep it goes. */
  readonly size: number;
  readonly height: number;
}

export interface ScalarNode extends Placed {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** Written without quotes, so that `yes` may have been meant as something else than text. */
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

/** Something whose fault has been reported already; whoever meets it stays silent. */
export interface BrokenNode extends Placed {
  readonly kind: 'broken';
}

export type Node = ScalarNode | ListNode | MapNode | BrokenNode;

export interface Entry {
  readonly key: string;
  readonly spot: Spot;
  /** The comment that stands directly above or behind the key. */
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

/** Follows keys and indexes as far as they lead, so that a fault in something missing is placed at what should hold it. */
export function nearestNode(node: Node, keys: readonly PropertyKey[]): Node {
  const [key, ...rest] = keys;
  if (key === undefined) return node;
  const next = node.kind === 'list' ? node.items[Number(key)] : entryOf(node, String(key))?.value;
  return next === undefined ? node : nearestNode(next, rest);
}

/** Visits each entry below a node, at any depth. A part that several aliases stand for is visited once. */
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
