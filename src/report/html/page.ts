/** The document around every view: head, content security policy, and a header with summary and counts. */
import { createHash } from 'node:crypto';
import type { Tone } from '../view/tone.ts';
import { html, type Markup, NOTHING, ours, type Part, textOf } from './markup.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

export interface Count {
  readonly label: string;
  readonly count: number;
  readonly tone?: Tone;
}

export interface Tally {
  readonly legend: string;
  readonly counts: readonly Count[];
}

export interface HtmlPage {
  readonly heading: string;
  readonly tone: Tone;
  /** One sentence, which is also the title of the page. */
  readonly verdict: string;
  /** Sentences below the summary. */
  readonly remarks: readonly string[];
  readonly tallies: readonly Tally[];
  readonly facts: readonly (readonly [label: string, text: Part])[];
  readonly body: readonly Markup[];
}

/** The page loads nothing and sends nothing. Only the style and the script with these hashes are allowed. */
function contentPolicy(style: string, script: string): string {
  return [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

export function renderPage({ heading, tone, verdict, remarks, tallies, facts, body }: HtmlPage): string {
  return textOf(html`${ours('<!doctype html>')}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(STYLE, SCRIPT)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>lockstep: ${verdict}</title>
<style>${ours(STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<h1><span class="brand">lockstep</span> ${heading}</h1>
<p class="verdict ${tone}">${verdict}</p>
${remarks.map((remark) => html`<p class="remark">${remark}</p>`)}
<div class="tallies">${tallies.map(tallyMarkup)}</div>
<dl class="facts">${facts.map(([label, text]) => html`<div><dt>${label}</dt><dd>${text}</dd></div>`)}</dl>
</header>
<main id="content" tabindex="-1">
<noscript><p class="dim">Everything is shown below. Filters need JavaScript.</p></noscript>
${body}
</main>
<footer><p>Made by lockstep. This page loads nothing and sends nothing.</p></footer>
<script>${ours(SCRIPT)}</script>
</body>
</html>
`);
}

function tallyMarkup({ legend, counts }: Tally): Markup {
  return html`<div class="tally"><h2>${legend}</h2><dl>${counts.map(countMarkup)}</dl></div>`;
}

function countMarkup({ label, count, tone = 'quiet' }: Count): Markup {
  return html`<div class="${count === 0 ? 'zero' : tone}"><dt>${label}</dt><dd>${count}</dd></div>`;
}

/** A part of the page under its own heading. Empty if it has no items. */
export function sectionMarkup(id: string, title: string, items: readonly Markup[], intro?: string): Markup {
  if (items.length === 0) return NOTHING;
  return html`<section class="part" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${intro === undefined ? NOTHING : html`<p class="dim">${intro}</p>`}
<ul role="list">
${items.map((item) => html`<li>${item}</li>\n`)}</ul>
</section>`;
}
