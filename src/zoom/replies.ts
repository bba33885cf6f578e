import type { Refusal } from '../model/result.ts';
import type { ReadOutcome } from '../model/zoom-api.ts';
import { isJsonObject, type Json } from '../util/json.ts';
import { NOT_JSON, parseUntrusted, type Untrusted } from '../util/untrusted-json.ts';
import type { Exchange } from './client.ts';
import { excerpt } from './excerpt.ts';

export type Answered = Extract<Exchange, { kind: 'answered' }>;

const EXCERPT = 200;

const TOKEN_REFUSED = 124;
/** 4711 in the field, 104 from some families, 4700 from older ones (zoom-api section 1). */
const SCOPE_MISSING: ReadonlySet<number> = new Set([4711, 4700, 104]);
/** Not there, or of another account; 1120 is a user who has not accepted the invitation (zoom-api section 3). */
const MISSING: ReadonlyMap<number, string> = new Map([
  [1001, 'the user does not exist'],
  [1010, 'it does not belong to this account'],
  [1120, 'the user has not accepted the invitation'],
  [2001, 'the account does not exist'],
  [4130, 'the group does not exist'],
]);

/** The body as JSON, or what is wrong with it in words. */
type Parsed = Untrusted;

/** An answer of Zoom's as far as it was understood. */
export interface Reply {
  readonly status: number;
  readonly body: Parsed;
  /** Set when it refuses. */
  readonly fault?: Fault;
}

/** Never throws: what cannot be read becomes words. */
export function readReply(answer: Answered): Reply {
  const body = parseReply(answer);
  const fault = faultOf(answer, body);
  return { status: answer.status, body, ...(fault === undefined ? {} : { fault }) };
}

export function succeeded(status: number): boolean {
  return status >= 200 && status < 300;
}

/** JSON without keys that reach into prototypes; broken, empty and over-deep bodies are told apart. */
function parseReply({ headers, text }: Answered): Parsed {
  if (text.trim() === '') return { ok: false, why: `an empty body of ${contentType(headers)}` };
  const parsed = parseUntrusted(text);
  if (parsed.ok && MAY_HOLD_MARK.test(text)) removeMarks(parsed.value);
  if (parsed.ok || parsed.why !== NOT_JSON) return parsed;
  return { ok: false, why: `${contentType(headers)} that is ${NOT_JSON}: ${excerpt(text, EXCERPT)}` };
}

/** Escapes are another way to write a `$`. */
const MAY_HOLD_MARK = /\$|\\u/;

/** Our own mark for a secret: from Zoom it would be taken for a secret of the policy's. In place: the value is ours alone. */
function removeMarks(value: Json): void {
  if (typeof value !== 'object' || value === null) return;
  if (isJsonObject(value)) delete value['$secret'];
  for (const child of Object.values(value)) removeMarks(child);
}

function contentType(headers: Answered['headers']): string {
  return excerpt(headers['content-type'] ?? 'no content type', 80);
}

/** What a refusing reply says, all of it fit for a message. */
export interface Fault extends Refusal {
  readonly status: number;
  /** Set when the token lacks scopes; empty when Zoom does not name them. */
  readonly scopes?: readonly string[];
}

/**
 * Zoom's `{code, message, errors}`, whatever the HTTP status: it sends code 200 with HTTP 400, and errors with HTTP 200
 * (zoom-api section 3). `undefined` for a reply that is none.
 */
function faultOf({ status, text }: Answered, parsed: Parsed): Fault | undefined {
  const body = parsed.ok && isJsonObject(parsed.value) ? parsed.value : {};
  const code = typeof body['code'] === 'number' ? body['code'] : undefined;
  const said = typeof body['message'] === 'string' ? body['message'] : undefined;
  if (succeeded(status) && (code === undefined || said === undefined)) return undefined;

  const scopes = missingScopes(text, code);
  const fields = fieldFaults(body['errors']);
  const garbled = parsed.ok ? 'a body without a message' : parsed.why;
  return {
    status,
    message: scopes !== undefined && scopes.length > 0 ? lacks(scopes) : excerpt(said ?? garbled),
    ...(code === undefined ? {} : { code }),
    ...(fields.length === 0 ? {} : { fields }),
    ...(scopes === undefined ? {} : { scopes }),
  };
}

/** Whether Zoom will not have the token, under whichever HTTP status: 401 in the field, 400 in the reference. */
export function refusesToken({ fault }: Reply): boolean {
  return fault?.code === TOKEN_REFUSED;
}

/** Read from the raw text, for one known reply of Zoom's has unescaped quotes around its scopes (zoom-api section 1). */
function missingScopes(text: string, code: number | undefined): readonly string[] | undefined {
  // Not past another bracket, or a text full of such beginnings would be searched to its end from each of them.
  const list = /does not contain scopes?:\s*\[([^[\]]*)\]/i.exec(text)?.[1];
  if (list !== undefined) {
    const scopes = list.split(/[\s,]+/).map((scope) => scope.replace(/[\\"']/g, ''));
    return scopes.filter((scope) => scope !== '').map((scope) => excerpt(scope, 100));
  }
  return code !== undefined && SCOPE_MISSING.has(code) ? [] : undefined;
}

function lacks(scopes: readonly string[]): string {
  return excerpt(`the token lacks the ${scopes.length === 1 ? 'scope' : 'scopes'} ${scopes.join(', ')}`);
}

function fieldFaults(errors: Json | undefined): { field: string; message: string }[] {
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error) =>
    isJsonObject(error) && typeof error['field'] === 'string' && typeof error['message'] === 'string'
      ? [{ field: excerpt(error['field']), message: excerpt(error['message']) }]
      : [],
  );
}

/** `HTTP 400, Zoom code 200: Only available for paid accounts.` */
export function faultText({ status, code, message }: Fault): string {
  return `HTTP ${status}${code === undefined ? '' : `, Zoom code ${code}`}: ${message}`;
}

/** What the answer to a GET of a document means. */
export function readOutcome({ fault, body }: Reply): ReadOutcome {
  if (fault === undefined) {
    if (body.ok && isJsonObject(body.value)) return { state: 'read', body: body.value };
    return { state: 'unreadable', reason: body.ok ? 'JSON that is no object' : body.why };
  }
  const missing = fault.code === undefined ? undefined : MISSING.get(fault.code);
  // Account locks tell a missing account with 400, the others with 404 (zoom-api section 3).
  if (missing !== undefined && (fault.status === 400 || fault.status === 404)) {
    return { state: 'missing', reason: `${missing} (${faultText(fault)})` };
  }
  return { state: 'unreadable', reason: faultText(fault) };
}
