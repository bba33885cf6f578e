/**
 * Our messages for the YAML library's syntax errors. The library's own quote the text, which may be a secret; ours
 * never do.
 */
import { nearestName } from '../../util/nearest.ts';
import type { FileProblem } from '../tree.ts';
import { type Source, spotAt } from './lines.ts';

/** An error or a warning of the library. */
interface YamlIssue {
  readonly pos: readonly [number, number];
  readonly code: string;
  readonly message: string;
}

const WRONG_KIND = 'the value is not of the kind that its tag says';

/**
 * The library's codes are coarser than its messages, so the messages choose among our sentences. One that is not listed
 * gets the general sentence.
 */
const SENTENCES: readonly (readonly [code: string, message: RegExp, sentence: string])[] = [
  ['TAB_AS_INDENT', /./, 'a tab cannot indent: use spaces'],
  ['MULTIPLE_DOCS', /./, 'a second document starts here; a policy file has one, so move it to a file of its own'],
  ['MULTIPLE_TAGS', /./, 'a value has at most one tag; to lock a setting with an `!env` value, use `lock_settings`'],
  ['MULTIPLE_ANCHORS', /./, 'a value has at most one anchor'],
  ['ALIAS_PROPS', /./, 'an alias has no tag and no anchor; put the tag at the anchor'],
  ['BAD_ALIAS', /./, 'an anchor or alias needs a name after its `&` or `*`, without `:`'],
  ['BAD_PROP_ORDER', /./, 'a tag or an anchor belongs before its value, after the `:` or `-`'],
  ['BAD_DQ_ESCAPE', /./, 'an unknown escape in double-quoted text: write `\\\\` for a backslash, or use single quotes'],
  ['BAD_SCALAR_START', /./, 'text that starts with this character must be in quotes'],
  ['BAD_INDENT', /Flow (map|sequence)/, 'a `{` or `[` is not closed, or what is in it is not indented'],
  ['BAD_INDENT', /./, 'wrong indentation: keys of one map start in the same column'],
  ['BLOCK_AS_IMPLICIT_KEY', /./, 'two keys on one line: put the second on a line of its own, or the value in quotes'],
  ['MULTILINE_IMPLICIT_KEY', /./, 'no key and value can be read here: is a `:` with a space after it missing?'],
  ['BLOCK_IN_FLOW', /./, 'only `{ }` and `[ ]` are allowed inside of `{ }` and `[ ]`'],
  ['KEY_OVER_1024_CHARS', /./, 'a key is longer than 1024 characters'],
  ['MISSING_CHAR', /closing/, 'a quote is not closed'],
  ['MISSING_CHAR', /followed by map values/, 'a `:` with a space is missing after this key'],
  ['MISSING_CHAR', /Missing , /, 'a comma is missing'],
  ['MISSING_CHAR', /Missing space after :/, 'a space is missing after the `:`'],
  ['MISSING_CHAR', /Comments must/, 'a comment needs a space before its `#`'],
  ['MISSING_CHAR', /Tags and anchors|sequence props/, 'a space or a new line is missing after the tag or anchor'],
  ['TAG_RESOLVE_FAILED', /tag:yaml\.org/, WRONG_KIND],
];

function syntaxSentence(code: string, message: string): string {
  const known = SENTENCES.find(([candidate, pattern]) => candidate === code && pattern.test(message));
  return known?.[2] ?? 'this is not YAML: look at the quotes, brackets, colons and indentation here and just before';
}

/** One mistake causes many errors; after this many, further ones say nothing new. */
const FAULT_LIMIT = 20;

/** The first error of each line. */
export function syntaxProblems(source: Source, errors: readonly YamlIssue[]): FileProblem[] {
  const byLine = new Map<number, FileProblem>();
  for (const { pos, code, message } of errors) {
    const spot = spotAt(source, Math.min(Math.max(pos[0], 0), source.text.length));
    if (!byLine.has(spot.line)) byLine.set(spot.line, { spot, message: syntaxSentence(code, message) });
    if (byLine.size >= FAULT_LIMIT) break;
  }
  return [...byLine.values()];
}

const TAGS: readonly string[] = ['!locked', '!env'];
const SCALAR_TAG = /^tag:yaml\.org,2002:(int|float|bool|null)$/;

/**
 * Tags that policies do not have. The library does not resolve ours either.
 * @param fullName resolves a tag as written
 */
export function tagProblems(
  source: Source,
  warnings: readonly YamlIssue[],
  fullName: (written: string) => string | null | undefined,
): FileProblem[] {
  return warnings.flatMap(({ pos: [start, end], code }) => {
    const tag = fullName(source.text.slice(start, end)) ?? '';
    if (code !== 'TAG_RESOLVE_FAILED' || TAGS.includes(tag)) return [];
    const spot = spotAt(source, start);
    if (SCALAR_TAG.test(tag)) return [{ spot, message: WRONG_KIND }];
    const near = nearestName(tag.toLowerCase(), TAGS);
    const meant = near === undefined ? '' : `: did you mean \`${near}\`?`;
    return [{ spot, message: `an unknown tag; policies have \`!locked\` and \`!env\`${meant}` }];
  });
}
