/** A connection to Zoom for the time of one call: closed whatever happens. */
import type { AccountDemand, AccountIdentity } from '../model/account.ts';
import type { RatePlan } from '../model/rate-plan.ts';
import { type Connection, connectionFrom } from '../zoom/connection.ts';
import type { ClientEvents } from '../zoom/events.ts';
import type { Session } from '../zoom/zoom.ts';
import { identify } from './account.ts';
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
  /** What the policies of the run are for. */
  readonly only?: readonly AccountDemand[];
}

/** Which account a session is about. */
export interface Named {
  readonly account: AccountIdentity;
}

export interface Connected<Z> {
  readonly zoom: Z;
  readonly connection: Connection;
}

/**
 * Finds out first which account it is about, once for all that is done with it.
 * @param open whether for reading alone, or for writing too
 */
export async function withZoom<Z extends Session, R>(
  call: Call,
  settings: ConnectionSettings,
  open: (connection: Connection, events: ClientEvents) => Z,
  use: (connected: Connected<Z & Named>) => Promise<R>,
): Promise<R> {
  const connection = connectionFrom(call.env, settings);
  const zoom = open(connection, eventsFor(call, settings));
  try {
    const account = identify(connection, await zoom.readAccount(), settings.only);
    return await use({ zoom: Object.assign(zoom, { account }), connection });
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
