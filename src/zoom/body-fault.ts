/**
 * What is wrong with a body that is not JSON, in words that hold nothing of it: a reply that is broken or cut off may
 * hold a token or a passcode, and nobody can tell which of its characters those are.
 */
import { jsonFaultAt } from '../util/json-fault.ts';
import { plural } from '../util/plural.ts';
import type { HttpResponse } from './client.ts';

type Headers = HttpResponse['headers'];

const MEDIA_TYPE = /^\s*((?:application|text|image|audio|video|message|multipart)\/[a-z0-9.+-]{1,40})(?:\s*;|\s*$)/i;

/** Without its parameters. */
export function mediaType(headers: Headers): string {
  const written = headers['content-type'];
  if (written === undefined) return 'no content type';
  return MEDIA_TYPE.exec(written)?.[1]?.toLowerCase() ?? 'an unknown content type';
}

/** @param text a body that is not valid JSON */
export function bodyFault(headers: Headers, text: string): string {
  const type = mediaType(headers);
  const title = type === 'text/html' ? titleOf(text) : undefined;
  const about = title === undefined ? placeOf(text) : [`titled "${title}"`];
  return `${type} that is not valid JSON (${[plural(text.length, 'character'), ...about].join(', ')})`;
}

function placeOf(text: string): readonly string[] {
  const at = jsonFaultAt(text);
  if (at === text.length) return ['cut off at the end'];
  // What is not JSON from its first character on is a page, or text.
  return at === 0 ? [] : [`wrong from character ${at + 1} on`];
}

const TITLE =
  /^\s*<(?:!doctype html|html)\b[^<]{0,200}(?:<(?:html|head|meta)\b[^<]{0,200}){0,20}<title>([^<]{1,80})<\/title>/i;
/** Words, and the number of a status. A token, a passcode or an address is neither. */
const PLAIN_TITLE = /^(?:[A-Za-z]{1,15}|[1-5]\d\d)(?:[ :,.!-]{1,3}(?:[A-Za-z]{1,15}|[1-5]\d\d))*[.!]?$/;

/** The title of a page of a gateway or a proxy: it tells an administrator whose page it is. */
function titleOf(text: string): string | undefined {
  const title = TITLE.exec(text)?.[1]?.trim() ?? '';
  return PLAIN_TITLE.test(title) ? title : undefined;
}
