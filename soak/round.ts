/** One round: an organisation and a policy by chance, planned, applied until it holds, and found to have drifted. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { settingsOf } from '../src/catalog/lookup.ts';
import { readRun } from '../src/journal/read.ts';
import { isUnseen } from '../src/model/outcomes.ts';
import { type Change, changesOf, type Plan } from '../src/model/plan.ts';
import type { ChangeResult } from '../src/model/result.ts';
import { documentKey } from '../src/model/setting.ts';
import { targetLabel } from '../src/model/target.ts';
import { type Fault, type SandboxState, startSandbox } from '../src/sandbox/index.ts';
import { stableText, withValueAt } from '../src/util/json.ts';
import { valueLike } from '../test/helpers/arbitrary.ts';
import { lockstep, type Ran } from '../test/helpers/host.ts';
import {
  earlyLocks,
  isHeldAbove,
  isSame,
  type Managed,
  type Moment,
  managedBy,
  scopeOf,
  shown,
  stored,
  strayLeaves,
} from '../test/helpers/oracle.ts';
import { built, type Given, given, isEmpty, policyOf } from '../test/helpers/random-organisations.ts';
import { ledgerFaults, nameOf, type ResultDocument, type Sides } from './ledger.ts';
import { troubleAt } from './trouble.ts';

export interface Round {
  readonly from: Given;
  readonly faults: readonly Fault[];
  /** What somebody changes by hand, once all is well: which managed setting, and the value by chance. */
  readonly disturbances: readonly { readonly at: number; readonly seed: number }[];
}

/** @param rate of faults, in per cent of all requests */
export function roundAt(rate: number): fc.Arbitrary<Round> {
  return fc.record({
    from: given.filter((from) => !isEmpty(built(from).wanted)),
    faults: troubleAt(rate),
    disturbances: fc.array(fc.record({ at: fc.nat(), seed: fc.integer() }), { minLength: 1, maxLength: 4 }),
  });
}

export interface Figures {
  readonly requests: number;
  readonly faults: number;
  readonly reruns: number;
  readonly outcomes: Readonly<Record<ChangeResult['status'], number>>;
  /** What must never be. */
  readonly violations: readonly string[];
}

/** The laws are about what is sent, not about what must be allowed before. */
const ALLOWED = ['--auto-approve', '--allow-blocked', '--allow-lossy', '--settle', '0', '--format', 'json'];
const MOST_RUNS = 60;

interface Reading extends Plan {
  readonly kind: 'plan' | 'drift';
}

/** What a run without faults makes of a policy. */
interface Clean {
  readonly goal: Sides;
  /** Blocked there: not lockstep's to put right. A fault may hide what blocks it: then it is tried, and differs. */
  readonly contested: ReadonlySet<string>;
  readonly managed: readonly Managed[];
  readonly violations: readonly string[];
}

export interface Soak {
  play(round: Round): Promise<Figures>;
  close(): Promise<void>;
}

export async function openSoak(): Promise<Soak> {
  const cwd = mkdtempSync(join(tmpdir(), 'lockstep-soak-'));
  let moments: Moment[] = [];
  const sandbox = await startSandbox({
    unknownFields: 'reject',
    onChange: (state) => void moments.push({ logged: sandbox.log().length, state }),
  });
  const run = (...argv: string[]) => lockstep([...argv, '--rate-plan', 'none'], { cwd, env: sandbox.env });
  const sides = () => sidesOf(sandbox.state());
  const begin = (state: SandboxState) => {
    sandbox.reset(state);
    moments = [{ logged: 0, state }];
    rmSync(join(cwd, '.lockstep'), { recursive: true, force: true });
  };

  async function play({ from, faults, disturbances }: Round): Promise<Figures> {
    const { state, wanted } = built(from);
    writeFileSync(join(cwd, 'policy.yaml'), JSON.stringify(policyOf(wanted)));
    const clean = await applyWithoutFaults(state);
    begin(state);
    sandbox.setFaults(faults);
    const plan = await planWithFaults();
    const applied = await applyUntilItHolds(clean.goal, plan.changes);
    sandbox.setFaults([]);
    const broken = [...brokenLaws(sidesOf(state), clean), ...(await leftToDo())];
    const drift = await driftAfter(disturbances, faults, clean);
    const log = sandbox.log();
    return {
      requests: log.length,
      faults: log.filter(({ fault }) => fault !== undefined).length,
      reruns: applied.runs - 1,
      outcomes: applied.outcomes,
      violations: [clean, plan, applied, drift].flatMap(({ violations }) => violations).concat(broken),
    };
  }

  async function applyWithoutFaults(state: SandboxState): Promise<Clean> {
    begin(state);
    const ended = await run('apply', 'policy.yaml', ...ALLOWED);
    const { blocked = [] } = documentIn<ResultDocument | Reading>(ended) ?? {};
    const contested = new Set(blocked.map(({ target, path }) => keyOf({ label: targetLabel(target), path })));
    const managed = (await managedBy(cwd, state)).filter((setting) => !contested.has(keyOf(setting)));
    const isFine = ended.code === 0 && documentIn(ended) !== undefined;
    const violations = isFine ? [] : [`without any fault it ends with ${ended.code}: ${ended.stderr}`];
    return { goal: sides(), contested, managed, violations };
  }

  /** @returns the changes of the plan that was saved, if there is one */
  async function planWithFaults(): Promise<{ changes?: readonly Change[]; violations: readonly string[] }> {
    const before = sides();
    const ended = await run('plan', 'policy.yaml', '--out', 'plan.json', '--format', 'json');
    const violations = [...readingFaults('plan', ended, [0, 1, 5]), ...untouched('plan', before, sides())];
    const plan = ended.code === 0 ? documentIn<Reading>(ended) : undefined;
    const changes = plan === undefined ? [] : changesOf(plan);
    return { violations, ...(changes.length === 0 ? {} : { changes }) };
  }

  /** The saved plan first, where there is one; then the policy, as often as it takes. */
  async function applyUntilItHolds(goal: Sides, saved: readonly Change[] | undefined) {
    const outcomes = { applied: 0, ineffective: 0, failed: 0, notAttempted: 0 };
    const violations: string[] = [];
    let planned = saved;
    let before = sides();
    for (let runs = 1; runs <= MOST_RUNS; runs += 1) {
      const asked = sandbox.log().length;
      const ended = await run(
        'apply',
        ...(planned === undefined ? ['policy.yaml'] : ['--plan', 'plan.json']),
        ...ALLOWED,
      );
      const report = documentIn<ResultDocument | Reading>(ended);
      const after = sides();
      violations.push(...crashIn(ended));
      if (report?.kind === 'result') {
        const { events: journal } = await readRun(cwd, report.run);
        const account = { code: ended.code, report, journal, log: sandbox.log().slice(asked), before, after, goal };
        violations.push(...ledgerFaults(planned === undefined ? account : { ...account, planned }));
        for (const { status } of report.results) outcomes[status] += 1;
      } else {
        violations.push(...untouched(`apply (exit ${ended.code})`, before, after));
      }
      const isSeen = report?.blocked.every(({ reason }) => !isUnseen(reason));
      if (ended.code === 0 && isSeen) return { runs, outcomes, violations };
      planned = undefined;
      before = after;
    }
    return { runs: MOST_RUNS, outcomes, violations: [...violations, `not there after ${MOST_RUNS} runs`] };
  }

  function brokenLaws(start: Sides, { goal, managed }: Clean): string[] {
    const early = earlyLocks(sandbox.log(), moments, managed, (at, { label, path }) => {
      const change = { kind: 'set', path } as const;
      // What a lock above holds already, nobody can set: it is the lock to come that puts it right.
      return isSame(sidesOf(at).shown, goal.shown, label, change) || isHeldAbove(at, label, change);
    });
    const end = sides();
    const elsewhere = strayLeaves(end.shown, goal.shown, goal.shown).map((leaf) => `in the end, ${leaf}`);
    return [...early, ...strayLeaves(end.stored, start.stored, goal.stored), ...elsewhere];
  }

  async function leftToDo(): Promise<string[]> {
    const ended = await run('plan', 'policy.yaml', '--format', 'json');
    const plan = documentIn<Reading>(ended);
    if (plan === undefined) return [`converged, and a plan ends with ${ended.code}: ${ended.stderr}`];
    return changesOf(plan).map((change) => `converged, and ${nameOf(change)} is left to do`);
  }

  async function driftAfter(
    disturbances: Round['disturbances'],
    faults: Round['faults'],
    { managed, contested }: Clean,
  ): Promise<{ violations: readonly string[] }> {
    const settled = sides();
    for (const { at, seed } of disturbances) disturb(managed[at % managed.length], seed);
    const disturbed = sandbox.state();
    sandbox.setFaults(faults);
    const ended = await run('drift', 'policy.yaml', '--format', 'json');
    sandbox.setFaults([]);
    const report = documentIn<Reading>(ended);
    return {
      violations: [
        ...readingFaults('drift', ended, [0, 1, 2, 5]),
        ...untouched('drift', sidesOf(disturbed), sides()),
        ...(report === undefined ? [] : driftFaults(report, managed, contested, settled.shown, disturbed)),
      ],
    };
  }

  /** Somebody changes a setting by hand. */
  function disturb(setting: Managed | undefined, seed: number): void {
    const known = setting && settingsOf(scopeOf(setting.label)).get(setting.path);
    if (setting === undefined || known === undefined) return;
    const [value = null] = fc.sample(valueLike(known.shape), { seed, numRuns: 1 });
    const body = withValueAt({}, known.keys, value);
    sandbox.act({ target: setting.label, document: documentKey(known.document.ref), body });
  }

  return {
    play,
    async close() {
      rmSync(cwd, { recursive: true });
      await sandbox.close();
    },
  };
}

const known = new WeakMap<SandboxState, Sides>();

/** Each side is made when it is asked for, and once. */
function sidesOf(state: SandboxState): Sides {
  const made: { -readonly [Side in keyof Sides]?: Sides[Side] } = {};
  const sides = known.get(state) ?? {
    get stored() {
      made.stored ??= stored(state);
      return made.stored;
    },
    get shown() {
      made.shown ??= shown(state);
      return made.shown;
    },
  };
  known.set(state, sides);
  return sides;
}

function keyOf({ label, path }: Managed): string {
  return `${label} set ${path}`;
}

function readingFaults(command: string, ended: Ran, codes: readonly number[]): string[] {
  const odd = codes.includes(ended.code) ? [] : [`${command} ends with ${ended.code}: ${ended.stderr}`];
  return [...odd, ...crashIn(ended)];
}

function crashIn({ stdout, stderr }: Ran): string[] {
  return /bug in lockstep|^\s+at .*:\d+/m.test(stdout + stderr) ? [`a crash: ${stderr.slice(0, 500)}`] : [];
}

function untouched(command: string, before: Sides, after: Sides): string[] {
  return stableText(before.stored) === stableText(after.stored) ? [] : [`${command} wrote without a word of it`];
}

/** Drift is what was changed by hand: all of it, but where Zoom gave no answer; and nothing else. */
function driftFaults(
  drift: Reading,
  managed: readonly Managed[],
  contested: ReadonlySet<string>,
  was: Sides['shown'],
  disturbed: SandboxState,
): string[] {
  const is = sidesOf(disturbed).shown;
  const moved = managed.filter(({ label, path }) => !isSame(was, is, label, { kind: 'set', path }));
  const told = changesOf(drift).map(nameOf);
  const blocked = drift.blocked.map(({ target, path }) => keyOf({ label: targetLabel(target), path }));
  const hidden = managed.filter(({ label, path }) => isHeldAbove(disturbed, label, { kind: 'set', path })).map(keyOf);
  const known = new Set([...told, ...blocked, ...hidden]);
  const allowed = new Set([...moved.map(keyOf), ...contested]);
  return [
    ...moved
      .filter((setting) => !known.has(keyOf(setting)))
      .map((setting) => `drift does not tell of ${keyOf(setting)}`),
    ...told.filter((name) => !allowed.has(name)).map((name) => `drift tells of ${name}, which nobody changed`),
  ];
}

function documentIn<T>({ stdout }: Ran): T | undefined {
  return stdout.startsWith('{') ? (JSON.parse(stdout) as T) : undefined;
}
