/**
 * Where policy and live meet: what is wanted of each setting of one target, next to what Zoom has. Built once per target;
 * every later stage reads pairs and looks nothing up again.
 */
import { lockOf } from '../../catalog/levels.ts';
import { locksOf, secretSettings, settingOf, settingsOf } from '../../catalog/lookup.ts';
import type { Setting } from '../../catalog/setting.ts';
import { isSecret, liveSecret } from '../../model/secret.ts';
import { type DocumentRef, documentKey, type SettingKey, type SettingPath, settingKey } from '../../model/setting.ts';
import type { DesiredFact, DesiredTarget, LiveDocument, LiveTarget, Missing, Unread } from '../../model/state.ts';
import type { Scope, Target } from '../../model/target.ts';
import { targetLabel } from '../../model/target.ts';
import { compareText } from '../../util/compare-text.ts';
import type { Json, JsonObject } from '../../util/json.ts';
import { reasonOf, type UnreadReason } from './blocked.ts';
import { BY_FIELD, type Confidential } from './confidential.ts';
import { liveValue } from './normalize.ts';

/** What Zoom has of one setting or lock key. What could not be read is neither absent nor off. */
export type Reading =
  | { readonly state: 'read'; readonly value: Json }
  /** The document was read and lacks the key: not offered, or hidden by a switch that is off. */
  | { readonly state: 'absent' }
  | Unread
  /** The document was not asked for. */
  | { readonly state: 'unobserved' };

/** One wanted value or lock of one target, next to what Zoom has. */
export interface Pair {
  readonly key: SettingKey;
  readonly setting: Setting;
  readonly wanted: DesiredFact;
  readonly live: Reading;
}

type Wanted = Omit<Pair, 'live'>;

/** The settings that a list of wants names, in the order of all output: prepared once for all targets that share the list. */
export class Wants {
  readonly sorted: readonly Wanted[];
  /** The documents that serve them, each once. */
  readonly documents: readonly DocumentRef[];
  readonly #values: ReadonlyMap<SettingPath, DesiredFact>;
  readonly #locks: ReadonlyMap<SettingPath, DesiredFact>;
  static readonly #prepared = new WeakMap<readonly DesiredFact[], Map<Scope, Wants>>();

  private constructor(scope: Scope, facts: readonly DesiredFact[]) {
    const wanted = facts.map((fact) => ({ key: settingKey(fact), setting: settingOf(scope, fact), wanted: fact }));
    const documents = new Map(wanted.map(({ setting: { document } }) => [documentKey(document.ref), document.ref]));
    this.documents = [...documents.values()];
    this.sorted = wanted.sort((a, b) => inOrder(a.wanted, b.wanted));
    this.#values = byPath(facts, 'set');
    this.#locks = byPath(facts, 'lock');
  }

  static of({ target, facts }: { readonly target: { readonly scope: Scope }; readonly facts: readonly DesiredFact[] }) {
    const byScope = Wants.#prepared.get(facts) ?? new Map<Scope, Wants>();
    const wants = byScope.get(target.scope) ?? new Wants(target.scope, facts);
    Wants.#prepared.set(facts, byScope.set(target.scope, wants));
    return wants;
  }

  /** The value that is wanted of a setting. */
  value(path: SettingPath): DesiredFact | undefined {
    return this.#values.get(path);
  }

  /** Whether a lock key is wanted on (`true`) or off (`false`). */
  lock(path: SettingPath): boolean | undefined {
    const wanted = this.#locks.get(path);
    return wanted === undefined ? undefined : wanted.value === true;
  }
}

/** One target: every wanted setting with its reading, and what else its documents hold. */
export class TargetPairs {
  readonly target: Target;
  readonly wants: Wants;
  /** Why the target cannot be managed at all; `undefined` where it was found. */
  readonly missing: Missing | undefined;
  readonly #live: LiveTarget;
  readonly #confidential: Confidential;
  readonly #hidden = new Map<string, Json>();
  #pairs: readonly Pair[] | undefined;

  constructor(desired: DesiredTarget, live: LiveTarget, confidential: Confidential = BY_FIELD) {
    this.target = desired.target;
    this.wants = Wants.of(desired);
    this.missing = live.state === 'missing' ? live : undefined;
    this.#live = live;
    this.#confidential = confidential;
  }

  get scope(): Scope {
    return this.target.scope;
  }

  get pairs(): readonly Pair[] {
    this.#pairs ??= this.wants.sorted.map((entry) => ({ ...entry, live: this.reading(entry.setting) }));
    return this.#pairs;
  }

  /** The body of the document that a setting is in, where it was read. */
  body({ document }: Pick<Setting, 'document'>): JsonObject | undefined {
    const found = this.#document(document.ref);
    return found?.state === 'read' ? found.body : undefined;
  }

  reading(setting: Setting): Reading {
    if (this.missing !== undefined) {
      const { reason, noAccess } = this.missing;
      return { state: 'unreadable', reason, ...(noAccess === true ? { noAccess } : {}) };
    }
    const document = this.#document(setting.document.ref);
    if (document === undefined) return { state: 'unobserved' };
    if (document.state === 'unreadable') return document;
    const value = liveValue(setting, document.body);
    return value === undefined ? { state: 'absent' } : { state: 'read', value };
  }

  /** What Zoom has of a setting, or `undefined` where that was not read or is not listed. */
  live(path: SettingPath): Json | undefined {
    const setting = settingsOf(this.scope).get(path);
    const reading = setting === undefined ? undefined : this.reading(setting);
    return reading?.state === 'read' ? reading.value : undefined;
  }

  /** Whether a lock key is on in Zoom; one that Zoom does not list is off. */
  liveLock(path: SettingPath): boolean | 'unreadable' {
    const setting = locksOf(this.scope).get(path);
    const reading = setting === undefined ? undefined : this.reading(setting);
    if (reading?.state === 'read') return reading.value === true;
    return reading?.state === 'absent' ? false : 'unreadable';
  }

  /** Why a lock key that is `unreadable` is. */
  whyUnreadLock(path: SettingPath): UnreadReason {
    const setting = locksOf(this.scope).get(path);
    const reading = setting === undefined ? undefined : this.reading(setting);
    return reading?.state === 'unreadable' ? reasonOf(reading) : 'unreadable';
  }

  /** What a setting will be after this run: as wanted, else as Zoom has it. */
  after(path: SettingPath): { readonly value: Json; readonly wanted: boolean } | undefined {
    const wanted = this.wants.value(path)?.value;
    const value = wanted ?? this.live(path);
    return value === undefined ? undefined : { value, wanted: wanted !== undefined };
  }

  /** Whether the lock that governs a setting at this level is on in Zoom. */
  isLockedHere(path: SettingPath): boolean {
    const lock = this.scope === 'user' ? undefined : lockOf(this.scope, path);
    return lock !== undefined && this.liveLock(lock.path) === true;
  }

  /** Whether what Zoom has of a setting must not be written down. */
  hides(setting: Setting, live: Json): boolean {
    return this.#confidential.hides(setting, live);
  }

  /** The marker for what Zoom has of a setting. */
  hidden({ path }: Setting, live: Json): Json {
    const marker = liveSecret(targetLabel(this.target), path);
    this.#hidden.set(marker.$secret, live);
    return marker;
  }

  /** The secrets that the documents hold, by the reference that bodies name them with. */
  liveSecrets(): [reference: string, value: Json][] {
    const named = this.wants.sorted.filter(({ wanted }) => isSecret(wanted.value)).map(({ setting }) => setting);
    for (const setting of [...secretSettings(this.scope), ...named]) {
      const reading = this.reading(setting);
      if (reading.state === 'read') this.hidden(setting, reading.value);
    }
    return [...this.#hidden];
  }

  #document(ref: DocumentRef): LiveDocument | undefined {
    return this.#live.state === 'missing' ? undefined : this.#live.documents.get(documentKey(ref));
  }
}

function byPath(facts: readonly DesiredFact[], kind: DesiredFact['kind']): ReadonlyMap<SettingPath, DesiredFact> {
  return new Map(facts.flatMap((fact) => (fact.kind === kind ? [[fact.path, fact] as const] : [])));
}

function inOrder(a: DesiredFact, b: DesiredFact): number {
  return compareText(a.path, b.path) || compareText(a.kind, b.kind);
}
