/**
 * The last line of defence, for a server that repeats what it was sent. Everywhere else a secret is known by the field
 * that holds it; here there is only text, which Zoom or a proxy may have escaped in its own way.
 */

/** Removes the secrets that it was made for from a text. */
export type Redact = (text: string) => string;

/** Removing a shorter one would break innocent words. */
const SHORTEST = 4;
const HIDDEN = '[hidden]';
const WITHHELD = '[withheld: it repeats a secret]';

/**
 * A secret that the text holds verbatim, or as JSON writes it, is replaced, and the rest stays readable. If one is escaped
 * in any other way, the whole text is withheld.
 */
export function createRedact(secrets: readonly string[]): Redact {
  const sought = secrets.filter(({ length }) => length >= SHORTEST);
  const written = [...new Set(sought.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]))];
  return (text) => {
    const cut = written.reduce((rest, form) => rest.replaceAll(form, HIDDEN), text);
    return mayEscape(cut) && repeats(cut, sought) ? WITHHELD : cut;
  };
}

/** Characters that are unescaped at a time: a flood of escapes all at once takes fifty times its size. */
const WINDOW = 64 * 1024;
/** At least what three nested escapes make of one character. */
const LONGEST_ESCAPE = 32;

function repeats(text: string, secrets: readonly string[]): boolean {
  const forms = secrets.map(unescaped).filter(({ length }) => length >= SHORTEST);
  const reach = LONGEST_ESCAPE * Math.max(0, ...secrets.map(({ length }) => length));
  for (let at = 0; at < text.length; at += WINDOW) {
    const plain = unescaped(text.slice(at, at + WINDOW + reach));
    if (forms.some((form) => plain.includes(form))) return true;
  }
  return false;
}

/** Most documents have none of these characters. A search for one character is several times as fast as a pattern. */
function mayEscape(text: string): boolean {
  return text.includes('\\') || text.includes('%') || text.includes('&');
}

const ESCAPE =
  /\\+(?:u([0-9a-f]{4})|([bfnrt]))?|((?:%[0-9a-f]{2})+)|&#(\d{1,7});|&#x([0-9a-f]{1,6});|&(lt|gt|amp|quot|apos);/gi;
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const LETTERS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
/** JSON in JSON in HTML. */
const DEEPEST = 3;

/**
 * The text with the escapes of JSON, URLs and HTML undone, as deep as they are nested. For comparisons only: a text and its
 * escaped forms come out equal, and so may others, because backslashes are lost.
 */
function unescaped(text: string): string {
  let plain = text;
  for (let depth = 0; depth < DEEPEST; depth += 1) plain = plain.replace(ESCAPE, unescapeOne);
  return plain;
}

function unescapeOne(written: string, ...[unit, letter, bytes, decimal, hex, name]: (string | undefined)[]): string {
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
