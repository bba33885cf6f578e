import picomatch from 'picomatch';

/**
 * `*` and `?` over names that are no file paths: a slash, a leading dot, braces and brackets mean themselves.
 * Case matters, as in Zoom's group names.
 */
export function globMatcher(pattern: string): (name: string) => boolean {
  // `bash` lets a star cross slashes; everything beyond `*` and `?` is switched off so that a name like
  // "Staff [old] (UK)" stays a name.
  return picomatch(pattern.replaceAll(/[[\](){}!+@|]/g, '\\$&'), { bash: true, dot: true, nonegate: true });
}

export function isGlob(pattern: string): boolean {
  return /[*?]/.test(pattern);
}
