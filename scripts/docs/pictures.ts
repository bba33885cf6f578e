/**
 * The picture of a plan as an HTML page, from real output. Needs the built command line and a browser. The picture of a
 * terminal needs neither a browser nor this script: `npm run docs` writes it. Run: npm run pictures
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { startSandbox } from '../../src/sandbox/index.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const COMMAND = ['plan', 'policies', '--target', 'in_meeting', '--target', 'meeting_security'];
const BROWSER = process.env['LOCKSTEP_CHROMIUM'] ?? '/usr/bin/chromium';

const sandbox = await startSandbox();
const folder = mkdtempSync(join(tmpdir(), 'lockstep-pictures-'));
try {
  const page = join(folder, 'plan.html');
  await promisify(execFile)(process.execPath, [at('dist/cli.js'), ...COMMAND, '--report', `html=${page}`], {
    cwd: at('examples/university'),
    env: sandbox.env,
  });
  const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
  const tab = await browser.newPage({ viewport: { width: 1200, height: 900 }, colorScheme: 'light' });
  await tab.goto(pathToFileURL(page).href);
  await tab.screenshot({ path: at('docs/images/plan.png') });
  await browser.close();
} finally {
  rmSync(folder, { recursive: true });
  await sandbox.close();
}
