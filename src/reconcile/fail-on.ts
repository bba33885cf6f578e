/** What `--fail-on` can ask for. A file of its own, because the command line is read before anything heavy is loaded. */
export const FAILURES = ['weakening', 'blocked', 'lossy', 'unlock', 'unknown', 'unmatched'] as const;
export type Failure = (typeof FAILURES)[number];
