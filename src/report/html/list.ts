/** Rows by target, what filters them, and a short list of those that a reader should see first. */

import { targetLabel } from '../../model/target.ts';
import { compareText } from '../../util/compare-text.ts';
import { plural } from '../../util/plural.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { badgeMarkup, pathMarkup, type Row, rowMarkup } from './row.ts';

/** What rows can be told apart by: a legend, and the label of each value. No value may be in two facets of a page. */
export interface Facet {
  readonly legend: string;
  readonly labels: Readonly<Record<string, string>>;
}

interface Group {
  readonly label: string;
  readonly rows: readonly Row[];
}

/** From here on rows are laid out only when they come into view, some at a time. */
const MANY = 500;
const CHUNK = 100;

/** A page on which everything is in sight needs no list of what to see first. */
const IN_SIGHT = 10;
const FIRST = 12;

const KIND_ORDER: Readonly<Record<Row['kind'], number>> = { unlock: 0, set: 1, lock: 2 };

function byPath(a: Row, b: Row): number {
  return compareText(a.name ?? a.path, b.name ?? b.path) || KIND_ORDER[a.kind] - KIND_ORDER[b.kind];
}

/** In the order of the facets' labels, then by path. */
export function byFacets(...facets: readonly Facet[]): (a: Row, b: Row) => number {
  const orders = facets.map(({ labels }) => Object.keys(labels));
  const rank = (order: readonly string[], row: Row) => order.findIndex((value) => row.facets.includes(value));
  return (a, b) => {
    const order = orders.find((values) => rank(values, a) !== rank(values, b));
    return order === undefined ? byPath(a, b) : rank(order, a) - rank(order, b);
  };
}

/** The rows of each target in the order of `compare`, targets by name. */
export function listMarkup(
  title: string,
  noun: string,
  rows: readonly Row[],
  facets: readonly Facet[],
  compare: (a: Row, b: Row) => number = byPath,
): Markup {
  if (rows.length === 0) return NOTHING;
  const groups = grouped(rows, compare);
  const ordered = groups.flatMap((group) => group.rows);
  const urgent = ordered.filter(({ urgency }) => urgency !== undefined).sort((a, b) => urgencyOf(a) - urgencyOf(b));
  const first = rows.length <= IN_SIGHT ? [] : urgent.slice(0, FIRST);
  const ids = new Map(first.map((row, index) => [row, `first-${index + 1}`]));
  return html`${firstMarkup(first, urgent.length, ids)}
<div class="layout">
${filterMarkup(noun, groups, rows, facets)}
<section class="list${rows.length < MANY ? '' : ' many'}" id="list" tabindex="-1" aria-labelledby="list-title">
<h2 id="list-title">${title}</h2>
<p id="shown" role="status" data-noun="${noun}">${plural(rows.length, noun)}</p>
<p id="none" hidden>Nothing matches these filters.</p>
${groups.map((group) => groupMarkup(group, ids))}</section>
</div>`;
}

function grouped(rows: readonly Row[], compare: (a: Row, b: Row) => number): readonly Group[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const label = targetLabel(row.target);
    const known = groups.get(label);
    if (known === undefined) groups.set(label, [row]);
    else known.push(row);
  }
  // `account` comes before `group:` and that before `user:`, which happens to be alphabetical.
  return [...groups.keys()]
    .sort(compareText)
    .map((label) => ({ label, rows: (groups.get(label) ?? []).sort(compare) }));
}

function urgencyOf({ urgency }: Row): number {
  return urgency ?? Number.POSITIVE_INFINITY;
}

function groupMarkup({ label, rows }: Group, ids: ReadonlyMap<Row, string>): Markup {
  return html`<div class="target">
<h3><bdi>${label}</bdi> <span class="count">${rows.length}</span></h3>
${chunksOf(rows).map(
  (chunk) => html`<ul role="list">
${chunk.map((row) => rowMarkup(row, ids.get(row)))}</ul>
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
    html`<li><a href="#${ids.get(row)}">${row.kind === 'set' ? NOTHING : html`${row.kind} `}${pathMarkup(row)}</a> <bdi>${targetLabel(row.target)}</bdi> ${row.badges.map(badgeMarkup)}</li>
`,
)}</ol>${rest}
</section>`;
}

/** Hidden until the script that makes it work runs. */
function filterMarkup(noun: string, groups: readonly Group[], rows: readonly Row[], facets: readonly Facet[]): Markup {
  return html`<form class="filters" id="filters" role="search" aria-label="Filter" autocomplete="off" hidden>
<p><label for="find-text">Text</label><input type="search" id="find-text" placeholder="setting, value, reason"></p>
${groups.length < 2 ? NOTHING : targetFilter(groups)}
${facets.map((facet) => facetMarkup(facet, rows))}
<p><button type="button" id="show-all">Show all ${noun}s</button></p>
</form>`;
}

function targetFilter(groups: readonly Group[]): Markup {
  return html`<p><label for="find-target">Target</label><input type="search" id="find-target" list="targets" placeholder="group:Name, user:*"></p>
<datalist id="targets">${groups.map(({ label }) => html`<option value="${label}"></option>`)}</datalist>`;
}

function facetMarkup({ legend, labels }: Facet, rows: readonly Row[]): Markup {
  const options = Object.entries(labels)
    .map(([value, label]) => ({ value, label, count: rows.filter(({ facets }) => facets.includes(value)).length }))
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
