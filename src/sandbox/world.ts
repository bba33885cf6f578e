/** The mutable part: the current state, the updates under way, and the requests so far. */
import { randomBytes } from 'node:crypto';
import { LockstepError } from '../errors.ts';
import type { Json, JsonObject } from '../util/json.ts';
import { actAsAdmin, type PatchRules } from './account.ts';
import { createFaults, type Fault, type FaultList } from './faults.ts';
import { fieldsOf } from './fields.ts';
import { createPager, type Pager } from './paging.ts';
import { createRateMeter, type RateMeter, type RatePlan } from './rates.ts';
import type { Organisation, SandboxState } from './state.ts';
import { findHolder, type Holder } from './targets.ts';
import { createTokens, type Tokens } from './tokens.ts';

/** One request to the API or for a token, in the order of arrival. */
export interface LoggedRequest {
  /** Milliseconds since 1970, on arrival. */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** 0 while there is no answer, or if there was none. */
  readonly status: number;
  /** `account`, `group:NAME` or `user:EMAIL`, if the path names one that exists. */
  readonly target?: string;
  /** Set for the sub-accounts' targets. */
  readonly account?: string;
  /** The kind of fault that this request met. */
  readonly fault?: Fault['do'];
}

export type LogEntry = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] };

/** What an admin does in the web interface, without lockstep: regardless of locks and limits. */
export interface AdminAct {
  /** `account`, `group:NAME` or `user:EMAIL`. */
  readonly target: string;
  /** A sub-account's id; absent for the own account. */
  readonly account?: string;
  /** As `documentKey` writes it: `settings`, `lock_settings?option=meeting_security`. */
  readonly document: string;
  /** Merged into the document; lists are replaced. */
  readonly body: JsonObject;
}

export interface WorldOptions {
  readonly ratePlan: RatePlan | 'none';
  readonly rules: Omit<PatchRules, 'newId'>;
  readonly latencyMs: number;
  readonly tokenLifetimeSeconds?: number;
  readonly onChange: (state: SandboxState) => void;
}

export interface World {
  readonly state: SandboxState;
  readonly tokens: Tokens;
  readonly pager: Pager;
  readonly faults: FaultList;
  readonly rates: RateMeter;
  readonly rules: PatchRules;
  readonly latencyMs: number;
  /** Targets that a PATCH is under way for. */
  readonly busy: Set<string>;
  readonly log: LogEntry[];
  /** Stores an organisation's new state. */
  commit(organisation: Organisation): void;
  act(change: AdminAct): void;
  /** Replaces everything, and keeps log and faults. */
  commitAll(state: SandboxState): void;
  /** Replaces everything, and clears log and faults. */
  reset(state: SandboxState): void;
}

export function createWorld(initial: SandboxState, options: WorldOptions): World {
  let state = structuredClone(initial);
  const log: LogEntry[] = [];
  const faults = createFaults();
  const store = (next: SandboxState) => {
    state = next;
    options.onChange(state);
  };
  const commit = (organisation: Organisation) => store(withOrganisation(state, organisation));
  return {
    get state() {
      return state;
    },
    tokens: createTokens(options.tokenLifetimeSeconds),
    pager: createPager(),
    faults,
    rates: createRateMeter(options.ratePlan),
    rules: { ...options.rules, newId: () => randomBytes(16).toString('base64url') },
    latencyMs: options.latencyMs,
    busy: new Set(),
    log,
    commit,
    commitAll: (next) => store(structuredClone(next)),
    act(change) {
      const organisation = organisationOf(state, change.account);
      const holder = organisation && holderAt(organisation, change.target);
      if (organisation === undefined || holder === undefined) {
        throw new LockstepError(`the sandbox has no ${change.target}${change.account ? ` in ${change.account}` : ''}`);
      }
      if (fieldsOf(holder.scope, change.document) === undefined) {
        throw new LockstepError(`${change.target} has no document ${change.document}`);
      }
      commit(actAsAdmin(organisation, holder, change.document, structuredClone(change.body)));
    },
    reset(next) {
      log.length = 0;
      faults.set([]);
      store(structuredClone(next));
    },
  };
}

/** The own account (`me` or its id) or a sub-account. */
export function organisationOf(state: SandboxState, account = 'me'): Organisation | undefined {
  if (account === 'me' || account === state.account.id) return state;
  return state.subAccounts.find(({ id }) => id === account);
}

function withOrganisation(state: SandboxState, organisation: Organisation): SandboxState {
  const { account, groups, users } = organisation;
  if (account.id === state.account.id) return { ...state, account, groups, users };
  const subAccounts = state.subAccounts.map((sub) =>
    sub.id === account.id ? { id: sub.id, account, groups, users } : sub,
  );
  return { ...state, subAccounts };
}

function holderAt(organisation: Organisation, label: string): Holder | undefined {
  const [scope = '', ...rest] = label.split(':');
  const name = rest.join(':');
  switch (scope) {
    case 'account':
      return findHolder(organisation, 'account', organisation.account.id);
    case 'group': {
      const group = organisation.groups.find((candidate) => candidate.name === name);
      return group && findHolder(organisation, 'group', group.id);
    }
    case 'user':
      return findHolder(organisation, 'user', name);
    default:
      return undefined;
  }
}
