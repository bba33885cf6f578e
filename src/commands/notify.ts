/** Drift posted to a webhook. Its URL is a secret: anybody who has it can write to the channel. */
import { EXIT, LockstepError } from '../errors.ts';
import type { Plan } from '../model/plan.ts';
import type { Report } from '../model/report.ts';
import type { Host } from '../terminal.ts';
import { isLoopback } from '../util/loopback.ts';
import { printable } from '../util/printable.ts';

const PATIENCE_MS = 10_000;

export interface Webhook {
  readonly url: URL;
  /** Whether to post when there is no drift, too. */
  readonly heartbeat: boolean;
}

/**
 * Where `--notify` leads, found out before anything is asked of Zoom.
 * @throws LockstepError for a URL that is none, or over which a message could be read by others; never with the URL in it
 */
export function webhookFrom(
  env: Host['env'],
  { notify: given, heartbeat }: { readonly notify: string | undefined; readonly heartbeat: boolean },
): Webhook | undefined {
  if (given === undefined) return undefined;
  const name = given.startsWith('env:') ? given.slice('env:'.length) : undefined;
  const text = (name === undefined ? given : (env[name] ?? '')).trim();
  if (name !== undefined && text === '') throw new LockstepError(`--notify: ${name} is not set`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const problem = url === undefined ? 'is not a URL' : problemOf(url);
  if (url === undefined || problem !== undefined)
    throw new LockstepError(`--notify: ${name ?? 'the value'} ${problem}`);
  return { url, heartbeat };
}

function problemOf(url: URL): string | undefined {
  if (url.username !== '' || url.password !== '') return 'holds a user name or a password';
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return undefined;
  return 'does not begin with https: (http: is for a server on this machine only)';
}

/**
 * Posts once, when there is drift or a heartbeat is wanted. A failure is a warning: it does not change whether Zoom has
 * drifted.
 */
export async function notify(
  host: Host,
  { url, heartbeat }: Webhook,
  report: Extract<Report, { readonly plan: Plan }>,
): Promise<void> {
  if (report.exitCode === EXIT.ok && !heartbeat) return;
  const { renderNotice } = await import('../report/notice.ts');
  const problem = await post(url, renderNotice(report));
  if (problem !== undefined) host.stderr.write(`warning: ${printable(url.host)} was not notified: ${problem}\n`);
}

async function post(url: URL, body: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'lockstep' },
      body,
      // Elsewhere is not where the message was to go.
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `it answered with HTTP ${response.status}`;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Codes only: the messages of fetch name addresses. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return `no answer in ${PATIENCE_MS / 1000} seconds`;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  return code === undefined ? 'no answer' : `no answer (${code})`;
}
