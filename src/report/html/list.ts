/** Rows by target, what filters them, and a short list of those that a reader should see first. */

import { compareText } from '../../util/compare-text.ts';
import { plural } from '../../util/plural.ts';
import type { Entry } from '../view/entry.ts';
import { byTarget, entriesOf, type Row, rowBadges, type TargetRows } from '../view/rows.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { badgeMarkup, badgesOf, facetsIn, pathMarkup, type RowStyle, rowMarkup } from './row.ts';

/** Something to filter by: a legend, and the label of each value. A value may be in only one facet of a page. */
export interface Facet {
  readonly legend: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** How a page lists its rows. */
export interface ListStyle extends RowStyle {
  readonly title: string;
  readonly facets: readonly Facet[];
  /** The facets by whose labels rows are sorted, before they are sorted by path. */
  readonly sortedBy: readonly Facet[];
  /** Rows that have one are named at the top of the page, the smallest first. */
  readonly urgencyOf: (entry: Entry) => number | undefined;
}

/** From this number on, rows are laid out in chunks, when they come into view. */
const MANY = 500;
const CHUNK = 100;

/** A short page needs no list of what to see first. */
const IN_SIGHT = 10;
const FIRST = 12;

const KIND_ORDER: Readonly<Record<Entry['kind'], number>> = { unlock: 0, set: 1, lock: 2 };

/** The rows of each target, targets by name. */
export function listMarkup(rows: readonly Row[], style: ListStyle): Markup {
  if (rows.length === 0) return NOTHING;
  const groups = byTarget(rows).map((group) => ({ ...group, rows: [...group.rows].sort(comparing(style)) }));
  const urgent = groups
    .flatMap((group) => group.rows)
    .flatMap((row) => {
      const urgency = Math.min(...entriesOf(row).map((entry) => style.urgencyOf(entry) ?? Number.POSITIVE_INFINITY));
      return urgency === Number.POSITIVE_INFINITY ? [] : [{ row, urgency }];
    })
    .sort((a, b) => a.urgency - b.urgency)
    .map(({ row }) => row);
  const first = rows.length <= IN_SIGHT ? [] : urgent.slice(0, FIRST);
  const ids = new Map(first.map((row, index) => [row, `first-${index + 1}`]));
  return html`${firstMarkup(first, urgent.length, ids)}
<div class="layout">
${filterMarkup(groups, rows, style)}
<section class="list${rows.length < MANY ? '' : ' many'}" id="list" tabindex="-1" aria-labelledby="list-title">
<h2 id="list-title">${style.title}</h2>
<p id="shown" role="status" data-noun="setting">${plural(rows.length, 'setting')}</p>
<p id="none" hidden>Nothing matches these filters.</p>
${groups.map((group) => groupMarkup(group, ids, style))}</section>
</div>`;
}

/** In the order of the facets' labels, then by name. */
function comparing(style: ListStyle): (a: Row, b: Row) => number {
  const orders = style.sortedBy.map(({ labels }) => Object.keys(labels));
  const rank = (order: readonly string[], row: Row) => {
    const values = facetsIn(row, style);
    return order.findIndex((value) => values.includes(value));
  };
  return (a, b) => {
    const order = orders.find((values) => rank(values, a) !== rank(values, b));
    if (order !== undefined) return rank(order, a) - rank(order, b);
    return compareText(a.lead.name, b.lead.name) || KIND_ORDER[a.lead.kind] - KIND_ORDER[b.lead.kind];
  };
}

function groupMarkup({ label, rows }: TargetRows, ids: ReadonlyMap<Row, string>, style: ListStyle): Markup {
  return html`<div class="target">
<h3><bdi>${label}</bdi> <span class="count">${rows.length}</span></h3>
${chunksOf(rows).map(
  (chunk) => html`<ul role="list">
${chunk.map((row) => rowMarkup(row, ids.get(row), style))}</ul>
`,
)}</div>
`;
}

function chunksOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, at) => rows.slice(at * CHUNK, (at + 1) * CHUNK));
}

function firstMarkup(first: readonly Row[], all: number, ids: ReadonlyMap<Row, string>): Markup {
  if (first.length === 0) return NOTHING;
  const rest = all > first.length ? html`<p class="dim">and ${all - first.length} more below</p>` : NOTHING;
  return html`<section class="first" aria-labelledby="first-title">
<h2 id="first-title">Look at these first</h2>
<ol>
${first.map(
  (row) =>
    html`<li><a href="#${ids.get(row)}">${row.lead.kind === 'set' ? NOTHING : html`${row.lead.kind} `}${pathMarkup(row.lead)}</a> <bdi>${row.label}</bdi> ${rowBadges(row, badgesOf).map(badgeMarkup)}</li>
`,
)}</ol>${rest}
</section>`;
}

/** Hidden until the script runs, without which it does nothing. */
function filterMarkup(groups: readonly TargetRows[], rows: readonly Row[], style: ListStyle): Markup {
  const values = rows.map((row) => facetsIn(row, style));
  return html`<form class="filters" id="filters" role="search" aria-label="Filter" autocomplete="off" hidden>
<p><label for="find-text">Text</label><input type="search" id="find-text" placeholder="setting, value, reason"></p>
${groups.length < 2 ? NOTHING : targetFilter(groups)}
${style.facets.map((facet) => facetMarkup(facet, values))}
<p><button type="button" id="show-all">Show all settings</button></p>
</form>`;
}

function targetFilter(groups: readonly TargetRows[]): Markup {
  return html`<p><label for="find-target">Target</label><input type="search" id="find-target" list="targets" placeholder="group:Name, user:*"></p>
<datalist id="targets">${groups.map(({ label }) => html`<option value="${label}"></option>`)}</datalist>`;
}

function facetMarkup({ legend, labels }: Facet, rows: readonly (readonly string[])[]): Markup {
  const options = Object.entries(labels)
    .map(([value, label]) => ({ value, label, count: rows.filter((values) => values.includes(value)).length }))
    .filter(({ count }) => count > 0);
  if (options.length === 0 || (options.length === 1 && options[0]?.count === rows.length)) return NOTHING;
  return html`<fieldset><legend>${legend}</legend>
${options.map(
  ({ value, label, count }) =>
    html`<label><input type="checkbox" value="${value}"> ${label} <span class="count">${count}</span></label>
`,
)}</fieldset>
`;
}
