/** The text of one file by lines, and excerpts of it that never show a secret. */

import { settingsOf } from '../../catalog/lookup.ts';
import { memoize } from '../../util/memoize.ts';
import { nearestName } from '../../util/nearest.ts';
import { printable } from '../../util/printable.ts';
import { SECRET_NAMES } from '../phrases.ts';
import { entriesBelow, type Node, type Spot } from '../tree.ts';

export interface Source {
  readonly text: string;
  readonly lineStarts: readonly number[];
}

export function sourceOf(text: string): Source {
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return { text, lineStarts };
}

export function spotAt({ lineStarts }: Source, offset: number): Spot {
  let [low, high] = [0, lineStarts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}

function lineOf({ text, lineStarts }: Source, line: number): string {
  const start = lineStarts[line - 1];
  if (start === undefined) return '';
  const next = lineStarts[line];
  if (next === undefined) return text.slice(start);
  return text.slice(start, text.charAt(next - 2) === '\r' ? next - 2 : next - 1);
}

const WIDTH = 100;
/** Enough to fill the width on one side: a cell is at most two units. Lines may be megabytes, and have a thousand faults. */
const REACH = 2 * WIDTH + 2;
const TAB = '    ';

/**
 * The line and a `^` under the spot, as two lines. Of a long line the part around the spot.
 * @param cuts see `secretCuts`
 */
export function excerptAt(source: Source, spot: Spot, cuts: Cuts): string {
  const line = lineOf(source, spot.line);
  const kept = cuts.get(spot.line) ?? line.length;
  const at = Math.min(spot.column - 1, kept);
  const end = Math.min(kept, at + REACH);
  const before = drawn(line.slice(Math.max(0, at - REACH), at));
  const behind = drawn(line.slice(at, end) + (end === kept && kept < line.length ? '…' : ''));
  const start = Math.max(0, before.length - Math.max(WIDTH / 2, WIDTH - behind.length));
  const room = WIDTH - (before.length - start);
  const head = (start > 0 ? ['…'] : []).concat(before.slice(start));
  const tail = behind.slice(0, room).concat(behind.length > room ? ['…'] : []);
  return `${head.concat(tail).join('')}\n${' '.repeat(head.length)}^`;
}

/** The text as single cells of a terminal, as far as that can be known without its font. */
function drawn(text: string): string[] {
  return [...printable(text.replaceAll('\t', TAB))];
}

/** How many characters of a line may be shown, for the lines of which not all may. */
export type Cuts = ReadonlyMap<number, number>;

/** Said of a name that no setting has: it may be the name of a secret, mistyped. */
const SOUNDS_SECRET = /pass|secret|token|credential|api_?key/i;
const WORD = /[A-Za-z_]\w*/g;

const OUR_KEYS = ['version', 'extends', 'account', 'groups', 'users', 'settings', 'lock_settings', 'registration'];
let harmless: ReadonlySet<string> | undefined;

/** Every name that policies are made of and that is no secret's. */
function harmlessNames(): ReadonlySet<string> {
  if (harmless !== undefined) return harmless;
  const names = new Set(OUR_KEYS);
  for (const scope of ['account', 'group', 'user'] as const) {
    for (const { path, secret } of settingsOf(scope).values()) {
      for (const name of secret ? [] : path.split('.')) names.add(name);
    }
  }
  harmless = names;
  return names;
}

/** Of thousands of files the words are the same. */
const namesSecret = memoize((name: string): boolean => {
  if (SECRET_NAMES.includes(name)) return true;
  if (harmlessNames().has(name)) return false;
  return SOUNDS_SECRET.test(name) || nearestName(name, SECRET_NAMES) !== undefined;
});

/**
 * What excerpts must leave out: everything behind a name that is a secret's or looks like one, and the value itself
 * where it stands on lines of its own or behind an anchor. The text is searched too, not only the tree: a slip in the
 * line of a secret makes something else of it.
 * @param faultless whether the tree can be trusted; if not, any later line may belong to a value that went wrong
 */
export function secretCuts(source: Source, tree: Node | undefined, faultless: boolean): Cuts {
  const cuts = new Map<number, number>();
  const cut = (line: number, kept: number) => cuts.set(line, Math.min(kept, cuts.get(line) ?? kept));
  cutText(source, faultless, cut);
  if (tree === undefined) return cuts;
  for (const { key, value } of entriesBelow(tree)) {
    if (!namesSecret(key)) continue;
    cut(value.spot.line, value.spot.column - 1);
    for (let line = value.spot.line + 1; line <= value.end.line; line++) {
      if (line < value.end.line || value.end.column > 1) cut(line, 0);
    }
  }
  return cuts;
}

function cutText(source: Source, faultless: boolean, cut: (line: number, kept: number) => void): void {
  let below: number | undefined;
  let met = false;
  for (let line = 1; line <= source.lineStarts.length; line++) {
    const text = lineOf(source, line);
    const indent = text.search(/\S|$/);
    if (below !== undefined && (indent > below || !KEY.test(text))) {
      cut(line, 0);
      continue;
    }
    below = undefined;
    if (met && !faultless) cut(line, knownKeyIn(text));
    const name = secretNameIn(text) ?? wrongVariableIn(text);
    if (name === undefined) continue;
    cut(line, name + (/^["']?\s*:?/.exec(text.slice(name))?.[0].length ?? 0));
    below = indent;
    met = true;
  }
}

/** A line that begins with a key and so ends the value before it. */
const KEY = /^\s*["']?[^\s:"'?{}[\],][^:"'{}[\]]*(?:["']\s*)?:(?=\s|$)/;

/** Where in the line a key ends that cannot be a part of a secret's value, being Zoom's or ours. */
function knownKeyIn(text: string): number {
  const [all, key] = /^\s*(\w+):(?=\s|$)/.exec(text) ?? [];
  return all !== undefined && key !== undefined && harmlessNames().has(key) ? all.length : 0;
}

/** Where in the line the name of a secret ends. */
function secretNameIn(text: string): number | undefined {
  const comment = /^\s*#/.test(text);
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const isName = comment ? SECRET_NAMES.includes(word) : namesSecret(word) && isKeyLike(text, index, word);
    if (isName) return index + word.length;
  }
  return undefined;
}

/** `!env GITHUB_TOKEN` names a variable and `- token` may be any text; a key has a colon, or stands first. */
function isKeyLike(text: string, index: number, word: string): boolean {
  if (SECRET_NAMES.includes(word)) return true;
  return /^["']?\s*:/.test(text.slice(index + word.length)) || standsFirst(text, index);
}

const MARK = /[\s"'*&!-]/;

/** Only marks stand between here and the start of the line, or of an entry in braces. By hand: `[...]*$` looks again from every place. */
function standsFirst(text: string, index: number): boolean {
  let at = index;
  while (at > 0 && MARK.test(text.charAt(at - 1))) at -= 1;
  return at === 0 || '{,?'.includes(text.charAt(at - 1));
}

/** Behind `!env` stands the value itself rather than the name of a variable. */
function wrongVariableIn(text: string): number | undefined {
  const found = /!env\s+(?!["']?[A-Za-z_]\w*["']?\s*(?:[,}\]#]|$))/.exec(text);
  return found === null ? undefined : found.index + '!env'.length;
}
