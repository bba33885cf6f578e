/** One name of the catalogue for people: what it is, where Zoom keeps it, what affects it, and who sets it to what. */
import { asked } from '../../catalog/coupling.ts';
import type { Loss } from '../../catalog/data/losses.ts';
import type { Precondition, Rule, Term } from '../../catalog/data/rules.ts';
import { itemsInWords, shapeInWords, stricterInWords } from '../../catalog/describe.ts';
import {
  type AtScope,
  type Explanation,
  type Gated,
  type Listed,
  type LockOver,
  namesOf,
  type SettingExplanation,
} from '../../catalog/explanation.ts';
import { accountLine } from '../../model/account.ts';
import type { SettingPath } from '../../model/setting.ts';
import type { Scope } from '../../model/target.ts';
import type { Explained } from '../explained.ts';
import { liveLines, packLines, policyLines } from './explain-values.ts';
import type { Paint } from './paint.ts';

export function renderExplainText({ account, explanation, packs, policies, live }: Explained, paint: Paint): string {
  return [
    account === undefined ? '' : accountLine(account),
    aboutName(explanation, paint),
    block('Packs', packLines(packs, paint), paint),
    policies?.length === 0 && explanation.kind !== 'section'
      ? 'No policy here sets it.'
      : block('Policies', policyLines(policies ?? [], paint), paint),
    live === undefined ? '' : block('Zoom now', liveLines(live), paint),
  ]
    .filter((part) => part !== '')
    .map((part) => `${part}\n`)
    .join('\n');
}

/** One line a setting. */
export function renderSearchText(found: readonly Listed[], paint: Paint): string {
  return `${found.map(({ path, summary }) => `${paint.bold(path)}  ${summary}`).join('\n')}\n`;
}

function block(title: string, lines: readonly string[], paint: Paint): string {
  return lines.length === 0 ? '' : [paint.bold(title), ...lines.map((line) => `  ${line}`)].join('\n');
}

/** Lines of two columns. */
function rows(pairs: readonly (readonly [label: string, text: string])[]): string[] {
  const width = Math.max(0, ...pairs.map(([label]) => label.length));
  return pairs.map(([label, text]) => `${label.padEnd(width)}  ${text}`);
}

function aboutName(explanation: Explanation, paint: Paint): string {
  switch (explanation.kind) {
    case 'setting':
      return aboutSetting(explanation, paint);
    case 'section': {
      const { path, settings, locks } = explanation;
      return parts([
        block(`${path} is a section of ${settings.length} settings`, listedLines(settings), paint),
        block(
          'Locks',
          lockLines(
            locks,
            settings.map((setting) => setting.path),
          ),
          paint,
        ),
      ]);
    }
    case 'lock': {
      const { path, settings, locks } = explanation;
      const frozen = settings.length === 0 ? ['no setting that lockstep knows'] : listedLines(settings);
      return parts([
        block(`${path} is a lock key, which freezes`, frozen, paint),
        block(
          'Locks',
          lockLines(
            locks,
            settings.map((setting) => setting.path),
          ),
          paint,
        ),
      ]);
    }
  }
}

function parts(blocks: readonly string[]): string {
  return blocks.filter((part) => part !== '').join('\n\n');
}

function listedLines(settings: readonly Listed[]): string[] {
  return settings.map(({ path, summary }) => `${path}  ${summary}`);
}

function aboutSetting(setting: SettingExplanation, paint: Paint): string {
  const { path, summary, at, otherNames, locks, behind, opens, rules, preconditions, losses } = setting;
  const scopes = at.map(({ scope }) => scope);
  return parts([
    block(path, [summary, ...rows([...valueRows(at), ...strictnessRows(setting)])], paint),
    block('Where', rows(at.map((place) => [place.scope, placeText(place, path)])), paint),
    block('Other names', otherNames.map(otherNameText), paint),
    block('Locks', lockLines(locks, namesOf(setting)), paint),
    block(
      'Switches',
      [...behind.map((gate) => behindText(gate, scopes)), ...opens.map((gate) => opensText(gate, scopes))],
      paint,
    ),
    block('Rules', rules.map(ruleText), paint),
    block('Only Zoom can grant', preconditions.map(preconditionText), paint),
    block('What changes can lose', losses.map(lossText), paint),
  ]);
}

function valueRows(at: readonly AtScope[]): [string, string][] {
  const texts = at.map(({ values }) => shapeInWords(values));
  const alike = new Set(texts).size === 1;
  const values: [string, string][] = alike
    ? [['Values', texts[0] ?? '']]
    : at.map(({ scope }, index) => [`Values (${scope})`, texts[index] ?? '']);
  const items = at.find((place) => place.items !== undefined)?.items;
  const secret = at.some((place) => place.secret);
  return [
    ...values,
    ...(items === undefined ? [] : [['Written', itemsInWords(items)] as [string, string]]),
    ...(secret ? [['Secret', 'never printed or stored: write `!env NAME`'] as [string, string]] : []),
  ];
}

function strictnessRows({ strictness }: SettingExplanation): [string, string][] {
  if (strictness === undefined) return [['Security', 'neutral: no value is known to be stricter']];
  const { stricter, severity, why } = strictness;
  return [['Security', `${stricterInWords(stricter)} (${severity}). ${why}`]];
}

function placeText({ path, calls, settable, verb, deprecated }: AtScope, asked: SettingPath): string {
  const { get, patch } = calls;
  const call = get === undefined ? `PATCH ${patch}` : `${patch === undefined ? 'GET' : 'GET and PATCH'} ${get}`;
  const remarks = [
    ...(path === asked ? [] : [`spelled ${path}`]),
    ...(settable ? [] : [notSettable(verb, get)]),
    ...(deprecated ? ['deprecated by Zoom'] : []),
  ];
  return [call, ...remarks.map((remark) => `(${remark})`)].join('  ');
}

function notSettable(verb: boolean, get: string | undefined): string {
  if (verb) return 'a command to Zoom: no policy can contain it';
  return get === undefined ? 'Zoom never reports it: no policy can set it' : 'read-only: no policy can set it';
}

function otherNameText({ path, kind, scopes, pairs }: SettingExplanation['otherNames'][number]): string {
  const where = `${path} (${scopes.join(', ')})`;
  if (kind === 'spelling') return `${where}: the same setting, with this spelling there`;
  const values = pairs?.map(([one, other]) => `${JSON.stringify(one)} is ${JSON.stringify(other)} there`).join(', ');
  return `${where}: a second name of the same value${values === undefined ? '' : `: ${values}`}`;
}

function lockLines(locks: readonly LockOver[], asked: readonly SettingPath[]): string[] {
  return rows(locks.map((lock) => [lock.level, lockText(lock, asked)]));
}

function lockText({ path, calls, settable, freezes }: LockOver, asked: readonly SettingPath[]): string {
  const others = freezes.filter((frozen) => !asked.includes(frozen));
  const call = calls.get ?? calls.patch ?? '';
  const sent = settable ? '' : ', which lockstep reads but does not send';
  return `${path}${sent}, in ${call}${others.length === 0 ? '' : `; it freezes ${others.join(', ')} as well`}`;
}

function behindText({ path, hides, scopes }: Gated, all: readonly Scope[]): string {
  const unseen = hides ? ', and Zoom may not report it then' : '';
  return `it has no effect while ${path} is off${unseen}${only(scopes, all)}`;
}

function opensText({ path, hides, scopes }: Gated, all: readonly Scope[]): string {
  const unseen = hides ? ', and Zoom may not report that then' : '';
  return `while it is off ${path} has no effect${unseen}${only(scopes, all)}`;
}

function only(scopes: readonly Scope[], all: readonly Scope[]): string {
  return scopes.length === all.length ? '' : ` (${scopes.join(', ')})`;
}

function ruleText({ kind, scopes, when, outcome, certainty, why }: Rule): string {
  const where = scopes.length === 3 ? '' : ` (${scopes.join(', ')})`;
  const inferred = certainty === 'inferred' ? ' (inferred)' : '';
  return `${ruleSentence(kind, when, outcome)}${where}: ${why}${inferred}`;
}

function ruleSentence(kind: Rule['kind'], when: readonly Term[], outcome: Term): string {
  const cause = when.map(termText).join(' and ');
  switch (kind) {
    case 'forces':
      return `when ${cause}, Zoom makes ${outcome.path} ${asked(outcome)}`;
    case 'needs':
      return `${cause} only where ${termText(outcome)}`;
    case 'idles':
      return `while ${cause}, ${outcome.path}${outcome.named === true ? '' : ` ${asked(outcome)}`} has no effect`;
    case 'same':
      return `where ${cause}, ${termText(outcome)} as well`;
  }
}

function termText(term: Term): string {
  return `${term.path} is ${asked(term)}`;
}

function preconditionText({ path, value, why }: Precondition): string {
  return `${path}${value === undefined ? '' : ` ${JSON.stringify(value)}`}: ${why}`;
}

function lossText({ when, effect, lossy }: Loss): string {
  return `${lossWhen(when)}: ${effect} (${lossy ? 'only with --allow-lossy' : 'shown in plans'})`;
}

function lossWhen(when: Loss['when']): string {
  if ('from' in when) {
    const from = when.from.map((value) => JSON.stringify(value)).join(' or ');
    return `from ${from} to ${when.becomes === undefined ? 'anything else' : JSON.stringify(when.becomes)}`;
  }
  if ('becomes' in when) return `when it becomes ${JSON.stringify(when.becomes)}`;
  if ('shrinks' in when) return 'when it gets smaller or shorter';
  if ('losesItems' in when) return 'when items are removed';
  return 'gainsItems' in when ? 'when items are added' : 'when it changes';
}
