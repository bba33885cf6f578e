/** What `--format` and `--report` can name. Stands alone, so that the command line offers them without loading any. */
export const FORMATS = ['text', 'json', 'markdown', 'html', 'sarif', 'junit'] as const;
export type Format = (typeof FORMATS)[number];
