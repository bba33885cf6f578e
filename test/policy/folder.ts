/** Policies in a folder of their own, loaded as a command would. */
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PolicyProblems, type Problem } from '../../src/model/problem.ts';
import type { DesiredEntry } from '../../src/model/state.ts';
import { loadPolicies, type PolicyOptions } from '../../src/policy/load.ts';

/** Path -> text or bytes; `-> target` makes a link. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export interface Outcome {
  readonly entries: readonly DesiredEntry[];
  readonly secrets: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
  /** `file:line:column: message`, warnings marked as such; empty when nothing is to be said. */
  readonly said: readonly string[];
  readonly problems: readonly Problem[];
  readonly advice: readonly string[];
}

export async function inFolder<T>(files: Files, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'lockstep-policy-')));
  try {
    for (const [path, content] of Object.entries(files)) {
      const at = join(folder, path);
      await mkdir(dirname(at), { recursive: true });
      if (typeof content === 'string' && content.startsWith('-> ')) await symlink(content.slice(3), at);
      else await writeFile(at, content);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export type Options = Partial<PolicyOptions> & { readonly paths?: readonly string[] };

/** Loads with `cwd` in the folder, and the paths given there; by default all files that are named at its top. */
export async function load(files: Files, { paths, ...options }: Options = {}): Promise<Outcome> {
  return inFolder(files, async (folder) => {
    const named = paths ?? Object.keys(files).filter((path) => !path.includes('/'));
    try {
      const loaded = await loadPolicies(named, {
        cwd: folder,
        env: {},
        allowUnknown: false,
        secrets: 'required',
        packs: join(folder, 'packs'),
        ...options,
      });
      const { entries } = loaded.desired;
      const secrets = Object.fromEntries(loaded.secrets);
      return {
        entries,
        secrets,
        files: loaded.files,
        said: loaded.warnings.map(line),
        problems: loaded.warnings,
        advice: loaded.advice().map(({ message }) => message),
      };
    } catch (error) {
      if (!(error instanceof PolicyProblems)) throw error;
      return {
        entries: [],
        secrets: {},
        files: [],
        said: error.problems.map(line),
        problems: error.problems,
        advice: [],
      };
    }
  });
}

function line({ file, line, column, message, severity }: Problem): string {
  return `${file}:${line}:${column}: ${severity === 'warning' ? 'warning: ' : ''}${message}`;
}

function indented(yaml: string, by: number): string {
  return yaml.replace(/^(?=.)/gm, ' '.repeat(by));
}

/** A whole policy around what stands under `settings`; its first line is line 4, or 5 for groups and users. */
export function account(settings: string): string {
  return `version: 1\naccount:\n  settings:\n${indented(settings, 4)}\n`;
}

export function group(settings: string, name = 'Students'): string {
  return `version: 1\ngroups:\n  ${name}:\n    settings:\n${indented(settings, 6)}\n`;
}

export function user(settings: string, name = 'dean@example.edu'): string {
  return `version: 1\nusers:\n  ${name}:\n    settings:\n${indented(settings, 6)}\n`;
}

/** The facts of all entries as lines: `group:Students set in_meeting.chat = false`. */
export function factLines(entries: readonly DesiredEntry[]): string[] {
  return entries.flatMap(({ scope, name, glob, facts }) => {
    const label = [scope, ...(name === '' ? [] : [name])].join(':') + (glob ? ' (glob)' : '');
    return facts.map(({ kind, path, value }) => `${label} ${kind} ${path} = ${JSON.stringify(value)}`);
  });
}
