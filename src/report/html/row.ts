/** One row of a page: a setting of a target. */
import type { Provenance } from '../../model/state.ts';
import { aboutOf, controlsOf, type Entry } from '../view/entry.ts';
import type { Note } from '../view/notes.ts';
import type { Row } from '../view/rows.ts';
import { type Badge, severityBadge } from '../view/tone.ts';
import { quoted, type Words } from '../view/words.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { type Sides, valuesMarkup } from './value.ts';

/** What differs from page to page. */
export interface RowStyle {
  readonly sides?: Sides;
  /** What a page calls the kinds. */
  readonly kinds: Readonly<Record<Entry['kind'], string>>;
  /** The value of each facet that the page filters by (see `list.ts`). */
  readonly facetsOf: (entry: Entry) => readonly string[];
}

export function rowMarkup({ lead }: Row, id: string | undefined, { sides, kinds, facetsOf }: RowStyle): Markup {
  const { summary, why } = aboutOf(lead);
  const controls = controlsOf(lead);
  const anchor = id === undefined ? NOTHING : html` id="${id}" tabindex="-1"`;
  // What a control says of why it matters is about this account's baseline, and stands for what the catalogue says.
  const matters = controls.some((control) => control.why !== undefined) ? undefined : why;
  const notes = [
    ...controls.flatMap((control) => [
      { label: control.id, text: quoted(control.title) },
      ...(control.why === undefined ? [] : whyNotes(quoted(control.why))),
    ]),
    ...lead.outcome,
    ...lead.notes,
    ...(matters === undefined ? [] : whyNotes([matters])),
  ];
  return html`<li class="row" data-is="${facetsOf(lead).join(' ')}"${anchor}>
<span class="kind">${kinds[lead.kind]}</span>
<div class="what">${pathMarkup(lead)}${summary === undefined ? NOTHING : html`<p class="summary">${summary}</p>`}</div>
<div class="values">${valuesMarkup(lead.values, sides)}</div>
<div class="badges">${badgesOf(lead).map(badgeMarkup)}</div>
<div class="notes">${notes.map(noteMarkup)}${sourceMarkup(lead.provenance)}</div>
</li>
`;
}

export function badgesOf({ status, way, severity, marks }: Entry): readonly Badge[] {
  const weight = way ?? (severity === undefined ? undefined : severityBadge(severity));
  return [
    ...(status === undefined ? [] : [status]),
    ...(weight === undefined ? [] : [weight]),
    ...marks.map((mark): Badge => ({ text: mark, tone: mark === 'lossy' ? 'bad' : 'warn' })),
  ];
}

export function badgeMarkup({ text, tone }: Badge): Markup {
  return html`<span class="badge ${tone}">${text}</span> `;
}

/** The last name stands out: it is what tells settings of one section apart. */
export function pathMarkup({ path, name = path }: { readonly path: string; readonly name?: string }): Markup {
  const dot = path.lastIndexOf('.') + 1;
  const [section, rest] = name.startsWith(path) ? [name.slice(0, dot), name.slice(dot)] : ['', name];
  return html`<code class="path">${section}<b>${rest}</b></code>`;
}

/** Where it is written, and what its author says. */
function sourceMarkup(provenance: Provenance): Markup {
  const { reason } = provenance;
  const said = reason === undefined ? NOTHING : html`<b>Reason</b> <bdi>${reason}</bdi> `;
  return html`<p class="note">${said}${positionMarkup(provenance)}</p>`;
}

export function positionMarkup({ file, line }: Provenance): Markup {
  return html`<code class="at">${file}:${line}</code>`;
}

function whyNotes(text: Words): readonly Note[] {
  return [{ label: 'Why it matters', text }];
}

function noteMarkup({ label, text, tone }: Note): Markup {
  return html`<p class="note${tone === undefined ? '' : ` ${tone}`}"><b>${label}</b> ${text.map((part) => (typeof part === 'string' ? part : html`<bdi>${part.whole}</bdi>`))}</p>`;
}
