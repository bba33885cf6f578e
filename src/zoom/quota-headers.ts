import type { HttpResponse } from './client.ts';

/** What a response reports about the limits that its request counts against. Most of Zoom's report nothing (zoom-api section 2). */
export interface Quota {
  /** `unknown` if the type is missing; Zoom has been seen to omit it for a daily limit. */
  readonly per: 'second' | 'day' | 'unknown';
  /** At least 1. */
  readonly limit?: number;
  readonly remaining?: number;
}

export function quotaOf(headers: HttpResponse['headers']): Quota | undefined {
  const limit = countIn(headers['x-ratelimit-limit']);
  const remaining = countIn(headers['x-ratelimit-remaining']);
  if (limit === undefined && remaining === undefined) return undefined;
  const type = headers['x-ratelimit-type'] ?? '';
  return {
    per: /daily/i.test(type) ? 'day' : /qps/i.test(type) ? 'second' : 'unknown',
    ...(limit === undefined || limit === 0 ? {} : { limit }),
    ...(remaining === undefined ? {} : { remaining }),
  };
}

function countIn(header: string | undefined): number | undefined {
  const text = header?.trim() ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
