/** Drift as a webhook takes it: text for people in Slack or Mattermost, and the same for programs. */
import { countPlan } from '../model/counts.ts';
import type { Plan } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import { positionOf } from '../model/state.ts';
import { targetLabel } from '../model/target.ts';
import { printable } from '../util/printable.ts';
import { entriesIn } from './view/entries.ts';
import type { Entry } from './view/entry.ts';
import { planSummary } from './view/plan.ts';
import { sentenceOf } from './view/sentence.ts';

/** A message is read on a telephone; the reports hold every difference. */
const LISTED = 10;
const LONGEST_LINE = 300;

/** JSON. The values are those of the reports: secrets are named and never in it. */
export function renderNotice(report: Extract<Report, { readonly plan: Plan }>): string {
  const { plan, exitCode } = report;
  const entries = entriesIn(report);
  const looser = entries.filter(({ loosens }) => loosens);
  const listed = [...new Set([...looser, ...entries])].slice(0, LISTED);
  const more = entries.length - listed.length;
  const summary = countPlan(plan);
  const lines = [
    `lockstep, account ${printable(plan.account)}. ${planSummary('drift', plan, summary)}`,
    ...listed.map((entry) => `• ${shortened(`${labelOf(entry)} ${nameOf(entry)} ${sentenceOf(entry)}`)}`),
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

function changeOf(entry: Entry): object {
  const { state, kind, path, direction, severity, origin, provenance } = entry;
  return {
    state,
    target: labelOf(entry),
    kind,
    path,
    says: sentenceOf(entry),
    ...(direction === undefined ? {} : { direction }),
    ...(severity === undefined ? {} : { severity }),
    ...(origin.type === 'blocked' ? { blocked: origin.blocked.reason } : {}),
    at: printable(positionOf(provenance)),
  };
}

function labelOf({ target }: Entry): string {
  return printable(targetLabel(target));
}

function nameOf({ kind, name }: Entry): string {
  return `${kind === 'set' ? '' : `${kind} `}${printable(name)}`;
}

function shortened(line: string): string {
  const characters = [...line];
  return characters.length <= LONGEST_LINE ? line : `${characters.slice(0, LONGEST_LINE).join('')}...`;
}

/** The three characters with which Slack's text can call a whole channel or disguise a link. */
function forSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
