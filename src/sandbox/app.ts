/** The routes: the API with its faults, tokens, and the control calls. */
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { unknownEndpoint } from './answers.ts';
import { addControl } from './control.ts';
import { ENDPOINTS } from './endpoints.ts';
import { type Env, middlewaresOf, refusedToken } from './middlewares.ts';
import { toResponse } from './responses.ts';
import type { SandboxState } from './state.ts';
import { answerDamaged, answerInstead } from './trouble.ts';
import type { LogEntry, World } from './world.ts';

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
    const { method, path, scope } = endpoint;
    // Groups and users of a sub-account are below its own path. zoom-api, section 4.
    const paths = scope === 'account' ? [path] : [path, `/accounts/:accountId${path}`];
    app.on(
      method,
      paths.map((each) => `/v2${each}`),
      ...middlewaresOf(world, endpoint, closed),
    );
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
