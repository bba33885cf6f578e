/** Errors of the system, by their codes: in words for people, and in Node's own name for a search. */

const MESSAGES: Readonly<Record<string, string>> = {
  EACCES: 'its permissions forbid it',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'it would be larger than the system lets it be',
  EISDIR: 'it is a folder',
  ELOOP: 'it is a link',
  EMFILE: 'too many files are open in this process',
  ENFILE: 'too many files are open on this machine',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'what should be a folder is none',
  ENOTFILE: 'it is no regular file',
  EPERM: 'its permissions forbid it',
  EROFS: 'the disk is read-only',
};

/** Why a file cannot be read or written: `the disk is full (ENOSPC)`. */
export function errnoMessage(error: unknown): string {
  const code = errnoOf(error) ?? 'unknown';
  return MESSAGES[code] === undefined ? code : `${MESSAGES[code]} (${code})`;
}

/** The code of an error of the system. */
export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
