/** What Zoom's `custom_query_fields` would save: bytes and time of the same GETs with and without it. */

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ONE_DOCUMENT } from './policies.ts';
import type { Environment, SandboxProcess } from './processes.ts';
import { type Part, plain, seconds, table } from './tables.ts';

const BASELINE = fileURLToPath(new URL('./baseline.mjs', import.meta.url));
const GROUPS = 5000;
const NAMES = Object.values(ONE_DOCUMENT.settings).flatMap((section) => Object.keys(section));
const QUERY = `?custom_query_fields=${NAMES.join(',')}`;
const RUNS = 3;

export async function fields(sandbox: SandboxProcess): Promise<Part> {
  const env = await sandbox.start({ groups: GROUPS, done: ONE_DOCUMENT });
  await read(env, '');
  const rows: { what: string; bytes: number; ms: number }[] = [];
  for (const [what, query] of [
    ['whole documents', ''],
    [`${NAMES.length} fields`, QUERY],
  ] as const) {
    const runs: { bytes: number; ms: number }[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await read(env, query));
    rows.push({ what, bytes: runs[0]?.bytes ?? 0, ms: Math.min(...runs.map(({ ms }) => ms)) });
  }
  return {
    title: `custom_query_fields: ${GROUPS} documents by a bare client, the least of ${RUNS} runs`,
    tables: [
      table([
        ['asked for', 'bytes a document', 'all', 'time'],
        ...rows.map(({ what, bytes, ms }) => [
          what,
          plain(Math.round(bytes / GROUPS)),
          `${(bytes / 1e6).toFixed(1)} MB`,
          seconds(ms),
        ]),
      ]),
    ],
    goals: [],
  };
}

async function read(env: Environment, query: string): Promise<{ bytes: number; ms: number }> {
  const work = JSON.stringify({ list: 'groups', documents: ['settings'], query });
  const started = performance.now();
  const { stdout } = await promisify(execFile)(process.execPath, [BASELINE, 'http', '20', work], {
    env: { ...process.env, ...env },
  });
  return { bytes: Number(stdout), ms: performance.now() - started };
}
