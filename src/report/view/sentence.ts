/** One sentence for an entry, without its subject: formats with one line for an entry put the name before it. */

import type { Check } from '../../model/check.ts';
import type { Blocked, Change } from '../../model/plan.ts';
import type { ChangeResult } from '../../model/result.ts';
import { printable } from '../../util/printable.ts';
import type { Purpose } from './direction.ts';
import { controlsOf, type Entry } from './entry.ts';
import { noteText } from './notes.ts';
import { type ListValues, partOf, removesItem, type Values } from './values.ts';
import { joined, type Part, partText, plainText, type Words } from './words.ts';

/** Safe to print. */
export function sentenceOf({ origin, values, outcome, status, way, kind }: Entry): string {
  const [why] = outcome.flatMap(({ text, about }) => (about === 'state' ? [plainText(text)] : []));
  switch (origin.type) {
    case 'change':
      return `${difference(origin.purpose, origin.change, values)} (${way?.text})`;
    case 'result':
      return resultSentence(origin.result, why);
    case 'moved':
      return `differs after this run: it ${difference('drift', origin.change, values)}`;
    case 'leftUnlocked':
      return `was left unlocked: ${why}`;
    case 'blocked':
      return `${cannot(kind, values)} (${status?.text}): ${why}`;
    case 'check':
      return `${checkSentence(origin.check)}${why === undefined ? '' : `: ${why}`}`;
  }
}

function difference(purpose: Purpose, change: Change, values: Values): string {
  const { kind } = change;
  if (values.form === 'list')
    return purpose === 'plan'
      ? `changes: ${plainText(itemWords(values))}`
      : `differs: ${plainText(itemWords(values, 'Zoom also has', 'Zoom lacks'))}`;
  if (values.form === 'same') return `is pinned ${kind === 'set' ? 'at' : 'as'} ${partText(values.after)}`;
  if (removesItem(change)) return purpose === 'plan' ? 'is removed' : 'is in Zoom, and the policy does not want it';
  if (kind === 'set') {
    const [before, after] = [partText(values.form === 'pair' ? values.before : ''), partText(values.after)];
    return purpose === 'plan'
      ? `changes from ${before} to ${after}`
      : `is ${before} in Zoom, and the policy wants ${after}`;
  }
  if (purpose === 'plan') return `is ${kind}ed`;
  return kind === 'lock'
    ? 'is unlocked in Zoom, and the policy wants it locked'
    : 'is locked in Zoom, and the policy wants it unlocked';
}

function resultSentence(result: ChangeResult, why: string | undefined): string {
  const { change } = result;
  const wanted = change.kind === 'set' ? `set to ${partText(partOf('set', change.after))}` : `${change.kind}ed`;
  switch (result.status) {
    case 'applied':
      return `was ${wanted}${why === undefined ? '' : `; ${why}`}`;
    case 'ineffective':
      return `was ${wanted}, without effect (${why})`;
    case 'failed':
      return `could not be ${wanted}: ${why}`;
    case 'notAttempted':
      return `was not ${wanted}: ${why}`;
  }
}

function cannot(kind: Blocked['kind'], values: Values): string {
  if (kind !== 'set') return `cannot be ${kind}ed`;
  if (values.form === 'pair') return `cannot change from ${partText(values.before)} to ${partText(values.after)}`;
  return `cannot be set to ${partText(values.after)}`;
}

function checkSentence({ kind, status, severity, wanted, found }: Check): string {
  const want = partText(partOf(kind, wanted));
  if (found === undefined && status !== 'fail') return `is unknown, wanted ${want} (${status}, ${severity})`;
  const has = partText(partOf(kind, found));
  return status === 'pass' ? `is ${has}` : `is ${has}, wanted ${want} (${status}, ${severity})`;
}

const LISTED = 20;

/** `removed "a", "b"; added "c"` */
export function itemWords({ removed, added }: ListValues, less = 'removed', more = 'added'): Words {
  const listed = (word: string, items: readonly Part[]): readonly Words[] => {
    if (items.length === 0) return [];
    const others = items.length > LISTED ? [` and ${items.length - LISTED} more`] : [];
    return [
      [
        `${word} `,
        ...joined(
          items.slice(0, LISTED).map((item) => [item]),
          ', ',
        ),
        ...others,
      ],
    ];
  };
  return joined([...listed(less, removed), ...listed(more, added)], '; ');
}

/** Everything about an entry that its sentence does not contain, a line each. */
export function remarksOf(entry: Entry): readonly string[] {
  const { outcome, notes, provenance } = entry;
  const { reason } = provenance;
  return [
    ...controlsOf(entry).map(({ id, title }) => printable(`${id} ${title}`)),
    ...[...outcome, ...notes].filter(({ about }) => about !== 'state').map(noteText),
    ...(reason === undefined ? [] : [printable(reason)]),
  ];
}
