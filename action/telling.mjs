/** Texts for the summary of a job, for comments and for issues. */

/** @typedef {import('./inputs.mjs').Environment} Environment */

const MOST_SAID = 8000;

/**
 * The report without its own marker; before it what lockstep said, where it did not end well. The report is cut to fit
 * into a comment already and leaves room for this.
 * @param {{ mode: string, exitCode: number, said: string, markdown: string | undefined, run: string | undefined }} ended
 */
export function bodyOf({ mode, exitCode, said, markdown, run }) {
  const report = markdown?.replace(/^<!-- lockstep:\w+ -->\n/, '');
  const failed = exitCode !== 0 && exitCode !== 2;
  const head = failed ? [`## lockstep ${mode}: ${OUTCOMES[exitCode] ?? 'failed'}\n`, fenced(said)] : [];
  // A long report has no room for it; the log of the run has it all.
  const room = report === undefined || report.length + (head[1]?.length ?? 0) < 64_000;
  return [...(room ? head : head.slice(0, 1)), report, run === undefined ? undefined : `[The run](${run})`]
    .filter((part) => part !== undefined)
    .join('\n');
}

/** @type {Readonly<Record<number, string>>} */
const OUTCOMES = { 3: 'refused, nothing was sent', 4: 'applied in part', 5: 'not let in', 130: 'stopped' };

/** A fence longer than any in the text, so that nothing in it is Markdown. @param {string} said */
function fenced(said) {
  const text = said.trim() === '' ? 'The log of the run says why.' : said.trim();
  const lines = text.length <= MOST_SAID ? text : `${text.slice(0, MOST_SAID)}\n...`;
  const longest = Math.max(2, ...[...lines.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${lines}\n${fence}\n`;
}

/** Where this run can be read. @param {Environment} env */
export function runUrl({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run }) {
  return server === undefined || repository === undefined || run === undefined
    ? undefined
    : `${server}/${repository}/actions/runs/${run}`;
}

/** A message for the list of annotations. @param {'error' | 'warning' | 'notice'} level @param {string} message */
export function annotation(level, message) {
  const text = message.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  return `::${level} title=lockstep::${text}\n`;
}
