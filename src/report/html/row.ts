/** One row of a page: a setting of a target. */
import type { Provenance } from '../../model/state.ts';
import { aboutOf, type Entry } from '../view/entry.ts';
import type { Note } from '../view/notes.ts';
import { controlsIn, entriesOf, placesOf, type Row, rowBadges, rowNotes, worstOf } from '../view/rows.ts';
import { type Badge, severityBadge } from '../view/tone.ts';
import { quoted, type Words } from '../view/words.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { type Sides, valuesMarkup } from './value.ts';

/** What differs from page to page. */
export interface RowStyle {
  readonly sides?: Sides;
  /** The name of each kind on this page. */
  readonly kinds: Readonly<Record<Entry['kind'], string>>;
  /** The value of each facet that the page filters by (see `list.ts`). */
  readonly facetsOf: (entry: Entry) => readonly string[];
}

export function rowMarkup(row: Row, id: string | undefined, style: RowStyle): Markup {
  const { lead, lock } = row;
  const anchor = id === undefined ? NOTHING : html` id="${id}" tabindex="-1"`;
  const { summary } = aboutOf(lead);
  return html`<li class="row" data-is="${facetsIn(row, style).join(' ')}"${anchor}>
<span class="kind">${style.kinds[lead.kind]}</span>
<div class="what">${pathMarkup(lead)}${summary === undefined ? NOTHING : html`<p class="summary">${summary}</p>`}</div>
<div class="values">${valuesMarkup(lead.values, style.sides)}${lock === undefined ? NOTHING : lockMarkup(lead, lock, style)}</div>
<div class="badges">${rowBadges(row, badgesOf).map(badgeMarkup)}</div>
<div class="notes">${notesOf(row).map(noteMarkup)}${placesOf(row).map(sourceMarkup)}</div>
</li>
`;
}

/** The lock, below its value. It is named if its path is not that of the value. */
function lockMarkup({ path }: Entry, lock: Entry, { kinds, sides }: RowStyle): Markup {
  const name = lock.path === path ? NOTHING : html` ${pathMarkup(lock)}`;
  return html`<div class="lock"><span class="kind">${kinds[lock.kind]}</span>${name} ${valuesMarkup(lock.values, sides)}</div>`;
}

/** The facets of both entries of a row, those of the worse entry first. */
export function facetsIn(row: Row, { facetsOf }: RowStyle): readonly string[] {
  return [...new Set([worstOf(row), ...entriesOf(row)].flatMap(facetsOf))];
}

function notesOf(row: Row): readonly Note[] {
  const controls = controlsIn(row);
  // A control gives its own reason, which is more specific than that of the catalogue.
  const matters = controls.some(({ why }) => why !== undefined)
    ? undefined
    : entriesOf(row)
        .map((entry) => aboutOf(entry).why)
        .find((why) => why !== undefined);
  return [
    ...controls.flatMap(({ id, title, why }) => [
      { label: id, text: quoted(title) },
      ...(why === undefined ? [] : [whyNote(quoted(why))]),
    ]),
    ...rowNotes(row),
    ...(matters === undefined ? [] : [whyNote([matters])]),
  ];
}

export function badgesOf({ status, way, severity, marks }: Entry): readonly Badge[] {
  const weight = way ?? (severity === undefined ? undefined : severityBadge(severity));
  return [
    ...[status, weight].filter((badge) => badge !== undefined),
    ...marks.map((mark): Badge => ({ text: mark, tone: mark === 'lossy' ? 'bad' : 'warn' })),
  ];
}

export function badgeMarkup({ text, tone }: Badge): Markup {
  return html`<span class="badge ${tone}">${text}</span> `;
}

/** The last name is bold: it distinguishes the settings of a section. */
export function pathMarkup({ path, name = path }: { readonly path: string; readonly name?: string }): Markup {
  const dot = path.lastIndexOf('.') + 1;
  const [section, rest] = name.startsWith(path) ? [name.slice(0, dot), name.slice(dot)] : ['', name];
  return html`<code class="path">${section}<b>${rest}</b></code>`;
}

/** The reason that the author gives, and the place. */
function sourceMarkup({ provenance }: Entry): Markup {
  const { reason } = provenance;
  const said = reason === undefined ? NOTHING : html`<b>Reason</b> <bdi>${reason}</bdi> `;
  return html`<p class="note">${said}${positionMarkup(provenance)}</p>`;
}

export function positionMarkup({ file, line }: Provenance): Markup {
  return html`<code class="at">${file}:${line}</code>`;
}

function whyNote(text: Words): Note {
  return { label: 'Why it matters', text };
}

function noteMarkup({ label, text, tone }: Note): Markup {
  return html`<p class="note${tone === undefined ? '' : ` ${tone}`}"><b>${label}</b> ${text.map((part) => (typeof part === 'string' ? part : html`<bdi>${part.whole}</bdi>`))}</p>`;
}
