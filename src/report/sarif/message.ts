/**
 * Text in messages of SARIF: braces stand for placeholders and are doubled to mean themselves, and `[words](address)`
 * would be a link, which no text of ours is.
 */
export function message(text: string): { readonly text: string } {
  return { text: literal(text).replaceAll('](', '] (') };
}

/** The same for Markdown, which minds its own links. */
export function literal(text: string): string {
  return text.replace(/[{}]/g, '$&$&');
}
