/**
 * How the page looks. Plain text, because its hash is part of the page's policy. Every pair of colours below reaches a
 * contrast of 4.5 to 1; paper gets the light ones.
 */
export const STYLE = `
:root {
  --page: #ffffff; --panel: #f6f7f9; --line: #d5dae1; --edge: #808a97; --text: #1c2229; --dim: #586170; --link: #0b57b0;
  --good: #14632f; --good-panel: #e3f5e8; --good-bar: #3f9a5b;
  --bad: #a3151f; --bad-panel: #fdeaea; --bad-bar: #c7383f;
  --warn: #774b00; --warn-panel: #fdf1d6; --warn-bar: #d29a2d;
  --odd: #5c3aa0; --odd-panel: #f0eafb; --odd-bar: #8d6fcb;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --panel: #1a2028; --line: #303946; --edge: #7d8898; --text: #e2e7ee; --dim: #9ba6b5; --link: #83b7f7;
    --good: #83d39b; --good-panel: #16301f; --good-bar: #46a364;
    --bad: #ff9f9b; --bad-panel: #3b1a1d; --bad-bar: #d9575b;
    --warn: #ecc06a; --warn-panel: #352812; --warn-bar: #c8952f;
    --odd: #c3aef2; --odd-panel: #2a2143; --odd-bar: #8f74d1;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { color-scheme: light dark; scroll-padding-top: 1rem; }
body {
  margin: 0 auto; padding: 1.75rem clamp(1rem, 3vw, 2.5rem) 2rem; max-width: 90rem;
  background: var(--page); color: var(--text);
  font: 0.875rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
}
h1, h2, h3, p, dl, dd, ul, ol, fieldset { margin: 0; padding: 0; }
h1 { font-size: 1.5rem; line-height: 1.25; letter-spacing: -0.01em; }
h2 { font-size: 1rem; line-height: 1.4; }
h3 { font-size: 0.875rem; }
code { font: 0.8125rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; unicode-bidi: isolate; }
bdi { overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: 0.15em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 2px; }
main:focus, .list:focus { outline: none; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; padding: 0.25rem 0.75rem; background: var(--page); z-index: 1; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.dim, .brand { color: var(--dim); }
.brand { font-weight: 400; }

.verdict { margin-top: 0.75rem; padding: 0.6rem 0.9rem; border-left: 4px solid var(--edge); border-radius: 4px; background: var(--panel); font-size: 1rem; font-weight: 600; }
.verdict.good { border-color: var(--good-bar); background: var(--good-panel); }
.verdict.bad { border-color: var(--bad-bar); background: var(--bad-panel); }
.verdict.warn { border-color: var(--warn-bar); background: var(--warn-panel); }
.verdict.odd { border-color: var(--odd-bar); background: var(--odd-panel); }
.remark { margin-top: 0.5rem; }
.tallies { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin-top: 1.1rem; }
.tally h2, legend, .filters p > label { font-size: 0.75rem; font-weight: 600; color: var(--dim); }
.tally dl { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 0.3rem; }
.tally dl div { display: flex; flex-direction: column-reverse; min-width: 4.75rem; padding: 0.3rem 0.7rem 0.4rem; border: 1px solid var(--line); border-radius: 6px; }
.tally dd { font-size: 1.25rem; line-height: 1.3; font-weight: 600; font-variant-numeric: tabular-nums; }
.tally dt { font-size: 0.75rem; color: var(--dim); }
.tally .good dd { color: var(--good); }
.tally .bad dd { color: var(--bad); }
.tally .warn dd { color: var(--warn); }
.tally .odd dd { color: var(--odd); }
.tally .zero dd { color: var(--dim); font-weight: 400; }
.facts { display: flex; flex-wrap: wrap; gap: 0.25rem 2rem; margin-top: 1rem; }
.facts div { display: flex; gap: 0.5rem; align-items: baseline; min-width: 0; }
.facts dt { color: var(--dim); white-space: nowrap; }

main { margin-top: 1.75rem; }
.part, .first, .posture { margin-bottom: 2rem; }
.layout + .part { margin-top: 2rem; }
.part > ul { list-style: none; margin-top: 0.5rem; border: 1px solid var(--line); border-radius: 6px; }
.part li { padding: 0.6rem 0.9rem; }
.part li + li { border-top: 1px solid var(--line); }
#unlocked > ul { border-color: var(--bad-bar); background: var(--bad-panel); }
#unlocked .at { color: var(--text); }
.first ol { list-style: none; margin-top: 0.5rem; columns: 2 26rem; column-gap: 2.5rem; }
.first li { padding: 0.2rem 0; break-inside: avoid; }

.layout { display: flex; align-items: flex-start; gap: 2rem; }
.filters { flex: 0 0 13.5rem; position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow: auto; display: grid; gap: 0.9rem; padding: 0.9rem; border: 1px solid var(--line); border-radius: 6px; background: var(--panel); }
.filters p > label { display: block; }
.filters input[type=search] { width: 100%; padding: 0.3rem 0.5rem; border: 1px solid var(--edge); border-radius: 4px; background: var(--page); color: var(--text); font: inherit; }
.filters ::placeholder { color: var(--dim); opacity: 1; font-size: 0.8125rem; }
.filters fieldset { border: 0; min-width: 0; }
.filters fieldset label { display: flex; align-items: center; gap: 0.5rem; min-height: 1.625rem; }
.filters fieldset .count { margin-left: auto; }
.filters input[type=checkbox] { accent-color: var(--link); width: 1rem; height: 1rem; margin: 0; }
.filters button { width: 100%; padding: 0.3rem 0.75rem; border: 1px solid var(--edge); border-radius: 4px; background: var(--page); color: var(--text); font: inherit; cursor: pointer; }
.count { color: var(--dim); font-weight: 400; font-variant-numeric: tabular-nums; }
.list { flex: 1; min-width: 0; }
.list > h2 { display: inline-block; margin-right: 0.75rem; }
#shown { display: inline-block; color: var(--dim); }
#none { padding: 2rem 0; color: var(--dim); }

.target { margin-top: 0.9rem; }
.target h3 { padding: 0.35rem 0; border-bottom: 1px solid var(--edge); }
.target ul { list-style: none; }
.row {
  display: grid; grid-template-columns: 3.75rem minmax(0, 1fr) minmax(0, 15.5rem) 9.5rem; gap: 0 1rem; padding: 0.6rem 0;
  border-bottom: 1px solid var(--line); break-inside: avoid;
}
.many .target, .many .target ul { content-visibility: auto; contain-intrinsic-size: auto 40rem; }
.row:target { background: var(--panel); box-shadow: -0.75rem 0 0 var(--panel), 0.75rem 0 0 var(--panel); }
.kind, .badge { display: inline-block; padding: 0 0.45rem; border: 1px solid transparent; border-radius: 4px; font-size: 0.75rem; line-height: 1.25rem; }
.kind { justify-self: start; align-self: start; border-color: var(--line); color: var(--dim); }
.badge { background: var(--panel); color: var(--dim); border-color: var(--line); }
.badge.good { background: var(--good-panel); color: var(--good); border-color: transparent; }
.badge.bad { background: var(--bad-panel); color: var(--bad); border-color: transparent; }
.badge.warn { background: var(--warn-panel); color: var(--warn); border-color: transparent; }
.badge.odd { background: var(--odd-panel); color: var(--odd); border-color: transparent; }
.badges { display: flex; flex-wrap: wrap; gap: 0.25rem; align-content: flex-start; }
.path b { font-weight: 650; }
.summary, .note, .told { font-size: 0.8125rem; }
.summary, .at { color: var(--dim); }
.at { font-size: 0.75rem; }
.note b { font-weight: 600; color: var(--dim); margin-right: 0.25rem; }
.note.bad, .note.bad b { color: var(--bad); }
.note.warn, .note.warn b { color: var(--warn); }
.note.odd, .note.odd b { color: var(--odd); }
.pair { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.5rem; }
.from { color: var(--dim); }
.to { font-weight: 600; }
.notes { grid-column: 2 / -1; }
.lock { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.5rem; margin-top: 0.25rem; }
.to-be { font-size: 0; }
.to-be::before { content: "\\2192"; content: "\\2192" / ""; font-size: 0.875rem; font-style: normal; color: var(--dim); }
.sides { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 0.6rem; }
.sides dt { font-size: 0.8125rem; color: var(--dim); }
.items { list-style: none; }
.items .removed::before { content: "-"; content: "-" / ""; margin-right: 0.5rem; color: var(--bad); font-family: monospace; }
.items .added::before { content: "+"; content: "+" / ""; margin-right: 0.5rem; color: var(--good); font-family: monospace; }
summary { cursor: pointer; }

.score p { margin-top: 0.25rem; color: var(--dim); }
.score b { font-size: 2.25rem; line-height: 1.3; color: var(--text); margin-right: 0.35rem; font-variant-numeric: tabular-nums; }
.posture table { width: 100%; margin-top: 0.5rem; border-collapse: collapse; }
.posture caption { text-align: left; padding-bottom: 0.4rem; color: var(--dim); }
.posture th, .posture td { padding: 0.25rem 0.75rem 0.25rem 0; text-align: left; font-weight: 400; border-bottom: 1px solid var(--line); }
.posture thead th { font-size: 0.75rem; font-weight: 600; color: var(--dim); }
.posture thead td ~ th, .posture .number { text-align: right; padding-right: 0; width: 4.75rem; font-variant-numeric: tabular-nums; }
.posture tbody th { width: 1%; white-space: nowrap; }
.number.zero { color: var(--dim); }
.bar { display: block; width: 100%; height: 0.8rem; border-radius: 3px; }
.legend { font-size: 0.75rem; color: var(--dim); }
.key { margin-right: 0.9rem; white-space: nowrap; }
.key::before { content: ""; display: inline-block; width: 0.65rem; height: 0.65rem; margin-right: 0.35rem; border-radius: 2px; }
rect.pass { fill: var(--good-bar); } .key.pass::before { background: var(--good-bar); }
rect.fail { fill: var(--bad-bar); } .key.fail::before { background: var(--bad-bar); }
rect.waived { fill: var(--warn-bar); } .key.waived::before { background: var(--warn-bar); }
rect.unknown { fill: var(--odd-bar); } .key.unknown::before { background: var(--odd-bar); }

footer { margin-top: 2.5rem; padding-top: 0.75rem; border-top: 1px solid var(--line); color: var(--dim); font-size: 0.8125rem; }

@media screen and (max-width: 60rem) {
  .layout { display: block; }
  .filters { position: static; max-height: none; margin-bottom: 1.5rem; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); }
  .row { grid-template-columns: 3.75rem minmax(0, 1fr); }
  .row .values, .row .badges { grid-column: 2; margin: 0.2rem 0; }
}
@media print {
  body { max-width: none; padding: 0; font-size: 9pt; }
  .skip, .filters, footer { display: none; }
  .layout { display: block; }
  .many .target, .many .target ul { content-visibility: visible; }
  .row { grid-template-columns: 3.25rem minmax(0, 1fr) minmax(0, 13rem) 8rem; gap: 0 0.75rem; padding: 0.35rem 0; }
  .target h3, h2 { break-after: avoid; }
  details::details-content { content-visibility: visible; height: auto; }
  * { print-color-adjust: exact; }
}
`;
