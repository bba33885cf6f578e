/** File contents as small values: a fixture of five megabytes of brackets is one line. */
import fc from 'fast-check';

/** Text, each part so many times over; or bytes that are no text. */
export type Content =
  | { readonly parts: readonly (readonly [text: string, times: number])[] }
  | { readonly base64: string };

const MOST_BYTES = 6 * 1024 * 1024;

export function textContent(text: string): Content {
  return { parts: [[text, 1]] };
}

export function bytesOf(content: Content): Buffer {
  if ('base64' in content) return Buffer.from(content.base64, 'base64');
  let size = 0;
  const parts = content.parts.flatMap(([text, times]) => {
    const fits = Math.min(times, Math.floor((MOST_BYTES - size) / Math.max(1, text.length)));
    size += fits * text.length;
    return fits > 0 ? [text.repeat(fits)] : [];
  });
  return Buffer.from(parts.join(''));
}

export const rawBytes: fc.Arbitrary<Content> = fc
  .uint8Array({ maxLength: 300 })
  .map((bytes) => ({ base64: Buffer.from(bytes).toString('base64') }));
