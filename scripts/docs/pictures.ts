/**
 * The pictures of the README, from real output: a plan in a terminal as SVG, and the HTML page of the same plan as PNG. Needs
 * the built command line, and a browser for the page. Run: npm run pictures
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { startSandbox } from '../../src/sandbox/index.ts';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const COMMAND = ['plan', 'policies', '--target', 'in_meeting', '--target', 'meeting_security'];
const BROWSER = process.env['LOCKSTEP_CHROMIUM'] ?? '/usr/bin/chromium';

/** What the renderer's colours are, on a dark ground. */
const COLOURS: Readonly<Record<number, string>> = {
  31: '#ff7b72',
  32: '#7ee787',
  33: '#e3b341',
  34: '#79c0ff',
  35: '#d2a8ff',
  36: '#76e3ea',
};
const LINE = 18;
const CHARACTER = 7.8;

/** Lines of a terminal as an SVG of text: the few escape sequences that lockstep's own text holds, and no others. */
function terminalSvg(text: string): string {
  const lines = text.trimEnd().split('\n');
  const plain = lines.map((line) => line.replaceAll(SEQUENCE, ''));
  const width = Math.ceil(Math.max(...plain.map((line) => [...line].length)) * CHARACTER) + 32;
  const height = lines.length * LINE + 28;
  const rows = lines.map((line, row) => `<text x="16" y="${24 + row * LINE}">${spansOf(line)}</text>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A plan of lockstep in a terminal">`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" fill="#e6edf3">',
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const SEQUENCE = /\u001b\[(\d+)m/g;

function spansOf(line: string): string {
  let fill: string | undefined;
  let bold = false;
  let dim = false;
  let spans = '';
  let end = 0;
  const put = (part: string) => {
    if (part === '') return;
    const style = `${fill === undefined ? '' : ` fill="${fill}"`}${bold ? ' font-weight="bold"' : ''}${dim ? ' opacity="0.6"' : ''}`;
    spans += `<tspan${style}>${escaped(part)}</tspan>`;
  };
  for (const { 0: sequence, 1: code, index } of line.matchAll(SEQUENCE)) {
    put(line.slice(end, index));
    end = index + sequence.length;
    const number = Number(code);
    if (number === 1) bold = true;
    else if (number === 2) dim = true;
    else if (number === 22) [bold, dim] = [false, false];
    else if (number === 39) fill = undefined;
    else fill = COLOURS[number] ?? fill;
  }
  put(line.slice(end));
  return spans;
}

function escaped(text: string): string {
  // Hard spaces, because viewers disagree about when others are kept.
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00a0');
}

const sandbox = await startSandbox();
const folder = mkdtempSync(join(tmpdir(), 'lockstep-pictures-'));
try {
  const page = join(folder, 'plan.html');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [at('dist/cli.js'), ...COMMAND, '--report', `html=${page}`],
    { cwd: at('examples/university'), env: { ...sandbox.env, FORCE_COLOR: '1' } },
  );
  writeFileSync(at('docs/images/plan.svg'), terminalSvg(`$ lockstep ${COMMAND.join(' ')}\n${stdout}`));
  const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
  const tab = await browser.newPage({ viewport: { width: 1200, height: 900 }, colorScheme: 'light' });
  await tab.goto(pathToFileURL(page).href);
  await tab.screenshot({ path: at('docs/images/plan.png') });
  await browser.close();
} finally {
  rmSync(folder, { recursive: true });
  await sandbox.close();
}
