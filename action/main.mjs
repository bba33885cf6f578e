/** The action: inputs to a command line, and what came of it to outputs, the summary, a comment and an issue. */
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { openGitHub } from './github.mjs';
import { argvOf, Refusal, readInputs } from './inputs.mjs';
import { keepComment, keepIssue } from './keeping.mjs';
import { lockstepVersion, runLockstep } from './lockstep.mjs';
import { mergedPullRequest, reviewedFingerprint } from './reviewed.mjs';
import { fromRoot } from './sarif.mjs';
import { annotation, bodyOf, runUrl } from './telling.mjs';

/** @typedef {import('./inputs.mjs').Inputs} Inputs */
/** @typedef {import('./github.mjs').GitHub} GitHub */

const FORMATS = /** @type {const} */ ({ markdown: 'md', html: 'html', sarif: 'sarif', junit: 'xml', json: 'json' });
/** What no plan has for a fingerprint: apply shows its plan and refuses it. */
const NOTHING_REVIEWED = 'nothing-was-reviewed';

const { env } = process;

try {
  process.exitCode = await act();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stdout.write(annotation('error', error.message));
  output({ 'exit-code': String(error.exitCode) });
  process.exitCode = error.exitCode;
}

async function act() {
  const inputs = readInputs(env);
  const folder = folderOf(inputs);
  assertVersion(inputs);
  const files = reportFiles(inputs);
  const github = needsGitHub(inputs) ? openGitHub(env) : undefined;
  const pullRequest = github === undefined ? undefined : pullRequestOf(github, inputs);
  const expect = inputs.mode === 'apply' ? expected(github, pullRequest, inputs) : undefined;
  const { exitCode, said } = await runLockstep(
    argvOf(inputs, files.reports, { plan: files.plan, expect }),
    folder,
    env,
  );

  const report = existsSync(files.reports.json) ? JSON.parse(readFileSync(files.reports.json, 'utf8')) : undefined;
  const fingerprint = report?.fingerprint;
  pointSarifAtRoot(files.reports.sarif, inputs.folder);
  output({
    'exit-code': String(exitCode),
    fingerprint: fingerprint ?? '',
    counts: report === undefined ? '' : JSON.stringify(report.summary),
    plan: written(files.plan),
    ...Object.fromEntries(Object.entries(files.reports).map(([format, file]) => [`report-${format}`, written(file)])),
  });
  const markdown = existsSync(files.reports.markdown) ? readFileSync(files.reports.markdown, 'utf8') : undefined;
  const body = bodyOf({ mode: inputs.mode, exitCode, said, markdown, run: runUrl(env) });
  if (env['GITHUB_STEP_SUMMARY']) appendFileSync(env['GITHUB_STEP_SUMMARY'], `${body}\n`);
  try {
    const ended = { exitCode, body, fingerprint, run: runUrl(env) };
    if (github && pullRequest && inputs.comment) keepComment(github, pullRequest, inputs, ended);
    if (github && inputs.issue) keepIssue(github, inputs, ended);
  } catch (error) {
    // Nobody being told changes nothing of what was found or done.
    process.stdout.write(annotation('warning', `GitHub could not be told: ${messageOf(error)}`));
  }
  return verdict(inputs, { exitCode, said, unseen: report?.summary?.unseen ?? 0 });
}

/** @param {Inputs} inputs */
function assertVersion({ version }) {
  if (version === '') return;
  const own = lockstepVersion();
  if (own !== version) throw new Refusal(`this is lockstep ${own}, and the input version asks for ${version}`, 1);
}

/** @param {Inputs} inputs */
function folderOf({ folder }) {
  const root = env['GITHUB_WORKSPACE'] ?? process.cwd();
  const path = resolve(root, folder);
  const way = relative(root, path);
  if (isAbsolute(folder) || isAbsolute(way) || way.split(/[\\/]/)[0] === '..') {
    throw new Refusal(`working-directory: ${JSON.stringify(folder)} is not in the repository`, 1);
  }
  if (!existsSync(path) || !statSync(path).isDirectory()) {
    throw new Refusal(
      `working-directory: there is no folder ${JSON.stringify(folder)}; is actions/checkout before this step?`,
      1,
    );
  }
  return path;
}

/** Where nothing of an earlier step is left. @param {Inputs} inputs */
function reportFiles({ mode, name }) {
  const folder = join(env['RUNNER_TEMP'] ?? '.', 'lockstep', `${name === '' ? 'default' : name}-${mode}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const entries = Object.entries(FORMATS).map(([format, ending]) => [format, join(folder, `report.${ending}`)]);
  const reports = /** @type {Record<keyof typeof FORMATS, string>} */ (Object.fromEntries(entries));
  return { reports, plan: join(folder, 'plan.json') };
}

/** @param {Inputs} inputs */
function needsGitHub({ mode, comment, issue, expect }) {
  return comment || issue || (mode === 'apply' && isReviewed(expect));
}

/** @param {string} expect */
function isReviewed(expect) {
  return expect === '' || expect === 'reviewed';
}

/** The pull request that this run is about: the one that is open, or the one that was merged. @param {GitHub} github @param {Inputs} inputs */
function pullRequestOf(github, { mode, expect }) {
  if (mode === 'apply') {
    try {
      return mergedPullRequest(github, env);
    } catch (error) {
      if (isReviewed(expect)) throw new Refusal(`refused: what was reviewed cannot be read: ${messageOf(error)}`, 3);
      process.stdout.write(annotation('warning', `the pull request was not found: ${messageOf(error)}`));
      return undefined;
    }
  }
  const path = env['GITHUB_EVENT_PATH'];
  return path === undefined ? undefined : JSON.parse(readFileSync(path, 'utf8')).pull_request;
}

/** @param {GitHub | undefined} github @param {ReturnType<typeof mergedPullRequest>} pullRequest @param {Inputs} inputs */
function expected(github, pullRequest, inputs) {
  if (inputs.expect === 'any') return undefined;
  if (!isReviewed(inputs.expect) || github === undefined) return inputs.expect;
  /** @type {ReturnType<typeof reviewedFingerprint>} */
  let reviewed;
  try {
    reviewed = reviewedFingerprint(github, pullRequest, inputs);
  } catch (error) {
    throw new Refusal(`refused: what was reviewed cannot be read: ${messageOf(error)}`, 3);
  }
  if ('fingerprint' in reviewed) return reviewed.fingerprint;
  const way = 'read the plan in the summary, and give its fingerprint as the input expect';
  process.stdout.write(annotation('error', `nothing is applied: ${reviewed.because}; ${way}`));
  return NOTHING_REVIEWED;
}

/** @param {string} file @param {string} folder */
function pointSarifAtRoot(file, folder) {
  const way = relative('.', folder).split(/[\\/]/).filter(Boolean).map(encodeURIComponent).join('/');
  if (way === '' || !existsSync(file)) return;
  const sarif = fromRoot(JSON.parse(readFileSync(file, 'utf8')), way);
  writeFileSync(file, `${JSON.stringify(sarif, undefined, 2)}\n`);
}

/** @param {string} file */
function written(file) {
  return existsSync(file) ? file : '';
}

/**
 * Differences may pass, and what nobody could see may not.
 * @param {Inputs} inputs @param {{ exitCode: number, said: string, unseen: number }} ended
 */
function verdict({ mode, differencesFail }, { exitCode, said, unseen }) {
  if (exitCode === 0 || (exitCode === 2 && !differencesFail && unseen === 0)) return 0;
  const differs =
    unseen > 0
      ? 'Not all that the policies manage is in Zoom'
      : mode === 'check'
        ? 'Zoom fails checks'
        : 'Zoom differs from the policies';
  const message = exitCode === 2 ? `${differs}: the summary tells which` : said.trim().slice(0, 2000);
  process.stdout.write(annotation('error', message));
  return exitCode;
}

/** @param {Readonly<Record<string, string>>} values */
function output(values) {
  const file = env['GITHUB_OUTPUT'];
  if (!file) return;
  const end = randomUUID();
  const lines = Object.entries(values).map(([name, value]) => `${name}<<${end}\n${value}\n${end}\n`);
  appendFileSync(file, lines.join(''));
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
