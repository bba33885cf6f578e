/** A Zoom in memory behind the port that the core knows: the sandbox's rules, without a wire. */
import { documentKey } from '../../src/model/setting.ts';
import { type Target, targetLabel } from '../../src/model/target.ts';
import type { PatchOutcome, ReadOutcome, ZoomWriter } from '../../src/model/zoom-api.ts';
import { type PatchRules, patchDocument } from '../../src/sandbox/account.ts';
import type { Answer } from '../../src/sandbox/answers.ts';
import type { SandboxState } from '../../src/sandbox/index.ts';
import { readDocument } from '../../src/sandbox/read.ts';
import { findHolder, withDocuments } from '../../src/sandbox/targets.ts';
import { isJsonObject, type Json } from '../../src/util/json.ts';
import { OWN } from './account.ts';
import { type Organisation, stateOf } from './organisation.ts';

/** One request: `PATCH group:Students settings`. */
export type Request = `${'GET' | 'PATCH'} ${string}`;

export interface MemoryZoom extends ZoomWriter {
  /** All requests for documents, in order, with the bodies of those that write. */
  readonly log: readonly { readonly request: Request; readonly body?: Json }[];
  readonly state: () => SandboxState;
  /** Done by somebody else. */
  write(target: Target, document: string, body: Json): void;
}

export interface Disturbances {
  /** In place of what Zoom would do; `go` does that. */
  readonly onPatch?: (request: Request, go: () => PatchOutcome, count: number) => PatchOutcome | Promise<PatchOutcome>;
  readonly onRead?: (request: Request, go: () => ReadOutcome, count: number) => ReadOutcome | Promise<ReadOutcome>;
}

const RULES: PatchRules = {
  lockedWrite: 'silent',
  unknownFields: 'reject',
  nestedObjects: 'merge',
  secrets: 'withheld',
  newId: () => 'new',
};

export function memoryZoom(
  organisation: Organisation,
  rules: Partial<PatchRules> = {},
  { onPatch = (_, go) => go(), onRead = (_, go) => go() }: Disturbances = {},
): MemoryZoom {
  const all = { ...RULES, ...rules };
  let state = stateOf(organisation);
  const log: { request: Request; body?: Json }[] = [];
  const count = (request: Request) => log.filter((entry) => entry.request === request).length;

  function patch(target: Target, document: string, body: Json): PatchOutcome {
    const holder = findHolder(state, target.scope, target.id);
    if (holder === undefined || !isJsonObject(body)) throw new Error(`${targetLabel(target)} takes no ${document}`);
    const { answer, documents } = patchDocument(state, holder, document, body, all);
    if (documents !== undefined) state = withDocuments(state, holder, documents);
    return outcomeOf(answer);
  }

  function read(target: Target, document: string): ReadOutcome {
    const holder = findHolder(state, target.scope, target.id);
    if (holder === undefined) return { state: 'missing', reason: `there is no ${targetLabel(target)}` };
    const body = readDocument(state, holder, document, all.secrets);
    return body === undefined ? { state: 'unreadable', reason: 'not offered' } : { state: 'read', body };
  }

  return {
    account: OWN,
    log,
    state: () => state,
    write: (target, document, body) => void patch(target, document, body),
    async readDocument(target, ref) {
      const request: Request = `GET ${targetLabel(target)} ${documentKey(ref)}`;
      log.push({ request });
      return onRead(request, () => read(target, documentKey(ref)), count(request));
    },
    async patchDocument(target, ref, body, { beforeSend }) {
      await beforeSend?.();
      const request: Request = `PATCH ${targetLabel(target)} ${documentKey(ref)}`;
      log.push({ request, body });
      return onPatch(request, () => patch(target, documentKey(ref), body), count(request));
    },
    listGroups: async () => state.groups.map(({ id, name }) => ({ id, name })),
    listUsers: async () => state.users.map(({ id, email, groupIds }) => ({ id, email, groupIds })),
    groupsOfUser: async (email) =>
      state.users.find((user) => user.email === email)?.groupIds ?? { state: 'unreadable', reason: 'no such user' },
  };
}

function outcomeOf({ status, body }: Answer): PatchOutcome {
  if (status < 300) return { accepted: true };
  const { code, message, errors } = isJsonObject(body) ? body : {};
  const fields = (Array.isArray(errors) ? errors : []).filter(isJsonObject);
  return {
    accepted: false,
    refusal: {
      status,
      ...(typeof code === 'number' ? { code } : {}),
      message: String(message),
      ...(fields.length === 0
        ? {}
        : { fields: fields.map(({ field, message }) => ({ field: String(field), message: String(message) })) }),
    },
  };
}
