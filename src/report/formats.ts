/** The values of `--format` and `--report`. In a file of its own, so that the command line loads no renderer to list them. */
export const FORMATS = ['text', 'json', 'markdown', 'html', 'sarif', 'junit'] as const;
export type Format = (typeof FORMATS)[number];
