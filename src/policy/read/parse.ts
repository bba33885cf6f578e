/** Parses a policy's text to a tree with positions. */
import { Composer, CST, type Document, Lexer, Parser, YAMLParseError } from 'yaml';
import type { FileProblem, Node } from '../tree.ts';
import { treeOf } from './build-tree.ts';
import { type Source, spotAt } from './lines.ts';
import { type Scanner, scannerOf } from './scan.ts';
import { syntaxProblems, tagProblems } from './syntax.ts';

export interface Parsed {
  /** Absent if the text is empty or was refused. */
  readonly tree?: Node;
  /** Without syntax errors. Otherwise the tree is only good for finding `extends`. */
  readonly sound: boolean;
  readonly problems: readonly FileProblem[];
}

export function parsePolicy(source: Source): Parsed {
  const scanner = scannerOf(source);
  const tokens = parsed(source, scanner);
  if ('message' in tokens) return { sound: false, problems: [tokens] };
  const document = withoutTraces(() => composed(tokens, source));
  const syntax = syntaxProblems(source, document.errors);
  const tags = tagProblems(source, document.warnings, (written) =>
    document.directives.tagName(written, () => undefined),
  );
  const { tree, problems, lost } = treeOf(document, source, scanner.comments);
  if (syntax.length > 0) return { tree, sound: false, problems: syntax };
  if (tree.kind === 'scalar' && tree.value === null) return { sound: false, problems: [EMPTY] };
  const all = [...tags, ...problems];
  // Nothing that is written is left out without a word, whatever the library makes of it.
  if (all.length === 0 && lost !== undefined) return { tree, sound: true, problems: [{ spot: lost, message: LOST }] };
  return { tree, sound: true, problems: all };
}

const LOST = 'this value cannot be read; look at what is written before it';

/** The library makes an error object of every problem: 100,000 stack traces would take a gigabyte. */
function withoutTraces<T>(compose: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return compose();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const EMPTY: FileProblem = {
  spot: { line: 1, column: 1 },
  message: 'this file is empty; a policy starts with `version: 1`',
};

/** Parses token by token, and stops when the scanner refuses one. */
function parsed(source: Source, { take }: Scanner): CST.Token[] | FileProblem {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let offset = 0;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(source.text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    const type: string = isScalar ? 'scalar' : (CST.tokenType(lexeme) ?? 'unknown');
    isScalar = !isScalar && type === 'scalar';
    if (isScalar || type === 'doc-mode') continue;
    // The lexer adds this mark between tokens; it is no part of the text.
    const text = type === 'flow-error-end' ? '' : lexeme;
    const message = take(type, text, offset, parser.stack.length);
    if (message !== undefined) return { spot: spotAt(source, offset), message };
    offset += text.length;
  }
  tokens.push(...parser.end());
  return tokens;
}

/** Does what the library's `parseDocument` does after parsing. */
function composed(tokens: readonly CST.Token[], { text }: Source): Document.Parsed {
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    resolveKnownTags: false,
    // Our own check names the first key, and takes linear time.
    uniqueKeys: false,
  });
  const [document, another] = composer.compose(tokens, true, text.length);
  if (document === undefined) throw new Error('an empty text is a document, too');
  if (another !== undefined) {
    const [start, end] = another.range;
    document.errors.push(new YAMLParseError([start, end], 'MULTIPLE_DOCS', 'several documents'));
  }
  return document as Document.Parsed;
}
