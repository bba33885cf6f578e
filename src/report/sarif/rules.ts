/** A rule of SARIF for each setting and each lock that a result is about. */
import { STRICTNESS, type Strictness } from '../../catalog/data/strictness.ts';
import type { Severity } from '../../model/plan.ts';
import { printable } from '../../util/printable.ts';
import { plain, span } from '../markdown/escape.ts';
import { aboutOf, type Entry } from '../view/entry.ts';
import { SEVERITIES } from '../view/summaries.ts';
import { LEVELS, type Level } from './level.ts';
import { literal, message } from './message.ts';

/** An entry that has a result. */
export interface Finding {
  readonly entry: Entry;
  readonly level: Level;
  readonly weight: Severity | undefined;
}

interface SarifRule {
  readonly id: string;
  readonly [property: string]: unknown;
}

/** GitHub's scale: above 9 critical, from 7 high, from 4 medium. */
const SCORES: Readonly<Record<Severity, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' };

export function ruleIdOf({ kind, path }: Entry): string {
  return `${kind === 'set' ? 'set' : 'lock'}/${printable(path)}`;
}

/** Rules in the order in which results first need them, each with the highest severity of its results. */
export function rulesOf(findings: readonly Finding[]): readonly SarifRule[] {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) {
    const id = ruleIdOf(finding.entry);
    const known = byRule.get(id);
    if (known === undefined) byRule.set(id, [finding]);
    else known.push(finding);
  }
  return [...byRule].map(([id, [first, ...others]]) => ruleFrom(id, first as Finding, others));
}

function ruleFrom(id: string, first: Finding, others: readonly Finding[]): SarifRule {
  const findings = [first, ...others];
  const weight = SEVERITIES.find((severity) => findings.some((finding) => finding.weight === severity));
  const { summary, why, help, markdown } = textsOf(first.entry);
  return {
    id,
    shortDescription: message(summary),
    fullDescription: message(why === undefined ? summary : `${summary} ${why}`),
    help: { ...message(help.join('\n')), markdown: literal(markdown.join('\n\n')) },
    defaultConfiguration: { level: LEVELS.find((level) => findings.some((finding) => finding.level === level)) },
    properties:
      weight === undefined ? { tags: ['zoom'] } : { tags: ['security', 'zoom'], 'security-severity': SCORES[weight] },
  };
}

function textsOf(entry: Entry) {
  const { kind, path } = entry;
  const about = aboutOf(entry);
  const isLock = kind !== 'set';
  const known = about.summary;
  const summary = isLock
    ? `Lock: ${known ?? `prevents lower levels from changing ${printable(path)}.`}`
    : (known ?? `The setting ${printable(path)}.`);
  const strict = isLock ? undefined : strictText(path);
  return {
    summary,
    why: about.why,
    help: [`${isLock ? 'Lock' : 'Setting'} ${printable(path)}`, summary, ...present(about.why), ...present(strict)],
    markdown: [
      `**${isLock ? 'Lock' : 'Setting'}** ${span(path)}`,
      known === undefined
        ? `${isLock ? 'Prevents lower levels from changing' : 'The setting'} ${span(path)}.`
        : plain(summary),
      ...present(about.why).map((why) => `**Why it matters:** ${plain(why)}`),
      ...present(strict).map(plain),
    ],
  };
}

function present(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}

function strictText(path: string): string | undefined {
  const note = Object.hasOwn(STRICTNESS, path) ? STRICTNESS[path] : undefined;
  return note === undefined ? undefined : orderText(note.stricter);
}

function orderText(stricter: Strictness['stricter']): string {
  if (typeof stricter === 'boolean') return `The stricter value is ${stricter}.`;
  switch (stricter) {
    case 'higher':
    case 'lower':
      return `A ${stricter} number is stricter.`;
    case 'more':
    case 'fewer':
      return `A list of ${stricter} items is stricter.`;
    case 'contextual':
      return 'No value is stricter for everybody.';
    default:
      return `From the loosest to the strictest: ${stricter.map((rank) => (Array.isArray(rank) ? rank.join(' or ') : rank)).join(', ')}.`;
  }
}
