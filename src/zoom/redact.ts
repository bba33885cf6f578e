/**
 * The last door, for a server that repeats in its answer what it was sent. Everywhere else a secret is known by the field
 * that it stands in; here there is only text, which Zoom and whatever stands before it may have escaped in their own way.
 */

/** Taking a shorter one out would tear innocent words apart. */
const SHORTEST = 4;
const HIDDEN = '[hidden]';
const WITHHELD = '[withheld: it repeats a secret]';

/**
 * `text` without the given secrets. Where one stands in it as it is, or as JSON writes it, the rest can still be read;
 * where it is escaped in another way nothing is.
 */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const sought = secrets.filter(({ length }) => length >= SHORTEST);
  const cut = sought.reduce(
    (rest, secret) => rest.replaceAll(secret, HIDDEN).replaceAll(JSON.stringify(secret).slice(1, -1), HIDDEN),
    text,
  );
  return MAY_ESCAPE.test(cut) && repeats(cut, sought) ? WITHHELD : cut;
}

/** So many characters are read back at a time: a flood of escapes all at once takes fifty times its size. */
const WINDOW = 64 * 1024;
/** What three escapes in each other make of one character, and more. */
const LONGEST_ESCAPE = 32;

function repeats(text: string, secrets: readonly string[]): boolean {
  const forms = secrets.map(unescaped).filter(({ length }) => length >= SHORTEST);
  const reach = LONGEST_ESCAPE * Math.max(0, ...secrets.map(({ length }) => length));
  for (let at = 0; at < text.length; at += WINDOW) {
    const meant = unescaped(text.slice(at, at + WINDOW + reach));
    if (forms.some((form) => meant.includes(form))) return true;
  }
  return false;
}

/** Most documents have none of these, and need no second look. */
const MAY_ESCAPE = /[\\%&]/;
const ESCAPE =
  /\\+(?:u([0-9a-f]{4})|([bfnrt]))?|((?:%[0-9a-f]{2})+)|&#(\d{1,7});|&#x([0-9a-f]{1,6});|&(lt|gt|amp|quot|apos);/gi;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
/** JSON in JSON in a page. */
const DEEPEST = 3;

/**
 * What a text means when all that JSON, URLs and HTML escape is read back, as often as one may stand in another. For
 * comparing only: a text and its escaped forms come to the same, and so may others, for a backslash is lost with them.
 */
function unescaped(text: string): string {
  let meant = text;
  for (let depth = 0; depth < DEEPEST; depth += 1) meant = meant.replace(ESCAPE, readBack);
  return meant;
}

function readBack(written: string, ...[unit, letter, bytes, decimal, hex, name]: (string | undefined)[]): string {
  if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
  if (letter !== undefined) return LETTERS[letter.toLowerCase()] ?? letter;
  if (bytes !== undefined) return decodedBytes(bytes);
  if (name !== undefined) return NAMED[name.toLowerCase()] ?? written;
  if (written.startsWith('\\')) return '';
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code <= 0x10ffff ? String.fromCodePoint(code) : written;
}

function decodedBytes(bytes: string): string {
  return Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8');
}
