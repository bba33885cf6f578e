/** What a CI system reads is XML, holds what the report says, and passes nothing that does not hold. */
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { describe, expect, it } from 'vitest';
import { targetLabel } from '../../src/model/target.ts';
import { type Report, render } from '../../src/report/index.ts';
import { renderJunit } from '../../src/report/junit.ts';
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
  waiver,
} from '../helpers/reports.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** Reads XML as strictly as the standard asks; throws at the first fault. */
function parsed(xml: string): Element {
  const parser = new SaxesParser();
  const open: Element[] = [{ name: '', attributes: {}, children: [], text: '' }];
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    const element = { name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += text;
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(xml).close();
  const [root] = open[0]?.children ?? [];
  if (root === undefined) throw new Error('no root');
  return root;
}

function suiteOf(report: Report): Element {
  const [suite] = parsed(renderJunit(report)).children;
  if (suite === undefined) throw new Error('no suite');
  return suite;
}

function casesOf(report: Report): Element[] {
  return suiteOf(report).children.filter(({ name }) => name === 'testcase');
}

/** `account | lock in_meeting.chat | failure` */
function lineOf({ attributes, children }: Element): string {
  return [attributes['classname'], attributes['name'], children[0]?.name ?? 'passed'].join(' | ');
}

describe.each(Object.entries(STORIES))('%s', (name, report) => {
  it('reads as it did', async () => {
    await expect(renderJunit(report)).toMatchFileSnapshot(`golden/${name}.xml`);
  });

  it('is the same for the same input', async () => {
    expect(renderJunit(structuredClone(report))).toBe(renderJunit(report));
    expect(await render('junit', report, true)).toBe(renderJunit(report));
  });
});

describe.each([...Object.entries(STORIES), ['10,000 changes', planReport({ changes: manyChanges(10_000) })] as const])(
  '%s',
  (_, report) => {
    it('counts what it holds', () => {
      const root = parsed(renderJunit(report));
      const cases = casesOf(report);
      const having = (element: string) => cases.filter(({ children }) => children[0]?.name === element).length;
      const counts = { tests: cases.length, failures: having('failure'), errors: having('error') };
      const texts = Object.fromEntries(Object.entries(counts).map(([key, value]) => [key, String(value)]));
      expect(root.attributes).toMatchObject(texts);
      expect(suiteOf(report).attributes).toMatchObject({ ...texts, skipped: String(having('skipped')) });
    });

    it('has no two cases of one name', () => {
      const names = casesOf(report).map(({ attributes }) => `${attributes['classname']} ${attributes['name']}`);
      expect(new Set(names).size).toBe(names.length);
    });
  },
);

describe('a case', () => {
  it('of a plan fails, or is skipped where nobody can say', () => {
    const changes = [
      setChange({ path: 'a.b' }),
      lockChange({ path: 'a.b' }),
      lockChange({ path: 'a.c' }),
      lockChange({ path: 'a.d', kind: 'unlock' }),
      setChange({ path: 'a.items', item: { action: 'show', name: 'Exam' }, after: true }),
    ];
    const reasons = ['not-offered', 'unreadable', 'locked-by-account', 'unmatched', 'read-only', 'coupled'] as const;
    const stuck = reasons.map((reason) => blocked({ reason, path: `a.${reason}` }));
    expect(casesOf(planReport({ changes, blocked: stuck })).map(lineOf)).toEqual([
      'account | a.b | failure',
      'account | lock a.c | failure',
      'account | unlock a.d | failure',
      'account | a.items[Exam].visible | failure',
      'account | a.not-offered | skipped',
      'account | a.unreadable | error',
      'account | a.locked-by-account | failure',
      'account | a.unmatched | error',
      'account | a.read-only | failure',
      'account | a.coupled | failure',
    ]);
  });

  it('of a run passes only where it was applied', () => {
    const results = [
      applied(setChange({ path: 'a.applied' })),
      failed(setChange({ path: 'a.failed' }), 'No permission'),
      ineffective(setChange({ path: 'a.ineffective' }), 'the account locks it', true),
      notAttempted(setChange({ path: 'a.waiting' }), 'step-1 failed'),
    ];
    const leftUnlocked = [lockChange({ kind: 'unlock', path: 'a.unlocked' })];
    const remaining = [setChange({ path: 'a.failed' }), setChange({ path: 'a.moved' })];
    const cases = casesOf(
      resultReport({ results, leftUnlocked, remaining, blocked: [blocked({ path: 'a.blocked' })] }),
    );
    expect(cases.map(lineOf)).toEqual([
      'account | a.applied | passed',
      'account | a.failed | failure',
      'account | a.ineffective | failure',
      'account | a.waiting | skipped',
      'account | unlock a.unlocked | failure',
      'account | a.moved | failure',
      'account | a.blocked | skipped',
    ]);
    expect(cases[1]?.children[0]?.attributes['message']).toBe(
      'a.failed could not be set to false: HTTP 400, code 300: No permission',
    );
  });

  it('of a lock that was taken off and not put back fails', () => {
    const unlock = lockChange({ kind: 'unlock' });
    const results = [applied(unlock), failed(lockChange(), 'No')];
    const cases = casesOf(resultReport({ results, leftUnlocked: [structuredClone(unlock)] }));
    expect(cases.map(lineOf)).toEqual([
      'account | unlock in_meeting.chat | failure',
      'account | lock in_meeting.chat | failure',
    ]);
    expect(cases[0]?.children[0]?.text).toContain('left unlocked');
  });

  it('of a run that was cut short is an error', () => {
    const results = [notAttempted(setChange(), 'the run was stopped')];
    const last = (report: Report) => casesOf(report).at(-1)?.children[0];
    expect(last(resultReport({ results, interrupted: true }))).toMatchObject({
      name: 'error',
      text: 'the run was interrupted',
    });
    expect(last(resultReport({ results, halted: new Error('no network') }))).toMatchObject({
      name: 'error',
      text: 'no network',
    });
  });

  it('of a check passes only where it passes', () => {
    const checks = (['pass', 'fail', 'unknown', 'waived'] as const).map((status) =>
      check({ status, path: `a.${status}`, ...(status === 'waived' ? { waiver: waiver() } : {}) }),
    );
    const cases = casesOf(checkReport({ checks }));
    expect(cases.map(lineOf)).toEqual([
      'account | a.pass | passed',
      'account | a.fail | failure',
      'account | a.unknown | error',
      'account | a.waived | skipped',
    ]);
    expect(cases[1]?.children[0]?.attributes).toEqual({
      type: 'high',
      message: 'a.fail is true, wanted false (fail, high)',
    });
    expect(cases[3]?.children[0]?.text).toContain(
      'Waived: until 2027-03-31 by it@example.edu: exam week (policies/base.yaml:30:5)',
    );
  });

  it('says why, and where in the policy', () => {
    const provenance = { file: 'base.yaml', line: 3, column: 9, reason: 'Ticket SEC-12' };
    const [only] = casesOf(planReport({ changes: [setChange({ provenance, lossy: 'gone', direction: 'weakens' })] }));
    expect(only?.children[0]?.attributes['type']).toBe('weakens');
    expect(only?.children[0]?.text.split('\n')).toEqual([
      'in_meeting.chat changes from true to false (weakens, medium)',
      'Lossy: gone',
      'Ticket SEC-12',
      'base.yaml:3:9',
    ]);
  });
});

describe('properties', () => {
  const propertiesOf = (report: Report) =>
    Object.fromEntries(
      (suiteOf(report).children.find(({ name }) => name === 'properties')?.children ?? []).map(({ attributes }) => [
        attributes['name'],
        attributes['value'],
      ]),
    );

  it('hold the number of what was right already, which a plan does not list', () => {
    expect(propertiesOf(planReport({ unchanged: 1234 }))).toMatchObject({ unchanged: '1234', targets: '7' });
  });

  it('hold the account, and the score of a check', () => {
    const account = 'Example University (abc123) at api.zoom.us';
    expect(propertiesOf(STORIES['baseline'] as Report)).toEqual({ account, manual: '1', score: '25' });
    expect(propertiesOf(checkReport())).toEqual({ account, manual: '0' });
  });
});

describe('what comes from elsewhere', () => {
  it.each(HOSTILE)('stays text: %j', (text) => {
    const shown = printable(text).replace(
      /[\ufffe\uffff]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16)}`,
    );
    for (const report of filledWith(text)) {
      const [first] = casesOf(report);
      expect(first?.attributes['classname']).toBe(targetLabel({ scope: 'group', name: shown }));
      expect(first?.attributes['name']).toBe(`in_meeting.${shown}`);
      expect(first?.children[0]?.text).toContain(shown);
      const elements = casesOf(report).flatMap(({ children }) => children);
      expect(
        elements.every(({ name, children }) => /^(failure|skipped|error)$/.test(name) && children.length === 0),
      ).toBe(true);
    }
  });
});
