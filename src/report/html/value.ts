/** How values look on a page: whole, long ones folded, lists item by item. */

import type { SetChange } from '../../model/plan.ts';
import type { Json } from '../../util/json.ts';
import { differingParts, listChanges, shortValue, wholeValue } from '../value.ts';
import { html, type Markup } from './markup.ts';

/** What the two sides are called; without names an arrow stands between them. */
export interface Sides {
  readonly before: string;
  readonly after: string;
}

const UNFOLDED = 180;
const UNFOLDED_ITEMS = 8;

export function pair(before: Json | undefined, after: Json | undefined, sides?: Sides): Markup {
  return words(valueMarkup(before, 'from'), valueMarkup(after, 'to'), sides);
}

/** Locks have words for their values. */
export function lockPair(before: Json | undefined, after: Json, sides?: Sides): Markup {
  return words(lockMarkup(before, 'from'), lockMarkup(after, 'to'), sides);
}

export function lockMarkup(value: Json | undefined, side: 'from' | 'to'): Markup {
  return typeof value === 'boolean' ? plain(value ? 'locked' : 'unlocked', side) : valueMarkup(value, side);
}

export function changeValues(change: SetChange, sides?: Sides): Markup {
  const { before, after, heldBy, item } = change;
  if (heldBy !== undefined) return wantedOnly(valueMarkup(after, 'to'));
  if (item !== undefined && after === null)
    return words(valueMarkup(before, 'from'), plain(sides === undefined ? 'removed' : 'no such item', 'to'), sides);
  const lists = listChanges(before, after);
  if (lists !== undefined) return listMarkup(lists);
  return pair(...differingParts(change), sides);
}

/** Where nothing is known of the other side. */
export function wantedOnly(after: Markup, sides?: Sides): Markup {
  if (sides === undefined) return html`<p>${after}</p>`;
  return html`<dl class="sides"><dt>${sides.after}</dt><dd>${after}</dd></dl>`;
}

/** One value by itself, for a sentence. */
export function valueMarkup(value: Json | undefined, side: 'from' | 'to'): Markup {
  const whole = wholeValue(value);
  if (whole.length <= UNFOLDED) return plain(whole, side);
  return html`<details><summary>${plain(shortValue(value), side)}</summary>${plain(whole, side)}</details>`;
}

function words(before: Markup, after: Markup, sides: Sides | undefined): Markup {
  // The element holds a word for those who hear the page; style.ts draws an arrow for those who see it.
  if (sides === undefined) return html`<div class="pair">${before}<i class="to-be"> becomes </i>${after}</div>`;
  return html`<dl class="sides"><dt>${sides.before}</dt><dd>${before}</dd><dt>${sides.after}</dt><dd>${after}</dd></dl>`;
}

function plain(text: string, side: 'from' | 'to'): Markup {
  return html`<code class="${side}">${text}</code>`;
}

function listMarkup({ removed, added }: { removed: readonly Json[]; added: readonly Json[] }): Markup {
  const items = html`<ul role="list" class="items">${removed.map((item) => itemMarkup('removed', item))}${added.map((item) => itemMarkup('added', item))}</ul>`;
  const told = html`${removed.length} removed, ${added.length} added`;
  if (removed.length + added.length > UNFOLDED_ITEMS)
    return html`<details><summary>${told}</summary>${items}</details>`;
  return html`<p class="told">${told}</p>${items}`;
}

function itemMarkup(fate: 'removed' | 'added', item: Json): Markup {
  return html`<li class="${fate}"><span class="vh">${fate} </span>${valueMarkup(item, fate === 'removed' ? 'from' : 'to')}</li>`;
}
