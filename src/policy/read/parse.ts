/** Text -> positioned tree. */
import { Composer, CST, type Document, Lexer, Parser, YAMLParseError } from 'yaml';
import type { FileProblem, Node } from '../tree.ts';
import { treeOf } from './build-tree.ts';
import { type Source, spotAt } from './lines.ts';
import { type Scanner, scannerOf } from './scan.ts';
import { syntaxProblems, tagProblems } from './syntax.ts';

export interface Parsed {
  /** Absent when there is nothing that could be looked at. */
  readonly tree?: Node;
  /** Free of syntax errors: without that the tree is good for finding `extends` and for nothing else. */
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
  const { tree, problems } = treeOf(document, source, scanner.comments);
  if (syntax.length > 0) return { tree, sound: false, problems: syntax };
  if (tree.kind === 'scalar' && tree.value === null) return { sound: false, problems: [EMPTY] };
  return { tree, sound: true, problems: [...tags, ...problems] };
}

/** The library makes an error of every slip: the traces of a hundred thousand of them would take a gigabyte. */
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
  message: 'this file is empty: a policy starts with `version: 1`',
};

/** Token by token, so that whatever the scanner refuses spares the parser the rest. */
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
    // A mark that the lexer puts between the tokens is no part of the text.
    const text = type === 'flow-error-end' ? '' : lexeme;
    const message = take(type, text, offset, parser.stack.length);
    if (message !== undefined) return { spot: spotAt(source, offset), message };
    offset += text.length;
  }
  tokens.push(...parser.end());
  return tokens;
}

/** What the library's `parseDocument` does, with what has been parsed already. */
function composed(tokens: readonly CST.Token[], { text }: Source): Document.Parsed {
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    resolveKnownTags: false,
    // Ours names the first one, and takes the same time for a million keys as for ten.
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
