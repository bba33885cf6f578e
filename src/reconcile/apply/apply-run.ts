/** One run of a plan: what it was given, and what has become of its changes so far. */
import { messageOf } from '../../errors.ts';
import { type PlaceKey, placeKey } from '../../model/place.ts';
import type { Change, Step } from '../../model/plan.ts';
import type { ChangeResult, Refusal } from '../../model/result.ts';
import type { Secrets } from '../../model/secret.ts';
import type { DesiredFact, LiveDocument } from '../../model/state.ts';
import type { Target } from '../../model/target.ts';
import type { ZoomWriter } from '../../model/zoom-api.ts';
import type { Confidential } from '../plan/confidential.ts';
import { type Edge, provides, requires } from '../plan/order.ts';
import { createEvidence, type Evidence } from './evidence.ts';

export interface ApplyOptions {
  readonly zoom: ZoomWriter;
  /** Values of the secrets that the plan names. */
  readonly secrets: Secrets;
  /** What of Zoom goes into no result and no journal. */
  readonly confidential: Confidential;
  /** Everything that the policies want of a target: a patched document is compared with all of it, not only with the changes. */
  readonly wanted: (target: Target) => readonly DesiredFact[];
  /** When it aborts, no further request is begun; those in flight finish and are reported as they ended. */
  readonly signal: AbortSignal;
  /** Why a step has to wait for another run. It is not begun then; what does not build on it goes on. */
  readonly postpone?: (step: Step) => Error | undefined;
  /**
   * Called before and after each request, and waited for: no request is sent before the journal holds that it will be.
   * When it rejects (a full disk), the run ends there.
   */
  readonly record: (event: ApplyEvent) => Promise<void>;
  /** Called directly before each request that writes. When it rejects, neither this one nor a later one is sent. */
  readonly beforeSend: () => Promise<void>;
  /** How long a value may take to show before it counts as ineffective. */
  readonly settle: { readonly seconds: number; readonly sleep: (milliseconds: number) => Promise<void> };
}

/** What a journal keeps, in order: enough to report what a run did that was killed at any moment, and to undo it. */
export type ApplyEvent =
  | { readonly kind: 'sending'; readonly step: Step }
  | { readonly kind: 'sent'; readonly step: Step; readonly refusal?: Refusal }
  | { readonly kind: 'verified'; readonly results: readonly ChangeResult[] };

/** A step that Zoom has taken, or may have taken: then with the refusal that leaves it open. */
export interface SentStep {
  readonly step: Step;
  readonly refusal?: Refusal;
}

export class ApplyRun {
  readonly options: ApplyOptions;
  readonly evidence: Evidence;
  /** What a comparison after the last patch of a document still found different. */
  readonly remaining: Change[] = [];
  readonly #results = new Map<Change, ChangeResult>();
  /** What did not get through, by what it provides, and the step that it was part of. */
  readonly #missing = new Map<Edge, string>();
  /** Sent and not yet read back, by document. */
  readonly #unverified = new Map<PlaceKey, SentStep[]>();
  readonly #seen = new Map<PlaceKey, LiveDocument>();
  #halt: unknown;
  #postponed: Error | undefined;

  constructor(options: ApplyOptions) {
    this.options = options;
    this.evidence = createEvidence(options.zoom);
  }

  /** Why no further request may be begun. */
  get stopReason(): string | undefined {
    if (this.options.signal.aborted) return 'the run was stopped';
    return this.#halt === undefined ? undefined : `the run could not go on: ${this.haltMessage}`;
  }

  get haltMessage(): string {
    return messageOf(this.#halt);
  }

  /** What kept the run from getting through its plan. */
  get halted(): unknown {
    return this.#halt ?? this.#postponed;
  }

  get results(): ReadonlyMap<Change, ChangeResult> {
    return this.#results;
  }

  /** Notes how a change ended, and what that makes impossible. */
  finish(result: ChangeResult): void {
    this.#results.set(result.change, result);
    if (result.status === 'applied') return;
    for (const edge of provides(result.change)) this.#missing.set(edge, result.step);
  }

  finishUnattempted({ id }: Step, changes: readonly Change[], because: string): void {
    for (const change of changes) this.finish({ status: 'notAttempted', change, step: id, because });
  }

  /** The step that a change builds on and that did not get through. */
  missingFor(change: Change): string | undefined {
    const cause = requires(change).find((edge) => this.#missing.has(edge));
    return cause === undefined ? undefined : this.#missing.get(cause);
  }

  postponeTo(later: Error): void {
    this.#postponed ??= later;
  }

  /**
   * What a request throws (credentials gone, daily limit, no network, or a bug) ends the run and must not lose what was done
   * before: it is kept, and every later change ends as not attempted.
   */
  async attempt<T>(request: () => Promise<T>): Promise<{ ok: true; value: T } | { ok: false }> {
    try {
      return { ok: true, value: await request() };
    } catch (error) {
      this.#halt ??= error;
      return { ok: false };
    }
  }

  addUnverified(sent: SentStep): void {
    const document = documentOf(sent.step);
    this.#unverified.set(document, [...(this.#unverified.get(document) ?? []), sent]);
  }

  /** A patched document as it was read back last. */
  noteSeen(step: Step, document: LiveDocument): void {
    this.#seen.set(documentOf(step), document);
  }

  /** A document as this run has read it back, if it has. */
  seen(place: PlaceKey): LiveDocument | undefined {
    return this.#seen.get(place);
  }

  /** What was sent for the document of a step since it was last read back; from now on it counts as verified. */
  takeUnverified(step: Step): readonly SentStep[] {
    const document = documentOf(step);
    const sent = this.#unverified.get(document) ?? [];
    this.#unverified.delete(document);
    return sent;
  }

  /** The same for every document. */
  takeAllUnverified(): readonly (readonly SentStep[])[] {
    const all = [...this.#unverified.values()];
    this.#unverified.clear();
    return all;
  }
}

/** The document that a step patches. */
export function documentOf({ target, request }: Pick<Step, 'target' | 'request'>): PlaceKey {
  return placeKey(target, request.document);
}
