/** Drift as a webhook takes it: text for people in Slack or Mattermost, and the same for programs. */
import { countPlan } from '../model/counts.ts';
import type { Plan } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import { positionOf } from '../model/state.ts';
import { printable } from '../util/printable.ts';
import { entriesIn } from './view/entries.ts';
import { planSummary } from './view/plan.ts';
import { entriesOf, nameOf, type Row, rowSentence, rowsOf } from './view/rows.ts';

/** A message is read on a telephone; the reports hold every difference. */
const LISTED = 10;
const LONGEST_LINE = 300;

/** JSON. The values are those of the reports: secrets are named and never in it. */
export function renderNotice(report: Extract<Report, { readonly plan: Plan }>): string {
  const { plan, exitCode } = report;
  const rows = rowsOf(entriesIn(report));
  const looser = rows.filter((row) => entriesOf(row).some(({ loosens }) => loosens));
  const listed = [...new Set([...looser, ...rows])].slice(0, LISTED);
  const more = rows.length - listed.length;
  const summary = countPlan(plan);
  const lines = [
    `lockstep, account ${printable(plan.account)}. ${planSummary('drift', plan, summary)}`,
    ...listed.map((row) => `• ${shortened(`${printable(row.label)} ${nameOf(row.lead)} ${rowSentence(row)}`)}`),
    ...(more === 0 ? [] : [`and ${more} more`]),
  ];
  return JSON.stringify({
    text: forSlack(lines.join('\n')),
    kind: 'drift',
    formatVersion: 1,
    account: plan.account,
    exitCode,
    summary,
    fingerprint: plan.fingerprint,
    changes: listed.map(changeOf),
    more,
  });
}

/** A setting whose value and lock differ is one change, with the direction of what weighs more. */
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

/** The three characters with which Slack's text can call a whole channel or disguise a link. */
function forSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
