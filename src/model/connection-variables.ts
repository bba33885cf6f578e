/**
 * The environment variables of the connection to Zoom. They are for lockstep alone: a policy that named one with `!env`
 * would send it to Zoom as the value of a setting, where many people can read it.
 */
const CONNECTION_VARIABLES = [
  'ZOOM_ACCESS_TOKEN',
  'ZOOM_ACCOUNT_ID',
  'ZOOM_CLIENT_ID',
  'ZOOM_CLIENT_SECRET',
  'ZOOM_WEBHOOK_SECRET_TOKEN',
  'ZOOM_WEBSOCKET_URL',
  'ZOOM_API_URL',
  'ZOOM_OAUTH_URL',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'HTTP_PROXY',
  'NO_PROXY',
] as const;

export type ConnectionVariable = (typeof CONNECTION_VARIABLES)[number];

/** In any case: the proxies are read in lower case, too, and Windows tells no cases apart. */
export function isOfConnection(name: string): boolean {
  const upper = name.toUpperCase();
  return upper.startsWith('LOCKSTEP_') || CONNECTION_VARIABLES.some((variable) => variable === upper);
}
