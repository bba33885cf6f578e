/** The one comment and the one issue that are kept up to date. */
import { findMarked, marked } from './github.mjs';

/** @typedef {import('./github.mjs').GitHub} GitHub */
/** @typedef {import('./inputs.mjs').Inputs} Inputs */
/** @typedef {{ exitCode: number, body: string, fingerprint: string | undefined, run: string | undefined }} Ended */

/** One comment of each kind. A plan that failed replaces the one before: nobody is to approve what is no longer so.
 * @param {GitHub} github @param {{ number: number, head: { sha: string } }} pullRequest @param {Inputs} inputs @param {Ended} ended */
export function keepComment(github, { number, head }, inputs, { exitCode, body, fingerprint }) {
  const kind = inputs.mode === 'plan' ? 'plan' : 'result';
  const whole = kind === 'plan' && (exitCode === 0 || exitCode === 2) && fingerprint !== undefined;
  const about = { name: inputs.name, ...(whole ? { fingerprint, commit: head.sha } : {}) };
  const text = `${marked(kind, about)}${body}`;
  const known = findMarked(github.comments(number), kind, inputs);
  if (known === undefined) github.addComment(number, text);
  else github.updateComment(known.id, text);
}

/** One issue for as long as there is drift. Who follows it hears when the drift becomes another, and when it is gone.
 * @param {GitHub} github @param {Inputs} inputs @param {Ended} ended */
export function keepIssue(github, inputs, { exitCode, body, fingerprint, run }) {
  const issues = [...github.openIssues()].filter(({ pull_request }) => pull_request === undefined);
  const known = findMarked(issues, 'drift', inputs);
  const where = run === undefined ? '' : ` ([run](${run}))`;
  if (exitCode === 0 && known !== undefined) {
    github.addComment(known.number, `Zoom matches the policies again${where}.`);
    github.updateIssue(known.number, { state: 'closed', state_reason: 'completed' });
  }
  if (fingerprint === undefined || exitCode !== 2) return;
  const title = `Zoom has drifted from the policies${inputs.name === '' ? '' : ` (${inputs.name})`}`;
  const text = `${marked('drift', { name: inputs.name, fingerprint })}${body}`;
  if (known === undefined) {
    github.addIssue({ title, body: text });
    return;
  }
  github.updateIssue(known.number, { title, body: text });
  if (known.about.fingerprint !== fingerprint) github.addComment(known.number, `The drift has changed${where}.`);
}
