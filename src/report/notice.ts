/** Drift for a webhook: text for people in Slack or Mattermost, and the same for programs. */
import { accountLine } from '../model/account.ts';
import { countPlan } from '../model/counts.ts';
import type { Plan } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import { positionOf } from '../model/state.ts';
import { printable } from '../util/printable.ts';
import { entriesIn, unseenIn } from './view/entries.ts';
import { planSummary } from './view/plan.ts';
import { entriesOf, nameOf, type Row, rowSentence, rowsOf } from './view/rows.ts';

/** A message is read on a phone; the reports have every difference. */
const LISTED = 10;
const LONGEST_LINE = 300;

/** JSON. As in the reports, secrets are named and never included. */
export function renderNotice(report: Extract<Report, { readonly plan: Plan }>): string {
  const { plan, exitCode } = report;
  const rows = rowsOf(entriesIn(report));
  const looser = rows.filter((row) => entriesOf(row).some(({ loosens }) => loosens));
  const listed = [...new Set([...looser, ...rows])].slice(0, LISTED);
  const more = rows.length - listed.length;
  const summary = countPlan(plan);
  const unseen = unseenIn(report);
  const lines = [
    `lockstep, ${accountLine(plan.account)}. ${planSummary('drift', plan, summary)}`,
    ...(unseen === undefined ? [] : [shortened(unseen)]),
    ...listed.map((row) => `• ${shortened(`${printable(row.label)} ${nameOf(row.lead)} ${rowSentence(row)}`)}`),
    ...(more === 0 ? [] : [`and ${more} more`]),
  ];
  return JSON.stringify({
    text: forSlack(lines.join('\n')),
    kind: 'drift',
    formatVersion: 2,
    account: plan.account,
    exitCode,
    summary,
    fingerprint: plan.fingerprint,
    changes: listed.map(changeOf),
    more,
  });
}

/** One change for a setting, also where value and lock differ: then with the direction that loses security. */
function changeOf(row: Row): object {
  const { state, kind, path, provenance } = row.lead;
  const { direction, severity } = entriesOf(row).find(({ loosens }) => loosens) ?? row.lead;
  const blocked = entriesOf(row).flatMap(({ origin }) => (origin.type === 'blocked' ? [origin.blocked.reason] : []))[0];
  return {
    state,
    target: printable(row.label),
    kind,
    path,
    says: rowSentence(row),
    ...(direction === undefined ? {} : { direction }),
    ...(severity === undefined ? {} : { severity }),
    ...(blocked === undefined ? {} : { blocked }),
    at: printable(positionOf(provenance)),
  };
}

function shortened(line: string): string {
  const characters = [...line];
  return characters.length <= LONGEST_LINE ? line : `${characters.slice(0, LONGEST_LINE).join('')}...`;
}

/** Escapes the three characters with which text in Slack can mention a channel or disguise a link. */
function forSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
