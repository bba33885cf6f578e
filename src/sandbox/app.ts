/** From HTTP to the rules and back: tokens, scopes, rates, one update at a time, and the answers' outer form. */
import { setTimeout as pause } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { isJsonObject, type Json, type JsonObject } from '../util/json.ts';
import {
  type Answer,
  concurrentUpdate,
  expiredToken,
  invalidToken,
  lacksScopes,
  noAccount,
  notAnObject,
  toXml,
  unknownEndpoint,
} from './answers.ts';
import { addControl } from './control.ts';
import { ENDPOINTS, type Endpoint } from './endpoints.ts';
import type { Fault } from './faults.ts';
import { rateAnswer } from './rates.ts';
import { missingScopes } from './scopes.ts';
import type { Organisation, SandboxState } from './state.ts';
import { findUser } from './targets.ts';
import { answerDamaged, answerInstead } from './trouble.ts';
import { type LogEntry, organisationOf, type World } from './world.ts';

interface Env {
  Bindings: { readonly entry: LogEntry; readonly fault: Fault | undefined };
}

/** The whole of Zoom over `world`, as the server calls it. Delays end when `closed` fires. */
export function createApp(world: World, initial: SandboxState, closed: AbortSignal) {
  const app = createRoutes(world, initial, closed);
  return async (request: Request, bindings: HttpBindings): Promise<Response> => {
    const { pathname, search, searchParams } = new URL(request.url);
    if (pathname.startsWith('/_sandbox/')) return app.fetch(request);

    const { method } = request;
    const fault = world.faults.take(method, pathname + search);
    const query = Object.fromEntries(searchParams);
    const entry: LogEntry = { at: Date.now(), method, path: pathname, query, status: 0 };
    if (fault !== undefined) entry.fault = fault.do;
    world.log.push(entry);

    const instead = fault && (await answerInstead(fault, bindings, closed));
    if (instead !== undefined) {
      if (fault?.do !== 'reset-before' && fault?.do !== 'timeout') entry.status = instead.status;
      return instead;
    }
    if (fault?.do === 'expire-tokens') world.tokens.expireAll();
    const answer = await app.fetch(request, { entry, fault });
    if (fault?.do !== 'reset-after') entry.status = answer.status;
    return fault === undefined ? answer : answerDamaged(fault, answer, bindings);
  };
}

function createRoutes(world: World, initial: SandboxState, closed: AbortSignal): Hono<Env> {
  const app = new Hono<Env>();
  app.post('/oauth/token', async ({ req }) => {
    const request = { authorization: req.header('authorization'), contentType: req.header('content-type') };
    return toResponse(world.tokens.answer({ ...request, body: await req.text() }, world.state.credentials, Date.now()));
  });
  for (const endpoint of ENDPOINTS) {
    const handler = (context: Context<Env>) => serve(world, endpoint, context, closed);
    app.on(endpoint.method, `/v2${endpoint.path}`, handler);
    if (endpoint.scope !== 'account') app.on(endpoint.method, `/v2/accounts/:accountId${endpoint.path}`, handler);
  }
  addControl(app, world, initial);
  app.notFound((context) => {
    const refused = context.req.path.startsWith('/v2/') ? refusedToken(world, context) : undefined;
    return toResponse(refused ?? unknownEndpoint(), context.req.header('accept'));
  });
  app.onError((error) => {
    const message = `a bug of the sandbox: ${String(error)}`;
    return Response.json({ code: 500, message }, { status: 500 });
  });
  return app;
}

async function serve(world: World, endpoint: Endpoint, context: Context<Env>, closed: AbortSignal): Promise<Response> {
  const { req } = context;
  const accountId = req.param('accountId') ?? 'me';
  const organisation = organisationOf(world.state, accountId);
  const send = (answer: Answer) => toResponse(answer, req.header('accept'), endpoint.label);

  const refused = refusedToken(world, context) ?? refusedCall(world, endpoint, organisation);
  if (refused !== undefined) return send(refused);
  if (organisation === undefined) return send(noAccount(accountId, endpoint.noAccountStatus));

  const { entry, fault } = context.env;
  const id = req.param('id') ?? '';
  const target = endpoint.scope && labelOf(organisation, endpoint.scope, id);
  if (target !== undefined) entry.target = target;
  if (organisation.account.id !== world.state.account.id) entry.account = organisation.account.id;

  const updated = endpoint.method === 'PATCH' ? `${organisation.account.id} ${target ?? id}` : undefined;
  if (updated !== undefined && world.busy.has(updated)) return send(concurrentUpdate());
  if (updated !== undefined) world.busy.add(updated);
  try {
    const body = updated === undefined ? {} : parseBody(await req.text());
    if (body !== undefined && updated !== undefined) entry.body = body;
    if (world.latencyMs > 0) await pause(world.latencyMs, undefined, { signal: closed }).catch(() => undefined);
    if (body === undefined) return send(notAnObject());
    // Looked up again: others may have written while this call waited.
    const now = organisationOf(world.state, accountId) ?? organisation;
    const { state, rules, pager } = world;
    const call = { state, organisation: now, id, query: req.query(), body, rules, pager, now: Date.now() };
    const { answer, written } = endpoint.handle(call);
    if (written !== undefined && fault?.do !== 'ignore-write') world.commit(written);
    return send(answer);
  } finally {
    if (updated !== undefined) world.busy.delete(updated);
  }
}

function refusedToken(world: World, { req }: Context<Env>): Answer | undefined {
  const token = world.tokens.check(req.header('authorization'), Date.now());
  return token === 'valid' ? undefined : token === 'expired' ? expiredToken() : invalidToken();
}

function refusedCall(
  world: World,
  { needs, label }: Endpoint,
  organisation: Organisation | undefined,
): Answer | undefined {
  const ofSubAccount = organisation !== undefined && organisation.account.id !== world.state.account.id;
  const missing = missingScopes(needs, world.state.credentials.scopes, ofSubAccount);
  if (missing.length > 0) return lacksScopes(missing);
  const limited = world.rates.take(label, Date.now());
  return limited && rateAnswer(limited);
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

function toResponse({ status, body, headers }: Answer, accept?: string, category?: string): Response {
  const all = new Headers(headers);
  if (category !== undefined) all.set('x-ratelimit-category', category);
  if (body === undefined) return new Response(null, { status, headers: all });
  const asXml = status >= 400 && isJsonObject(body) && 'code' in body && !accept?.includes('application/json');
  all.set('content-type', asXml ? 'application/xml;charset=UTF-8' : 'application/json;charset=UTF-8');
  return new Response(asXml ? toXml(body) : JSON.stringify(body satisfies Json), { status, headers: all });
}
