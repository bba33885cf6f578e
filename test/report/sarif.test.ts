/** Code scanning accepts it, shows it at the right line, and knows an alert again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { STRICTNESS } from '../../src/catalog/data/strictness.ts';
import { SUMMARIES } from '../../src/catalog/data/summaries.ts';
import type { Severity } from '../../src/model/plan.ts';
import { VERSION } from '../../src/model/version.ts';
import { type Report, render } from '../../src/report/index.ts';
import { renderSarif } from '../../src/report/sarif/index.ts';
import { printable } from '../../src/util/printable.ts';
import { filledWith, HOSTILE } from '../helpers/hostile-reports.ts';
import { STORIES } from '../helpers/report-stories.ts';
import {
  applied,
  at,
  blocked,
  check,
  checkReport,
  failed,
  group,
  ineffective,
  lockChange,
  manyChanges,
  notAttempted,
  planReport,
  resultReport,
  setChange,
  user,
  waiver,
} from '../helpers/reports.ts';

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
    readonly region: { readonly startLine: number; readonly startColumn: number };
  };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly Location[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly { readonly justification: string; readonly location: Location }[];
}

interface Rule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown: string };
  readonly defaultConfiguration: { readonly level: string };
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Log {
  readonly version: string;
  readonly runs: readonly [
    {
      readonly tool: {
        readonly driver: { readonly name: string; readonly version: string; readonly rules: readonly Rule[] };
      };
      readonly invocations: readonly [Readonly<Record<string, unknown>>];
      readonly results: readonly Result[];
    },
  ];
}

const SCHEMA = join(import.meta.dirname, '../fixtures/sarif/sarif-2.1.0.json');
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')) as object);

function runOf(report: Report): Log['runs'][0] {
  const log = JSON.parse(renderSarif(report)) as Log;
  expect(validate(log) ? [] : validate.errors).toEqual([]);
  return log.runs[0];
}

function resultsOf(report: Report): readonly Result[] {
  return runOf(report).results;
}

function only<Item>(items: readonly Item[]): Item {
  const [item, ...others] = items;
  if (item === undefined || others.length > 0) throw new Error(`${items.length} items where one was to be`);
  return item;
}

describe.each(Object.entries(STORIES))('%s', (name, report) => {
  it('reads as it did', async () => {
    // A new version is no new way to read.
    const text = renderSarif(report).replaceAll(`"${VERSION}"`, '"VERSION"');
    await expect(text).toMatchFileSnapshot(`golden/${name}.sarif`);
  });

  it('is the same for the same input', async () => {
    expect(renderSarif(structuredClone(report))).toBe(renderSarif(report));
    expect(await render('sarif', report, true)).toBe(renderSarif(report));
  });
});

describe.each([...Object.entries(STORIES), ['10,000 changes', planReport({ changes: manyChanges(10_000) })] as const])(
  '%s',
  (_, report) => {
    it('is valid, and every result has its rule and a fingerprint of its own', () => {
      const { tool, results } = runOf(report);
      expect(tool.driver).toMatchObject({ name: 'lockstep', version: VERSION });
      expect(results.every(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id === ruleId)).toBe(true);
      expect(new Set(tool.driver.rules.map(({ id }) => id)).size).toBe(tool.driver.rules.length);
      const prints = results.map(({ partialFingerprints }) => partialFingerprints['primaryLocationLineHash']);
      expect(new Set(prints).size).toBe(results.length);
    });
  },
);

it('the schema tells good from bad', () => {
  const log = JSON.parse(renderSarif(STORIES['mixed'] as Report)) as { runs: { results: { level: string }[] }[] };
  const [first] = log.runs[0]?.results ?? [];
  if (first !== undefined) first.level = 'fatal';
  expect(validate(log)).toBe(false);
});

describe('what comes from elsewhere', () => {
  it.each(HOSTILE)('stays text: %j', (text) => {
    for (const report of filledWith(text)) {
      const { results, tool } = runOf(report);
      const messages = [
        ...results.map(({ message }) => message.text),
        ...tool.driver.rules.flatMap(({ help, shortDescription }) => [help.text, shortDescription.text]),
      ];
      for (const message of messages) expect(message).not.toMatch(/\]\(|[^\P{Cc}\n]/u);
      for (const message of [...messages, ...tool.driver.rules.map(({ help }) => help.markdown)]) {
        expect(message.replaceAll('{{', '').replaceAll('}}', '')).not.toMatch(/[{}]/);
      }
      expect(results[0]?.message.text.replaceAll('{{', '{').replaceAll('}}', '}').replaceAll('] (', '](')).toContain(
        printable(text).replaceAll('] (', ']('),
      );
    }
  });
});

describe('a level', () => {
  const levels = (report: Report) => resultsOf(report).map(({ level }) => level);
  const ofSeverity = (kind: 'plan' | 'drift', direction: 'weakens' | 'tightens' | 'review') =>
    (['critical', 'high', 'medium', 'low'] as const).map(
      (severity) => levels(planReport({ changes: [setChange({ direction, severity })] }, kind))[0],
    );

  it.each([
    ['plan', 'weakens', ['error', 'error', 'warning', 'warning']],
    ['plan', 'tightens', ['note', 'note', 'note', 'note']],
    ['plan', 'review', ['warning', 'warning', 'warning', 'warning']],
    ['drift', 'tightens', ['error', 'error', 'warning', 'warning']],
    ['drift', 'weakens', ['note', 'note', 'note', 'note']],
  ] as const)('of a %s that %s goes by severity: %j', (kind, direction, expected) => {
    expect(ofSeverity(kind, direction)).toEqual(expected);
  });

  it('is at least a warning where something is lost, protected or blocked', () => {
    const changes = [
      setChange({ path: 'a.lossy', lossy: 'gone' }),
      setChange({ path: 'a.protected', protectedBy: 'a' }),
      setChange({ path: 'a.neutral', direction: 'neutral' }),
    ];
    expect(levels(planReport({ changes, blocked: [blocked()] }))).toEqual(['warning', 'warning', 'note', 'warning']);
  });

  it('of a run is an error for what did not come to be', () => {
    const results = [
      applied(setChange({ path: 'a.applied' })),
      failed(setChange({ path: 'a.failed' }), 'No'),
      ineffective(setChange({ path: 'a.ineffective' }), 'locked'),
      notAttempted(setChange({ path: 'a.waiting' }), 'step-1 failed'),
    ];
    const leftUnlocked = [lockChange({ kind: 'unlock', path: 'a.unlocked' })];
    const report = resultReport({ results, leftUnlocked, remaining: [setChange({ path: 'a.moved' })] });
    expect(resultsOf(report).map(({ ruleId, level }) => `${ruleId} ${level}`)).toEqual([
      'set/a.failed error',
      'set/a.ineffective error',
      'set/a.waiting warning',
      'lock/a.unlocked error',
      'set/a.moved warning',
    ]);
  });

  it('of a check goes by severity, and what passes is no result', () => {
    const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low'];
    const checks = severities.map((severity) => check({ severity, path: `a.${severity}` }));
    const more = [check({ status: 'pass', path: 'a.pass' }), check({ status: 'unknown', path: 'a.unknown' })];
    expect(levels(checkReport({ checks: [...checks, ...more] }))).toEqual([
      'error',
      'error',
      'warning',
      'note',
      'error',
    ]);
  });
});

describe('a rule', () => {
  const ruleOf = (report: Report) => only(runOf(report).tool.driver.rules);

  it('says what the setting is, why it matters and which value is the stricter one', () => {
    const [path, note] = Object.entries(STRICTNESS).find(([name]) => SUMMARIES[name] !== undefined) ?? [];
    if (path === undefined || note === undefined) throw new Error('no setting of the catalogue has a direction');
    const rule = ruleOf(planReport({ changes: [setChange({ path, direction: 'weakens', severity: 'high' })] }));
    expect(rule).toMatchObject({
      id: `set/${path}`,
      shortDescription: { text: SUMMARIES[path] },
      defaultConfiguration: { level: 'error' },
      properties: { tags: ['security', 'zoom'], 'security-severity': '8.0' },
    });
    expect(rule.help.text).toContain(note.why);
    expect(rule.help.markdown).toContain(`\`${path}\``);
  });

  it.each([
    ['critical', '9.5'],
    ['high', '8.0'],
    ['medium', '5.5'],
    ['low', '2.0'],
  ] as const)('scores %s as %s', (severity, score) => {
    const report = planReport({ changes: [setChange({ direction: 'weakens', severity })] });
    expect(ruleOf(report).properties['security-severity']).toBe(score);
  });

  it('has no score where nothing gets looser', () => {
    const report = planReport({
      changes: [setChange({ severity: 'critical' })],
      blocked: [blocked({ path: 'in_meeting.chat' })],
    });
    expect(ruleOf(report).properties).toEqual({ tags: ['zoom'] });
  });

  it('is as heavy as the heaviest of its results', () => {
    const changes = [
      setChange(),
      setChange({ target: group('A'), direction: 'weakens', severity: 'low' }),
      setChange({ target: group('B'), direction: 'weakens', severity: 'critical' }),
    ];
    expect(ruleOf(planReport({ changes }))).toMatchObject({
      defaultConfiguration: { level: 'error' },
      properties: { 'security-severity': '9.5' },
    });
  });

  it('of a lock is another one, for locking and unlocking alike', () => {
    const changes = [setChange(), lockChange(), lockChange({ kind: 'unlock', target: group('A') })];
    const { tool } = runOf(planReport({ changes }));
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(['set/in_meeting.chat', 'lock/in_meeting.chat']);
  });
});

describe('a place', () => {
  const placeOf = (file: string, line = 3, column = 7) => {
    const provenance = { file, line, column };
    return only(only(resultsOf(planReport({ changes: [setChange({ provenance })] }))).locations).physicalLocation;
  };

  it.each([
    ['policies/base.yaml', 'policies/base.yaml'],
    ['policies/a b#1?%.yaml', 'policies/a%20b%231%3F%25.yaml'],
    ['../shared/é.yaml', '../shared/%C3%A9.yaml'],
    ['pack:cis-zoom-l1', 'pack%3Acis-zoom-l1'],
    ['\ud800.yaml', '%EF%BF%BD.yaml'],
    ['', '.'],
  ])('in %j is %s below the root', (file, uri) => {
    expect(placeOf(file).artifactLocation).toEqual({ uri, uriBaseId: '%SRCROOT%' });
  });

  it('outside of the root is whole', () => {
    expect(placeOf('/etc/lockstep/a b.yaml').artifactLocation).toEqual({ uri: 'file:///etc/lockstep/a%20b.yaml' });
  });

  it.each([
    [3, 7, 3, 7],
    [0, 0, 1, 1],
    [-4, 2.5, 1, 2],
    [Number.NaN, 1, 1, 1],
  ])('at line %d, column %d is at %d, %d', (line, column, startLine, startColumn) => {
    expect(placeOf('a.yaml', line, column).region).toEqual({ startLine, startColumn });
  });
});

describe('a fingerprint', () => {
  const printOf = (change: Parameters<typeof setChange>[0]) =>
    only(resultsOf(planReport({ changes: [setChange(change)] }))).partialFingerprints['primaryLocationLineHash'];

  it('stays when value, direction, line or file change', () => {
    const moved = { before: 1, after: 2, direction: 'weakens', provenance: at(99, { file: 'other.yaml' }) } as const;
    expect(printOf(moved)).toBe(printOf({}));
  });

  it('differs by target, kind, path and item', () => {
    const lock = only(resultsOf(planReport({ changes: [lockChange()] })));
    const prints = [
      printOf({}),
      printOf({ target: group('Students') }),
      printOf({ target: user('Students') }),
      printOf({ path: 'in_meeting.polling' }),
      printOf({ item: { action: 'add', name: 'Exam' } }),
      printOf({ item: { action: 'show', name: 'Exam' } }),
      lock.partialFingerprints['primaryLocationLineHash'],
    ];
    expect(new Set(prints).size).toBe(prints.length);
  });
});

it('a waived check is suppressed, with who answers for it and where that is said', () => {
  const checks = [check({ status: 'waived', waiver: waiver() }), check({ path: 'a.b', waiver: waiver() })];
  const [waived, expired] = resultsOf(checkReport({ checks }));
  expect(waived?.suppressions).toMatchObject([
    {
      kind: 'inSource',
      status: 'accepted',
      justification: 'Waived: until 2027-03-31 by it@example.edu: exam week (policies/base.yaml:30:5)',
      location: { physicalLocation: { region: { startLine: 30, startColumn: 5 } } },
    },
  ]);
  expect(expired).not.toHaveProperty('suppressions');
  expect(expired?.message.text).toContain('Waiver: ended on 2027-03-31');
});

describe('the invocation', () => {
  it('carries warnings with their place', () => {
    const { invocations } = runOf(planReport({ warnings: [{ message: 'careful', provenance: at(8) }] }));
    expect(invocations[0]).toMatchObject({
      executionSuccessful: true,
      exitCode: 0,
      toolConfigurationNotifications: [
        { message: { text: 'careful' }, locations: [{ physicalLocation: { region: { startLine: 8 } } }] },
      ],
    });
  });

  it('carries waivers that match nothing', () => {
    const { invocations } = runOf(checkReport({ idleWaivers: [{ ...waiver(), about: 'CIS 4.4' }] }));
    expect(invocations[0]).toMatchObject({
      toolConfigurationNotifications: [{ message: { text: 'The waiver of CIS 4.4 (it@example.edu) matches nothing' } }],
    });
  });

  it('says what ended a run early', () => {
    const { invocations } = runOf(resultReport({ results: [], halted: new Error('no network') }));
    expect(invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'error', message: { text: 'no network' } }],
    });
  });
});

it('a message says what is and what is wanted', () => {
  const changes = [
    setChange(),
    setChange({ path: 'a.b', after: { enable: true }, direction: 'neutral' }),
    lockChange(),
  ];
  const texts = (kind: 'plan' | 'drift') => resultsOf(planReport({ changes }, kind)).map(({ message }) => message.text);
  expect(texts('plan')).toEqual([
    'account: in_meeting.chat changes from true to false (tightens, medium)',
    'account: a.b changes from true to {{enable: true}} (neutral)',
    'account: in_meeting.chat is locked (tightens, medium)',
  ]);
  expect(texts('drift')).toEqual([
    'account: in_meeting.chat is true in Zoom, and the policy wants false (Zoom is looser, medium)',
    'account: a.b is true in Zoom, and the policy wants {{enable: true}} (neutral)',
    'account: in_meeting.chat is unlocked in Zoom, and the policy wants it locked (Zoom is looser, medium)',
  ]);
});
