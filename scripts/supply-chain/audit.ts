/**
 * Asks the registry for known vulnerabilities of what package-lock.json names: `npm audit`, judged by whether a package is part
 * of what we publish. Exits with 1 for one that counts. A registry that cannot be asked is told on stderr and does not fail,
 * so that the pipeline runs offline and against mirrors that have no advisories; with --strict it fails too.
 * Run: npm run audit [-- --strict --timeout SECONDS]
 */
import { execFile } from 'node:child_process';
import { parseArgs } from 'node:util';
import { plural } from '../../src/util/plural.ts';
import { printable } from '../../src/util/printable.ts';
import { bundle, packagesIn, ROOT } from '../build/bundle.ts';
import { type Finding, judge, type Verdict } from './severity.ts';

const { values } = parseArgs({
  options: { strict: { type: 'boolean', default: false }, timeout: { type: 'string', default: '60' } },
});
const seconds = Number(values.timeout);
if (!(seconds > 0)) throw new Error(`--timeout ${values.timeout}: not a number of seconds`);

async function audit(): Promise<Verdict> {
  const shipped = packagesIn(await bundle({ write: false }));
  const { answer, late } = await npmAudit();
  return late ? { kind: 'unanswered', because: `no answer in ${values.timeout} s` } : judge(answer, new Set(shipped));
}

/**
 * No setting of the machine may make npm check less: NODE_ENV=production leaves out what is for development, which are all our
 * packages, and an npm that is set to offline asks nobody and finds nothing.
 */
const WHAT = ['--package-lock-only', '--include=dev', '--include=optional', '--include=peer'];
const HOW = ['--offline=false', '--fetch-retries=1', '--fetch-retry-mintimeout=1000'];

/** What npm writes, whatever it exits with. */
function npmAudit(): Promise<{ readonly answer: string; readonly late: boolean }> {
  const options = { cwd: ROOT, timeout: seconds * 1000, maxBuffer: Number.POSITIVE_INFINITY };
  return new Promise((resolve, reject) => {
    execFile('npm', ['audit', '--json', ...WHAT, ...HOW], options, (error, stdout) => {
      if (error?.code === 'ENOENT') reject(error);
      else resolve({ answer: stdout, late: error?.killed === true });
    });
  });
}

/** Prints the verdict. Returns what to exit with. */
function tell(verdict: Verdict): number {
  switch (verdict.kind) {
    case 'judged': {
      const failing = verdict.findings.filter(({ fails }) => fails).length;
      if (verdict.findings.length > 0) console.log(`${tableOf(verdict.findings)}\n`);
      console.log(`audit: ${plural(verdict.findings.length, 'advisory', 'advisories')}, ${failing} to be dealt with`);
      return failing > 0 ? 1 : 0;
    }
    case 'unanswered':
      console.error(`audit: nothing was checked, the registry could not be asked: ${printable(verdict.because)}`);
      return values.strict ? 1 : 0;
    case 'broken':
      console.error(`audit: ${printable(verdict.because)}`);
      return 1;
  }
}

function tableOf(findings: readonly Finding[]): string {
  const head = ['', 'package', 'severity', 'where', 'fixed by', 'advisory'];
  const rows = findings.map((finding) => [
    finding.fails ? 'FAILS' : '',
    finding.package,
    finding.severity,
    finding.shipped ? 'shipped' : 'development',
    finding.fix,
    `${finding.title}  ${finding.url}`,
  ]);
  const lines = [head, ...rows].map((row) => row.map(printable));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

process.exitCode = tell(await audit());
