/** Every command. Nothing heavy is loaded before one runs. */
import {
  APPLY_COMMAND,
  CHECK_COMMAND,
  COMPLETION_COMMAND,
  DRIFT_COMMAND,
  EXPLAIN_COMMAND,
  EXPORT_COMMAND,
  INIT_COMMAND,
  PLAN_COMMAND,
  ROLLBACK_COMMAND,
  RUNS_COMMAND,
  SANDBOX_COMMAND,
  SCHEMA_COMMAND,
  VALIDATE_COMMAND,
} from './options.ts';
import { type CommandSpec, command } from './spec.ts';

const POLICIES = {
  option: 'policies',
  name: '[policies...]',
  description: 'policy files or folders (default: ./policies)',
  offers: 'policies',
} as const;

export const COMMANDS: readonly CommandSpec[] = [
  command({
    name: 'validate',
    description: 'Check policies without asking Zoom anything.',
    argument: POLICIES,
    takes: VALIDATE_COMMAND,
    load: async () => (await import('./validate.ts')).validate,
  }),
  command({
    name: 'plan',
    description: 'Read the live settings and show what apply would change, and why.',
    argument: POLICIES,
    takes: PLAN_COMMAND,
    load: async () => (await import('./plan.ts')).plan,
  }),
  command({
    name: 'apply',
    description: 'Make Zoom match the policies: plan, ask, send, read back.',
    argument: POLICIES,
    takes: APPLY_COMMAND,
    load: async () => (await import('./apply.ts')).apply,
  }),
  command({
    name: 'drift',
    description: 'Find what differs from the policies; exits with 2 when something does.',
    argument: POLICIES,
    takes: DRIFT_COMMAND,
    load: async () => (await import('./drift.ts')).drift,
  }),
  command({
    name: 'check',
    description: 'Compare Zoom with packs or policies, read only; exits with 2 when something fails.',
    argument: {
      ...POLICIES,
      description: 'policy files, folders or packs, such as pack:cis-zoom-l1 (default: ./policies)',
    },
    takes: CHECK_COMMAND,
    load: async () => (await import('./check.ts')).check,
  }),
  command({
    name: 'runs',
    description: 'List what was applied from this folder.',
    takes: RUNS_COMMAND,
    load: async () => (await import('./runs.ts')).runs,
  }),
  command({
    name: 'rollback',
    description: 'Undo a run: plan its old values, ask, send, read back.',
    argument: { option: 'run', name: '<run>', description: 'the name of a run, as runs lists it', offers: 'runs' },
    takes: ROLLBACK_COMMAND,
    load: async () => (await import('./rollback.ts')).rollback,
  }),
  command({
    name: 'export',
    description: 'Write the live settings as a policy.',
    takes: EXPORT_COMMAND,
    load: async () => (await import('./export.ts')).exportPolicies,
  }),
  command({
    name: 'init',
    description: 'Start here: write a policy, .gitignore, .env.example and a workflow; existing files are kept.',
    argument: { option: 'folder', name: '[folder]', description: 'where to (default: here)', offers: 'folders' },
    takes: INIT_COMMAND,
    load: async () => (await import('./init/index.ts')).init,
  }),
  command({
    name: 'completion',
    description: 'Print a script that completes commands, flags and values in a shell.',
    argument: { option: 'shell', name: '<shell>', description: 'which shell it is for' },
    takes: COMPLETION_COMMAND,
    load: async () => (await import('./completion/index.ts')).completionOf(COMMANDS),
  }),
  command({
    name: 'explain',
    description: 'Explain one setting, section or lock key: values, locks, rules, who sets it, and why.',
    argument: {
      option: 'setting',
      name: '[setting]',
      description: 'a setting path, a section or a lock key, such as in_meeting.chat',
    },
    takes: EXPLAIN_COMMAND,
    load: async () => (await import('./explain.ts')).explain,
  }),
  command({
    name: 'schema',
    description: 'Write the JSON Schema of policies, for completion and checks in editors.',
    takes: SCHEMA_COMMAND,
    load: async () => (await import('./schema.ts')).schema,
  }),
  command({
    name: 'sandbox',
    description: 'Run a Zoom that fits in a process, to try everything without an account.',
    takes: SANDBOX_COMMAND,
    load: async () => (await import('./sandbox.ts')).sandbox,
  }),
];
