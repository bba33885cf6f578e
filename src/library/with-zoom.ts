/** A connection to Zoom for the time of one call: closed whatever happens. */
import type { RatePlan } from '../model/rate-plan.ts';
import { type Connection, connectionFrom } from '../zoom/connection.ts';
import type { ClientEvents } from '../zoom/events.ts';
import type { Session } from '../zoom/zoom.ts';
import type { Call, CallSettings } from './call.ts';
import type { RequestHooks } from './hooks.ts';

export interface ConnectionSettings extends CallSettings {
  readonly account: string | undefined;
  readonly envFile: string | undefined;
  readonly ratePlan: RatePlan;
  readonly rateShare: number | undefined;
  readonly concurrency: number | undefined;
  readonly onRequest: RequestHooks['onRequest'] | undefined;
  readonly onRequestsMade: RequestHooks['onRequestsMade'] | undefined;
}

export interface Connected<Z> {
  readonly zoom: Z;
  readonly connection: Connection;
}

/** @param open whether for reading alone, or for writing too */
export async function withZoom<Z extends Session, R>(
  call: Call,
  settings: ConnectionSettings,
  open: (connection: Connection, events: ClientEvents) => Z,
  use: (connected: Connected<Z>) => Promise<R>,
): Promise<R> {
  const connection = connectionFrom(call.env, settings);
  const zoom = open(connection, eventsFor(call, settings));
  try {
    return await use({ zoom, connection });
  } finally {
    zoom.close();
    settings.onRequestsMade?.({ ...zoom.counts(), minimum: zoom.minimum() });
  }
}

function eventsFor(call: Call, { onRequest }: ConnectionSettings): ClientEvents {
  const onWait: ClientEvents['onWait'] = ({ milliseconds, why }) =>
    call.progress(`Waiting ${Math.ceil(milliseconds / 1000)} s: ${why}`);
  return onRequest === undefined
    ? { onWait }
    : { onWait, onRequest: ({ method, path }) => onRequest({ method, path }) };
}
