/** Finds the parts of a policy's text that must not be shown because they are or may be secrets. */
import { openNames } from '../../catalog/lookup.ts';
import { soundsSecret } from '../../model/secret-name.ts';
import { memoize } from '../../util/memoize.ts';
import { nearestName } from '../../util/nearest.ts';
import { SECRET_NAMES } from '../phrases.ts';
import { type Node, visitEntries } from '../tree.ts';
import { lineOf, type Source } from './lines.ts';

/** How many characters of a line may be shown, for lines that must be cut. */
export type Cuts = ReadonlyMap<number, number>;

const WORD = /[A-Za-z_]\w*/g;

const OUR_KEYS = ['version', 'extends', 'account', 'groups', 'users', 'settings', 'lock_settings', 'registration'];
let harmless: ReadonlySet<string> | undefined;

/** Every known name in policies that is not the name of a secret. */
function harmlessNames(): ReadonlySet<string> {
  harmless ??= new Set([...OUR_KEYS, ...openNames()]);
  return harmless;
}

/** A name that no setting has may be the mistyped name of a secret. Memoized: thousands of files use the same names. */
const namesSecret = memoize((name: string): boolean => {
  if (SECRET_NAMES.includes(name)) return true;
  if (harmlessNames().has(name)) return false;
  return soundsSecret(name) || nearestName(name, SECRET_NAMES) !== undefined;
});

/**
 * What excerpts must leave out: everything after a name that is or looks like the name of a secret, and the value
 * itself if it is on lines of its own or at an anchor. Searches the text as well as the tree, because a syntax error
 * in the line of a secret changes its meaning.
 * @param isTrusted whether the tree is right; if not, any later line may belong to a broken value
 */
export function secretCuts(source: Source, tree: Node | undefined, isTrusted: boolean): Cuts {
  const cuts = new Map<number, number>();
  const cut = (line: number, kept: number) => cuts.set(line, Math.min(kept, cuts.get(line) ?? kept));
  cutText(source, isTrusted, cut);
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

function cutText(source: Source, isTrusted: boolean, cut: (line: number, kept: number) => void): void {
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
    if (met && !isTrusted) cut(line, knownKeyIn(text));
    const name = secretNameIn(text) ?? wrongVariableIn(text);
    if (name === undefined) continue;
    cut(line, name + (/^["']?\s*:?/.exec(text.slice(name))?.[0].length ?? 0));
    below = indent;
    met = true;
  }
}

/** A line that starts with a key and so ends the previous value. */
const KEY = /^\s*["']?[^\s:"'?{}[\],][^:"'{}[\]]*(?:["']\s*)?:(?=\s|$)/;

/** Where the line's key ends if it is a known name and so cannot be part of a secret's value. */
function knownKeyIn(text: string): number {
  const [all, key] = /^\s*(\w+):(?=\s|$)/.exec(text) ?? [];
  return all !== undefined && key !== undefined && harmlessNames().has(key) ? all.length : 0;
}

/** Where the name of a secret ends in the line. */
function secretNameIn(text: string): number | undefined {
  const comment = /^\s*#/.test(text);
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const isName = comment ? SECRET_NAMES.includes(word) : namesSecret(word) && isKeyLike(text, index, word);
    if (isName) return index + word.length;
  }
  return undefined;
}

/** A key has a colon or comes first: `!env GITHUB_TOKEN` names a variable, and `- token` may be any text. */
function isKeyLike(text: string, index: number, word: string): boolean {
  if (SECRET_NAMES.includes(word)) return true;
  return /^["']?\s*:/.test(text.slice(index + word.length)) || comesFirst(text, index);
}

const MARK = /[\s"'*&!-]/;

/** Whether only marks precede it on the line or in its entry in braces. By hand: `[...]*$` takes quadratic time. */
function comesFirst(text: string, index: number): boolean {
  let at = index;
  while (at > 0 && MARK.test(text.charAt(at - 1))) at -= 1;
  return at === 0 || '{,?'.includes(text.charAt(at - 1));
}

/** Where `!env` is followed by something other than the name of a variable: it may be the value. */
function wrongVariableIn(text: string): number | undefined {
  const found = /!env\s+(?!["']?[A-Za-z_]\w*["']?\s*(?:[,}\]#]|$))/.exec(text);
  return found === null ? undefined : found.index + '!env'.length;
}
