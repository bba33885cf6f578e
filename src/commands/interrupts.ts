/** Ctrl-C and SIGTERM while a plan is carried out: the first stops the run, the second drops what is under way. */
import type { Host } from '../terminal.ts';

export interface Interrupts {
  readonly signal: AbortSignal;
  readonly abandon: AbortSignal;
  /** Until then they end the process, as nothing has been sent yet. */
  readonly listen: () => void;
  readonly release: () => void;
}

export function interruptible(host: Host): Interrupts {
  const [stop, abandon] = [new AbortController(), new AbortController()];
  let release: () => void = () => undefined;
  return {
    signal: stop.signal,
    abandon: abandon.signal,
    listen: () => {
      release = host.onInterrupt(() => {
        if (stop.signal.aborted) return abandon.abort();
        stop.abort();
        host.stderr.write(
          '\nStopping: requests in flight finish, and nothing more is sent. Press Ctrl-C again to drop them.\n',
        );
      });
    },
    release: () => release(),
  };
}
