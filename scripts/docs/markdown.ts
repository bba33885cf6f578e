/** The Markdown that the generators write and the tests read: fenced blocks, marked blocks and tables. */

export interface Block {
  readonly language: string;
  readonly text: string;
  /** The file that the line before the block names, as in "`base.yaml`:". */
  readonly file: string | undefined;
  /** What is between this block and the one before. */
  readonly before: string;
}

/** The fenced blocks of a page, in order. */
export function blocksOf(markdown: string): readonly Block[] {
  let end = 0;
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(({ 0: whole, 1: language, 2: text, index }) => {
    const before = markdown.slice(end, index);
    end = index + whole.length;
    return { language: language ?? '', text: text ?? '', file: /^`([\w./-]+)`:\n\n$/m.exec(before)?.[1], before };
  });
}

/** The text with the content of every marked block replaced. Throws for a block that only one of the two sides has. */
export function withBlocks(text: string, blocks: Readonly<Record<string, string>>): string {
  const used = new Set<string>();
  const replaced = text.replaceAll(
    /(<!-- generated: (.+?) -->\n)[\s\S]*?(<!-- \/generated -->)/g,
    (_, start: string, name: string, end: string) => {
      const content = blocks[name];
      if (content === undefined) throw new Error(`nothing generates the block "${name}"`);
      used.add(name);
      return `${start}\n${content.trimEnd()}\n\n${end}`;
    },
  );
  const unused = Object.keys(blocks).filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`there is no place for ${unused.join(', ')}`);
  return replaced;
}

export function fenced(text: string): string {
  return `\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`;
}

/** A table with aligned columns. Columns of numbers are aligned to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  const columns = head.map((_, column) => ({
    width: Math.max(...cells.map((row) => row[column]?.length ?? 0)),
    isNumber: rows.every((row) => typeof row[column] === 'number'),
  }));
  const line = (row: readonly string[]) => {
    const padded = columns.map(({ width, isNumber }, column) => {
      const cell = row[column] ?? '';
      return isNumber ? cell.padStart(width) : cell.padEnd(width);
    });
    return `| ${padded.join(' | ')} |`;
  };
  const rule = columns.map(({ width, isNumber }) => (isNumber ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  const [first = [], ...rest] = cells;
  return [line(first), line(rule), ...rest.map(line), ''].join('\n');
}
