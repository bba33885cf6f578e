/** One call of the library: where it works, what it knows of the environment, and who listens to it. */
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
  const { cwd = process.cwd(), onProgress = () => undefined, onWarnings } = settings;
  return {
    cwd,
    env: await environmentOf(settings),
    warnings,
    progress: onProgress,
    warn: (found) => {
      if (found.length === 0) return;
      for (const warning of found) warnings.push(warning);
      onWarnings?.(found);
    },
  };
}

/** The environment, with the variables of `envFile` where it has none of that name. */
export async function environmentOf({
  cwd = process.cwd(),
  env = process.env,
  envFile,
}: Pick<CallSettings, 'cwd' | 'env' | 'envFile'>): Promise<Environment> {
  if (envFile === undefined) return env;
  const { readEnvFile } = await import('./env-file.ts');
  return { ...(await readEnvFile(envFile, cwd)), ...env };
}

/** Problems of policies that stop nothing. */
export function policyWarnings(problems: readonly Problem[]): readonly RunWarning[] {
  return problems.map((problem) => ({ kind: 'policy', message: headline(problem), problem }));
}
