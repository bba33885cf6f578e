/** A terminal as a picture: lines of text as SVG, with the few colours that lockstep's own text holds. */

/** What the renderer's colours are, on a dark ground. */
const COLOURS: Readonly<Record<number, string>> = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#76e3ea',
};
/** Like a window of this many columns: longer lines go on in the next row. */
const COLUMNS = 104;
const LINE = 18;
const CHARACTER = 7.8;
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const SEQUENCE = /\u001b\[(\d+)m/;

interface Style {
  readonly fill?: string;
  readonly bold?: true;
  readonly dim?: true;
}
interface Piece {
  readonly text: string;
  readonly style: Style;
}

/** @param text with no escape sequences but colours, bold and dim */
export function terminalSvg(text: string, label: string): string {
  const rows = rowsOf(text.trimEnd());
  const longest = Math.max(...rows.map((row) => row.reduce((sum, piece) => sum + [...piece.text].length, 0)));
  const width = Math.ceil(longest * CHARACTER) + 32;
  const height = rows.length * LINE + 28;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(label)}">`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" fill="#e6edf3">',
    ...rows.map((row, index) => `<text x="16" y="${24 + index * LINE}">${row.map(spanOf).join('')}</text>`),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function rowsOf(text: string): readonly (readonly Piece[])[] {
  let style: Style = {};
  return text.split('\n').flatMap((line) => {
    // Text and codes in turns.
    const pieces = line.split(SEQUENCE).flatMap((part, index): Piece[] => {
      if (index % 2 === 0) return [{ text: part, style }];
      style = styleAfter(style, Number(part));
      return [];
    });
    return wrapped(pieces);
  });
}

function styleAfter({ fill, bold, dim }: Style, code: number): Style {
  const colour = code === 39 ? undefined : (COLOURS[code] ?? fill);
  const isBold = code === 1 || (bold === true && code !== 22);
  const isDim = code === 2 || (dim === true && code !== 22);
  return {
    ...(colour === undefined ? {} : { fill: colour }),
    ...(isBold ? { bold: true } : {}),
    ...(isDim ? { dim: true } : {}),
  };
}

/** A line as rows of the window, cut at any character, as a terminal does. */
function wrapped(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const characters = pieces.flatMap(({ text, style }) => [...text].map((text) => ({ text, style })));
  const rows: Piece[][] = [[]];
  for (const [index, { text, style }] of characters.entries()) {
    if (index > 0 && index % COLUMNS === 0) rows.push([]);
    const row = rows.at(-1) ?? [];
    const last = row.at(-1);
    if (last?.style === style) row[row.length - 1] = { text: last.text + text, style };
    else row.push({ text, style });
  }
  return rows;
}

function spanOf({ text, style: { fill, bold, dim } }: Piece): string {
  const attributes = [
    fill === undefined ? '' : ` fill="${fill}"`,
    bold === undefined ? '' : ' font-weight="bold"',
    dim === undefined ? '' : ' opacity="0.6"',
  ];
  return `<tspan${attributes.join('')}>${escaped(text)}</tspan>`;
}

function escaped(text: string): string {
  // Hard spaces, because viewers disagree about when others are kept.
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(' ', '\u00a0');
}
