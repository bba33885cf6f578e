import pico from 'picocolors';

/** The colours that reports use, as functions that do nothing where colour is off. */
export type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'magenta', (text: string) => string>>;

export function paintFor(colour: boolean): Paint {
  return pico.createColors(colour);
}
