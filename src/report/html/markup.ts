import { printable } from '../../util/printable.ts';

const MARKUP = Symbol('markup');

/** Safe HTML. Only the `html` tag and `ours` make it. */
export interface Markup {
  readonly [MARKUP]: string;
}

export type Part = Markup | string | number | undefined | readonly Part[];

/** The template is HTML and the values are text, so a name can neither become an element nor leave its attribute. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = strings[0] ?? '';
  parts.forEach((part, index) => {
    text += textOf(part) + strings[index + 1];
  });
  return { [MARKUP]: text };
}

/** Marks our own HTML, style or script as safe. Never use it for anything from a policy or from Zoom. */
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
