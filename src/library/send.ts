/** Sends a plan, with a journal of every step. */
import type { Journal } from '../journal/write.ts';
import type { ApplyResult } from '../model/result.ts';
import type { ZoomWriter } from '../model/zoom-api.ts';
import { applyPlan } from '../reconcile/apply/apply.ts';
import type { ApplyEvent } from '../reconcile/apply/apply-run.ts';
import type { Prepared } from '../reconcile/saved/prepare.ts';
import type { Session } from '../zoom/zoom.ts';
import type { Call } from './call.ts';
import { journalEvent } from './journal-event.ts';
import { postponing } from './quota.ts';
import type { ExecuteSettings } from './refusals.ts';
import { secretEvents } from './secrets.ts';

type SendSettings = Pick<ExecuteSettings, 'signal' | 'abandon' | 'settle'>;

export async function send(
  call: Call,
  { signal = new AbortController().signal, abandon, settle }: SendSettings,
  zoom: ZoomWriter & Session,
  { plan, secrets, confidential, wanted, dropped }: Prepared,
  { journal, beforeSend }: { readonly journal: Journal; readonly beforeSend: () => Promise<void> },
): Promise<ApplyResult> {
  const steps = plan.waves.flat().length;
  let sent = 0;
  const record = async (event: ApplyEvent): Promise<void> => {
    await journal.record(journalEvent(event, now()));
    if (event.kind === 'verified') {
      const kept = await secretEvents(call, plan.account, event.results, secrets, now());
      await Promise.all(kept.map((entry) => journal.record(entry)));
    }
    if (event.kind !== 'sent') return;
    sent += 1;
    call.progress(`Writing to Zoom: ${sent} of ${steps} requests`);
  };
  const close = () => zoom.close();
  abandon?.addEventListener('abort', close);
  try {
    const result = await applyPlan(plan, {
      zoom,
      secrets,
      confidential,
      wanted,
      signal,
      postpone: postponing(zoom, plan),
      record,
      beforeSend,
      settle: { seconds: settle, sleep },
    });
    return { ...result, results: [...dropped, ...result.results] };
  } finally {
    abandon?.removeEventListener('abort', close);
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((done) => {
    setTimeout(done, milliseconds);
  });
}

export function now(): string {
  return new Date().toISOString();
}
