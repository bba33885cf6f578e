/**
 * Text in messages of SARIF: braces are placeholders unless they are doubled, and `[words](address)` would be a link, which
 * our texts never contain.
 */
export function message(text: string): { readonly text: string } {
  return { text: literal(text).replaceAll('](', '] (') };
}

/** The same for Markdown, where the caller escapes links. */
export function literal(text: string): string {
  return text.replace(/[{}]/g, '$&$&');
}
