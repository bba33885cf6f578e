/** Comments and issues, through the `gh` of the runner. */
import { spawnSync } from 'node:child_process';

/** @typedef {import('./inputs.mjs').Environment} Environment */
/** @typedef {{ id: number, body?: string | null, user?: { login?: string } | null }} Comment */
/** @typedef {Comment & { number: number, pull_request?: unknown }} Issue */
/** @typedef {{ number: number, merged_at: string | null, merge_commit_sha: string | null, base: { ref: string }, head: { sha: string } }} PullRequest */
/** What a comment or an issue of ours says of itself. @typedef {{ name: string, fingerprint?: string, commit?: string }} About */

const PAGE = 100;
/** Ours was written to by the last run, and stands in front. */
const MOST_PAGES = 20;

/** @param {Environment} env */
export function openGitHub(env) {
  const repository = env['GITHUB_REPOSITORY'] ?? '';
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) throw new Error('GITHUB_REPOSITORY is not set');
  const gh = environmentOf(env);

  /** @param {string} method @param {string} path @param {object} [body] @returns {any} */
  const call = (method, path, body) => {
    const argv = [
      'api',
      '--method',
      method,
      `repos/${repository}/${path}`,
      ...(body === undefined ? [] : ['--input', '-']),
    ];
    const ended = spawnSync('gh', argv, {
      env: gh,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
      timeout: 60_000,
      ...(body === undefined ? {} : { input: JSON.stringify(body) }),
    });
    if (ended.error !== undefined) throw new Error(`gh cannot be run: ${ended.error.message}`);
    if (ended.status !== 0) throw new Error(`gh api ${method} ${path}: ${ended.stderr.trim().split('\n')[0]}`);
    return ended.stdout.trim() === '' ? undefined : JSON.parse(ended.stdout);
  };

  /** Page by page, because how `gh --paginate` joins pages depends on its version. @param {string} path @returns {Generator<any>} */
  function* list(path) {
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const items = call('GET', `${path}${path.includes('?') ? '&' : '?'}per_page=${PAGE}&page=${page}`);
      yield* items;
      if (items.length < PAGE) return;
    }
  }

  return {
    /** @param {number} number @returns {Iterable<Comment>} */
    comments: (number) => list(`issues/${number}/comments`),
    /** @param {number} number @param {string} body */
    addComment: (number, body) => call('POST', `issues/${number}/comments`, { body }),
    /** @param {number} id @param {string} body */
    updateComment: (id, body) => call('PATCH', `issues/comments/${id}`, { body }),
    /** @returns {Iterable<Issue>} those that were written to last come first */
    openIssues: () => list('issues?state=open&sort=updated&direction=desc'),
    /** @param {{ title: string, body: string }} issue */
    addIssue: (issue) => call('POST', 'issues', issue),
    /** @param {number} number @param {object} change */
    updateIssue: (number, change) => call('PATCH', `issues/${number}`, change),
    /** @param {string} commit @returns {Iterable<PullRequest>} */
    pullRequestsOf: (commit) => list(`commits/${commit}/pulls`),
  };
}

/** @typedef {ReturnType<typeof openGitHub>} GitHub */

/** All but the credentials for Zoom. On a server of one's own, gh has to be told of it. @param {Environment} env */
function environmentOf(env) {
  const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !/^(ZOOM_|INPUT_|LOCKSTEP_)/.test(name)));
  const server = env['GITHUB_SERVER_URL'] ?? 'https://github.com';
  const host = URL.canParse(server) ? new URL(server).host : 'github.com';
  return host === 'github.com' ? kept : { ...kept, GH_HOST: host, GH_ENTERPRISE_TOKEN: env['GH_TOKEN'] };
}

/**
 * Hidden lines by which the next run finds what this one wrote, and an apply what was reviewed.
 * @param {string} kind @param {About} about
 */
export function marked(kind, about) {
  return `<!-- lockstep:${kind} -->\n<!-- ${JSON.stringify(about)} -->\n`;
}

/**
 * What is written with our login, is of this kind and bears this name. Anybody may write the marker into a comment.
 * @template {Comment} T
 * @param {Iterable<T>} found @param {string} kind @param {{ name: string, author: string }} ours
 * @returns {(T & { about: About }) | undefined}
 */
export function findMarked(found, kind, { name, author }) {
  for (const entry of found) {
    const [first = '', second = ''] = (entry.body ?? '').split(/\r?\n/, 2);
    if (entry.user?.login !== author || first !== `<!-- lockstep:${kind} -->`) continue;
    const about = aboutIn(second);
    if (about?.name === name) return { ...entry, about };
  }
  return undefined;
}

/** @param {string} line @returns {About | undefined} */
function aboutIn(line) {
  const [, json] = /^<!-- (\{.*\}) -->$/.exec(line) ?? [];
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
