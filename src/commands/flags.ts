/** Flags as commander hands them over, each read with its type in one place. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { LockstepError } from '../errors.ts';
import { FORMATS, type Format } from '../report/formats.ts';
import type { Host } from '../terminal.ts';
import { whyNot } from '../util/safe-files.ts';
import { type Connection, connectionFrom } from '../zoom/connection.ts';

export type Flags = Readonly<Record<string, unknown>>;

export function isOn(flags: Flags, name: string): boolean {
  return flags[name] === true;
}

export function textOf(flags: Flags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}

export function numberOf(flags: Flags, name: string): number | undefined {
  const value = flags[name];
  return typeof value === 'number' ? value : undefined;
}

export function textsOf(flags: Flags, name: string): readonly string[] {
  const value = flags[name];
  return Array.isArray(value) ? value.map(String) : [];
}

export function formatOf(flags: Flags): Format {
  return FORMATS.find((format) => format === flags['format']) ?? 'text';
}

/** `--report FORMAT=FILE`, each checked before anything is asked of Zoom. */
export function reportsOf(flags: Flags): readonly { readonly format: Format; readonly file: string }[] {
  return textsOf(flags, 'report').map((text) => {
    const split = text.indexOf('=');
    const format = FORMATS.find((known) => known === text.slice(0, split));
    const file = text.slice(split + 1);
    if (split < 0 || format === undefined || file === '') {
      throw new LockstepError(`--report ${text} is not FORMAT=FILE`, { hint: `formats are ${FORMATS.join(', ')}` });
    }
    return { format, file };
  });
}

/** The environment, with the variables of `--env-file` where it has none of that name. */
export async function environmentOf(host: Host, flags: Flags): Promise<Host['env']> {
  const file = textOf(flags, 'envFile');
  if (file === undefined) return host.env;
  try {
    return { ...parseEnv(await readFile(resolve(host.cwd, file), 'utf8')), ...host.env };
  } catch (error) {
    throw new LockstepError(`--env-file ${file} cannot be read: ${whyNot(error)}`);
  }
}

export function connectionOf(env: Host['env'], flags: Flags): Connection {
  const account = textOf(flags, 'account');
  const concurrency = numberOf(flags, 'concurrency');
  const rateShare = numberOf(flags, 'rateShare');
  const ratePlan = (['free', 'pro', 'business', 'none'] as const).find((plan) => plan === flags['ratePlan']);
  return connectionFrom(env, {
    ...(account === undefined ? {} : { account }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(ratePlan === undefined ? {} : { ratePlan }),
    ...(rateShare === undefined ? {} : { rateShare }),
  });
}
