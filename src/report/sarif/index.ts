/** For code scanning: SARIF 2.1.0. A result is at the line of the policy that sets what differs, fails or was not applied. */
import { createHash } from 'node:crypto';
import { messageOf } from '../../errors.ts';
import { type AccountIdentity, accountKey } from '../../model/account.ts';
import { accountOf, type Report } from '../../model/report.ts';
import type { Provenance } from '../../model/state.ts';
import { targetLabel } from '../../model/target.ts';
import { VERSION } from '../../model/version.ts';
import { printable, printableJson } from '../../util/printable.ts';
import { entriesIn, unseenIn } from '../view/entries.ts';
import type { Entry } from '../view/entry.ts';
import { noteText, waiverNote } from '../view/notes.ts';
import { remarksOf, sentenceOf } from '../view/sentence.ts';
import { levelOf, weightOf } from './level.ts';
import { locationOf, SOURCE_ROOT } from './location.ts';
import { message } from './message.ts';
import { type Finding, ruleIdOf, rulesOf } from './rules.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

export function renderSarif(report: Report): string {
  const account = accountOf(report);
  const findings = entriesIn(report).flatMap(findingOf);
  const rules = rulesOf(findings);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const run = {
    tool: { driver: { name: 'lockstep', version: VERSION, semanticVersion: VERSION, rules } },
    invocations: [invocationOf(report)],
    originalUriBaseIds: { [SOURCE_ROOT]: { description: { text: 'The folder that lockstep ran in.' } } },
    columnKind: 'utf16CodeUnits',
    results: findings.map((finding) => resultOf(finding, account, indexes)),
    properties: { account },
  };
  return `${printableJson({ $schema: SCHEMA, version: '2.1.0', runs: [run] })}\n`;
}

function findingOf(entry: Entry): Finding[] {
  const level = levelOf(entry);
  return level === undefined ? [] : [{ entry, level, weight: weightOf(entry) }];
}

function resultOf({ entry, level }: Finding, account: AccountIdentity, indexes: ReadonlyMap<string, number>): object {
  const { state, target, name, direction, severity, provenance, origin } = entry;
  const label = printable(targetLabel(target));
  const ruleId = ruleIdOf(entry);
  const fingerprint = fingerprintOf(entry, account);
  const blocked = origin.type === 'blocked' ? origin.blocked.reason : undefined;
  const waiver = origin.type === 'check' && state === 'waived' ? origin.check.waiver : undefined;
  return {
    ruleId,
    ruleIndex: indexes.get(ruleId),
    level,
    message: message([`${label}: ${printable(name)} ${sentenceOf(entry)}`, ...remarksOf(entry)].join('. ')),
    locations: [locationOf(provenance)],
    // GitHub reads only the first name. Its own value, a hash of the line, would make one alert for all the groups that a
    // line of a policy sets.
    partialFingerprints: { primaryLocationLineHash: fingerprint, 'lockstepFact/v1': fingerprint },
    ...(waiver !== undefined
      ? {
          suppressions: [
            {
              kind: 'inSource',
              status: 'accepted',
              justification: noteText(waiverNote('waived', waiver)),
              location: locationOf(waiver.provenance),
            },
          ],
        }
      : {}),
    properties: {
      target: label,
      state,
      ...(direction === undefined ? {} : { direction }),
      ...(severity === undefined ? {} : { severity }),
      ...(blocked === undefined ? {} : { blocked }),
    },
  };
}

/** The same in every run for the same value or lock of an account, even if its value or its line changes. */
function fingerprintOf({ target, kind, name }: Entry, account: AccountIdentity): string {
  const key = JSON.stringify([accountKey(account), targetLabel(target), kind, name]);
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}

function invocationOf(report: Report): object {
  const halted = report.kind === 'result' ? report.result.halted : undefined;
  const unseen = unseenIn(report);
  const errors = [...(halted === undefined ? [] : [messageOf(halted)]), ...(unseen === undefined ? [] : [unseen])];
  const warnings = warningsOf(report);
  return {
    // A run that did not see all that it is about is not complete, and what it found says nothing of the rest.
    executionSuccessful: errors.length === 0,
    exitCode: report.exitCode,
    ...(errors.length === 0
      ? {}
      : {
          toolExecutionNotifications: errors.map((text) => ({ level: 'error', message: message(printable(text)) })),
        }),
    ...(warnings.length === 0
      ? {}
      : {
          toolConfigurationNotifications: warnings.map(({ text, provenance }) => ({
            level: 'warning',
            message: message(printable(text)),
            ...(provenance === undefined ? {} : { locations: [locationOf(provenance)] }),
          })),
        }),
  };
}

function warningsOf(
  report: Report,
): readonly { readonly text: string; readonly provenance?: Provenance | undefined }[] {
  if (report.kind === 'check') {
    const idle = report.check.idleWaivers.map(({ about, owner, provenance }) => ({
      text: `The waiver of ${about} (${owner}) matches nothing`,
      provenance,
    }));
    return [...idle, ...report.check.warnings.map(({ message: text, provenance }) => ({ text, provenance }))];
  }
  const { warnings } = report.kind === 'result' ? report.result.plan : report.plan;
  return warnings.map(({ message: text, provenance }) => ({ text, provenance }));
}
