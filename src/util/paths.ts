import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path is a folder itself or below it; both are absolute. */
export function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** As Node's `relative`, for absolute paths without `.` and `..`; below the folder, as most are, it need not look for them. */
export function relativePath(folder: string, path: string): string {
  const start = folder.endsWith(sep) ? folder : folder + sep;
  return path.startsWith(start) ? path.slice(start.length) : relative(folder, path);
}
