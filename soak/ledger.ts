/**
 * Nothing lost: a run's own words are held against its journal, and both against what the sandbox logged and stored.
 * Every change has one outcome, and it is the true one.
 */
import type { JournalEvent } from '../src/journal/events.ts';
import type { ResultCounts } from '../src/model/counts.ts';
import { isUnseen } from '../src/model/outcomes.ts';
import { type Change, changeName } from '../src/model/plan.ts';
import type { ApplyResult, ChangeResult } from '../src/model/result.ts';
import { type DocumentRef, documentKey } from '../src/model/setting.ts';
import { type Target, targetLabel } from '../src/model/target.ts';
import type { LoggedRequest } from '../src/sandbox/index.ts';
import { isSame, type Organised } from '../test/helpers/oracle.ts';

/** What `apply --format json` prints when it has sent something. */
export interface ResultDocument extends Pick<ApplyResult, 'results' | 'remaining' | 'blocked'> {
  readonly kind: 'result';
  readonly exitCode: number;
  readonly run: string;
  readonly summary: ResultCounts;
}

export interface Sides {
  readonly stored: Organised;
  readonly shown: Organised;
}

export interface Account {
  readonly code: number;
  readonly report: ResultDocument;
  /** The changes of the plan that was carried out, where it is known beforehand. */
  readonly planned?: readonly Change[];
  readonly journal: readonly JournalEvent[];
  /** What was asked during this run. */
  readonly log: readonly LoggedRequest[];
  readonly before: Sides;
  readonly after: Sides;
  /** What a run without faults makes of the same policy. */
  readonly goal: Sides;
}

/** Everything that does not add up. */
export function ledgerFaults(account: Account): string[] {
  return [...miscounted(account), ...untrue(account), ...unlikeJournal(account), ...unlikeLog(account)];
}

export function nameOf(change: Change): string {
  return `${targetLabel(change.target)} ${change.kind} ${changeName(change)}`;
}

function miscounted({ code, report: { exitCode, results, remaining, blocked, summary }, planned }: Account): string[] {
  const names = results.map(({ change }) => nameOf(change));
  const wanted = planned?.map(nameOf) ?? names;
  const { remaining: left, ...counts } = summary;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const isBlind = blocked.some(({ reason }) => isUnseen(reason));
  const isDone = results.every(({ status }) => status === 'applied') && remaining.length === 0 && !isBlind;
  return [
    ...repeated(names).map((name) => `${name} has two outcomes`),
    ...wanted.filter((name) => !names.includes(name)).map((name) => `${name} was planned and has no outcome`),
    ...names.filter((name) => !wanted.includes(name)).map((name) => `${name} has an outcome and was not planned`),
    ...(total === results.length && left === remaining.length ? [] : ['the counts do not add up']),
    ...(exitCode === code ? [] : [`the report tells ${exitCode}, and the run ended with ${code}`]),
    ...((code === 0) === isDone ? [] : [`exit ${code} does not fit the outcomes`]),
  ];
}

function repeated(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

function untrue({ report, before, after, goal }: Account): string[] {
  return report.results.flatMap((result) => {
    const { status, change } = result;
    const label = targetLabel(change.target);
    const isThere = isSame(after.shown, goal.shown, label, change);
    const isUntouched = isSame(after.stored, before.stored, label, change);
    const isTrue = status === 'applied' ? isThere : !isSurelyUnsent(result) || isUntouched;
    return isTrue ? [] : [`${nameOf(change)} is told as ${status}, and it is not so`];
  });
}

function isSurelyUnsent(result: ChangeResult): boolean {
  if (result.status === 'notAttempted') return true;
  return result.status === 'failed' && result.refusal.mayBeTaken !== true;
}

function unlikeJournal({ code, report, journal }: Account): string[] {
  const sending = journal.flatMap((event) => (event.event === 'sending' ? [event] : []));
  const answered = new Set(journal.flatMap((event) => (event.event === 'sent' ? [event.step] : [])));
  const begun = new Set(sending.flatMap(({ changes }) => changes.map(nameOf)));
  const verified = journal.flatMap((event) => (event.event === 'verified' ? event.results : []));
  const end = journal.find((event) => event.event === 'end');
  const told = report.results.flatMap(({ status, step, change }) => {
    const read = verified.find(
      (entry) => entry.step.startsWith(step) && entry.kind === change.kind && entry.path === change.path,
    );
    const isBegun = begun.has(nameOf(change));
    return [
      ...(isBegun === (status !== 'notAttempted')
        ? []
        : [`${nameOf(change)} is ${status}, the journal says otherwise`]),
      ...(read === undefined || read.status === status
        ? []
        : [`${nameOf(change)}: journal ${read.status}, told ${status}`]),
    ];
  });
  return [
    ...told,
    ...sending.filter(({ step }) => !answered.has(step)).map(({ step }) => `${step}: sending, and never sent`),
    ...(end?.exitCode === code ? [] : [`the journal ends with ${end?.exitCode}, the run with ${code}`]),
  ];
}

/** Every request that wrote is in the journal, and what the journal says was taken has reached the sandbox. */
function unlikeLog({ journal, log }: Account): string[] {
  const sending = journal.flatMap((event) => (event.event === 'sending' ? [event] : []));
  const taken = new Set(
    journal.flatMap((event) => (event.event === 'sent' && event.refusal === undefined ? [event.step] : [])),
  );
  const patches = log.filter(({ method }) => method === 'PATCH');
  const noted = new Set(sending.map(({ target, document }) => addressOf(target, document)));
  const reached = new Set(
    patches.filter(({ status, fault }) => (status >= 200 && status < 300) || fault === 'reset-after').map(addressIn),
  );
  return [
    ...patches
      .map(addressIn)
      .filter((address) => !noted.has(address))
      .map((address) => `${address} is in no journal`),
    ...sending
      .filter(({ step, target, document }) => taken.has(step) && !reached.has(addressOf(target, document)))
      .map(({ step }) => `${step}: the journal says that Zoom took it, and it never came there`),
  ];
}

const FOLDERS = { account: 'accounts', group: 'groups', user: 'users' } as const;

function addressOf({ scope, id }: Target, document: DocumentRef): string {
  const name = scope === 'account' ? 'me' : encodeURIComponent(id);
  return `/v2/${FOLDERS[scope]}/${name}/${documentKey(document)}`;
}

function addressIn({ path, query }: LoggedRequest): string {
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
}
