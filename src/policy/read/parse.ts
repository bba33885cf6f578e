/** Text -> positioned tree. */
import { Composer, CST, type Document, Lexer, Parser, YAMLParseError } from 'yaml';
import type { FileProblem, Node } from '../tree.ts';
import { treeOf } from './build-tree.ts';
import { type Source, spotAt } from './lines.ts';
import { scan, type Token } from './scan.ts';
import { syntaxProblems, tagProblems } from './syntax.ts';

export interface Parsed {
  /** Absent when there is nothing that could be looked at. */
  readonly tree?: Node;
  /** Free of syntax errors: without that the tree is good for finding `extends` and for nothing else. */
  readonly sound: boolean;
  readonly problems: readonly FileProblem[];
}

export function parsePolicy(source: Source): Parsed {
  const parser = new Parser();
  const parsed: CST.Token[] = [];
  const scanned = scan(source, tokensOf(source.text, parser, parsed));
  if (scanned.problem !== undefined) {
    const { offset, message } = scanned.problem;
    return { sound: false, problems: [{ spot: spotAt(source, offset), message }] };
  }
  parsed.push(...parser.end());
  const document = withoutTraces(() => composed(parsed, source));
  const syntax = syntaxProblems(source, document.errors);
  const tags = tagProblems(source, document.warnings, (written) =>
    document.directives.tagName(written, () => undefined),
  );
  const { tree, problems } = treeOf(document, source, scanned);
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

/**
 * Each token with how deep the parser is in once it has taken it, so that whoever stops asking spares it the rest.
 * @param parsed is given what the parser makes of them
 */
function* tokensOf(text: string, parser: Parser, parsed: CST.Token[]): Generator<Token> {
  let offset = 0;
  let scalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) parsed.push(token);
    const type: string = scalar ? 'scalar' : (CST.tokenType(lexeme) ?? 'unknown');
    scalar = !scalar && type === 'scalar';
    if (scalar || type === 'doc-mode') continue;
    // A mark that the lexer puts between the tokens is no part of the text.
    const text = type === 'flow-error-end' ? '' : lexeme;
    yield { type, text, offset, depth: parser.stack.length };
    offset += text.length;
  }
}

/** What the library's `parseDocument` does, with what has been parsed already. */
function composed(parsed: readonly CST.Token[], { text }: Source): Document.Parsed {
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    resolveKnownTags: false,
    // Ours names the first one, and takes the same time for a million keys as for ten.
    uniqueKeys: false,
  });
  const [document, another] = composer.compose(parsed, true, text.length);
  if (document === undefined) throw new Error('an empty text is a document, too');
  if (another !== undefined) {
    const [start, end] = another.range;
    document.errors.push(new YAMLParseError([start, end], 'MULTIPLE_DOCS', 'several documents'));
  }
  return document as Document.Parsed;
}
