/** How values look on a page: whole, long ones folded, lists item by item. */
import type { ListValues, Values } from '../view/values.ts';
import type { Part } from '../view/words.ts';
import { html, type Markup } from './markup.ts';

/** The names of the two sides. Without names, an arrow separates them. */
export interface Sides {
  readonly before: string;
  readonly after: string;
}

const UNFOLDED = 180;
const UNFOLDED_ITEMS = 8;

export function valuesMarkup(values: Values, sides: Sides | undefined): Markup {
  const after = partMarkup(values.after, 'to');
  switch (values.form) {
    case 'list':
      return listMarkup(values);
    case 'pair':
      return pairMarkup(partMarkup(values.before, 'from'), after, sides);
    case 'wanted':
      return sides === undefined
        ? html`<p>${after}</p>`
        : html`<dl class="sides"><dt>${sides.after}</dt><dd>${after}</dd></dl>`;
    case 'same':
      return html`<p>${after}</p>`;
  }
}

function pairMarkup(before: Markup, after: Markup, sides: Sides | undefined): Markup {
  // Screen readers read the word; style.ts shows an arrow instead.
  if (sides === undefined) return html`<div class="pair">${before}<i class="to-be"> becomes </i>${after}</div>`;
  return html`<dl class="sides"><dt>${sides.before}</dt><dd>${before}</dd><dt>${sides.after}</dt><dd>${after}</dd></dl>`;
}

function partMarkup(part: Part, side: 'from' | 'to'): Markup {
  const { short, whole } = typeof part === 'string' ? { short: part, whole: part } : part;
  if (whole.length <= UNFOLDED) return codeMarkup(whole, side);
  return html`<details><summary>${codeMarkup(short, side)}</summary>${codeMarkup(whole, side)}</details>`;
}

function codeMarkup(text: string, side: 'from' | 'to'): Markup {
  return html`<code class="${side}">${text}</code>`;
}

function listMarkup({ removed, added }: ListValues): Markup {
  const items = html`<ul role="list" class="items">${removed.map((item) => itemMarkup('removed', item))}${added.map((item) => itemMarkup('added', item))}</ul>`;
  const counts = html`${removed.length} removed, ${added.length} added`;
  if (removed.length + added.length > UNFOLDED_ITEMS)
    return html`<details><summary>${counts}</summary>${items}</details>`;
  return html`<p class="told">${counts}</p>${items}`;
}

function itemMarkup(fate: 'removed' | 'added', item: Part): Markup {
  return html`<li class="${fate}"><span class="vh">${fate} </span>${partMarkup(item, fate === 'removed' ? 'from' : 'to')}</li>`;
}
