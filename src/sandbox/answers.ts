/** Zoom's answers: success without a body, and its error bodies with the codes of zoom-api, section 3. */
import type { Json } from '../util/json.ts';

export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

export interface Answer {
  readonly status: number;
  /** Absent: an empty answer. */
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

export const NO_CONTENT: Answer = { status: 204 };

export function ok(body: Json): Answer {
  return { status: 200, body };
}

function refusal(status: number, code: number, message: string, errors: readonly FieldProblem[] = []): Answer {
  const listed = errors.length === 0 ? {} : { errors: errors.map(({ field, message }) => ({ field, message })) };
  return { status, body: { code, message, ...listed } };
}

export const invalid = (errors: readonly FieldProblem[]) => refusal(400, 300, 'Validation Failed.', errors);
export const notAnObject = () => refusal(400, 300, 'Request Body should be a valid JSON object.');
export const badParameter = (name: string) => refusal(400, 300, `Invalid parameter: ${name}.`);
export const missingParameter = (name: string) => refusal(400, 300, `Missing parameters: ${name}.`);
export const badPageToken = () => refusal(400, 300, 'The next page token is invalid or expired.');
export const locked = (path: string) => refusal(400, 300, `This setting is locked: ${path}.`);
export const paidOnly = () => refusal(400, 200, 'Only available for paid accounts.');
export const unknownEndpoint = () => refusal(400, 2300, 'This API endpoint is not recognized.');
/** 404 almost everywhere; reading an account's locks answers 400 with the same code. */
export const noAccount = (id: string, status = 404) => refusal(status, 2001, `Account does not exist: ${id}.`);
export const noGroup = (id: string) => refusal(404, 4130, `Group does not exist: ${id}.`);
export const foreignGroup = () => refusal(400, 1010, 'Group does not belong to your account.');
export const noUser = (id: string) => refusal(404, 1001, `User does not exist: ${id}.`);
export const foreignUser = () => refusal(400, 1010, 'User does not belong to this account.');
export const pendingUser = () => refusal(400, 1120, 'The invitation was not found or has expired.');
export const expiredToken = () => refusal(401, 124, 'Access token is expired.');
export const invalidToken = () => refusal(401, 124, 'Invalid access token.');
export const lacksScopes = (scopes: readonly string[]) =>
  refusal(400, 4711, `Invalid access token, does not contain scopes:[${scopes.join(', ')}].`);
/** zoom-api, section 2: documented for one user's settings; here for every account, group and user. */
export const concurrentUpdate = () =>
  refusal(429, 429, 'Too many concurrent requests. A request to update this resource has already been made.');

/** An error for a client that does not accept JSON. zoom-api, section 3. */
export function toXml({ code, message }: { readonly code?: Json; readonly message?: Json }): string {
  const escaped = String(message).replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  return `${declaration}<result><code>${String(code)}</code><message>${escaped}</message></result>`;
}
