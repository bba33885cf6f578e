/**
 * A comment may have 65,536 characters. A longer one is cut by whole rows, from the end of the page: every table and every
 * fold is closed, and the missing rows are counted.
 */

/** A table or a list: its rows, and the text before and after them. Every row is one line, including its line end. */
export interface Section {
  readonly open: string;
  readonly rows: readonly string[];
  readonly close: string;
}

export interface CommentPage {
  readonly head: string;
  /** Groups share the room fairly; within a group the first sections take what they need. */
  readonly groups: readonly (readonly Section[])[];
  readonly foot: string;
}

/** Below GitHub's limit, to leave room for what the poster may add. In bytes, which are never fewer than characters. */
const LIMIT = 64_000;
/** Room for the remark where something is cut. */
const REMARK = 200;

export function fitted({ head, groups: all, foot }: CommentPage, limit = LIMIT): string {
  const groups = all.filter((group) => group.length > 0);
  const sizes = groups.map(sizeOfGroup);
  const whole = bytes(head) + bytes(foot) + sum(sizes);
  if (whole <= limit) return `${head}${groups.flat().map(wholeSection).join('')}${foot}`;
  let left = limit - bytes(head) - bytes(foot) - REMARK;
  let shown = 0;
  const texts = groups.map((group, index) => {
    // What later groups do not need, but at least an equal share.
    const share = Math.floor(left / (groups.length - index));
    const cut = cutGroup(group, Math.max(share, left - sum(sizes.slice(index + 1))));
    left -= bytes(cut.text);
    shown += cut.shown;
    return cut.text;
  });
  return `${head}${notice(shown, rowsIn(groups.flat()))}${texts.join('')}${foot}`;
}

function notice(shown: number, all: number): string {
  return `**${all - shown} of ${all} rows are cut**, because a comment has no room for them. The counts include them, and the HTML and JSON reports have every row.\n\n`;
}

function cutGroup(group: readonly Section[], room: number): { readonly text: string; readonly shown: number } {
  if (sizeOfGroup(group) <= room) return { text: group.map(wholeSection).join(''), shown: rowsIn(group) };
  let text = '';
  let shown = 0;
  let left = room - REMARK;
  for (const [index, section] of group.entries()) {
    const whole = wholeSection(section);
    if (bytes(whole) <= left) {
      text += whole;
      left -= bytes(whole);
      shown += section.rows.length;
      continue;
    }
    const rows = rowsThatFit(section, left - REMARK);
    const rest = group.slice(rows === 0 ? index : index + 1);
    if (rows > 0)
      text += `${section.open}${section.rows.slice(0, rows).join('')}\n${more(section.rows.length - rows)}${section.close}`;
    return { text: `${text}${restText(rest)}`, shown: shown + rows };
  }
  return { text, shown };
}

function rowsThatFit({ open, rows, close }: Section, room: number): number {
  let left = room - bytes(open) - bytes(close);
  const end = rows.findIndex((row) => {
    left -= bytes(row);
    return left < 0;
  });
  return end < 0 ? rows.length : end;
}

function more(rows: number): string {
  return `${rows} more ${rows === 1 ? 'row is' : 'rows are'} cut here.\n`;
}

function restText(sections: readonly Section[]): string {
  return sections.length === 0
    ? ''
    : `\n${sections.length} more ${sections.length === 1 ? 'table' : 'tables'} with ${more(rowsIn(sections))}\n`;
}

function wholeSection({ open, rows, close }: Section): string {
  return `${open}${rows.join('')}${close}`;
}

function sizeOfGroup(group: readonly Section[]): number {
  return sum(group.map((section) => bytes(wholeSection(section))));
}

function rowsIn(sections: readonly Section[]): number {
  return sum(sections.map(({ rows }) => rows.length));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}
