import { isAbsolute, relative, sep } from 'node:path';

/** Whether an absolute path is the folder or below it. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Node's `relative` for resolved paths, with a fast way for those below the folder. */
export function relativePath(folder: string, path: string): string {
  const start = folder.endsWith(sep) ? folder : folder + sep;
  return path.startsWith(start) ? path.slice(start.length) : relative(folder, path);
}
