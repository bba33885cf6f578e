/** Posture at a glance: the score, and for every category how much of it passes. */
import type { Category, CheckView } from '../view/check.ts';
import { html, type Markup, NOTHING } from './markup.ts';

/** From left to right in every bar, and in the columns next to it. */
const ORDER: readonly (keyof Category['counts'])[] = ['pass', 'waived', 'unknown', 'fail'];

export function postureMarkup({ categories, counts: { score, pass, fail } }: CheckView): Markup {
  if (categories.length === 0) return NOTHING;
  return html`<section class="posture" aria-labelledby="posture-title">
<h2 id="posture-title">Posture</h2>
<div class="score">${
    score === undefined
      ? html`<p>No score: no check could be evaluated.</p>`
      : html`<p><b>${score}%</b> of the ${pass + fail} checks that could be evaluated pass</p>`
  }</div>
<table>
<caption>By category: the first name of the setting</caption>
<thead><tr><th scope="col">Category</th><td class="legend">${ORDER.map((status) => html`<span class="key ${status}">${status}</span> `)}</td>${ORDER.map((status) => html`<th scope="col">${status}</th>`)}</tr></thead>
<tbody>
${categories.map(categoryMarkup)}</tbody>
</table>
</section>`;
}

/** The numbers are next to the bar, so a reader needs neither the bar nor its colours. */
function categoryMarkup({ name, counts }: Category): Markup {
  return html`<tr><th scope="row"><code>${name}</code></th><td>${barMarkup(counts)}</td>${ORDER.map((status) => html`<td class="number${counts[status] === 0 ? ' zero' : ''}">${counts[status]}</td>`)}</tr>
`;
}

const WIDTH = 1000;

function barMarkup(counts: Category['counts']): Markup {
  const all = ORDER.reduce((sum, status) => sum + counts[status], 0);
  let before = 0;
  const parts = ORDER.map((status) => {
    const from = Math.round((before / all) * WIDTH);
    before += counts[status];
    const width = Math.round((before / all) * WIDTH) - from;
    return width === 0 ? NOTHING : html`<rect class="${status}" x="${from}" width="${width}" height="10"/>`;
  });
  return html`<svg class="bar" viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" aria-hidden="true">${parts}</svg>`;
}
