/** The parts of README.md that the program itself writes: `npm run docs` puts them in, test/system/docs.test.ts compares. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { COMMANDS } from '../../src/commands/index.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { packTable } from './pack-numbers.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const ORGANISATION = fileURLToPath(new URL('../../examples/university', import.meta.url));
const PLAN = ['plan', 'policies', '--target', 'in_meeting', '--target', 'meeting_security'];

/** Name -> markdown, made anew. Needs the built command line. */
export async function generatedBlocks(): Promise<ReadonlyMap<string, string>> {
  const [plan, packs, commands] = await Promise.all([planBlock(), packTable(), commandLineBlock()]);
  return new Map([
    ['plan', plan],
    ['packs', packs],
    ['command line', commands],
  ]);
}

/** The text with the content of every marked block replaced. Throws for a block that only one of the two sides has. */
export function withBlocks(text: string, blocks: ReadonlyMap<string, string>): string {
  const used = new Set<string>();
  const replaced = text.replaceAll(
    /(<!-- generated: (.+?) -->\n)[\s\S]*?(<!-- \/generated -->)/g,
    (_, start: string, name: string, end: string) => {
      const content = blocks.get(name);
      if (content === undefined) throw new Error(`nothing generates the block "${name}"`);
      used.add(name);
      return `${start}\n${content}\n${end}`;
    },
  );
  const unused = [...blocks.keys()].filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`there is no place for ${unused.join(', ')}`);
  return replaced;
}

async function planBlock(): Promise<string> {
  const sandbox = await startSandbox();
  try {
    return fenced(`$ lockstep ${PLAN.join(' ')}\n${await output(PLAN, sandbox.env)}`);
  } finally {
    await sandbox.close();
  }
}

async function commandLineBlock(): Promise<string> {
  const sections = COMMANDS.map(
    async ({ name }) => `### lockstep ${name}\n\n${fenced(await output([name, '--help'], {}))}`,
  );
  return [fenced(await output(['--help'], {})), ...(await Promise.all(sections))].join('\n');
}

/** What the built command line prints where there is no terminal: fixed width, no colour. Throws unless it exits with 0. */
async function output(args: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...args], { cwd: ORGANISATION, env });
  return stdout;
}

function fenced(text: string): string {
  return `\`\`\`text\n${text.trimEnd()}\n\`\`\`\n`;
}
