import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckStatus } from '../../src/model/check.ts';
import { NO_CHECKS } from '../../src/model/counts.ts';
import { tallyCheck, tallyPlan } from '../../src/model/outcomes.ts';
import { BLOCK_REASONS, type Blocked, type SetChange } from '../../src/model/plan.ts';
import { CODES, COLUMNS, exitCodeFor, worstOf } from '../../src/reconcile/exit-code.ts';
import { type Format, render } from '../../src/report/index.ts';
import { blocked, check, checkReport, planReport, setChange, waiver } from '../helpers/reports.ts';

describe('the exit code', () => {
  it('is the first of 130, 4, 1, 5, 3, 2, 0 that applies', () => {
    const order = [130, 4, 1, 5, 3, 2, 0] as const;
    for (const [at, first] of order.entries()) expect(worstOf([...order.slice(at)].reverse())).toBe(first);
  });

  it('has a row for each outcome and a cell for each column', () => {
    for (const row of Object.values(CODES)) expect(row).toHaveLength(COLUMNS.length);
  });
});

/** What says that all is well. */
const GREEN = /no (?:changes|drift)\b/i;

const differing = fc.constantFrom<Partial<SetChange>>({}, { unconfirmed: true });
const stuck = fc.record({ reason: fc.constantFrom(...BLOCK_REASONS), waived: fc.boolean() });

describe('a report never contradicts the exit code', () => {
  it('of a plan or of drift', async () => {
    const plans = fc.record({
      kind: fc.constantFrom('plan' as const, 'drift' as const),
      changes: fc.array(differing, { maxLength: 3 }),
      stuck: fc.array(stuck, { maxLength: 3 }),
      optional: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(plans, async ({ kind, changes, stuck, optional }) => {
        const report = planReport({
          changes: changes.map((more, at) => setChange({ path: `a.set${at}`, ...more })),
          blocked: stuck.map(({ reason, waived }, at): Blocked => {
            const isAccepted = waived && (reason === 'no-access' || reason === 'unreadable');
            return blocked({ reason, path: `a.blocked${at}`, ...(isAccepted ? { waiver: waiver() } : {}) });
          }),
        });
        const compared = { ...report.plan.compared, ...(optional === 0 ? {} : { optional }) };
        const plan = { ...report.plan, compared };
        const exitCode = exitCodeFor(tallyPlan(plan), kind === 'drift' ? 'drift' : 'plan --detailed-exitcode');
        const drawn = { ...report, kind, plan, exitCode };
        const drawnAs = (format: Format) => render(format, drawn, false);
        const [text, markdown, html, junit] = [
          await drawnAs('text'),
          await drawnAs('markdown'),
          await drawnAs('html'),
          await drawnAs('junit'),
        ];
        const isGreen = exitCode === 0;
        const summary = text.split('\n').findLast((line) => /already right|Nothing was compared/.test(line)) ?? '';
        expect(GREEN.test(summary), summary).toBe(isGreen);
        expect(GREEN.test(markdown.split('\n')[1] ?? ''), markdown).toBe(isGreen);
        expect(GREEN.test(/<title>(.*?)<\/title>/.exec(html)?.[1] ?? '')).toBe(isGreen);
        expect(/failures="0" errors="0"/.test(junit), junit).toBe(isGreen);
      }),
      { numRuns: 200 },
    );
  });

  it('of a check', async () => {
    const statuses = fc.array(fc.constantFrom(...(Object.keys(NO_CHECKS) as CheckStatus[])), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(statuses, fc.nat(1), async (found, optional) => {
        const checks = found.map((status, at) => check({ status, path: `a.check${at}` }));
        const report = checkReport({ checks, optional });
        const exitCode = exitCodeFor(tallyCheck(report.check), 'check');
        const junit = await render('junit', { ...report, exitCode }, false);
        expect(/failures="0" errors="0"/.test(junit), junit).toBe(exitCode === 0);
        const html = await render('html', { ...report, exitCode }, false);
        expect(/class="verdict bad"/.test(html)).toBe(exitCode !== 0);
      }),
      { numRuns: 200 },
    );
  });
});
