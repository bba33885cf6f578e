/** A comment tells what matters first, fits, and nothing that it quotes does anything. */
import { describe, expect, it } from 'vitest';
import { STRICTNESS } from '../../src/catalog/data/strictness.ts';
import type { Severity } from '../../src/model/plan.ts';
import { type Report, render } from '../../src/report/index.ts';
import { cell, htmlCode, span } from '../../src/report/markdown/escape.ts';
import { fitted } from '../../src/report/markdown/fit.ts';
import { renderMarkdown } from '../../src/report/markdown/index.ts';
import { printable } from '../../src/util/printable.ts';
import { filledWith, HOSTILE } from '../helpers/hostile-reports.ts';
import { STORIES } from '../helpers/report-stories.ts';
import {
  applied,
  blocked,
  check,
  checkReport,
  failed,
  ineffective,
  lockChange,
  manyChanges,
  notAttempted,
  planReport,
  resultReport,
  setChange,
} from '../helpers/reports.ts';

/** GitHub refuses a longer comment. */
const GITHUB = 65_536;
const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** What Markdown looks at: code spans and `<code>` of an HTML block become one word. */
function skeleton(markdown: string): string {
  return markdown.replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, 'CODE').replace(/<code>[^<>]*<\/code>/g, 'CODE');
}

/** The text of a code span as a reader sees it, in a table or out of it. */
function read(code: string): string {
  const [, , content = ''] = /^(`+)(.*)\1$/s.exec(code) ?? [];
  return /^ .* $/.test(content) && content.trim() !== '' ? content.slice(1, -1) : content;
}

/** Cells of each table's rows, head included, as GitHub counts them. */
function widths(markdown: string): number[][] {
  const tables = markdown.split('\n\n').map((block) => block.split('\n').filter((line) => line.startsWith('|')));
  return tables.filter((table) => table.length > 0).map((table) => table.map((row) => row.split(/(?<!\\)\|/).length));
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

function order(markdown: string, ...parts: string[]): void {
  const places = parts.map((part) => markdown.indexOf(part));
  expect(places, parts.join(', ')).not.toContain(-1);
  expect([...places].sort((a, b) => a - b)).toEqual(places);
}

describe.each(Object.entries(STORIES))('%s', (name, report) => {
  it('reads as it did', async () => {
    await expect(renderMarkdown(report)).toMatchFileSnapshot(`golden/${name}.md`);
  });

  it('is the same for the same input', async () => {
    expect(renderMarkdown(structuredClone(report))).toBe(renderMarkdown(report));
    expect(await render('markdown', report, true)).toBe(renderMarkdown(report));
  });

  it('begins with the marker of its kind, once', () => {
    expect(renderMarkdown(report).startsWith(`<!-- lockstep:${report.kind} -->\n## lockstep `)).toBe(true);
    expect(count(renderMarkdown(report), '<!--')).toBe(1);
  });
});

describe('what comes from elsewhere', () => {
  const HARMLESS = filledWith('word').map((report) => skeleton(renderMarkdown(report)));

  it.each(HOSTILE.filter((text) => text !== ''))('stays text: %j', (text) => {
    for (const [index, report] of filledWith(text).entries()) {
      const markdown = renderMarkdown(report);
      // Outside of code there is what there would be with any other text, so that none of it is markup.
      expect(skeleton(markdown)).toBe(HARMLESS[index]);
      expect(widths(markdown).every(([head, ...rows]) => rows.every((row) => row === head))).toBe(true);
      expect(markdown).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      expect(markdown).not.toMatch(/\p{Cs}/u);
    }
  });

  it('may be empty', () => {
    for (const report of filledWith('')) expect(renderMarkdown(report)).toContain('(empty)');
  });

  it.each(HOSTILE.filter((text) => text !== '' && text.length <= 200))(
    'can be read back from a code span: %j',
    (text) => {
      expect(read(span(text))).toBe(printable(text));
    },
  );

  it.each([
    ['a|b', '`a\\|b`'],
    ['a\\|b', '`a\\\\u007cb`'],
    ['||', '`\\|\\|`'],
    ['`', '`` ` ``'],
    ['a``b', '```a``b```'],
    [' a', '`  a `'],
    ['   ', '`   `'],
    ['', '(empty)'],
  ])('%j is %s in a cell', (text, code) => {
    expect(cell(text)).toBe(code);
  });

  it('is cut between characters', () => {
    expect(span('🏳️‍🌈'.repeat(200))).not.toMatch(/\p{Cs}/u);
    expect(span('x'.repeat(500))).toHaveLength(202);
  });

  it('is no element in a summary', () => {
    expect(htmlCode('</summary><b>&"')).toBe('<code>&lt;/summary&gt;&lt;b&gt;&amp;&quot;</code>');
  });

  it('shows secrets as marks', () => {
    const after = { $secret: 'policy:base.yaml:1:2' };
    const changes = [setChange({ after }), setChange({ path: 'a.b', after: { $secret: 'env:PASSCODE' } })];
    const markdown = renderMarkdown(planReport({ changes }));
    expect(markdown).toContain('`(secret)`');
    expect(markdown).toContain('`(secret PASSCODE)`');
    expect(markdown).not.toContain('base.yaml:1:2');
  });
});

describe('what matters', () => {
  it('comes first in a plan: weakening by severity, blocked, lossy, protected, then the rest folded', () => {
    const changes = [
      setChange({ path: 'a.rest' }),
      setChange({ path: 'a.protected', protectedBy: 'a' }),
      setChange({ path: 'a.lossy', lossy: 'gone' }),
      ...[...SEVERITIES]
        .reverse()
        .map((severity) => setChange({ path: `a.${severity}`, direction: 'weakens', severity })),
    ];
    const markdown = renderMarkdown(planReport({ changes, blocked: [blocked({ path: 'a.blocked' })] }));
    order(
      markdown,
      ...SEVERITIES.map((severity) => `a.${severity}`),
      'a.blocked',
      'a.lossy',
      'a.protected',
      '<details>',
    );
    order(markdown, '<details>', 'a.rest');
    order(markdown, '7 changes, 4 weakening, 1 blocked', '7 to set', '| weakens |', '| 4 | 3 | 0 | 0 | 1 | 1 |', '###');
  });

  it('is told of drift from the side of Zoom', () => {
    const changes = [setChange({ path: 'a.looser' }), setChange({ path: 'a.stricter', direction: 'weakens' })];
    const markdown = renderMarkdown(planReport({ changes }, 'drift'));
    order(
      markdown,
      '1 looser',
      'Zoom is looser than',
      'Zoom has | Policy wants',
      'a.looser',
      '### Zoom is stricter',
      'a.stricter',
    );
    expect(markdown).not.toContain('weakens');
  });

  it('comes first of a run: failed, ineffective, left unlocked, not attempted, then what was applied', () => {
    const results = [
      applied(setChange({ path: 'a.applied' })),
      notAttempted(setChange({ path: 'a.waiting' }), 'step-1 failed'),
      ineffective(setChange({ path: 'a.ineffective' }), 'the account locks it', true),
      failed(setChange({ path: 'a.failed' }), 'No permission'),
    ];
    const leftUnlocked = [lockChange({ kind: 'unlock', path: 'a.unlocked' })];
    const remaining = [setChange({ path: 'a.moved' })];
    const markdown = renderMarkdown(resultReport({ results, leftUnlocked, remaining }));
    const parts = ['HTTP 400, code 300: `No permission`', 'a.ineffective', 'a.unlocked', 'a.waiting', 'a.moved'];
    order(
      markdown,
      '1 of 4 applied',
      '| weakens |',
      'a.failed',
      ...parts,
      '<details>',
      'a.applied',
      'lockstep rollback',
    );
  });

  it('comes first of a check: fails by severity, unknown, waived, the manual list', () => {
    const markdown = renderMarkdown(STORIES['baseline'] as Report);
    const parts = [
      'sample_critical',
      'sample_lock',
      'sample_low',
      'sample_unknown',
      'sample_waived',
      'CIS 4.4',
      '<details>',
    ];
    order(markdown, '3 of 6 fail', 'Score 25%', '| critical |', '| 1 | 1 | 0 | 1 |', ...parts, 'CIS 9.9');
    order(markdown, 'sample_critical', '**Waiver:** ended on `2026-01-31` by `it@example.edu`: `exam week`');
    order(markdown, 'sample_waived', '**Waived:** until `2027-03-31`');
    expect(markdown).not.toContain('sample_pass');
  });

  it('is said with why', () => {
    const [path, note] = Object.entries(STRICTNESS)[0] ?? [];
    const markdown = renderMarkdown(planReport({ changes: [setChange({ path: path ?? '', direction: 'weakens' })] }));
    expect(markdown.replaceAll('\\', '')).toContain(note?.why);
  });
});

describe('a comment that does not fit', () => {
  const wide = 'ж🏳'.repeat(400);
  const manyBlocked = Array.from({ length: 2_500 }, (_, index) =>
    blocked({ path: `a.blocked_${index}`, detail: wide }),
  );
  const changes = manyChanges(10_000);
  const one = manyChanges(10_000, { target: setChange().target });
  const LARGE: Readonly<Record<string, Report>> = {
    '10,000 changes': planReport({ changes }),
    '10,000 differences': planReport({ changes }, 'drift'),
    '10,000 changes of one target': planReport({ changes: one }),
    'more than fits of everything': planReport({
      changes: [
        ...manyChanges(2_500, { direction: 'weakens', provenance: { file: wide, line: 1, column: 1, reason: wide } }),
        ...manyChanges(2_500, { lossy: wide }),
        ...manyChanges(2_500, { protectedBy: wide }),
        ...manyChanges(2_500),
      ],
      blocked: manyBlocked,
      warnings: manyChanges(2_500).map(() => ({ message: wide })),
    }),
    'a run of 10,000': resultReport({
      results: changes.map((change, index) => (index % 3 === 0 ? failed(change, wide) : applied(change))),
    }),
    'a check of 10,000': checkReport({ checks: changes.map(({ target }) => check({ target, because: wide })) }),
  };

  it.each(Object.entries(LARGE))('%s: is cut by whole rows, closed, and counted', (_, report) => {
    const markdown = renderMarkdown(report);
    expect(Buffer.byteLength(markdown)).toBeLessThan(GITHUB);
    expect(Buffer.byteLength(markdown)).toBeGreaterThan(GITHUB * 0.8);
    expect(count(markdown, '<details>')).toBe(count(markdown, '</details>'));
    expect(widths(markdown).every(([head, ...rows]) => rows.every((row) => row === head))).toBe(true);
    const [, cut, all] = /\*\*(\d+) of (\d+) rows are cut\*\*/.exec(markdown) ?? [];
    // All tables but that of the counts.
    const shown = widths(markdown).reduce((sum, rows) => sum + rows.length - 2, 0) - 1;
    expect(Number(all) - Number(cut)).toBe(shown);
    const remarks = [...markdown.matchAll(/(\d+) more rows? (?:is|are) cut here/g)].map(([, rows]) => Number(rows));
    expect(remarks.reduce((sum, rows) => sum + rows, 0)).toBe(Number(cut));
    expect(renderMarkdown(report)).toBe(markdown);
  });

  it('keeps all counts and the first of what matters', () => {
    const markdown = renderMarkdown(LARGE['more than fits of everything'] as Report);
    order(
      markdown,
      '10000 changes, 2575 weakening, 2500 blocked',
      '### Weakens (2575)',
      '### Blocked (2500)',
      '### Lossy',
    );
    expect(markdown).toContain('a.blocked_0');
    expect(markdown).toContain('Fingerprint');
  });

  it('gives to the others what a group does not need', () => {
    const rows = Array.from({ length: 100 }, () => 'row\n');
    const section = (name: string, own: readonly string[]) => [{ open: `${name}\n`, rows: own, close: 'end\n' }];
    const page = { head: 'head\n', foot: 'foot\n', groups: [section('small', ['one\n']), section('large', rows)] };
    const text = fitted({ ...page }, 900);
    expect(text).toContain('one\n');
    expect(count(text, 'row\n')).toBeGreaterThan(5);
    expect(text.endsWith('end\nfoot\n')).toBe(true);
    expect(fitted(page)).not.toContain('cut');
  });
});
