/**
 * The whole story in one command, against the sandbox: validate, plan, apply, plan again, a change by hand, drift, and an
 * apply that repairs it. Runs the built command line under plain Node and fails if any step ends unexpectedly.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
// A copy, because journals are written where lockstep runs.
const ORGANISATION = mkdtempSync(join(tmpdir(), 'lockstep-demo-'));
cpSync(fileURLToPath(new URL('../../examples/university', import.meta.url)), ORGANISATION, { recursive: true });
const POLICY = 'policies/university.yaml';

const sandbox = spawn(process.execPath, [CLI, 'sandbox'], { stdio: ['ignore', 'pipe', 'inherit'] });
const env = { ...process.env, ...(await sandboxEnvironment()) };

try {
  lockstep('Check the policies, without contacting Zoom', 0, 'validate', POLICY);
  lockstep('What would change, and why', 0, 'plan', POLICY);
  lockstep('Make Zoom match', 0, 'apply', POLICY, '--auto-approve');
  lockstep('Plan again: nothing is left to do', 0, 'plan', POLICY, '--detailed-exitcode');
  await changeByHand();
  lockstep('Drift finds it (exit 2)', 2, 'drift', POLICY);
  lockstep('Apply repairs it', 0, 'apply', POLICY, '--auto-approve');
  lockstep('Zoom matches the policies again', 0, 'drift', POLICY);
} finally {
  sandbox.kill('SIGTERM');
  rmSync(ORGANISATION, { recursive: true });
}

async function sandboxEnvironment(): Promise<Record<string, string>> {
  sandbox.stdout.setEncoding('utf8');
  let text = '';
  while (!text.includes('ZOOM_CLIENT_SECRET=') || !text.endsWith('\n'))
    text += String((await once(sandbox.stdout, 'data'))[0]);
  return Object.fromEntries(
    [...text.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name ?? '', value ?? '']),
  );
}

function lockstep(title: string, expected: number, ...args: string[]): void {
  console.log(`\n# ${title}\n$ lockstep ${args.join(' ')}`);
  const { status } = spawnSync(process.execPath, [CLI, ...args], { cwd: ORGANISATION, env, stdio: 'inherit' });
  if (status === expected) return;
  sandbox.kill('SIGTERM');
  throw new Error(`exit code ${status}, expected ${expected}`);
}

async function changeByHand(): Promise<void> {
  console.log('\n# Meanwhile an admin turns file transfer on again in the web portal');
  const url = new URL('/_sandbox/act', env['ZOOM_API_URL']);
  const body = JSON.stringify({
    target: 'account',
    document: 'settings',
    body: { in_meeting: { file_transfer: true } },
  });
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}`);
}
