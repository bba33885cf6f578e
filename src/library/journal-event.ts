import type { JournalEvent } from '../journal/events.ts';
import type { ApplyEvent } from '../reconcile/apply/apply-run.ts';

/** What the journal keeps of an event. */
export function journalEvent(event: ApplyEvent, time: string): JournalEvent {
  switch (event.kind) {
    case 'sending': {
      const { id, target, request, changes } = event.step;
      return { event: 'sending', time, step: id, target, document: request.document, changes };
    }
    case 'sent': {
      const { step, refusal } = event;
      return { event: 'sent', time, step: step.id, ...(refusal === undefined ? {} : { refusal }) };
    }
    case 'verified': {
      const results = event.results.map(({ step, change: { kind, path }, status }) => ({ step, kind, path, status }));
      return { event: 'verified', time, results };
    }
  }
}
