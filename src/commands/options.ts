/** What each command takes: the options of the library's call, and those that only a command line has. In the order of the help. */
import { choice, list, off, option, optional, required, switched, text, wholeNumber } from '../library/option.ts';
import {
  APPLY,
  ASSUME_UNLOCKED,
  CHECK,
  CONNECTION,
  DRIFT,
  EXPLAIN,
  EXPORT,
  PLAN,
  PLANNING,
  ROLLBACK,
  SEARCH,
  signature,
  TARGET,
  VALIDATE,
} from '../library/signatures.ts';
import { RATE_PLANS } from '../model/rate-plan.ts';
import { FORMATS } from '../report/formats.ts';

const PROGRESS = {
  quiet: off({ flags: '-q, --quiet', description: 'no progress on stderr', contradicts: 'verbose' }),
  verbose: off({ flags: '-v, --verbose', description: 'show each request to Zoom on stderr, and count them' }),
};

const OUTPUT = {
  format: option(choice(FORMATS), 'text', { flags: '--format <format>', description: 'format of stdout' }),
  report: list(text, {
    flags: '--report <format=file>',
    description: 'also write the report to a file (repeatable)',
    offers: 'reports',
  }),
  ...PROGRESS,
};

const TEXT_OR_JSON = {
  format: option(choice(['text', 'json']), 'text', { flags: '--format <format>', description: 'format of stdout' }),
};

const AUTO_APPROVE = {
  autoApprove: off({ flags: '-y, --auto-approve', description: 'do not ask; required without a terminal' }),
};

export const VALIDATE_COMMAND = signature({ ...VALIDATE.options, ...TEXT_OR_JSON });

export const PLAN_COMMAND = signature({
  ...DRIFT.options,
  ...OUTPUT,
  ...PLANNING,
  out: optional(text, { flags: '-o, --out <file>', description: 'save the plan for apply --plan', offers: 'files' }),
  ...PLAN.options,
});

export const APPLY_COMMAND = signature(
  { ...DRIFT.options, ...OUTPUT, ...PLANNING, ...AUTO_APPROVE, ...APPLY.options },
  ...APPLY.rules,
);

export const DRIFT_COMMAND = signature(
  {
    ...DRIFT.options,
    ...OUTPUT,
    notify: optional(text, {
      flags: '--notify <url>',
      description: 'post drift to this webhook; env:NAME reads the URL from a variable',
    }),
    heartbeat: off({ flags: '--heartbeat', description: 'with --notify: also post when there is no drift' }),
  },
  ({ heartbeat, notify }) =>
    heartbeat && notify === undefined ? { message: '--heartbeat requires --notify' } : undefined,
);

export const CHECK_COMMAND = signature({ ...CHECK.options, ...OUTPUT });

export const RUNS_COMMAND = signature(TEXT_OR_JSON);

export const ROLLBACK_COMMAND = signature({
  ...TARGET,
  ...ASSUME_UNLOCKED,
  ...CONNECTION,
  ...OUTPUT,
  ...AUTO_APPROVE,
  ...ROLLBACK.options,
});

export const EXPORT_COMMAND = signature({ ...EXPORT.options, ...PROGRESS });

export const INIT_COMMAND = signature(
  {
    folder: option(text, '.'),
    fromLive: off({
      flags: '--from-live',
      description: 'start from what the account has now; reads Zoom and changes nothing',
    }),
    pack: list(text, {
      flags: '--pack <pack>',
      description: 'start from a pack that ships, such as cis-zoom-l1 (repeatable)',
      offers: 'packs',
    }),
    workflow: option(switched, true, { flags: '--no-workflow', description: 'write no workflow for GitHub' }),
    ...CONNECTION,
    ...PROGRESS,
  },
  ({ fromLive, pack }) =>
    fromLive && pack.length > 0
      ? {
          message: '--from-live and --pack cannot be combined',
          hint: 'live values would win over the pack; to compare Zoom with a pack, use lockstep check pack:NAME',
        }
      : undefined,
);

export const COMPLETION_COMMAND = signature({ shell: required(choice(['bash', 'zsh', 'fish'])) });

export const EXPLAIN_COMMAND = signature(
  {
    search: optional(text, SEARCH.options.search.flag),
    ...EXPLAIN.options,
    setting: optional(text),
    ...TEXT_OR_JSON,
    ...PROGRESS,
  },
  ({ search, setting }) =>
    (search === undefined) === (setting === undefined)
      ? {
          message: 'explain takes one setting, or --search',
          hint: 'lockstep explain in_meeting.chat, or lockstep explain --search chat',
        }
      : undefined,
);

export const SCHEMA_COMMAND = signature({
  out: optional(text, { flags: '-o, --out <file>', description: 'write it to this file', offers: 'files' }),
});

export const SANDBOX_COMMAND = signature({
  port: option(wholeNumber, 0, { flags: '--port <n>', description: 'port on 127.0.0.1; 0 picks a free one' }),
  state: optional(text, {
    flags: '--state <file>',
    description: 'start from the state in this file, and keep it there',
    offers: 'files',
  }),
  writeEnv: optional(text, {
    flags: '--write-env <file>',
    description: 'write the variables that lead to this sandbox, for --env-file',
    offers: 'files',
  }),
  ratePlan: option(choice(RATE_PLANS), 'none', {
    flags: '--rate-plan <plan>',
    description: "enforce a plan's rate limits",
  }),
  lockedWrite: option(choice(['silent', 'reject']), 'silent', {
    flags: '--locked-write <mode>',
    description: 'a value that is locked above is ignored or refused',
  }),
  unknownFields: option(choice(['ignore', 'reject']), 'ignore', {
    flags: '--unknown-fields <mode>',
    description: 'read-only and unknown fields in a PATCH are ignored or refused',
  }),
  nestedObjects: option(choice(['merge', 'replace']), 'merge', {
    flags: '--nested-objects <mode>',
    description: 'objects inside a section are merged or replaced by a PATCH',
  }),
  secrets: option(choice(['returned', 'withheld']), 'returned', {
    flags: '--secrets <mode>',
    description: 'passcodes and tokens are returned by a GET, or withheld',
  }),
  latency: option(wholeNumber, 0, {
    flags: '--latency <ms>',
    description: 'delay every answer by this many milliseconds',
  }),
});
