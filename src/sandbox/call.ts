import type { JsonObject } from '../util/json.ts';
import type { PatchRules } from './account.ts';
import type { Answer } from './answers.ts';
import type { Pager } from './paging.ts';
import type { Organisation, SandboxState } from './state.ts';

/** A call that passed every check, with the state that it meets. */
export interface Call {
  readonly state: SandboxState;
  /** The account of the call, with its groups and users. */
  readonly organisation: Organisation;
  /** The group or user in the path; empty for accounts and lists. */
  readonly id: string;
  readonly query: Readonly<Record<string, string>>;
  /** PATCH only. */
  readonly body: JsonObject;
  readonly rules: PatchRules;
  readonly pager: Pager;
  readonly now: number;
}

export interface Outcome {
  readonly answer: Answer;
  /** What to store; absent if nothing was written. */
  readonly written?: Organisation;
}
