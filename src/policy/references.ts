/** Parses an item of `extends`, without looking anything up. */
import { hasControls } from '../util/printable.ts';
import { quoted } from './phrases.ts';

export type Reference =
  | { readonly kind: 'pack'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'problem'; readonly message: string };

export function referenceFrom(text: string): Reference {
  const problem = (message: string): Reference => ({ kind: 'problem', message });
  if (text === '') return problem('an item of `extends` is empty');
  if (hasControls(text)) return problem(`${quoted(text)} has control characters in it`);
  if (text.startsWith('pack:')) {
    const name = text.slice('pack:'.length);
    return /^[a-z0-9-]+$/.test(name) ? { kind: 'pack', name } : problem(`${quoted(text)} is not the name of a pack`);
  }
  if (/^[a-z][a-z0-9+.-]+:/i.test(text)) {
    return problem(`${quoted(text)} is a URL; \`extends\` takes relative paths and packs`);
  }
  if (/^(?:[/\\~]|[a-z]:)/i.test(text)) {
    return problem(`${quoted(text)} is an absolute path; write it relative to this file`);
  }
  return { kind: 'file', path: text };
}
