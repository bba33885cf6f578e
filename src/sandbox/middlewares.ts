/** What a call to the API passes on its way to the endpoint. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Context, MiddlewareHandler } from 'hono';
import { isJsonObject, type JsonObject } from '../util/json.ts';
import {
  type Answer,
  concurrentUpdate,
  expiredToken,
  invalidToken,
  lacksScopes,
  noAccount,
  notAnObject,
} from './answers.ts';
import type { Endpoint } from './endpoints.ts';
import type { Fault } from './faults.ts';
import { rateAnswer } from './rates.ts';
import { toResponse } from './responses.ts';
import { missingScopes } from './scopes.ts';
import type { Organisation } from './state.ts';
import { findUser } from './targets.ts';
import { type LogEntry, organisationOf, type World } from './world.ts';

export interface Env {
  Bindings: { readonly entry: LogEntry; readonly fault: Fault | undefined };
  /** Set by `findAccount`. */
  Variables: { organisation: Organisation };
}

type Middleware = MiddlewareHandler<Env>;

/**
 * The order of the checks decides which refusal a call gets. A fault comes before all of them (app.ts). An invalid token is
 * refused before anything else, missing scopes before the call counts against a rate limit, and both rate and scopes
 * before it is known whether account, group or user exist.
 */
export function middlewaresOf(world: World, endpoint: Endpoint, closed: AbortSignal): readonly Middleware[] {
  return [
    checkToken(world, endpoint),
    checkScopes(world, endpoint),
    checkRate(world, endpoint),
    findAccount(world, endpoint),
    allowOneUpdate(world, endpoint),
    callEndpoint(world, endpoint, closed),
  ];
}

export function refusedToken(world: World, { req }: Context<Env>): Answer | undefined {
  const token = world.tokens.check(req.header('authorization'), Date.now());
  return token === 'valid' ? undefined : token === 'expired' ? expiredToken() : invalidToken();
}

function checkToken(world: World, { label }: Endpoint): Middleware {
  return async (context, next) => {
    const refused = refusedToken(world, context);
    return refused === undefined ? next() : send(context, refused, label);
  };
}

function checkScopes(world: World, { needs, label }: Endpoint): Middleware {
  return async (context, next) => {
    const organisation = organisationOf(world.state, accountIdOf(context));
    const ofSubAccount = organisation !== undefined && organisation.account.id !== world.state.account.id;
    const missing = missingScopes(needs, world.state.credentials.scopes, ofSubAccount);
    return missing.length === 0 ? next() : send(context, lacksScopes(missing), label);
  };
}

function checkRate(world: World, { label }: Endpoint): Middleware {
  return async (context, next) => {
    const limited = world.rates.take(label, Date.now());
    return limited === undefined ? next() : send(context, rateAnswer(limited), label);
  };
}

/** Notes in the log what the call is about, too. */
function findAccount(world: World, { scope, noAccountStatus, label }: Endpoint): Middleware {
  return async (context, next) => {
    const accountId = accountIdOf(context);
    const organisation = organisationOf(world.state, accountId);
    if (organisation === undefined) return send(context, noAccount(accountId, noAccountStatus), label);
    const { entry } = context.env;
    const target = scope && labelOf(organisation, scope, idOf(context));
    if (target !== undefined) entry.target = target;
    if (organisation.account.id !== world.state.account.id) entry.account = organisation.account.id;
    context.set('organisation', organisation);
    return next();
  };
}

/** Zoom refuses an update while another one of the same account, group or user is under way. zoom-api, section 2. */
function allowOneUpdate(world: World, { method, label }: Endpoint): Middleware {
  return async (context, next) => {
    if (method !== 'PATCH') return next();
    const updated = `${context.var.organisation.account.id} ${context.env.entry.target ?? idOf(context)}`;
    if (world.busy.has(updated)) return send(context, concurrentUpdate(), label);
    world.busy.add(updated);
    try {
      return await next();
    } finally {
      world.busy.delete(updated);
    }
  };
}

function callEndpoint(world: World, { method, handle, label }: Endpoint, closed: AbortSignal): Middleware {
  return async (context) => {
    const { req, env } = context;
    const body = method === 'PATCH' ? parseBody(await req.text()) : {};
    if (body !== undefined && method === 'PATCH') env.entry.body = body;
    if (world.latencyMs > 0) await pause(world.latencyMs, undefined, { signal: closed }).catch(() => undefined);
    if (body === undefined) return send(context, notAnObject(), label);
    // Looked up again: others may have written while this call waited.
    const organisation = organisationOf(world.state, accountIdOf(context)) ?? context.var.organisation;
    const { state, rules, pager } = world;
    const call = { state, organisation, id: idOf(context), query: req.query(), body, rules, pager, now: Date.now() };
    const { answer, written } = handle(call);
    if (written !== undefined && env.fault?.do !== 'ignore-write') world.commit(written);
    return send(context, answer, label);
  };
}

function send({ req }: Context<Env>, answer: Answer, label: Endpoint['label']): Response {
  return toResponse(answer, req.header('accept'), label);
}

function accountIdOf({ req }: Context<Env>): string {
  return req.param('accountId') ?? 'me';
}

function idOf({ req }: Context<Env>): string {
  return req.param('id') ?? '';
}

function labelOf(organisation: Organisation, scope: Endpoint['scope'], id: string): string | undefined {
  if (scope === 'account') return 'account';
  const group = scope === 'group' ? organisation.groups.find((candidate) => candidate.id === id) : undefined;
  if (group !== undefined) return `group:${group.name}`;
  const user = scope === 'user' ? findUser(organisation, id) : undefined;
  return user && `user:${user.email}`;
}

function parseBody(text: string): JsonObject | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}
