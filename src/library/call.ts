/** One call of the library: where it works, what it knows of the environment, and who listens to it. */
import { isOfConnection } from '../model/connection-variables.ts';
import { headline, type Problem } from '../model/problem.ts';
import type { RunWarning } from './hooks.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The settings that every call has. */
export interface CallSettings {
  readonly cwd: string | undefined;
  readonly env: Environment | undefined;
  readonly envFile?: string | undefined;
  readonly onProgress: ((text: string) => void) | undefined;
  readonly onWarnings: ((warnings: readonly RunWarning[]) => void) | undefined;
}

export interface Call {
  readonly cwd: string;
  readonly env: Environment;
  /** All so far. */
  readonly warnings: readonly RunWarning[];
  readonly progress: (text: string) => void;
  readonly warn: (warnings: readonly RunWarning[]) => void;
}

export async function begin(settings: CallSettings): Promise<Call> {
  const warnings: RunWarning[] = [];
  const { cwd = process.cwd(), env = process.env, envFile, onProgress = () => undefined, onWarnings } = settings;
  const fromFile = await variablesOf(envFile, cwd);
  const call: Call = {
    cwd,
    env: { ...fromFile, ...env },
    warnings,
    progress: onProgress,
    warn: (found) => {
      if (found.length === 0) return;
      for (const warning of found) warnings.push(warning);
      onWarnings?.(found);
    },
  };
  call.warn(overruledWarnings(envFile, fromFile, env));
  return call;
}

/** The environment, with the variables of `envFile` where it has none of that name. */
export async function environmentOf({
  cwd = process.cwd(),
  env = process.env,
  envFile,
}: Pick<CallSettings, 'cwd' | 'env' | 'envFile'>): Promise<Environment> {
  return { ...(await variablesOf(envFile, cwd)), ...env };
}

async function variablesOf(envFile: string | undefined, cwd: string): Promise<Environment> {
  if (envFile === undefined) return {};
  const { readEnvFile } = await import('./env-file.ts');
  return readEnvFile(envFile, cwd);
}

/** Which exported variables of the connection win over others in the file: they may lead to another account. */
function overruledWarnings(
  envFile: string | undefined,
  fromFile: Environment,
  exported: Environment,
): readonly RunWarning[] {
  const differ = Object.keys(fromFile).filter(
    (name) => isOfConnection(name) && exported[name] !== undefined && exported[name] !== fromFile[name],
  );
  const isToken = exported['ZOOM_ACCESS_TOKEN'] !== undefined && fromFile['ZOOM_ACCESS_TOKEN'] === undefined;
  const names = isToken && fromFile['ZOOM_CLIENT_ID'] !== undefined ? [...differ, 'ZOOM_ACCESS_TOKEN'] : differ;
  if (names.length === 0) return [];
  const what = names.length === 1 ? 'variable' : 'variables';
  const message = `the exported ${what} ${names.sort().join(', ')} ${names.length === 1 ? 'is' : 'are'} used, and not what --env-file ${envFile} says`;
  return [{ kind: 'environment', message }];
}

/** Problems of policies that stop nothing. */
export function policyWarnings(problems: readonly Problem[]): readonly RunWarning[] {
  return problems.map((problem) => ({ kind: 'policy', message: headline(problem), problem }));
}

/** The day that waivers are held against: `2026-11-27`. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
