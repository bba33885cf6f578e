/** The texts that a repository of policies begins with. */
import { readFile } from 'node:fs/promises';
import { shipped } from '../../library/package-path.ts';
import { packTitle } from '../../library/policies.ts';
import { type Outcome, repositoryAbove } from './write.ts';

export const FILES = {
  policies: 'policies',
  policy: 'policies/zoom.yaml',
  ignore: '.gitignore',
  env: '.env.example',
  workflow: '.github/workflows/lockstep.yml',
} as const;

/** Journals, and files with credentials. */
export const IGNORED = ['.lockstep/', '*.env'];

export const ENV_EXAMPLE = `# The server-to-server OAuth app that lockstep uses to reach Zoom. Copy this file to zoom.env, fill it in, and give it to
# lockstep with --env-file zoom.env. Files that end in .env are kept out of git.
ZOOM_ACCOUNT_ID=
ZOOM_CLIENT_ID=
ZOOM_CLIENT_SECRET=
`;

/** The example is the workflow: it is linted and documented there. */
export function workflowText(): Promise<string> {
  return readFile(shipped('examples/ci/github/lockstep.yml'), 'utf8');
}

/** A policy that extends packs; without any it sets one thing, because a policy that manages nothing is a mistake. */
export async function policyText(packs: readonly string[]): Promise<string> {
  const titles = await Promise.all(packs.map(async (name) => `  - pack:${name} # ${await packTitle(name)}\n`));
  const head = '# What no policy names is never touched. Names and nesting are those of Zoom.\nversion: 1\n';
  if (packs.length === 0) return `${head}account:\n  settings:\n${EXAMPLE}`;
  const own = '# Settings here win over those of the packs. For example:\n';
  const example = `account:\n  settings:\n${EXAMPLE}`.replaceAll(/^(?=.)/gm, '# ');
  return `${head}extends:\n${titles.join('')}\n${own}${example}`;
}

const EXAMPLE = `    in_meeting:
      # Why it should be so: plans show this comment as the reason
      alert_guest_join: true
`;

/** What is left to do by hand. */
export async function nextSteps(folder: string, outcomes: readonly Outcome[]): Promise<readonly string[]> {
  const wrote = (file: string) => outcomes.some((outcome) => outcome.file === file && outcome.written);
  const repository = wrote(FILES.workflow) ? await repositoryAbove(folder) : undefined;
  return [
    ...(wrote(FILES.workflow)
      ? [`next: set in ${FILES.workflow} where your copy of lockstep is; the comment at its top says how`]
      : []),
    ...(repository === undefined ? [] : [`next: GitHub reads workflows in ${repository} only: move it there`]),
    ...(wrote(FILES.env) ? [`next: copy ${FILES.env} to zoom.env and fill it in`] : []),
    ...(wrote(FILES.policy) ? ['next: lockstep plan --env-file zoom.env'] : []),
  ];
}
