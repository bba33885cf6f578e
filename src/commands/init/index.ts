import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { EXIT, type ExitCode } from '../../errors.ts';
import { exportPolicies } from '../../library/export.ts';
import type { Settings } from '../../library/option.ts';
import { readPolicies } from '../../library/policies.ts';
import type { Host } from '../../terminal.ts';
import type { INIT_COMMAND } from '../options.ts';
import { print } from '../output.ts';
import { listen } from '../stderr.ts';
import { ENV_EXAMPLE, FILES, IGNORED, nextSteps, policyText, workflowText } from './files.ts';
import { type Start, startFrom, wantsWorkflow } from './start.ts';
import { type Draft, exists, holdsPolicies, type Outcome, write } from './write.ts';

type InitSettings = Settings<typeof INIT_COMMAND.options>;

/**
 * Writes what a repository of policies begins with. All questions are asked, and Zoom is read, before the first file is
 * written. What is there is left, so that a second run adds only what is missing.
 */
export async function init(host: Host, settings: InitSettings): Promise<number> {
  const folder = resolve(host.cwd, settings.folder);
  const { draft, exitCode } = await policyDraft(host, settings, folder);
  const drafts: readonly Draft[] = [
    draft,
    { file: FILES.ignore, lines: IGNORED },
    { file: FILES.env, text: ENV_EXAMPLE },
    ...(await workflowDraft(host, settings, folder)),
  ];
  const outcomes: Outcome[] = [];
  for (const draft of drafts) outcomes.push(await write(folder, draft));
  await print(host, [...outcomes.map(({ line }) => line), ...(await nextSteps(folder, outcomes)), ''].join('\n'));
  return exitCode;
}

/** The draft, and the exit code of what was read for it. */
async function policyDraft(
  host: Host,
  settings: InitSettings,
  folder: string,
): Promise<{ readonly draft: Draft; readonly exitCode: ExitCode }> {
  const file = FILES.policy;
  if (await holdsPolicies(join(folder, FILES.policies))) {
    return { draft: { file, left: `${FILES.policies} holds policies already` }, exitCode: EXIT.ok };
  }
  const start = await startFrom(host, settings);
  const { policy, exitCode } = await textFrom(host, settings, start);
  await assertValid(policy);
  return { draft: { file, text: policy }, exitCode };
}

async function textFrom(host: Host, settings: InitSettings, start: Start) {
  if (start.from !== 'live') return { policy: await policyText(start.packs), exitCode: EXIT.ok };
  return exportPolicies({ ...settings, target: [], ...listen(host, settings).listening });
}

/** @throws PolicyProblems where packs cannot hold together */
async function assertValid(text: string): Promise<void> {
  const cwd = await mkdtemp(join(tmpdir(), 'lockstep-init-'));
  try {
    await writeFile(join(cwd, 'zoom.yaml'), text);
    await readPolicies({ cwd, env: {} }, { policies: ['zoom.yaml'] }, 'named');
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

async function workflowDraft(host: Host, { workflow }: InitSettings, folder: string): Promise<readonly Draft[]> {
  const file = FILES.workflow;
  if (!workflow) return [];
  if (await exists(join(folder, file))) return [{ file, left: 'it exists' }];
  return (await wantsWorkflow(host)) ? [{ file, text: await workflowText() }] : [];
}
