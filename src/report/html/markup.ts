import { printable } from '../../util/printable.ts';

const MARKUP = Symbol('markup');

/** HTML that is known to be safe. Only the `html` tag makes it. */
export interface Markup {
  readonly [MARKUP]: string;
}

export type Part = Markup | string | number | undefined | readonly Part[];

/** What a template says is HTML, what is put into it is text: a name can never become an element or leave its attribute. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = strings[0] ?? '';
  parts.forEach((part, index) => {
    text += textOf(part) + strings[index + 1];
  });
  return { [MARKUP]: text };
}

/** A constant of ours that is HTML, style or script already. Never anything from a policy or from Zoom. */
export function ours(text: string): Markup {
  return { [MARKUP]: text };
}

export const NOTHING = ours('');

export function textOf(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return isMarkup(part) ? part[MARKUP] : part.map(textOf).join('');
}

function isMarkup(part: Markup | readonly Part[]): part is Markup {
  return MARKUP in part;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
