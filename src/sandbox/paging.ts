/** Lists by pages. Tokens are opaque, belong to one list, and expire after 15 minutes. zoom-api, section 8. */
import { randomBytes } from 'node:crypto';

export interface PageRequest {
  /** What is listed; a token of another list is refused. */
  readonly list: string;
  readonly size: number;
  readonly token: string | undefined;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly next?: string;
}

export interface Pager {
  /** One page, or `undefined` for a token that is unknown or expired. */
  page<T>(items: readonly T[], request: PageRequest, now: number): Page<T> | undefined;
}

const LIFETIME = 15 * 60_000;

export function createPager(): Pager {
  const places = new Map<string, { readonly list: string; readonly offset: number; readonly expires: number }>();
  return {
    page(items, { list, size, token }, now) {
      const place = token === undefined ? { list, offset: 0, expires: now + LIFETIME } : places.get(token);
      if (place === undefined || place.list !== list || place.expires <= now) return undefined;
      const end = place.offset + size;
      const shown = items.slice(place.offset, end);
      if (end >= items.length) return { items: shown };
      const next = randomBytes(24).toString('base64url');
      places.set(next, { list, offset: end, expires: now + LIFETIME });
      return { items: shown, next };
    },
  };
}
