/**
 * Which process began a run, and whether it still runs. A process id alone does not say: it is used again after the
 * process has ended, and every container counts from 1.
 */
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';

export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** The boot and the PID namespace that `pid` and `started` belong to. Linux only, as far as /proc can be read. */
  readonly namespace?: string;
  /** When the process started, in clock ticks since the boot. Linux only. */
  readonly started?: string;
}

export async function ownIdentity(): Promise<ProcessIdentity> {
  const [namespace, started] = await Promise.all([ownNamespace(), startOf(process.pid)]);
  return {
    pid: process.pid,
    host: hostname(),
    ...(namespace === undefined ? {} : { namespace }),
    ...(started === undefined ? {} : { started }),
  };
}

/** `unknown`: it is a process of another machine or container, which cannot be asked from here. */
export async function stateOf(other: ProcessIdentity): Promise<'running' | 'ended' | 'unknown'> {
  if (other.host !== hostname() || other.namespace !== (await ownNamespace())) return 'unknown';
  if (!isAlive(other.pid)) return 'ended';
  const started = await startOf(other.pid);
  // /proc may hide the processes of other users.
  const isAnother = started !== undefined && other.started !== undefined && started !== other.started;
  return isAnother ? 'ended' : 'running';
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It exists and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function ownNamespace(): Promise<string | undefined> {
  try {
    const [boot, namespace] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readlink('/proc/self/ns/pid'),
    ]);
    return `${boot.trim()} ${namespace}`;
  } catch {
    return undefined;
  }
}

/** Field 22 of /proc/PID/stat (proc_pid_stat(5)). The name of the program in field 2 may hold blanks and brackets. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
