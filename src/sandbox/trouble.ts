/** Faults as they look on the wire. */
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { JsonObject } from '../util/json.ts';
import type { Fault } from './faults.ts';
import { isoSeconds, rateAnswer } from './rates.ts';

type FaultOf<Kind extends Fault['do']> = Extract<Fault, { do: Kind }>;

/** The answer of a fault in place of the API's, or `undefined` if the request is carried out. */
export async function answerInstead(
  fault: Fault,
  { outgoing }: HttpBindings,
  closed: AbortSignal,
): Promise<Response | undefined> {
  switch (fault.do) {
    case 'refuse':
      return Response.json({ code: fault.code, message: fault.message }, { status: fault.status });
    case 'reset-before':
      outgoing.socket?.resetAndDestroy();
      return RESPONSE_ALREADY_SENT;
    case 'timeout':
      await untilGone(outgoing, closed);
      return RESPONSE_ALREADY_SENT;
    case 'html-502':
      return new Response('<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>', {
        status: 502,
        headers: { 'content-type': 'text/html' },
      });
    case '429':
      return tooMany(fault);
    case 'slow':
      await pause(fault.ms, undefined, { signal: closed }).catch(() => undefined);
      return undefined;
    case 'reset-after':
    case 'invalid-json':
    case 'truncated':
    case 'lost-token':
    case 'ignore-write':
    case 'expire-tokens':
      return undefined;
  }
}

/** The API's answer after the fault. */
export async function answerDamaged(fault: Fault, answer: Response, { outgoing }: HttpBindings): Promise<Response> {
  switch (fault.do) {
    case 'reset-after':
      outgoing.socket?.resetAndDestroy();
      return RESPONSE_ALREADY_SENT;
    case 'invalid-json':
      return new Response('{"code":', { status: statusWithBody(answer), headers: answer.headers });
    case 'truncated': {
      const text = await answer.text();
      // Announces more than it sends, whatever the answer was: even an empty one.
      outgoing.writeHead(statusWithBody(answer), {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text) + 1,
      });
      outgoing.write(text.slice(0, Math.ceil(text.length / 2)) || '{', () => outgoing.socket?.destroy());
      return RESPONSE_ALREADY_SENT;
    }
    case 'lost-token': {
      const { next_page_token: _, ...page } = (await answer.json()) as JsonObject;
      return Response.json(page, { status: answer.status });
    }
    default:
      return answer;
  }
}

function tooMany({ retryAfter = 'none', seconds = 1, type = 'QPS' }: FaultOf<'429'>): Response {
  const { status, body, headers } = rateAnswer({ type, limit: 0 });
  const due = Date.now() + seconds * 1000;
  const written = {
    none: undefined,
    seconds: String(seconds),
    date: new Date(due).toUTCString(),
    iso: isoSeconds(due),
  }[retryAfter];
  return Response.json(body, {
    status,
    headers: { ...headers, ...(written === undefined ? {} : { 'retry-after': written }) },
  });
}

/** Until the client gives up or the sandbox ends: a request that nobody waits for must not be kept. */
function untilGone(outgoing: HttpBindings['outgoing'], closed: AbortSignal): Promise<void> {
  return once(outgoing, 'close', { signal: closed }).then(
    () => undefined,
    () => undefined,
  );
}

/** A damaged refusal stays a refusal: the log has its status, and nothing was written. 204 has no body that could be damaged. */
function statusWithBody({ status, ok }: Response): number {
  return ok ? 200 : status;
}
