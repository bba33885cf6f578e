/** Organisations that plans and journals are made of, and a folder and a sandbox for each. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Sandbox, type SandboxOptions, type SandboxState, startSandbox } from '../src/sandbox/index.ts';
import { lockstep, type Ran } from '../test/helpers/host.ts';
import { stateOf } from '../test/helpers/organisation.ts';
import { STORIES as FAULT_STORIES } from '../test/helpers/stories.ts';

/** What a plan must never carry to Zoom: these are of the run, not of the policy. */
export const OWN_SECRETS = { ZOOM_ACCESS_TOKEN_NOT_USED: 'canary-of-the-environment' } as const;
export const VARIABLES = { ARCHIVE_PASSCODE: 'canary-passcode-1', ...OWN_SECRETS };

const ARCHIVE = 'send_data_to_third_party_archiving_service';

const WITH_SECRET = {
  name: 'a secret, and an object that goes whole',
  policy: `version: 1
account:
  settings:
    in_meeting: { chat: !locked false }
    chat:
      ${ARCHIVE}: { user_name: archive, passcode: !env ARCHIVE_PASSCODE }
`,
  state: stateOf({
    account: {
      settings: {
        in_meeting: { chat: true },
        chat: { [ARCHIVE]: { enable: true, type: 'smarsh', user_name: 'old', passcode: 'canary-live-passcode' } },
      },
      lock_settings: { in_meeting: { chat: false } },
    },
  }),
  sandbox: { secrets: 'withheld' as const },
};

const NAMES = [
  'both levels and a user',
  'two documents a target, with locks in both',
  'sign-in profiles that exist, and a lock beside',
];

interface Written {
  readonly name: string;
  readonly policy: string;
  readonly state: SandboxState;
  readonly sandbox?: SandboxOptions;
}

export const STORIES: readonly Written[] = [WITH_SECRET, ...FAULT_STORIES.filter(({ name }) => NAMES.includes(name))];

export interface Stage {
  readonly name: string;
  /** The folder around the working folder: nothing in it but that one may change. */
  readonly root: string;
  readonly cwd: string;
  readonly start: SandboxState;
  readonly sandbox: Sandbox;
  readonly run: (...argv: readonly string[]) => Promise<Ran>;
  readonly close: () => Promise<void>;
}

export async function openStage({ name, policy, state, sandbox: options }: Written): Promise<Stage> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-fuzz-')));
  const cwd = join(root, 'work');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'policy.yaml'), policy);
  const sandbox = await startSandbox({ ...options, state });
  const env = { ...sandbox.env, ...VARIABLES };
  return {
    name,
    root,
    cwd,
    start: state,
    sandbox,
    run: (...argv) => lockstep(argv[0] === 'runs' ? argv : [...argv, '--rate-plan', 'none'], { cwd, env }),
    close: async () => {
      rmSync(root, { recursive: true, force: true });
      await sandbox.close();
    },
  };
}
