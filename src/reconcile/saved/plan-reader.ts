/**
 * Nothing of a plan is believed before its format, its fingerprint and its requests are checked. Each line is checked as it
 * comes, so that what is held is the plan and no text of it.
 */
import type { LockstepError } from '../../errors.ts';
import type { Blocked, Plan, Step, Warning } from '../../model/plan.ts';
import { compareText } from '../../util/compare-text.ts';
import { isJsonObject, type Json } from '../../util/json.ts';
import { parseUntrusted } from '../../util/untrusted-json.ts';
import { Fingerprint } from '../plan/fingerprint.ts';
import { assertFits, noPlan, refusal } from './faults.ts';
import { orderFaults, stepFaults } from './honesty.ts';
import { FORMAT, headSchema, lineSchemas } from './schema.ts';
import { sharing } from './share.ts';
import type { Head } from './write.ts';

/** The kinds of lines after the head, in their order. */
const KINDS = ['blocked', 'step', 'warning'] as const;
type Kind = (typeof KINDS)[number];

/** What the first line says, once it has come. */
interface Begun {
  readonly head: Head;
  readonly fingerprint: Fingerprint;
}

/** How many of the faults of a plan are shown. */
const SHOWN = 5;

/** Takes the lines of a plan one by one, and gives the plan when they have ended. */
export class PlanReader {
  readonly #name: string;
  readonly #share = sharing();
  readonly #faults: string[] = [];
  readonly #blocked: Blocked[] = [];
  readonly #waves: Step[][] = [];
  readonly #warnings: Warning[] = [];
  #begun: Begun | undefined;
  #steps = 0;
  #number = 0;
  /** The kind of the line before, by its place in `KINDS`. */
  #kind = 0;

  constructor(name: string) {
    this.#name = name;
  }

  line(text: string): void {
    this.#number += 1;
    if (this.#begun === undefined) this.#takeHead(text);
    else this.#takePart(this.#parsed(text), this.#begun);
  }

  /** The plan, once every line has come. */
  plan(): Plan {
    if (this.#begun === undefined) {
      throw noPlan(`${this.#name} is ${this.#number === 0 ? 'empty' : 'not valid JSON'}, so it is no plan`);
    }
    const { head, fingerprint } = this.#begun;
    this.#assertWhole(head);
    if (fingerprint.digest() !== head.fingerprint) {
      throw this.#refusal('was changed after it was made: its fingerprint does not match its contents');
    }
    const faults = [...this.#faults, ...orderFaults(this.#waves)].slice(0, SHOWN);
    if (faults.length > 0) throw this.#refusal(`would send what it does not show: ${faults.join('; ')}`);
    return {
      formatVersion: 2,
      account: head.account,
      waves: this.#waves,
      blocked: this.#blocked,
      warnings: this.#warnings,
      compared: head.compared,
      fingerprint: head.fingerprint,
    };
  }

  #takeHead(text: string): void {
    // Format 1 was one indented value: its second line names the format.
    if (this.#number === 1 && text.trim() === '{') return;
    const head = this.#number === 1 ? this.#parsed(text) : indentedHead(text);
    const version = isJsonObject(head) ? head['formatVersion'] : undefined;
    if (version !== undefined && version !== FORMAT) {
      const found = JSON.stringify(version);
      throw this.#refusal(`has plan format ${found}; this lockstep writes and applies format ${FORMAT}`);
    }
    assertFits<Head>(head, headSchema, this.#name);
    this.#begun = { head, fingerprint: new Fingerprint(head) };
  }

  #takePart(value: Json, { head, fingerprint }: Begun): void {
    const where = `${this.#name}:${this.#number}`;
    const kind = isJsonObject(value) ? KINDS.find((one) => Object.hasOwn(value, one)) : undefined;
    if (kind === undefined) throw noPlan(`${where} is not a line of a plan`);
    this.#assertInPlace(kind, head);
    if (kind === 'blocked') {
      assertFits<{ blocked: Blocked }>(value, lineSchemas.blocked, where);
      fingerprint.blocked(value.blocked);
      this.#blocked.push(value.blocked);
    } else if (kind === 'step') {
      if (isJsonObject(value) && isJsonObject(value['step'])) this.#share(value['step']);
      assertFits<{ wave: number; step: Step }>(value, lineSchemas.step, where);
      fingerprint.step(value.wave, value.step);
      this.#takeStep(value.wave, value.step);
    } else {
      assertFits<{ warning: Warning }>(value, lineSchemas.warning, where);
      this.#takeWarning(value.warning);
    }
  }

  #takeStep(number: number, step: Step): void {
    const wave = this.#waves[number - 1] ?? [];
    if (number === this.#waves.length + 1) this.#waves.push(wave);
    else if (number !== this.#waves.length) throw this.#outOfOrder();
    wave.push(step);
    this.#steps += 1;
    if (this.#faults.length < SHOWN) this.#faults.push(...stepFaults(step));
  }

  /** The fingerprint does not cover warnings, which are in the order of their text. */
  #takeWarning(warning: Warning): void {
    if (compareText(this.#warnings.at(-1)?.message ?? '', warning.message) > 0) throw this.#outOfOrder();
    this.#warnings.push(warning);
  }

  #assertInPlace(kind: Kind, head: Head): void {
    const place = KINDS.indexOf(kind);
    if (place < this.#kind) throw this.#outOfOrder();
    this.#kind = place;
    const { counted, found } = this.#counts(head)[kind];
    if (found === counted) throw this.#refusal(`holds more than its first line says, from line ${this.#number} on`);
  }

  #assertWhole(head: Head): void {
    const counts = this.#counts(head);
    const missing = Object.values(counts).find(({ found, counted }) => found < counted);
    if (missing !== undefined) {
      throw this.#refusal(`is cut off: it holds ${missing.found} of ${missing.counted} ${missing.what}`);
    }
    if (head.counts.waves === this.#waves.length) return;
    throw this.#refusal(`holds ${this.#waves.length} waves, and its first line says ${head.counts.waves}`);
  }

  #counts({ counts }: Head): Readonly<Record<Kind, { counted: number; found: number; what: string }>> {
    return {
      blocked: { counted: counts.blocked, found: this.#blocked.length, what: 'blocked changes' },
      step: { counted: counts.steps, found: this.#steps, what: 'steps' },
      warning: { counted: counts.warnings, found: this.#warnings.length, what: 'warnings' },
    };
  }

  #parsed(text: string): Json {
    const read = parseUntrusted(text);
    if (read.ok) return read.value;
    const where = this.#begun === undefined ? this.#name : `${this.#name}:${this.#number}`;
    throw noPlan(`${where} is ${read.why}, so it is no plan`);
  }

  #outOfOrder(): LockstepError {
    return this.#refusal(`was changed after it was made: line ${this.#number} is out of order`);
  }

  #refusal(message: string): LockstepError {
    return refusal(`${this.#name} ${message}`);
  }
}

/** What the second line of an indented value says of its format. */
function indentedHead(text: string): Json {
  const version = /^\s+"formatVersion": (\d+),?\s*$/.exec(text)?.[1];
  return version === undefined ? null : { formatVersion: Number(version) };
}
