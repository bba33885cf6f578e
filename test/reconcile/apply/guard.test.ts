import { describe, expect, it } from 'vitest';
import type { Change, Plan } from '../../../src/model/plan.ts';
import { type Allowed, failuresOf, guardPlan } from '../../../src/reconcile/apply/guard.ts';
import { OWN } from '../../helpers/account.ts';
import { DEAN, STUDENTS } from '../../helpers/desired.ts';

const provenance = { file: 'p.yaml', line: 1, column: 1 };
const change = (more: Partial<Change> = {}): Change =>
  ({
    kind: 'set',
    target: STUDENTS,
    path: 'in_meeting.chat',
    after: false,
    direction: 'neutral',
    provenance,
    ...more,
  }) as Change;

function planOf(changes: readonly Change[], blocked: Plan['blocked'] = []): Plan {
  const request = { method: 'PATCH' as const, document: { endpoint: 'settings' as const, query: {} }, body: {} };
  const steps = changes.map((one, index) => ({
    id: `step ${index}`,
    phase: 'set group' as const,
    target: one.target,
    changes: [one],
    request,
    patch: [],
    inverse: [],
  }));
  const compared = { targets: 1, unchanged: 0 };
  const waves = steps.length === 0 ? [] : [steps];
  return { formatVersion: 2, account: OWN, waves, blocked, warnings: [], compared, fingerprint: '' };
}

const BLOCKED: Plan['blocked'][number] = {
  target: STUDENTS,
  kind: 'set',
  path: 'in_meeting.chat',
  reason: 'coupled',
  detail: '',
  after: false,
  provenance,
};
const NOTHING: Allowed = { blocked: false, lossy: false, maxTargets: 2, protectedPaths: [] };
const LOSSY = change({ lossy: 'recordings are deleted' });
const PROTECTED = change({ path: 'security.signin_with_sso.enable', protectedBy: 'security.signin_with_sso' });

describe('guards', () => {
  it.each([
    ['nothing to object to', planOf([change()]), {}, []],
    ['something blocked', planOf([change()], [BLOCKED]), {}, ['--allow-blocked']],
    ['something lossy', planOf([LOSSY]), {}, ['--allow-lossy']],
    ['too many targets', planOf([change(), change({ target: DEAN })]), { maxTargets: 1 }, ['--max-targets 2']],
    ['several changes of one target', planOf([change(), change()]), { maxTargets: 1 }, []],
    ['something protected', planOf([PROTECTED]), {}, ['--allow-protected security.signin_with_sso']],
    [
      'everything at once',
      planOf([LOSSY, PROTECTED], [BLOCKED]),
      { maxTargets: 0 },
      ['--allow-blocked', '--allow-lossy', '--max-targets 1', '--allow-protected security.signin_with_sso'],
    ],
    [
      'all of it allowed',
      planOf([LOSSY, PROTECTED], [BLOCKED]),
      { blocked: true, lossy: true, protectedPaths: ['security'] },
      [],
    ],
    ['the protected entry allowed', planOf([PROTECTED]), { protectedPaths: ['security.signin_with_sso'] }, []],
    ['just the changed path allowed', planOf([PROTECTED]), { protectedPaths: ['security.signin_with_sso.enable'] }, []],
    [
      'a name that only begins alike',
      planOf([PROTECTED]),
      { protectedPaths: ['secur'] },
      ['--allow-protected security.signin_with_sso'],
    ],
  ] as [string, Plan, Partial<Allowed>, string[]][])('%s', (_, plan, allowed, flags) => {
    expect(guardPlan(plan, { ...NOTHING, ...allowed }).map(({ flag }) => flag)).toEqual(flags);
  });

  it('name a few of many changes, and count the rest', () => {
    const [objection] = guardPlan(planOf(Array.from({ length: 8 }, () => LOSSY)), { ...NOTHING });
    expect(objection?.message).toMatch(/^8 changes lose .* and 3 more$/);
  });
});

describe('--fail-on', () => {
  const plan = planOf(
    [LOSSY, change({ direction: 'weakens' }), change({ kind: 'unlock', direction: 'weakens' })],
    [BLOCKED],
  );

  it.each([
    [[], []],
    [['blocked'], ['blocked: 1 change']],
    [['lossy'], ['lossy: 1 change: group:Students in_meeting.chat']],
    [['unlock'], ['unlock: 1 change: group:Students in_meeting.chat']],
    [['weakening'], ['weakening: 2 changes: group:Students in_meeting.chat, group:Students in_meeting.chat']],
  ] as [Parameters<typeof failuresOf>[1], string[]][])('%j', (asked, said) => {
    expect(failuresOf(plan, asked)).toEqual(said);
  });

  it('finds nothing in a plan that holds nothing of it', () => {
    expect(failuresOf(planOf([change()]), ['weakening', 'blocked', 'lossy', 'unlock'])).toEqual([]);
  });
});
