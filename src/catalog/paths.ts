import type { SettingPath } from '../model/setting.ts';

/** `a.b.c`, `a.b`, `a`: the path and everything above it, nearest first. */
export function* pathsUpward(path: SettingPath): Generator<SettingPath> {
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) yield path.slice(0, end);
}
