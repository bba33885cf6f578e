import type { Setting } from '../catalog/setting.ts';

/** What the catalogue expects of a value. */
export type Expected = Pick<Setting, 'declared' | 'secret'>;
