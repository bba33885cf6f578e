/** Which parts of a policy's text must not be shown, because they are a secret or may be one. */
import { openNames } from '../../catalog/lookup.ts';
import { memoize } from '../../util/memoize.ts';
import { nearestName } from '../../util/nearest.ts';
import { SECRET_NAMES } from '../phrases.ts';
import { type Node, visitEntries } from '../tree.ts';
import { lineOf, type Source } from './lines.ts';

/** How many characters of a line may be shown, for the lines of which not all may. */
export type Cuts = ReadonlyMap<number, number>;

/** Said of a name that no setting has: it may be the name of a secret, mistyped. */
const SOUNDS_SECRET = /pass|secret|token|credential|api_?key/i;
const WORD = /[A-Za-z_]\w*/g;

const OUR_KEYS = ['version', 'extends', 'account', 'groups', 'users', 'settings', 'lock_settings', 'registration'];
let harmless: ReadonlySet<string> | undefined;

/** Every name that policies are made of and that is no secret's. */
function harmlessNames(): ReadonlySet<string> {
  harmless ??= new Set([...OUR_KEYS, ...openNames()]);
  return harmless;
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
  visitEntries(tree, ({ key, value }) => {
    if (!namesSecret(key)) return;
    cut(value.spot.line, value.spot.column - 1);
    for (let line = value.spot.line + 1; line <= value.end.line; line++) {
      if (line < value.end.line || value.end.column > 1) cut(line, 0);
    }
  });
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

/** Below `!env` stands the value itself rather than the name of a variable. */
function wrongVariableIn(text: string): number | undefined {
  const found = /!env\s+(?!["']?[A-Za-z_]\w*["']?\s*(?:[,}\]#]|$))/.exec(text);
  return found === null ? undefined : found.index + '!env'.length;
}
