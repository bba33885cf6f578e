/** For programs: the plan or the result as it is, with counts and the exit code. */

import { messageOf } from '../errors.ts';
import { countCheck, countPlan, countResult } from '../model/counts.ts';
import type { Report } from '../model/report.ts';
import type { ChangeResult } from '../model/result.ts';
import { printableJson } from '../util/printable.ts';

export function renderJson(report: Report): string {
  return `${printableJson(contentOf(report))}\n`;
}

function contentOf(report: Report): object {
  if (report.kind === 'check') {
    const { check, exitCode } = report;
    return { kind: 'check', exitCode, summary: countCheck(check), ...check };
  }
  if (report.kind !== 'result') {
    const { kind, plan, budget, exitCode, requests } = report;
    return { kind, exitCode, summary: countPlan(plan), budget, requests, ...plan };
  }
  const { result, exitCode, run, requests } = report;
  return {
    kind: 'result',
    formatVersion: 2,
    exitCode,
    run,
    account: result.plan.account,
    fingerprint: result.plan.fingerprint,
    summary: countResult(result),
    requests,
    interrupted: result.interrupted,
    ...(result.halted === undefined ? {} : { halted: messageOf(result.halted) }),
    results: result.results.map(withoutFreezes),
    remaining: result.remaining,
    blocked: result.blocked,
    leftUnlocked: result.leftUnlocked.map(({ target, path, provenance }) => ({ target, path, provenance })),
  };
}

/** The plan has the settings that a lock freezes, and their values. Here they would be most of the output. */
function withoutFreezes(result: ChangeResult): object {
  if (result.change.kind === 'set') return result;
  const { freezes: _, over: __, ...change } = result.change;
  return { ...result, change };
}
