/**
 * What names a plan: the SHA-256 of its contents and the account that it is for, as in `0f3a…@api.zoom.us/abc123`. The same
 * for a plan in memory and for one that is read from a file, line by line.
 */
import { createHash } from 'node:crypto';
import { type AccountIdentity, accountKey } from '../../model/account.ts';
import type { Blocked, Plan, Step } from '../../model/plan.ts';
import { stableText } from '../../util/json.ts';

type Head = Pick<Plan, 'account' | 'compared'>;

/** Takes the blocked changes first, then the steps in their order. */
export class Fingerprint {
  readonly #hash = createHash('sha256');
  readonly #head: Head;
  #blocked = 0;
  #wave: number | undefined;

  constructor(head: Head) {
    this.#head = head;
    this.#hash.update(`{"account":${accountKey(head.account)},"blocked":[`);
  }

  blocked(blocked: Blocked): void {
    this.#hash.update(`${this.#blocked === 0 ? '' : ','}${stableText(blocked)}`);
    this.#blocked += 1;
  }

  /** @param wave its number, in which the steps of a wave agree and those of two waves differ */
  step(wave: number, step: Step): void {
    if (this.#wave === undefined) this.#endHead();
    if (this.#wave !== wave) this.#hash.update('\nwave');
    this.#wave = wave;
    this.#hash.update(`\n${stepText(step)}`);
  }

  /** To be asked for once. */
  digest(): string {
    if (this.#wave === undefined) this.#endHead();
    return `${this.#hash.digest('hex')}@${placeOf(this.#head.account)}`;
  }

  #endHead(): void {
    this.#hash.update(`],"compared":${stableText(this.#head.compared)},"formatVersion":2}`);
  }
}

function placeOf({ id, host }: Pick<AccountIdentity, 'id' | 'host'>): string {
  return `${host}/${encodeURIComponent(id)}`;
}

/** Whether a fingerprint says that it is of another account than a plan's, and of which. */
export function otherAccountIn(fingerprint: string, { account }: Pick<Plan, 'account'>): string | undefined {
  const [, place] = /^[0-9a-f]{64}@(\S+\/\S+)$/.exec(fingerprint) ?? [];
  return place === placeOf(account) ? undefined : place;
}

/** SHA-256 over the content with sorted keys; warnings are advice and change nothing that would be sent. */
export function fingerprintOf(plan: Pick<Plan, 'account' | 'compared' | 'waves' | 'blocked'>): string {
  const fingerprint = new Fingerprint(plan);
  for (const blocked of plan.blocked) fingerprint.blocked(blocked);
  for (const [number, wave] of plan.waves.entries()) for (const step of wave) fingerprint.step(number, step);
  return fingerprint.digest();
}

/**
 * `stableText` of a step, in a fraction of the time: thousands of targets share bodies, operations and documents, whose
 * texts are made once.
 */
export function stepText({ changes, id, inverse, patch, phase, request, target }: Step): string {
  const { body, document, method } = request;
  const sent = `{"body":${sharedText(body)},"document":${sharedText(document)},"method":${stableText(method)}}`;
  const operations = `"inverse":${sharedText(inverse)},"patch":${sharedText(patch)}`;
  return `{"changes":${stableText(changes)},"id":${stableText(id)},${operations},"phase":${stableText(phase)},"request":${sent},"target":${stableText(target)}}`;
}

const texts = new WeakMap<object, string>();

function sharedText(value: object): string {
  const known = texts.get(value);
  if (known !== undefined) return known;
  const text = stableText(value);
  texts.set(value, text);
  return text;
}
