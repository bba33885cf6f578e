/** The plan that people saw in the pull request that a commit came from. */
import { findMarked } from './github.mjs';

/** @typedef {import('./github.mjs').GitHub} GitHub */
/** @typedef {import('./inputs.mjs').Environment} Environment */

/**
 * The merged pull request of the commit that this run is for.
 * @param {GitHub} github @param {Environment} env
 */
export function mergedPullRequest(github, env) {
  const commit = env['GITHUB_SHA'] ?? '';
  const branch = env['GITHUB_REF_NAME'];
  const merged = [...github.pullRequestsOf(commit)].filter(
    ({ merged_at, base }) => merged_at !== null && base.ref === branch,
  );
  return (
    merged.find(({ merge_commit_sha }) => merge_commit_sha === commit) ?? (merged.length === 1 ? merged[0] : undefined)
  );
}

/**
 * The fingerprint that the plan comment of a pull request shows for the commit that was merged, or why there is none.
 * @param {GitHub} github @param {ReturnType<typeof mergedPullRequest>} pullRequest @param {{ name: string, author: string }} ours
 * @returns {{ fingerprint: string } | { because: string }}
 */
export function reviewedFingerprint(github, pullRequest, ours) {
  if (pullRequest === undefined) return { because: 'this commit came by no pull request' };
  const { number, head } = pullRequest;
  const { fingerprint, commit } = findMarked(github.comments(number), 'plan', ours)?.about ?? {};
  if (fingerprint === undefined || !/^[0-9a-f]{64}@[^\s/@]+\/[^\s/]+$/.test(fingerprint)) {
    return { because: `pull request #${number} shows no plan` };
  }
  if (commit === head.sha) return { fingerprint };
  return { because: `the plan in pull request #${number} is of commit ${commit}, and ${head.sha} was merged` };
}
