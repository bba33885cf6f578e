/** A setting of a target is one row in every report for people, its value and its lock together. */
import { describe, expect, it } from 'vitest';
import { type Report, render } from '../../src/report/index.ts';
import {
  applied,
  blocked,
  check,
  checkReport,
  failed,
  group,
  lockChange,
  planReport,
  resultReport,
  setChange,
} from '../helpers/reports.ts';

const FORMATS = ['text', 'markdown', 'html', 'junit'] as const;
const PATH = 'in_meeting.sample_chat';
const value = setChange({ path: PATH });
const lock = lockChange({ path: PATH });
const blockedValue = blocked({ path: PATH, reason: 'coupled', detail: 'of another value' });
const blockedLock = blocked({ path: PATH, kind: 'lock', reason: 'coupled', detail: 'of another lock', before: false });

/** How many rows of a report name a setting; in a page what is linked from its top is no row. */
async function rowsOf(format: (typeof FORMATS)[number], report: Report, name = 'sample_chat'): Promise<string[]> {
  const text = await render(format, report, false);
  const rows = {
    text: () => text.split('\n').filter((line) => /^ {2}\S|^\w/.test(line)),
    markdown: () => text.split('\n').filter((line) => line.startsWith('| ')),
    html: () => text.split('<li class="row"').slice(1),
    junit: () => text.split('<testcase').slice(1),
  }[format]();
  return rows.filter((row) => row.includes(name));
}

describe.each(FORMATS)('in %s', (format) => {
  it.each<[string, Report]>([
    ['a change of value and lock', planReport({ changes: [value, lock] })],
    ['the same, the lock first', planReport({ changes: [lock, value] })],
    ['drift of both', planReport({ changes: [value, lock] }, 'drift')],
    ['a value to be changed, a lock that is blocked', planReport({ changes: [value], blocked: [blockedLock] })],
    ['both blocked', planReport({ blocked: [blockedValue, blockedLock] })],
    [
      'both pinned',
      planReport({
        changes: [
          { ...value, heldBy: PATH },
          { ...lock, heldBy: PATH },
        ],
      }),
    ],
    ['both applied', resultReport({ results: [applied(value), applied(lock)] })],
    ['a value applied, its lock refused', resultReport({ results: [applied(value), failed(lock, 'No')] })],
    [
      'both checked',
      checkReport({ checks: [check({ path: PATH }), check({ path: PATH, kind: 'lock', wanted: true, found: false })] }),
    ],
  ])('%s is one row', async (_, report) => {
    expect(await rowsOf(format, report)).toHaveLength(1);
  });

  it.each<[string, Report]>([
    [
      'a lock over two values that change',
      planReport({
        changes: [
          setChange({ path: 'a.sample_chat.one' }),
          setChange({ path: 'a.sample_chat.two' }),
          lockChange({ path: 'a.sample_chat', freezes: ['a.sample_chat.one', 'a.sample_chat.two'] }),
        ],
      }),
    ],
    [
      'the same setting of two targets',
      planReport({
        changes: [
          value,
          setChange({ path: PATH, target: group('A') }),
          lock,
          lockChange({ path: PATH, target: group('B') }),
        ],
      }),
    ],
  ])('%s is in rows of their own', async (_, report) => {
    expect(await rowsOf(format, report)).toHaveLength(3);
  });

  it('a lock of another name is named next to the value that it freezes', async () => {
    const changes = [
      setChange({ path: 'a.sample_chat.enable' }),
      lockChange({ path: 'a.sample_lock', freezes: ['a.sample_chat.enable', 'a.sample_chat.more'] }),
    ];
    const [row = '', ...others] = await rowsOf(format, planReport({ changes }), 'sample_');
    expect(others).toEqual([]);
    expect(row.replace(/<\/?b>/g, '')).toContain('a.sample_lock');
  });
});

describe('value and lock that differ', () => {
  it('each show their own outcome and place', async () => {
    const results = [applied(value), failed(lockChange({ path: PATH, severity: 'high' }), 'No')];
    const text = await render('text', resultReport({ results }), false);
    expect(text.split('\n').slice(2, 4)).toEqual([
      `failed         account ${PATH}  true -> false  (applied)  + lock  (failed)`,
      '      Zoom says (lock): HTTP 400, code 300: No',
    ]);
    expect(await render('junit', resultReport({ results }), false)).toContain(
      `message="${PATH} was set to false; could not be locked: HTTP 400, code 300: No"`,
    );
  });

  it('are judged by what needs somebody most', async () => {
    const results = [applied(value), failed(lock, 'No')];
    const markdown = await render('markdown', resultReport({ results }), false);
    expect(markdown).toContain('### Failed (1)');
    expect(markdown).not.toContain('<details>');
    const weakening = lockChange({ path: PATH, kind: 'unlock', direction: 'weakens' });
    expect(await render('markdown', planReport({ changes: [value, weakening] }), false)).toContain('### Weakens (1)');
  });

  it('stay two results in SARIF, where each has a rule of its own', async () => {
    const sarif = JSON.parse(await render('sarif', planReport({ changes: [value, lock] }), false));
    expect(sarif.runs[0].results.map(({ ruleId }: { ruleId: string }) => ruleId)).toEqual([
      `set/${PATH}`,
      `lock/${PATH}`,
    ]);
  });
});
