/** Every command: its words, its flags, and where its code is. Nothing heavy is loaded before a command runs. */
import { InvalidArgumentError } from 'commander';
import { FAILURES } from '../reconcile/fail-on.ts';
import { FORMATS } from '../report/formats.ts';
import type { Host } from '../terminal.ts';
import type { Flags } from './flags.ts';

/** Runs a command; the number is the exit code. Output is written before it resolves. */
export type Execute = (host: Host, paths: readonly string[], flags: Flags) => Promise<number>;

export interface FlagSpec {
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  /** What a shell offers for a value that may be another as well. */
  readonly suggests?: readonly string[];
  readonly fallback?: unknown;
  /** The name of a flag that says the contrary. */
  readonly contradicts?: string;
  readonly parse?: (value: string, previous: unknown) => unknown;
}

export interface CommandSpec {
  readonly name: string;
  readonly description: string;
  readonly argument?: { readonly name: string; readonly description: string; readonly choices?: readonly string[] };
  readonly flags: readonly FlagSpec[];
  readonly load: () => Promise<Execute>;
}

const collect = (value: string, previous: unknown): string[] => [...(Array.isArray(previous) ? previous : []), value];

function wholeNumber(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('Give a whole number.');
  return Number(value);
}

function percentage(value: string): number {
  const percent = /^\d{1,3}%?$/.test(value) ? Number.parseInt(value, 10) : 0;
  if (percent < 1 || percent > 100) throw new InvalidArgumentError('Give a percentage from 1% to 100%.');
  return percent / 100;
}

const POLICIES = { name: '[policies...]', description: 'policy files or folders (default: ./policies)' };

const POLICY_FLAGS: readonly FlagSpec[] = [
  { flags: '--allow-unknown', description: 'send fields that the catalogue does not know as they are' },
];

const TARGET: FlagSpec = {
  flags: '-t, --target <glob>',
  description: 'only these: account, group:NAME, user:E-MAIL, or a setting path (repeatable)',
  parse: collect,
  suggests: ['account', 'group:', 'user:'],
};

const ZOOM_FLAGS: readonly FlagSpec[] = [
  { flags: '--account <id>', description: 'a sub-account, over the master account (default: me)' },
  { flags: '--env-file <file>', description: 'read environment variables from a file; the real environment wins' },
  {
    flags: '--rate-plan <plan>',
    description: "the account's plan, which sets Zoom's rate limit; none: a server on this machine",
    choices: ['free', 'pro', 'business', 'none'],
    fallback: 'pro',
  },
  {
    flags: '--rate-share <percent>',
    description: "how much of the plan's rate limit this run may take, since other apps share it (default: 100%)",
    parse: percentage,
  },
  {
    flags: '--concurrency <n>',
    description: 'requests in flight at most (default: 20, on plan business 60)',
    parse: wholeNumber,
  },
];

const OUTPUT_FLAGS: readonly FlagSpec[] = [
  { flags: '--format <format>', description: 'what stdout carries', choices: FORMATS, fallback: 'text' },
  { flags: '--report <format=file>', description: 'write the report to a file as well (repeatable)', parse: collect },
  { flags: '-q, --quiet', description: 'no progress on stderr', contradicts: 'verbose' },
  { flags: '-v, --verbose', description: 'say on stderr what is asked of Zoom, and count it' },
];

const ASSUME_UNLOCKED: FlagSpec = {
  flags: '--assume-unlocked',
  description: 'where account locks cannot be read, take them for off; what was sent is verified',
};

const FAIL_ON: FlagSpec = {
  flags: '--fail-on <what>',
  description: `exit with 3 when the plan holds such changes: ${FAILURES.join(', ')} (repeatable, or with commas)`,
  suggests: FAILURES,
  parse: (value, previous) => {
    const given = value.split(',').map((word) => word.trim());
    const unknown = given.find((word) => !FAILURES.some((failure) => failure === word));
    if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" is none of ${FAILURES.join(', ')}.`);
    return [...collect(given[0] ?? '', previous), ...given.slice(1)];
  },
};

const WRITE_SECRET: FlagSpec = {
  flags: '--write-secret <path>',
  description: 'write the secret at this setting path again, whatever is known of it (repeatable)',
  parse: collect,
};

const PLANNING: readonly FlagSpec[] = [TARGET, ...POLICY_FLAGS, ASSUME_UNLOCKED, ...ZOOM_FLAGS, ...OUTPUT_FLAGS];

const CARRYING_OUT: readonly FlagSpec[] = [
  { flags: '-y, --auto-approve', description: 'do not ask; required where there is no terminal' },
  { flags: '--allow-blocked', description: 'apply the rest of a plan in which something is blocked' },
  {
    flags: '--allow-lossy',
    description: 'apply changes that lose what undoing does not bring back: retention, auto-delete, archive',
  },
  {
    flags: '--allow-protected <path>',
    description: "apply changes under this entry of a policy's protected list (repeatable)",
    parse: collect,
  },
  {
    flags: '--max-targets <n>',
    description: 'refuse a plan that changes more targets',
    parse: wholeNumber,
    fallback: 100,
  },
  { flags: '--expect <fingerprint>', description: 'refuse any other plan than the one that was reviewed' },
  {
    flags: '--settle <seconds>',
    description: 'how long a value may take to show in Zoom before it counts as ineffective',
    parse: wholeNumber,
    fallback: 2,
  },
];

export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'validate',
    description: 'Check policies without asking Zoom anything.',
    argument: POLICIES,
    flags: [
      ...POLICY_FLAGS,
      { flags: '--format <format>', description: 'what stdout carries', choices: ['text', 'json'], fallback: 'text' },
    ],
    load: async () => (await import('./validate.ts')).validate,
  },
  {
    name: 'plan',
    description: 'Read the live settings and show what apply would change, and why.',
    argument: POLICIES,
    flags: [
      ...PLANNING,
      FAIL_ON,
      WRITE_SECRET,
      { flags: '-o, --out <file>', description: 'save the plan as JSON' },
      { flags: '--detailed-exitcode', description: 'exit with 2 when Zoom differs from the policies' },
    ],
    load: async () => (await import('./plan.ts')).plan,
  },
  {
    name: 'apply',
    description: 'Make Zoom match the policies: plan, ask, send, read back.',
    argument: POLICIES,
    flags: [
      ...PLANNING,
      FAIL_ON,
      WRITE_SECRET,
      ...CARRYING_OUT,
      { flags: '--plan <file>', description: 'apply a plan saved by plan --out; refused where Zoom has moved since' },
      { flags: '--partial', description: 'with --plan: leave out what has moved and apply the rest' },
    ],
    load: async () => (await import('./apply.ts')).apply,
  },
  {
    name: 'drift',
    description: 'Find what differs from the policies; exits with 2 when something does.',
    argument: POLICIES,
    flags: [
      ...PLANNING,
      {
        flags: '--notify <url>',
        description: 'post a message about drift to this webhook; env:NAME takes it from a variable',
      },
      { flags: '--heartbeat', description: 'with --notify: post when there is no drift as well' },
    ],
    load: async () => (await import('./drift.ts')).drift,
  },
  {
    name: 'check',
    description: 'Compare Zoom with packs or policies, read only; exits with 2 when something fails.',
    argument: {
      name: '[policies...]',
      description: 'policy files, folders or packs, such as pack:cis-zoom-l1 (default: ./policies)',
    },
    flags: [
      TARGET,
      ...POLICY_FLAGS,
      {
        flags: '--severity <severity>',
        description: 'exit with 2 only for failures that weigh at least so much',
        choices: ['low', 'medium', 'high', 'critical'],
        fallback: 'low',
      },
      ...ZOOM_FLAGS,
      ...OUTPUT_FLAGS,
    ],
    load: async () => (await import('./check.ts')).check,
  },
  {
    name: 'runs',
    description: 'List what was applied from this folder.',
    flags: [
      { flags: '--format <format>', description: 'what stdout carries', choices: ['text', 'json'], fallback: 'text' },
    ],
    load: async () => (await import('./runs.ts')).runs,
  },
  {
    name: 'rollback',
    description: 'Undo a run: plan its old values, ask, send, read back.',
    argument: { name: '<run>', description: 'the name of a run, as runs lists it' },
    flags: [TARGET, ASSUME_UNLOCKED, ...ZOOM_FLAGS, ...OUTPUT_FLAGS, ...CARRYING_OUT],
    load: async () => (await import('./rollback.ts')).rollback,
  },
  {
    name: 'export',
    description: 'Write the live settings as a policy.',
    flags: [
      { ...TARGET, description: 'what to export: account (default), group:GLOB, user:GLOB (repeatable)' },
      ...ZOOM_FLAGS,
      ...OUTPUT_FLAGS.slice(2),
    ],
    load: async () => (await import('./export.ts')).exportPolicy,
  },
  {
    name: 'init',
    description: 'Begin: write a policy, .gitignore, .env.example and a workflow; what is there is left as it is.',
    argument: { name: '[folder]', description: 'where to (default: here)' },
    flags: [
      { flags: '--from-live', description: 'start from what the account has now; asks Zoom, and only reads' },
      {
        flags: '--pack <pack>',
        description: 'start from a pack that ships, such as cis-zoom-l1 (repeatable)',
        parse: collect,
      },
      { flags: '--no-workflow', description: 'write no workflow for GitHub' },
      ...ZOOM_FLAGS,
      ...OUTPUT_FLAGS.slice(2),
    ],
    load: async () => (await import('./init/index.ts')).init,
  },
  {
    name: 'completion',
    description: 'Print a script that completes commands, flags and values in a shell.',
    argument: { name: '<shell>', description: 'which shell it is for', choices: ['bash', 'zsh', 'fish'] },
    flags: [],
    load: async () => (await import('./completion/index.ts')).completion,
  },
  {
    name: 'explain',
    description: 'Tell everything about one setting, section or lock key: values, locks, rules, who sets it, and why.',
    argument: { name: '[setting]', description: 'a setting path, a section or a lock key, such as in_meeting.chat' },
    flags: [
      { flags: '--search <words>', description: 'list the settings whose name or summary holds these words' },
      {
        flags: '-t, --target <target>',
        description: 'only what concerns this one: account, group:NAME or user:E-MAIL',
        suggests: ['account', 'group:', 'user:'],
      },
      { flags: '--live', description: 'tell what Zoom has now, level by level; asks Zoom, and only reads' },
      {
        flags: '--policy <path>',
        description: 'a policy file, folder or pack (default: ./policies; repeatable)',
        parse: collect,
      },
      ...ZOOM_FLAGS,
      { flags: '--format <format>', description: 'what stdout carries', choices: ['text', 'json'], fallback: 'text' },
      ...OUTPUT_FLAGS.slice(2),
    ],
    load: async () => (await import('./explain.ts')).explain,
  },
  {
    name: 'schema',
    description: 'Write the JSON Schema of policies, for completion and checks in editors.',
    flags: [{ flags: '-o, --out <file>', description: 'write it to this file' }],
    load: async () => (await import('./schema.ts')).schema,
  },
  {
    name: 'sandbox',
    description: 'Run a Zoom that fits in a process, to try everything without an account.',
    flags: [
      { flags: '--port <n>', description: 'port on 127.0.0.1; 0 takes a free one', parse: wholeNumber, fallback: 0 },
      { flags: '--state <file>', description: 'start from this state and keep it there' },
      { flags: '--write-env <file>', description: 'write the variables that point lockstep here, for --env-file' },
      {
        flags: '--rate-plan <plan>',
        description: "enforce a plan's rate limits",
        choices: ['free', 'pro', 'business', 'none'],
        fallback: 'none',
      },
      {
        flags: '--locked-write <mode>',
        description: 'a value that is locked above is ignored or refused',
        choices: ['silent', 'reject'],
        fallback: 'silent',
      },
      {
        flags: '--unknown-fields <mode>',
        description: 'read-only and unknown fields in a PATCH are ignored or refused',
        choices: ['ignore', 'reject'],
        fallback: 'ignore',
      },
      {
        flags: '--nested-objects <mode>',
        description: 'objects inside a section are merged or replaced by a PATCH',
        choices: ['merge', 'replace'],
        fallback: 'merge',
      },
      {
        flags: '--secrets <mode>',
        description: 'passcodes and tokens are returned by a GET, or withheld',
        choices: ['returned', 'withheld'],
        fallback: 'returned',
      },
      { flags: '--latency <ms>', description: 'answer after this time', parse: wholeNumber, fallback: 0 },
    ],
    load: async () => (await import('./sandbox.ts')).sandbox,
  },
];
