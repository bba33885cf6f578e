/** The report that is read most, of a plan that nobody reads to its end. */
import type { Change, Plan, Step } from '../src/model/plan.ts';
import { renderText } from '../src/report/text/index.ts';
import { atMost, megabytes, milliseconds, type Part, table } from './tables.ts';

const TARGETS = 25_000;
const PATHS = [
  'in_meeting.annotation',
  'in_meeting.chat',
  'schedule_meeting.host_video',
  'schedule_meeting.participant_video',
];
const RUNS = 5;

export async function text(): Promise<Part> {
  const plan = planOf(TARGETS);
  const budget = { patch: 0, get: 0, ratePlan: 'none' };
  const runs = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    const report = renderText({ kind: 'plan', plan, budget, exitCode: 0 }, true);
    return { ms: performance.now() - started, length: report.length };
  });
  const ms = Math.min(...runs.map((run) => run.ms));
  const changes = `${TARGETS * PATHS.length} changes`;
  return {
    title: `the text report, the least of ${RUNS} runs in one process`,
    tables: [
      table([
        ['report', 'time', 'size'],
        [changes, milliseconds(ms), megabytes((runs[0]?.length ?? 0) / 1024)],
      ]),
    ],
    goals: [atMost(`text report of ${changes}`, ms, 1000, milliseconds)],
  };
}

function planOf(targets: number): Plan {
  return {
    formatVersion: 2,
    account: { id: 'abc123', host: 'api.zoom.us', via: { path: 'own', namedBy: 'Zoom' } },
    waves: [Array.from({ length: targets }, (_, index) => stepOf(`Group ${index + 1}`))],
    blocked: [],
    warnings: [],
    compared: { targets, unchanged: 0 },
    fingerprint: '0'.repeat(64),
  };
}

function stepOf(name: string): Step {
  const target = { scope: 'group', id: name, name } as const;
  const changes = PATHS.map((path, index): Change => {
    const provenance = { file: 'policies/groups.yaml', line: 5 + index, column: 26, reason: 'Ticket SEC-12' };
    return { kind: 'set', target, path, before: false, after: true, direction: 'weakens', severity: 'low', provenance };
  });
  const request = { method: 'PATCH', document: { endpoint: 'settings', query: {} }, body: {} } as const;
  return { id: `set group:${name} default`, phase: 'set group', target, changes, request, patch: [], inverse: [] };
}
