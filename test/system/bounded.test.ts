/**
 * Work grows with the input, and no faster: what Zoom sends, and what names and values hold, cannot keep lockstep busy.
 * Each entrance gets sixteen times as much of what its patterns like least; were its work a square, that would take 256
 * times as long. (Whole policies of megabytes: test/system/policy-limits.test.ts.)
 */
import { describe, expect, it } from 'vitest';
import { renderHtml } from '../../src/report/html/index.ts';
import type { Report } from '../../src/report/index.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { renderMarkdown } from '../../src/report/markdown/index.ts';
import { renderSarif } from '../../src/report/sarif/index.ts';
import { renderText } from '../../src/report/text/index.ts';
import { globMatcher } from '../../src/util/glob.ts';
import { hasControls, printable, printableJson } from '../../src/util/printable.ts';
import { classify } from '../../src/zoom/classify.ts';
import { excerpt } from '../../src/zoom/excerpt.ts';
import { quotaOf } from '../../src/zoom/quota-headers.ts';
import { createRedact } from '../../src/zoom/redact.ts';
import { retryAfter } from '../../src/zoom/retry.ts';
import { growth } from '../helpers/growth.ts';
import { filledWith } from '../helpers/hostile-reports.ts';

const TIMES = 16;
/** Far from both: a busy machine and a collection of garbage are allowed for. */
const MOST = 80;

function expectLinear(work: (text: string) => unknown, part: string, size: number, end = ''): void {
  const [smaller, larger] = [size, size * TIMES].map((length) => part.repeat(Math.ceil(length / part.length)) + end);
  expect(growth(work, smaller ?? '', larger ?? '')).toBeLessThan(MOST);
}

describe('names that a glob is tried on', () => {
  it.each([
    ['*a*a*a*a*a*a*b', 'a'],
    ['*ab*ab*ab*ab*c', 'ab'],
    ['*?*?*?*?x', 'a'],
    ['**********x', '/'],
    ['*aaaaaaaaaaaaaaaaaaaab', 'a'],
  ])('%s', (pattern, part) => {
    const matches = globMatcher(pattern);
    expect(matches(part.repeat(1000))).toBe(false);
    expectLinear(matches, part, 5000);
  });
});

describe('text that is made visible', () => {
  it.each(['\u001b', ' ', '#', '##', '##[', ':', '\ud800', '\u202e\n', '\\u'])('%j', (part) => {
    for (const work of [printable, printableJson, hasControls, excerpt]) expectLinear(work, part, 20_000);
  });
});

describe('what Zoom sends', () => {
  const answer = (text: string, headers = {}) => classify({ kind: 'response', status: 400, headers, text }, 0);
  it.each([
    'does not contain scopes:[',
    '{"message":"does not contain scopes:[',
    'does not contain scope:',
    ' ',
    '[',
    '{"a":',
    '\\"',
    '$\\u0024',
  ])('as a body: %j', (part) => {
    expectLinear(answer, part, 30_000);
    expectLinear((text) => answer(JSON.stringify({ code: 300, message: text })), part, 30_000);
  });

  it.each(['https://', 'x@', 'a:', '//', '9', ' ', 'Mon, ', '0.'])('as a header: %j', (part) => {
    expectLinear(
      (text) => classify({ kind: 'response', status: 302, headers: { location: text }, text: '' }, 0),
      part,
      50_000,
    );
    expectLinear((text) => retryAfter(text, 0), part, 20_000, 'x');
    expectLinear((text) => quotaOf({ 'x-ratelimit-limit': text, 'x-ratelimit-type': text }), part, 20_000, 'x');
  });

  it.each(['\\', '%41', '&', '&#0000', '&amp;', '\\\\u00'])('and may repeat: %j', (part) => {
    const secrets = ['\\'.repeat(40), '%41'.repeat(40), '&'.repeat(40), `${'&#0000'.repeat(10)}x`];
    expectLinear((text) => createRedact(secrets)(text), part, 30_000);
  });
});

describe('values that are reported', () => {
  const text = (report: Report) => renderText(report, false);
  it.each(['`', '|', '<', '&', '\\', '{', ']', '*_', 'a`', '\n'])('%j', (part) => {
    for (const renderer of [text, renderHtml, renderJson, renderJunit, renderMarkdown, renderSarif]) {
      expectLinear((value) => filledWith(value).map(renderer), part, 250);
    }
  });
});
