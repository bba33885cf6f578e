/** What the text of an `extends` item says, before anything is looked up. */
import { hasControls } from '../util/printable.ts';
import { quoted } from './phrases.ts';

export type Reference =
  | { readonly kind: 'pack'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'fault'; readonly message: string };

export function referenceFrom(text: string): Reference {
  const fault = (message: string): Reference => ({ kind: 'fault', message });
  if (text === '') return fault('an item of `extends` is empty');
  if (hasControls(text)) return fault(`${quoted(text)} has control characters in it`);
  if (text.startsWith('pack:')) {
    const name = text.slice('pack:'.length);
    return /^[a-z0-9-]+$/.test(name) ? { kind: 'pack', name } : fault(`${quoted(text)} is not the name of a pack`);
  }
  if (/^[a-z][a-z0-9+.-]+:/i.test(text)) {
    return fault(`${quoted(text)} is an address: \`extends\` takes files beside this one, and packs`);
  }
  if (/^(?:[/\\~]|[a-z]:)/i.test(text)) {
    return fault(`${quoted(text)} is an absolute path: write it relative to this file`);
  }
  return { kind: 'file', path: text };
}
