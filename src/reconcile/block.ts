/**
 * What a lock of the account makes impossible below it. A value that differs from a lock that stays on is blocked at
 * plan time and never sent: Zoom would ignore it (204 and nothing changed) or refuse the whole request.
 */
import { aliasesOf, factAt, pathAt } from '../catalog/catalog.ts';
import { type Json, stableText } from '../model/json.ts';
import type { Blocked, Change, Warning } from '../model/plan.ts';
import { type DocumentRef, documentKey } from '../model/setting.ts';
import type { DesiredFact, LiveTarget, Provenance } from '../model/state.ts';
import { targetLabel } from '../model/target.ts';
import { accountLocksOver } from './order.ts';
import { liveValue } from './project.ts';

/** The account as far as it bears on groups and users. */
export interface AccountAbove {
  /** Lock documents of the account, as observed; see `lockDocumentsOver`. */
  readonly live: LiveTarget;
  /** What this run wants of the account. */
  readonly facts: readonly DesiredFact[];
  /** `--assume-unlocked`: a lock that cannot be read is taken for off. */
  readonly assumeUnlocked: boolean;
}

interface Verdict {
  readonly changes: readonly Change[];
  readonly blocked: readonly Blocked[];
  readonly warnings: readonly Warning[];
}

type Ruling =
  | { readonly kind: 'free' }
  | { readonly kind: 'follows'; readonly message: string }
  | { readonly kind: 'warned'; readonly message: string }
  | { readonly kind: 'blocked'; readonly reason: 'locked-by-account' | 'unreadable'; readonly detail: string };

/** Changes that a lock above could stop. Locking below a lock is harmless. */
function isUnderAccount(change: Change): boolean {
  return change.target.scope !== 'account' && change.kind !== 'lock';
}

/** The account's lock documents that must be read before these changes can be judged; often none. */
export function lockDocumentsOver(changes: readonly Change[]): readonly DocumentRef[] {
  const documents = new Map<string, DocumentRef>();
  for (const change of changes.filter(isUnderAccount)) {
    for (const lock of accountLocksOver(change.target.scope, change.path)) {
      const ref = factAt('account', 'lock', lock)?.document.ref;
      if (ref !== undefined) documents.set(documentKey(ref), ref);
    }
  }
  return [...documents.values()];
}

export function blockLocked(changes: readonly Change[], above: AccountAbove): Verdict {
  const ruled = changes.map((change) => ({ change, ruling: isUnderAccount(change) ? rule(change, above) : FREE }));
  return {
    changes: ruled.flatMap(({ change, ruling }) =>
      ruling.kind === 'free' || ruling.kind === 'warned' ? [change] : [],
    ),
    blocked: ruled.flatMap(({ change, ruling }) => (ruling.kind === 'blocked' ? [blockedChange(change, ruling)] : [])),
    warnings: ruled.flatMap(({ change, ruling }) =>
      ruling.kind === 'follows' || ruling.kind === 'warned'
        ? [
            {
              message: `${targetLabel(change.target)} ${change.path}: ${ruling.message}`,
              provenance: change.provenance,
            },
          ]
        : [],
    ),
  };
}

const FREE: Ruling = { kind: 'free' };

function rule(change: Change, above: AccountAbove): Ruling {
  const rulings = accountLocksOver(change.target.scope, change.path).map((lock) => ruleByLock(change, lock, above));
  const order: readonly Ruling['kind'][] = ['blocked', 'follows', 'warned'];
  for (const kind of order) {
    const found = rulings.find((ruling) => ruling.kind === kind);
    if (found !== undefined) return found;
  }
  return FREE;
}

function ruleByLock(change: Change, lock: string, above: AccountAbove): Ruling {
  const wanted = above.facts.find(({ kind, path }) => kind === 'lock' && path === lock);
  const now = liveLock(lock, above);
  if (now === 'unreadable') {
    return above.assumeUnlocked ? FREE : { kind: 'blocked', reason: 'unreadable', detail: unreadable(lock) };
  }
  const stays = wanted === undefined ? now === true : wanted.value === true;
  if (!stays) return FREE;
  const pinned = pinnedValue(change, above.facts);
  if (now === true) {
    const follows =
      pinned !== undefined && change.kind === 'set' && stableText(pinned.value) === stableText(change.after);
    return follows
      ? { kind: 'follows', message: `locked by the account (${lock}); follows the value that this policy sets there` }
      : {
          kind: 'blocked',
          reason: 'locked-by-account',
          detail: `the account locks it (${lock}); unlock it there, or want the account's value`,
        };
  }
  if (pinned === undefined) {
    return {
      kind: 'warned',
      message: `this policy locks it for the account (${lock}), and the account's value will win`,
    };
  }
  if (change.kind === 'set' && stableText(pinned.value) === stableText(change.after)) return FREE;
  const detail = `this policy locks it for the account (${lock}) with another value, at ${position(pinned.provenance)}`;
  return { kind: 'blocked', reason: 'locked-by-account', detail };
}

function liveLock(lock: string, { live }: AccountAbove): boolean | 'unreadable' {
  const setting = factAt('account', 'lock', lock);
  if (live.state === 'missing' || setting === undefined) return 'unreadable';
  const document = live.documents.get(documentKey(setting.document.ref));
  if (document === undefined || document.state === 'unreadable') return 'unreadable';
  return liveValue(setting, document.body) === true;
}

/** What the run wants the account's own value of the same setting to be, under any of its names. */
function pinnedValue(change: Change, facts: readonly DesiredFact[]): DesiredFact | undefined {
  const name = pathAt('account', change.path);
  const names = [name, ...aliasesOf('account', name).flatMap(({ path, pairs }) => (pairs === undefined ? [path] : []))];
  return facts.find(({ kind, path }) => kind === 'set' && names.includes(path));
}

function unreadable(lock: string): string {
  return `whether the account locks it (${lock}) cannot be read; grant the scope for reading account locks, or use --assume-unlocked`;
}

function blockedChange(change: Change, { reason, detail }: Ruling & { kind: 'blocked' }): Blocked {
  const { target, kind, path, provenance } = change;
  const before: { before?: Json } = change.before === undefined ? {} : { before: change.before };
  return { target, kind, path, reason, detail, ...before, after: change.after, provenance };
}

function position({ file, line, column }: Provenance): string {
  return `${file}:${line}:${column}`;
}
