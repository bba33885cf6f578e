import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EXIT } from '../../errors.ts';
import type { Host } from '../../terminal.ts';
import { openReader } from '../../zoom/zoom.ts';
import { connected } from '../connected.ts';
import { livePolicy } from '../export.ts';
import { environmentOf, type Flags } from '../flags.ts';
import { readPolicies } from '../policies.ts';
import { print } from '../write-report.ts';
import { ENV_EXAMPLE, FILES, IGNORED, nextSteps, policyText, workflowText } from './files.ts';
import { type Start, startFrom, wantsWorkflow } from './start.ts';
import { type Draft, exists, holdsPolicies, type Outcome, write } from './write.ts';

/**
 * Writes what a repository of policies begins with. All questions are asked, and Zoom is read, before the first file is
 * written. What is there is left, so that a second run adds only what is missing.
 */
export async function init(host: Host, [path = '.']: readonly string[], flags: Flags): Promise<number> {
  const folder = resolve(host.cwd, path);
  const drafts: readonly Draft[] = [
    await policyDraft(host, flags, folder),
    { file: FILES.ignore, lines: IGNORED },
    { file: FILES.env, text: ENV_EXAMPLE },
    ...(await workflowDraft(host, flags, folder)),
  ];
  const outcomes: Outcome[] = [];
  for (const draft of drafts) outcomes.push(await write(folder, draft));
  await print(host, [...outcomes.map(({ says }) => says), ...(await nextSteps(folder, outcomes)), ''].join('\n'));
  return EXIT.ok;
}

async function policyDraft(host: Host, flags: Flags, folder: string): Promise<Draft> {
  const file = FILES.policy;
  if (await holdsPolicies(join(folder, FILES.policies))) {
    return { file, left: `${FILES.policies} holds policies already` };
  }
  const start = await startFrom(host, flags);
  const text = await textFrom(host, flags, start);
  await assertValid(host, text);
  return { file, text };
}

async function textFrom(host: Host, flags: Flags, start: Start): Promise<string> {
  if (start.from !== 'live') return policyText(start.packs);
  const env = await environmentOf(host, flags);
  return connected(host, env, flags, openReader, ({ zoom, progress }) => livePolicy(zoom, ['account'], progress.say));
}

/** @throws PolicyProblems where packs cannot hold together */
async function assertValid(host: Host, text: string): Promise<void> {
  const cwd = await mkdtemp(join(tmpdir(), 'lockstep-init-'));
  try {
    await writeFile(join(cwd, 'zoom.yaml'), text);
    await readPolicies({ ...host, cwd }, {}, ['zoom.yaml'], {}, 'named');
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

async function workflowDraft(host: Host, flags: Flags, folder: string): Promise<readonly Draft[]> {
  const file = FILES.workflow;
  if (flags['workflow'] === false) return [];
  if (await exists(join(folder, file))) return [{ file, left: 'it exists' }];
  return (await wantsWorkflow(host)) ? [{ file, text: await workflowText() }] : [];
}
