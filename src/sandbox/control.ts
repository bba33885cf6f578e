/** `/_sandbox/`: reads the log and the state, and injects faults. Needs no token; the server is on loopback only. */
import type { Context, Env, Hono } from 'hono';
import * as z from 'zod';
import { LockstepError } from '../errors.ts';
import { isJsonObject, type JsonObject } from '../util/json.ts';
import { parseFaults } from './faults.ts';
import { parseState, type SandboxState } from './state.ts';
import type { AdminAct, World } from './world.ts';

const adminAct = z
  .strictObject({
    target: z.string(),
    account: z.string().optional(),
    document: z.string(),
    body: z.custom<JsonObject>(isJsonObject, 'must be an object'),
  })
  .transform(({ account, ...rest }): AdminAct => (account === undefined ? rest : { ...rest, account }));

/** Adds the control calls. An invalid body is answered with 400 and what is wrong with it. */
export function addControl<E extends Env>(app: Hono<E>, world: World, initial: SandboxState): void {
  app.get('/_sandbox/log', (context) => context.json(world.log));
  app.delete('/_sandbox/log', (context) => done(context, () => world.log.splice(0)));
  app.get('/_sandbox/state', (context) => context.json(world.state));
  app.put('/_sandbox/state', async (context) => {
    const json = await bodyOf(context);
    return done(context, () => world.commitAll(parseState(json)));
  });
  app.post('/_sandbox/faults', async (context) => {
    const json = await bodyOf(context);
    return done(context, () => world.faults.set(parseFaults(json)));
  });
  app.post('/_sandbox/act', async (context) => {
    const json = await bodyOf(context);
    return done(context, () => {
      const parsed = adminAct.safeParse(json);
      if (!parsed.success) throw new LockstepError(z.prettifyError(parsed.error));
      world.act(parsed.data);
    });
  });
  app.post('/_sandbox/reset', (context) => done(context, () => world.reset(initial)));
}

function done<E extends Env>(context: Context<E>, change: () => unknown): Response {
  try {
    change();
    return context.body(null, 204);
  } catch (error) {
    if (error instanceof LockstepError) return context.json({ message: error.message }, 400);
    throw error;
  }
}

async function bodyOf<E extends Env>(context: Context<E>): Promise<unknown> {
  const text = await context.req.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
