/** For CI systems that show tests: one case for each setting of a target that the report is about. */
import Builder from 'fast-xml-builder';
import { messageOf } from '../errors.ts';
import { accountLine } from '../model/account.ts';
import { countCheck } from '../model/counts.ts';
import { accountOf, type Report } from '../model/report.ts';
import { positionOf } from '../model/state.ts';
import { printable } from '../util/printable.ts';
import { entriesIn, unseenIn } from './view/entries.ts';
import type { Entry } from './view/entry.ts';
import { entriesOf, nameOf, placesOf, type Row, rowSentence, rowsOf, worstOf } from './view/rows.ts';
import { remarksOf } from './view/sentence.ts';

interface Case {
  readonly classname: string;
  readonly name: string;
  readonly outcome?: {
    readonly element: 'failure' | 'error' | 'skipped';
    readonly type: string;
    readonly message: string;
    readonly lines: readonly string[];
  };
}

/** By default the builder omits the value of an attribute that is "true", which is not valid XML. */
const XML = new Builder({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  commentPropName: '#comment',
  format: true,
  suppressEmptyNode: true,
  suppressBooleanAttributes: false,
});

/**
 * One suite for the report, its cases in the order of the report. A plan does not list what is
 * already right, so that has no cases: its number is a property.
 */
export function renderJunit(report: Report): string {
  const cases = [...rowsOf(entriesIn(report)).map(caseOf), ...nothingSeen(report), ...earlyEnd(report)];
  const having = (element: string) => cases.filter(({ outcome }) => outcome?.element === element).length;
  const suites = {
    '@name': `lockstep ${report.kind === 'result' ? 'apply' : report.kind}`,
    '@tests': cases.length,
    '@failures': having('failure'),
    '@errors': having('error'),
  };
  return XML.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      ...suites,
      testsuite: {
        ...suites,
        '@skipped': having('skipped'),
        ...(report.kind === 'check'
          ? {}
          : { '#comment': ' What is already right is only counted: see the properties. ' }),
        properties: { property: propertiesOf(report).map(([name, value]) => ({ '@name': name, '@value': value })) },
        testcase: cases.map(caseElement),
      },
    },
  });
}

function caseElement({ classname, name, outcome }: Case): object {
  const attributes = { '@classname': xmlText(classname), '@name': xmlText(name) };
  if (outcome === undefined) return attributes;
  const { element, type, message, lines } = outcome;
  return {
    ...attributes,
    [element]: {
      ...(element === 'skipped' ? {} : { '@type': type }),
      '@message': xmlText(message),
      '#text': xmlText([message, ...lines].join('\n')),
    },
  };
}

function caseOf(row: Row): Case {
  const known = { classname: printable(row.label), name: nameOf(row.lead) };
  const entry = worstOf(row);
  const element = elementOf(entry);
  if (element === undefined) return known;
  const lines = [
    ...entriesOf(row).flatMap(remarksOf),
    ...placesOf(row).map(({ provenance }) => printable(positionOf(provenance))),
  ];
  const message = `${printable(row.lead.name)} ${rowSentence(row)}`;
  return { ...known, outcome: { element, type: typeOf(entry), message, lines: [...new Set(lines)] } };
}

/** What was not seen is an error. What Zoom does not offer, and what a waiver covers, is skipped. */
function elementOf({ state, origin }: Entry): 'failure' | 'error' | 'skipped' | undefined {
  switch (state) {
    case 'applied':
    case 'pass':
      return undefined;
    case 'unknown':
    case 'unmatched':
    case 'not-found':
    case 'pending':
      return 'error';
    case 'not-offered':
    case 'waived':
    case 'notAttempted':
      return 'skipped';
    case 'blocked':
      return origin.type === 'blocked' && origin.blocked.reason === 'not-offered' ? 'skipped' : 'failure';
    case 'differs':
      return isUnconfirmedDrift(origin) ? 'skipped' : 'failure';
    case 'moved':
    case 'failed':
    case 'ineffective':
    case 'leftUnlocked':
    case 'fail':
      return 'failure';
  }
}

/** By itself it is no drift, and the exit code does not count it. */
function isUnconfirmedDrift(origin: Entry['origin']): boolean {
  if (origin.type !== 'change' || origin.purpose !== 'drift') return false;
  return origin.change.kind === 'set' && origin.change.unconfirmed === true;
}

function typeOf({ state, status, direction, severity }: Entry): string {
  switch (state) {
    case 'blocked':
      return status?.text ?? state;
    case 'differs':
      return direction ?? state;
    case 'fail':
      return severity ?? state;
    default:
      return state;
  }
}

/** A suite without a case would be green. */
function nothingSeen(report: Report): Case[] {
  const message = unseenIn(report);
  if (message === undefined || entriesIn(report).length > 0) return [];
  return [
    { classname: 'lockstep', name: report.kind, outcome: { element: 'error', type: 'unseen', message, lines: [] } },
  ];
}

/** A run that ended early must not look complete: what it did not attempt is only skipped. */
function earlyEnd(report: Report): Case[] {
  if (report.kind !== 'result') return [];
  const { halted, interrupted } = report.result;
  if (halted === undefined && !interrupted) return [];
  const message = halted === undefined ? 'the run was interrupted' : printable(messageOf(halted));
  const outcome = {
    element: 'error',
    type: halted === undefined ? 'interrupted' : 'halted',
    message,
    lines: [],
  } as const;
  return [{ classname: 'lockstep', name: printable(`run ${report.run}`), outcome }];
}

function propertiesOf(report: Report): readonly (readonly [name: string, value: string | number])[] {
  const account = ['account', xmlText(accountLine(accountOf(report)))] as const;
  if (report.kind === 'check') {
    const { score, manual } = countCheck(report.check);
    return [account, ['manual', manual], ...(score === undefined ? [] : ([['score', score]] as const))];
  }
  const plan = report.kind === 'result' ? report.result.plan : report.plan;
  return [
    account,
    ['unchanged', plan.compared.unchanged],
    ['targets', plan.compared.targets],
    ['fingerprint', xmlText(printable(plan.fingerprint))],
  ];
}

/** `printable` leaves two code points that XML 1.0 cannot contain. */
function xmlText(text: string): string {
  return text.replace(/[\ufffe\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}
