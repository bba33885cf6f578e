/** The policies that are measured with, and what the sandbox must hold for every second target to match them already. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const SETTINGS = {
  schedule_meeting: { host_video: true, participant_video: true },
  in_meeting: { chat: true, annotation: true },
} as const;

/** What one page of a listing holds at most. */
export const PAGE = { groups: 300, users: 2000 } as const;

export const ONE_DOCUMENT = { settings: SETTINGS };

/** Default settings and locks, and two documents that are asked for with an option. */
export const FOUR_DOCUMENTS = {
  settings: SETTINGS,
  'settings?option=meeting_security': { meeting_security: { waiting_room: true } },
  'settings?option=meeting_authentication': { meeting_authentication: false },
  lock_settings: { in_meeting: { annotation: true } },
};

export const USER_DOCUMENT = {
  settings: {
    schedule_meeting: { host_video: true, participants_video: true },
    in_meeting: { chat: true, annotation: true },
  },
};

const BODY = `settings:
      schedule_meeting: { host_video: true, participant_video: true }
      in_meeting: { chat: true, annotation: true }
`;

export function groupPolicy(group: string): string {
  return `version: 1\ngroups:\n  "${group}":\n    ${BODY}`;
}

export function fourDocumentPolicy(group: string): string {
  return `${groupPolicy(group)}      meeting_security: { waiting_room: true }
      meeting_authentication: { meeting_authentication: false }
    lock_settings:
      in_meeting: { annotation: true }
`;
}

const USER =
  '{ settings: { schedule_meeting: { host_video: true, participants_video: true }, in_meeting: { chat: true, annotation: true } } }';

export function userPolicy(numbers: readonly number[]): string {
  return `version: 1\nusers:\n${numbers.map((number) => `  ${emailOf(number)}: ${USER}\n`).join('')}`;
}

const FILES_OF_USERS = 200;

/** Policies of so many users in a folder of many files, which is returned. */
export function userPolicies(folder: string, count: number): string {
  const each = Math.ceil(count / FILES_OF_USERS);
  for (let file = 0; file < FILES_OF_USERS; file += 1) {
    const numbers = Array.from({ length: each }, (_, index) => file * each + index + 1).filter((n) => n <= count);
    write(join(folder, `${file}.yaml`), userPolicy(numbers));
  }
  return folder;
}

/** As the sandbox names them, the groups and the users. */
export function groupName(number: number): string {
  return `Group ${String(number).padStart(4, '0')}`;
}

export function emailOf(number: number): string {
  return `user${String(number).padStart(4, '0')}@example.edu`;
}

/** Files in a folder of their own, for as long as `use` takes. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export function write(file: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
