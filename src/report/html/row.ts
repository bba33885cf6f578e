/** One row of a report: a change, a result, a check. Every view says what it knows in these terms. */
import type { Change, Direction } from '../../model/plan.ts';
import type { SettingPath } from '../../model/setting.ts';
import type { Provenance } from '../../model/state.ts';
import type { TargetRef } from '../../model/target.ts';
import { loosens, wayText } from '../direction.ts';
import type { About } from '../summaries.ts';
import type { Purpose } from '../verdict.ts';
import type { Note, Tone } from '../view/notes.ts';
import { html, type Markup, NOTHING } from './markup.ts';

export interface Badge {
  readonly text: string;
  readonly tone: Tone;
}

export interface Row {
  readonly target: TargetRef;
  readonly kind: 'set' | 'lock' | 'unlock';
  /** What the kind is called here, where it is another word. */
  readonly kindLabel?: string;
  readonly path: SettingPath;
  /** Where it is not the path: an item of a list. */
  readonly name?: string;
  /** The value of each facet that the page filters by (see `list.ts`). */
  readonly facets: readonly string[];
  readonly values: Markup;
  readonly badges: readonly Badge[];
  readonly about: About;
  readonly notes: readonly Note[];
  readonly provenance: Provenance;
  /** Rows that have one are named at the top of the page, the smallest first. */
  readonly urgency?: number;
}

export function rowMarkup(row: Row, id: string | undefined): Markup {
  const { kind, kindLabel = kind, facets, values, badges, about, provenance } = row;
  const anchor = id === undefined ? NOTHING : html` id="${id}" tabindex="-1"`;
  const summary = about.summary === undefined ? NOTHING : html`<p class="summary">${about.summary}</p>`;
  const notes = [...row.notes, ...(about.why === undefined ? [] : [whyNote(about.why)])];
  return html`<li class="row" data-is="${facets.join(' ')}"${anchor}>
<span class="kind">${kindLabel}</span>
<div class="what">${pathMarkup(row)}${summary}</div>
<div class="values">${values}</div>
<div class="badges">${badges.map(badgeMarkup)}</div>
<div class="notes">${notes.map(noteMarkup)}${sourceMarkup(provenance)}</div>
</li>
`;
}

/** Where it is written, and what its author says. */
function sourceMarkup(provenance: Provenance): Markup {
  const { reason } = provenance;
  const said = reason === undefined ? NOTHING : html`<b>Reason</b> <bdi>${reason}</bdi> `;
  return html`<p class="note">${said}${positionMarkup(provenance)}</p>`;
}

export function badgeMarkup({ text, tone }: Badge): Markup {
  return html`<span class="badge ${tone}">${text}</span> `;
}

/** The last name stands out: it is what tells settings of one section apart. */
export function pathMarkup({ path, name = path }: Pick<Row, 'path' | 'name'>): Markup {
  const dot = path.lastIndexOf('.') + 1;
  const [section, rest] = name.startsWith(path) ? [name.slice(0, dot), name.slice(dot)] : ['', name];
  return html`<code class="path">${section}<b>${rest}</b></code>`;
}

export function positionMarkup({ file, line }: Provenance): Markup {
  return html`<code class="at">${file}:${line}</code>`;
}

/** Our own words, from the catalogue. */
export function whyNote(why: string): Note {
  return { label: 'Why it matters', text: [why] };
}

function noteMarkup({ label, text, tone }: Note): Markup {
  return html`<p class="note${tone === undefined ? '' : ` ${tone}`}"><b>${label}</b> ${text.map((part) => (typeof part === 'string' ? part : html`<bdi>${part.whole}</bdi>`))}</p>`;
}

/** What a reader has to fear or may be glad of: in drift a policy that would tighten tells of a Zoom that is looser. */
function toneOfWay(purpose: Purpose, direction: Direction): Tone {
  if (direction === 'review') return 'warn';
  if (direction === 'neutral') return 'quiet';
  return loosens(purpose, direction) ? 'bad' : 'good';
}

export function directionBadge(purpose: Purpose, change: Pick<Change, 'direction' | 'severity'>): Badge {
  return { text: wayText(purpose, change), tone: toneOfWay(purpose, change.direction) };
}
