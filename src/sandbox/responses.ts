import { isJsonObject, type Json } from '../util/json.ts';
import { type Answer, toXml } from './answers.ts';

/**
 * An answer over HTTP: an error is XML unless the client accepts JSON. zoom-api, section 3.
 * @param category the rate label of the endpoint, which Zoom names in a header
 */
export function toResponse({ status, body, headers }: Answer, accept?: string, category?: string): Response {
  const all = new Headers(headers);
  if (category !== undefined) all.set('x-ratelimit-category', category);
  if (body === undefined) return new Response(null, { status, headers: all });
  const asXml = status >= 400 && isJsonObject(body) && 'code' in body && !accept?.includes('application/json');
  all.set('content-type', asXml ? 'application/xml;charset=UTF-8' : 'application/json;charset=UTF-8');
  return new Response(asXml ? toXml(body) : JSON.stringify(body satisfies Json), { status, headers: all });
}
