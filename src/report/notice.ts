/** Drift as a webhook takes it: text for people in Slack or Mattermost, and the same for programs. */
import { countPlan } from '../model/counts.ts';
import type { Plan } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import { positionOf } from '../model/state.ts';
import { targetLabel } from '../model/target.ts';
import { printable } from '../util/printable.ts';
import { loosens } from './direction.ts';
import { type Fact, factName, factsOf } from './facts.ts';
import { planVerdict } from './verdict.ts';

/** A message is read on a telephone; the reports hold every difference. */
const TOLD = 10;
const LONGEST_LINE = 300;

/** JSON. The values are those of the reports: secrets are named and never in it. */
export function renderNotice(report: Extract<Report, { readonly plan: Plan }>): string {
  const { plan, exitCode } = report;
  const facts = factsOf(report);
  const looser = facts.filter(({ direction }) => loosens('drift', direction));
  const told = [...new Set([...looser, ...facts])].slice(0, TOLD);
  const more = facts.length - told.length;
  const summary = countPlan(plan);
  const lines = [
    `lockstep, account ${printable(plan.account)}. ${planVerdict('drift', plan, summary)}`,
    ...told.map((fact) => `• ${shortened(`${labelOf(fact)} ${factName(fact)} ${fact.says}`)}`),
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
    changes: told.map(entryOf),
    more,
  });
}

function entryOf(fact: Fact): object {
  const { state, kind, path, says, direction, severity, blocked, provenance } = fact;
  return {
    state,
    target: labelOf(fact),
    kind,
    path,
    says,
    ...(direction === undefined ? {} : { direction }),
    ...(severity === undefined ? {} : { severity }),
    ...(blocked === undefined ? {} : { blocked }),
    at: printable(positionOf(provenance)),
  };
}

function labelOf({ target }: Fact): string {
  return printable(targetLabel(target));
}

function shortened(line: string): string {
  const characters = [...line];
  return characters.length <= LONGEST_LINE ? line : `${characters.slice(0, LONGEST_LINE).join('')}...`;
}

/** The three characters with which Slack's text can call a whole channel or disguise a link. */
function forSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
