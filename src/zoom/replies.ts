import type { Refusal } from '../model/result.ts';
import type { Unread } from '../model/state.ts';
import type { ReadOutcome } from '../model/zoom-api.ts';
import { isJsonObject, type Json } from '../util/json.ts';
import { parseUntrusted } from '../util/untrusted-json.ts';
import { bodyFault, mediaType } from './body-fault.ts';
import type { HttpResponse } from './client.ts';
import { excerpt } from './excerpt.ts';

const TOKEN_REFUSED = 124;
/** 4711 in the field, 104 from some families, 4700 from older ones (zoom-api section 1). */
const SCOPE_MISSING: ReadonlySet<number> = new Set([4711, 4700, 104]);
/** A user who has not accepted the invitation (zoom-api section 3). */
const PENDING = 1120;
/** Missing, or of another account. An account that does not exist (2001) is not among them: then the whole run is wrong. */
const MISSING: ReadonlyMap<number, string> = new Map([
  [1001, 'the user does not exist'],
  [1010, 'it does not belong to this account'],
  [PENDING, 'the user has not accepted the invitation'],
  [4130, 'the group does not exist'],
]);
/** One code for "Only available for paid accounts" and for a missing permission (zoom-api sections 1 and 3). */
const PLAN_OR_PERMISSION = { code: 200, permission: /does not contain permissions?\b/i } as const;

/** `user:read:settings:admin`. */
const SCOPE = /^[\w:.-]{1,100}$/;

type Body = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly why: string };

/** What Zoom answered, as far as it was understood. */
export interface Reply {
  readonly kind: 'reply';
  readonly status: number;
  /** The body as JSON, or what is wrong with it in words. */
  readonly body: Body;
  /** Set if Zoom refuses the request. */
  readonly error?: ApiError;
  /** An earlier attempt of the same request may have been carried out. */
  readonly mayHaveApplied?: true;
}

/** Never throws: what cannot be read is described. */
export function readReply(response: HttpResponse): Reply {
  const body = parseBody(response);
  const error = apiErrorOf(response, body);
  return { kind: 'reply', status: response.status, body, ...(error === undefined ? {} : { error }) };
}

export function succeeded(status: number): boolean {
  return status >= 200 && status < 300;
}

/** JSON without keys that reach into prototypes. Broken, empty and too deep bodies are distinguished. */
function parseBody({ headers, text }: HttpResponse): Body {
  if (text.trim() === '') return { ok: false, why: `an empty body (${mediaType(headers)})` };
  const parsed = parseUntrusted(text);
  if (parsed.ok && mayHoldMark(text)) removeMarks(parsed.value);
  if (parsed.ok || parsed.isJson) return parsed;
  return { ok: false, why: bodyFault(headers, text) };
}

/** `$` can be escaped. */
function mayHoldMark(text: string): boolean {
  return text.includes('$') || text.includes('\\u');
}

/** Our own mark for a secret: coming from Zoom, it would be treated as a secret of the policy. In place: the value is ours alone. */
function removeMarks(value: Json): void {
  if (typeof value !== 'object' || value === null) return;
  if (isJsonObject(value)) delete value['$secret'];
  for (const child of Object.values(value)) removeMarks(child);
}

/** What a refusal by Zoom says, all of it safe to show. */
export interface ApiError extends Refusal {
  readonly status: number;
  /** Set if the token lacks scopes; empty if Zoom does not name them. */
  readonly scopes?: readonly string[];
}

/**
 * Zoom's `{code, message, errors}`, whatever the HTTP status: it sends code 200 with HTTP 400, and errors with HTTP 200
 * (zoom-api section 3). `undefined` if the response is no error.
 */
function apiErrorOf({ status, text }: HttpResponse, parsed: Body): ApiError | undefined {
  const body = parsed.ok && isJsonObject(parsed.value) ? parsed.value : {};
  const code = typeof body['code'] === 'number' ? body['code'] : undefined;
  const message = typeof body['message'] === 'string' ? body['message'] : undefined;
  if (succeeded(status) && (code === undefined || message === undefined)) return undefined;

  const scopes = missingScopes(text, code);
  const fields = fieldErrors(body['errors']);
  const garbled = parsed.ok ? 'a body without a message' : parsed.why;
  return {
    status,
    message: scopes !== undefined && scopes.length > 0 ? lacks(scopes) : excerpt(message ?? garbled),
    ...(code === undefined ? {} : { code }),
    ...(fields.length === 0 ? {} : { fields }),
    ...(scopes === undefined ? {} : { scopes }),
  };
}

/** Whether Zoom's code means that it does not accept the token. The HTTP status is 401 in the field, 400 in the reference. */
export function refusesToken(code: number | undefined): boolean {
  return code === TOKEN_REFUSED;
}

/** Read from the raw text: one known error of Zoom has unescaped quotes around its scopes (zoom-api section 1). */
function missingScopes(text: string, code: number | undefined): readonly string[] | undefined {
  // Not past another bracket, or a text full of such prefixes would be searched to its end from each of them.
  const list = /does not contain scopes?:\s*\[([^[\]]*)\]/i.exec(text)?.[1];
  if (list !== undefined) {
    const scopes = list.split(/[\s,]+/).map((scope) => scope.replace(/[\\"']/g, ''));
    return scopes.filter((scope) => SCOPE.test(scope));
  }
  return code !== undefined && SCOPE_MISSING.has(code) ? [] : undefined;
}

function lacks(scopes: readonly string[]): string {
  return excerpt(`the token lacks the ${scopes.length === 1 ? 'scope' : 'scopes'} ${scopes.join(', ')}`);
}

function fieldErrors(errors: Json | undefined): { field: string; message: string }[] {
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error) =>
    isJsonObject(error) && typeof error['field'] === 'string' && typeof error['message'] === 'string'
      ? [{ field: excerpt(error['field']), message: excerpt(error['message']) }]
      : [],
  );
}

/** `HTTP 400, Zoom code 200: Only available for paid accounts.` */
export function apiErrorText({ status, code, message }: ApiError): string {
  return `HTTP ${status}${code === undefined ? '' : `, Zoom code ${code}`}: ${message}`;
}

/** What the reply to a GET of a document means. */
export function readOutcome({ error, body }: Reply): ReadOutcome {
  if (error === undefined) {
    if (body.ok && isJsonObject(body.value)) return { state: 'read', body: body.value };
    return { state: 'unreadable', reason: body.ok ? 'JSON that is not an object' : body.why };
  }
  const missing = error.code === undefined ? undefined : MISSING.get(error.code);
  // Account locks report a missing account with 400, the others with 404 (zoom-api section 3).
  if (missing !== undefined && (error.status === 400 || error.status === 404)) {
    const reason = `${missing} (${apiErrorText(error)})`;
    return { state: 'missing', reason, ...(error.code === PENDING ? { pending: true } : {}) };
  }
  return unreadableBy(error);
}

export function unreadableBy(error: ApiError): Unread {
  const unread: Unread = { state: 'unreadable', reason: apiErrorText(error) };
  if (lacksAccess(error)) return { ...unread, noAccess: true };
  return error.code === PLAN_OR_PERMISSION.code ? { ...unread, notOffered: true } : unread;
}

/** The status alone says so where a gateway or an older family answers without a code. */
export function lacksAccess({ status, code, message, scopes }: ApiError): boolean {
  if (scopes !== undefined || status === 401 || status === 403) return true;
  return code === PLAN_OR_PERMISSION.code && PLAN_OR_PERMISSION.permission.test(message);
}
