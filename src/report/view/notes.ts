/** Notes on a change, on its outcome, or on a check. Every format shows the same ones. */
import type { Check } from '../../model/check.ts';
import type { Change, LockChange } from '../../model/plan.ts';
import type { ChangeResult, Refusal } from '../../model/result.ts';
import type { SettingPath } from '../../model/setting.ts';
import { positionOf } from '../../model/state.ts';
import type { Waiver } from '../../model/waiver.ts';
import type { Tone } from './tone.ts';
import { partOf } from './values.ts';
import { joined, plainText, quoted, type Words, words } from './words.ts';

export interface Note {
  readonly label: string;
  readonly text: Words;
  readonly tone?: Tone;
  /** `state`: it explains the state of its entry, so a format that shows the state can omit the label. `lock`: only locks have it. */
  readonly about?: 'state' | 'lock';
}

const SHOWN_SIBLINGS = 5;

/** @param shown the path of the row, which the notes need not name again */
export function changeNotes(change: Change, shown: SettingPath = change.path): readonly Note[] {
  const { lossy, protectedBy, heldBy } = change;
  return [
    ...noteOf('Lossy', lossy, 'bad'),
    ...noteOf('Protected by', protectedBy, 'warn'),
    ...(heldBy === undefined ? [] : [pinnedNote(heldBy)]),
    ...(change.kind === 'set' && change.unconfirmed === true ? [UNCONFIRMED] : []),
    ...(change.kind === 'set' ? displacedNotes(change.item?.displaces) : frozenNotes(change, shown)),
  ];
}

/** Explains why a value is sent that Zoom already shows. */
function pinnedNote(lock: SettingPath): Note {
  return { label: 'Pinned', text: words`removing the lock above (${lock}) could bring back an older value` };
}

const UNCONFIRMED: Note = {
  label: 'Not confirmed',
  text: [
    'Zoom does not return this secret, and no run from this folder has set it. Apply sends it to be sure; by itself it is not drift',
  ],
};

function displacedNotes(displaced: string | undefined): readonly Note[] {
  return displaced === undefined ? [] : [{ label: 'Replaces', text: words`${displaced} as the default` }];
}

/** A lock on a parent freezes more than one setting, and its author must see that. */
function frozenNotes({ kind, path, freezes }: LockChange, shown: SettingPath): readonly Note[] {
  const others = freezes.filter((frozen) => frozen !== shown);
  if (kind === 'unlock' || others.length === 0) return [];
  const below = `${path}.`;
  const names = others
    .slice(0, SHOWN_SIBLINGS)
    .map((frozen) => quoted(frozen.startsWith(below) ? frozen.slice(below.length) : frozen));
  const more = others.length > SHOWN_SIBLINGS ? ` and ${others.length - SHOWN_SIBLINGS} more` : '';
  const label = others.length === freezes.length ? 'Freezes' : 'Also freezes';
  return [{ label, text: [...joined(names, ', '), more], about: 'lock' }];
}

/** How a change ended, and why. */
export function outcomeNotes(result: ChangeResult): readonly Note[] {
  switch (result.status) {
    case 'applied':
      return result.unread === undefined ? [] : [stateNote('Not read back', quoted(result.unread))];
    case 'ineffective':
      return [
        stateNote('Ineffective', [`${result.reason}: `, ...quoted(result.because)], 'warn'),
        ...(result.found === undefined
          ? []
          : [{ label: 'Zoom has', text: [partOf(result.change.kind, result.found)] }]),
      ];
    case 'failed':
      return [
        stateNote(result.refusal.status === undefined ? 'Failed' : 'Zoom says', refusalWords(result.refusal), 'bad'),
        ...(result.refusal.mayBeTaken === true ? [MAY_HAVE_APPLIED] : []),
      ];
    case 'notAttempted':
      return [stateNote('Not attempted', quoted(result.because), 'odd')];
  }
}

const MAY_HAVE_APPLIED: Note = {
  label: 'May be applied',
  text: ['an earlier try got no answer, so Zoom may have applied it'],
};

export const MOVED: Note = stateNote('Differs', ['this run did not change it']);

export const LEFT_UNLOCKED: Note = stateNote(
  'Left unlocked',
  [
    'this run removed the lock, but could not set the lock that should replace it. The setting is less secure than before',
  ],
  'bad',
);

/** Zoom's own words, with the status and the code that support asks for. */
function refusalWords({ status, code, message, fields = [] }: Refusal): Words {
  const numbers = [
    ...(status === undefined ? [] : [`HTTP ${status}`]),
    ...(code === undefined ? [] : [`code ${code}`]),
  ].join(', ');
  const details = joined(
    fields.map(({ field, message: text }) => words`${field}: ${text}`),
    '; ',
  );
  return [
    ...(numbers === '' ? [] : [`${numbers}: `]),
    ...quoted(message),
    ...(details.length === 0 ? [] : [' (', ...details, ')']),
  ];
}

export function blockedNote(detail: string): Note {
  return stateNote('Blocked', quoted(detail), 'odd');
}

export function checkNotes({ status, because, waiver }: Check): readonly Note[] {
  return [
    ...(because === undefined ? [] : [stateNote('Because', quoted(because))]),
    ...(waiver === undefined ? [] : [waiverNote(status, waiver)]),
  ];
}

/** Who is responsible for a difference, and until when. */
export function waiverNote(status: Check['status'], { owner, reason, expires, provenance }: Waiver): Note {
  const text = words`${expires} by ${owner}: ${reason} (${positionOf(provenance)})`;
  return status === 'waived'
    ? { label: 'Waived', text: ['until ', ...text], tone: 'warn' }
    : { label: 'Waiver', text: ['ended on ', ...text], tone: 'warn' };
}

function stateNote(label: string, text: Words, tone?: Tone): Note {
  return { label, text, about: 'state', ...(tone === undefined ? {} : { tone }) };
}

function noteOf(label: string, text: string | undefined, tone?: Tone): readonly Note[] {
  if (text === undefined) return [];
  return [{ label, text: quoted(text), ...(tone === undefined ? {} : { tone }) }];
}

export function sameNote(a: Note, b: Note): boolean {
  return a.label === b.label && plainText(a.text) === plainText(b.text);
}

/** A note as one line of text. */
export function noteText({ label, text, about }: Note): string {
  return about === 'state' ? plainText(text) : `${label}: ${plainText(text)}`;
}
