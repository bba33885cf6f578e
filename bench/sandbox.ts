/**
 * A sandbox in a process of its own, so that neither its memory nor its work counts as lockstep's. A message with options
 * starts one, in which every second target has `done` already; `'log'` asks for the requests since the last time.
 */

import { fullState, type Sandbox, type SandboxState, startSandbox } from '../src/sandbox/index.ts';
import type { JsonObject } from '../src/util/json.ts';

export interface SandboxWish {
  readonly groups?: number;
  readonly users?: number;
  readonly latencyMs?: number;
  readonly ratePlan?: 'business' | 'none';
  /** Sections by document, as `documentKey` writes it. */
  readonly done?: Readonly<Record<string, JsonObject>>;
}

export interface Logged {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly status: number;
}

let sandbox: Sandbox | undefined;

process.on('message', async (message: SandboxWish | 'log') => {
  if (message === 'log') {
    const log = sandbox
      ?.log()
      .map(({ at, method, path, query, status }): Logged => ({ at, method, path, query, status }));
    sandbox?.reset();
    process.send?.(log ?? []);
    return;
  }
  const { groups = 0, users = 0, latencyMs = 0, ratePlan = 'none', done = {} } = message;
  await sandbox?.close();
  sandbox = await startSandbox({ latencyMs, ratePlan, state: halfDone(fullState({ groups, users }), done) });
  process.send?.(sandbox.env);
});
process.on('disconnect', () => process.exit());

type Holder = SandboxState['groups'][number] | SandboxState['users'][number];

function halfDone(state: SandboxState, done: NonNullable<SandboxWish['done']>): SandboxState {
  return { ...state, groups: everySecond(state.groups, done), users: everySecond(state.users, done) };
}

/** All that are done share their documents, as the others do. */
function everySecond<H extends Holder>(holders: readonly H[], done: NonNullable<SandboxWish['done']>): H[] {
  const [first] = holders;
  if (first === undefined) return [];
  const documents = structuredClone(first.documents) as Record<string, JsonObject>;
  for (const [key, sections] of Object.entries(done)) {
    for (const [section, values] of Object.entries(sections)) {
      const body = documents[key] ?? {};
      const known = body[section];
      body[section] = typeof known === 'object' ? Object.assign(known ?? {}, values) : values;
    }
  }
  return holders.map((holder, index) => (index % 2 === 1 ? { ...holder, documents } : holder));
}
