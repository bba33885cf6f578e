/** Posture at a glance: the score, and for every category how much of it passes. */
import type { Check, CheckResult, CheckStatus } from '../../model/check.ts';
import type { CheckCounts } from '../../model/counts.ts';
import { compareText } from '../../util/compare-text.ts';
import { html, type Markup, NOTHING } from './markup.ts';

/** From left to right in every bar, and in the columns beside it. */
const ORDER: readonly CheckStatus[] = ['pass', 'waived', 'unknown', 'fail'];

interface Category {
  readonly name: string;
  readonly counts: Readonly<Record<CheckStatus, number>>;
}

export function postureMarkup({ checks }: CheckResult, { score, pass, fail }: CheckCounts): Markup {
  if (checks.length === 0) return NOTHING;
  const categories = categoriesOf(checks);
  return html`<section class="posture" aria-labelledby="posture-title">
<h2 id="posture-title">Posture</h2>
<div class="score">${
    score === undefined
      ? html`<p>No score: nothing could be judged.</p>`
      : html`<p><b>${score}%</b> of the ${pass + fail} checks that could be judged pass</p>`
  }</div>
<table>
<caption>By category: the first name of the setting</caption>
<thead><tr><th scope="col">Category</th><td class="legend">${ORDER.map((status) => html`<span class="key ${status}">${status}</span> `)}</td>${ORDER.map((status) => html`<th scope="col">${status}</th>`)}</tr></thead>
<tbody>
${categories.map(categoryMarkup)}</tbody>
</table>
</section>`;
}

/** The worst first. */
function categoriesOf(checks: readonly Check[]): readonly Category[] {
  const categories = new Map<string, Record<CheckStatus, number>>();
  for (const { path, status } of checks) {
    const [name = path] = path.split('.');
    const counts = categories.get(name) ?? { pass: 0, waived: 0, unknown: 0, fail: 0 };
    counts[status] += 1;
    categories.set(name, counts);
  }
  return [...categories]
    .map(([name, counts]) => ({ name, counts }))
    .sort((a, b) => b.counts.fail - a.counts.fail || compareText(a.name, b.name));
}

/** The numbers stand beside the bar, so that the bar itself need not be heard, nor its colours be told apart. */
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
