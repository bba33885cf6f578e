import pico from 'picocolors';

/** The colours of reports, as functions that do nothing if colour is off. */
export type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'magenta', (text: string) => string>>;

export function paintFor(colour: boolean): Paint {
  return pico.createColors(colour);
}
