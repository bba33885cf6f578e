/** What lockstep itself writes into the documents, made anew. `npm run docs` puts it in, test/system/docs.test.ts compares. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMANDS } from '../../src/commands/index.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { bundledTable } from './dependency-table.ts';
import { codeTable, outcomeTable } from './exit-codes.ts';
import { blocksOf, fenced, withBlocks } from './markdown.ts';
import { cisTable, packTable } from './pack-numbers.ts';
import { planLineSchema } from './plan-schema.ts';
import { reportSchema } from './report-schema.ts';
import { terminalSvg } from './terminal-svg.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CLI = join(ROOT, 'dist/cli.js');
/** What the picture at the top of the README shows, in the folder of the example university. */
const PICTURE = ['plan', 'policies', '--target', 'in_meeting'];
/** Stands in for the port of a sandbox, which is another one each time, and for what a fingerprint makes of it. */
const HOST = 'api.zoom.us';
const DIGEST = 'e26ae1cb231d6ba67231d19dad96a600565893a7734b185a7b1164326e287014';
/** Stands in for the name of a run, which has the time and a random part. */
const RUN = '2026-11-27T14-49-41-476Z-af6bcf';

/** Path from the root -> content. Needs the built command line. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const pages = Object.entries({
    'README.md': readmeBlocks,
    'docs/cli.md': commandLineBlocks,
    'docs/packs.md': async () => ({ packs: await packTable(), cis: await cisTable() }),
    'docs/policies.md': policyBlocks,
    'docs/maintainers/dependencies.md': async () => ({ 'bundled packages': await bundledTable() }),
  }).map(async ([path, blocks]) => {
    const text = await readFile(join(ROOT, path), 'utf8');
    return [path, withBlocks(text, await blocks(text))] as const;
  });
  return new Map<string, string>([
    ...(await Promise.all(pages)),
    ['docs/plan.schema.json', planLineSchema()],
    ['docs/report.schema.json', reportSchema()],
    ['docs/images/plan.svg', await picture()],
  ]);
}

/** The plan and the apply of the policy that the README shows. */
async function readmeBlocks(page: string): Promise<Record<string, string>> {
  return inFolderOf(page, async (folder) => {
    const sandbox = await startSandbox();
    try {
      const plan = await output(folder, ['plan', 'campus.yaml'], sandbox.env);
      const apply = await output(folder, ['apply', 'campus.yaml', '--auto-approve'], sandbox.env);
      const [, result] = apply.split(/^Fingerprint .*\n/m);
      if (result === undefined) throw new Error(`no plan before the result:\n${apply}`);
      return { plan: fenced(plan), apply: fenced(result.replace(/\b20[\dT-]+Z-[0-9a-f]+/, RUN)) };
    } finally {
      await sandbox.close();
    }
  });
}

/** What two policies that disagree lead to. */
async function policyBlocks(page: string): Promise<Record<string, string>> {
  return inFolderOf(page, async (folder) => ({
    disagreement: fenced(await output(folder, ['validate', 'base.yaml', 'teaching.yaml'], {}, 1)),
  }));
}

async function commandLineBlocks(): Promise<Record<string, string>> {
  const sections = COMMANDS.map(
    async ({ name }) => `### lockstep ${name}\n\n${fenced(await output(ROOT, [name, '--help'], {}))}`,
  );
  const all = [fenced(await output(ROOT, ['--help'], {})), ...(await Promise.all(sections))];
  return { outcomes: outcomeTable(), codes: codeTable(), 'command line': all.join('\n') };
}

async function picture(): Promise<string> {
  const sandbox = await startSandbox();
  try {
    const folder = join(ROOT, 'examples/university');
    const plan = await output(folder, PICTURE, { ...sandbox.env, FORCE_COLOR: '1' });
    return terminalSvg(`$ lockstep ${PICTURE.join(' ')}\n${plan}`, 'A plan of lockstep in a terminal');
  } finally {
    await sandbox.close();
  }
}

/** A folder with the policies that a page shows, for as long as `use` takes. */
async function inFolderOf<T>(page: string, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lockstep-docs-'));
  try {
    for (const { file, text } of blocksOf(page)) if (file !== undefined) await writeFile(join(folder, file), text);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What the built command line prints where there is no terminal, on both streams. Throws unless it ends as expected. */
function output(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  expected = 0,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [CLI, ...args], { cwd, env }, (_, stdout, stderr) => {
      if (child.exitCode === expected) resolve(withoutPort(stdout + stderr));
      else reject(new Error(`lockstep ${args.join(' ')} ended with ${child.exitCode}:\n${stdout}${stderr}`));
    });
  });
}

function withoutPort(text: string): string {
  return text.replace(/\b[0-9a-f]{64}(?=@)/g, DIGEST).replace(/\b127\.0\.0\.1:\d+/g, HOST);
}
