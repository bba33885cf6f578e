/** What could not be seen, in one line at the head of every report. */
import { type Tally, unseenIn } from '../../model/outcomes.ts';
import { targetLabel } from '../../model/target.ts';
import { printable } from '../../util/printable.ts';
import type { Entry, EntryState } from './entry.ts';

/** `undefined` where all was seen. */
export function unseenLine(tally: Tally, entries: readonly Entry[]): string | undefined {
  if (unseenIn(tally) === 0) return undefined;
  if (tally['nothing-managed'] > 0) return NOTHING;
  const parts: readonly (readonly [count: number, word: string, about: string])[] = [
    [tally['no-access'], 'unknown', 'a scope or a right is missing'],
    [tally.unreadable, 'unknown', 'not readable'],
    [tally.unmatched, 'unmatched', labelsOf(entries, 'unmatched')],
    [tally['not-found'], 'not found', labelsOf(entries, 'not-found')],
    [tally.pending, 'pending', labelsOf(entries, 'pending')],
  ];
  const shown = parts.flatMap(([count, word, about]) => (count === 0 ? [] : [`${count} ${word} (${about})`]));
  return `Not seen: ${shown.join(', ')}.`;
}

const NOTHING = 'Nothing is managed: the policies name no setting and no lock.';
/** The summary where nothing is managed. */
export const NOTHING_COMPARED = 'Nothing was compared.';

const SHOWN = 5;

function labelsOf(entries: readonly Entry[], wanted: EntryState): string {
  const found = entries.filter(({ state }) => state === wanted).map(({ target }) => targetLabel(target));
  const labels = [...new Set(found)];
  const more = labels.length > SHOWN ? ` and ${labels.length - SHOWN} more` : '';
  return `${labels.slice(0, SHOWN).map(printable).join(', ')}${more}`;
}
