/** A client for the time of one command: events to stderr, and closed whatever happens. */
import { type Host, type Progress, startProgress } from '../terminal.ts';
import type { Connection } from '../zoom/connection.ts';
import type { ClientEvents } from '../zoom/events.ts';
import type { Session } from '../zoom/zoom.ts';
import { connectionOf, type Flags, isOn } from './flags.ts';
import { eventsFor, summaryOf } from './stderr.ts';

export interface Connected<Z> {
  readonly zoom: Z;
  readonly connection: Connection;
  readonly progress: Progress;
}

export async function connected<Z extends Session, R>(
  host: Host,
  env: Host['env'],
  flags: Flags,
  open: (connection: Connection, events: ClientEvents) => Z,
  use: (connected: Connected<Z>) => Promise<R>,
): Promise<R> {
  const connection = connectionOf(env, flags);
  const verbose = isOn(flags, 'verbose');
  const progress = await startProgress(host, { quiet: isOn(flags, 'quiet'), verbose });
  const zoom = open(connection, eventsFor(progress, verbose));
  try {
    return await use({ zoom, connection, progress });
  } finally {
    progress.stop();
    zoom.close();
    if (verbose) host.stderr.write(summaryOf(zoom.counts(), zoom.minimum()));
  }
}
