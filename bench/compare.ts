/**
 * The same work as an admin would do it today: read the settings of 50 groups, compare, change what differs. By a shell loop
 * of curl and jq, by an Ansible playbook with `uri` (Debian: apt-get install ansible-core), and by lockstep, which reads back
 * what it wrote as well. What is not installed is left out, and said.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inFolder, ONE_DOCUMENT } from './policies.ts';
import { apiRequests, type SandboxProcess, time } from './processes.ts';
import { type Part, plain, seconds, table } from './tables.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const CLI = at('../dist/cli.js');
const GROUPS = 50;
const RUNS = 3;
/** As if Zoom were near. */
const LATENCIES = [0, 100];

interface Way {
  readonly what: string;
  readonly needs: readonly string[];
  readonly command: string;
  readonly args: readonly string[];
  /** What a human writes and keeps. */
  readonly file: string;
}

const POLICY = at('./compare/groups.yaml');
const PLAYBOOK = at('./compare/groups.playbook.yml');
const SHELL = at('./compare/groups.sh');

const WAYS: readonly Way[] = [
  {
    what: 'lockstep apply',
    needs: [],
    command: process.execPath,
    args: [CLI, 'apply', POLICY, '--auto-approve', '--rate-plan', 'none'],
    file: POLICY,
  },
  { what: 'sh, curl and jq', needs: ['curl', 'jq'], command: 'sh', args: [SHELL], file: SHELL },
  {
    what: 'Ansible, uri',
    needs: ['ansible-playbook'],
    command: 'ansible-playbook',
    args: ['-i', 'localhost,', PLAYBOOK],
    file: PLAYBOOK,
  },
];

export async function compare(sandbox: SandboxProcess): Promise<Part> {
  const rows: string[][] = [];
  for (const latencyMs of LATENCIES) for (const way of WAYS) rows.push(await rowOf(way, latencyMs, sandbox));
  return {
    title: `${GROUPS} groups, half of which differ: read, compare, change; the least of ${RUNS} runs`,
    tables: [table([['by', 'latency', 'time', 'GET', 'PATCH', 'lines written'], ...rows])],
    goals: [],
  };
}

async function rowOf(way: Way, latencyMs: number, sandbox: SandboxProcess): Promise<string[]> {
  const missing = way.needs.filter((name) => !isInstalled(name));
  if (missing.length > 0) return [way.what, '', `${missing.join(', ')} is not installed`, '', '', linesOf(way.file)];
  const runs: number[] = [];
  const counts = new Set<string>();
  for (let run = 0; run < RUNS; run += 1) {
    const env = await sandbox.start({ groups: GROUPS, latencyMs, done: ONE_DOCUMENT });
    // A journal is kept where lockstep runs.
    runs.push(await inFolder((cwd) => time(way.args, { command: way.command, env, cwd })));
    const methods = apiRequests(await sandbox.log()).map(({ method }) => method);
    counts.add(['GET', 'PATCH'].map((method) => methods.filter((name) => name === method).length).join(' '));
  }
  const [gets = '', patches = ''] = [...counts].join(', ').split(' ');
  return [way.what, `${latencyMs} ms`, seconds(Math.min(...runs)), gets, patches, linesOf(way.file)];
}

function isInstalled(name: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function linesOf(file: string): string {
  const lines = readFileSync(file, 'utf8').split('\n');
  return plain(lines.filter((line) => line.trim() !== '' && !line.trim().startsWith('#')).length);
}
