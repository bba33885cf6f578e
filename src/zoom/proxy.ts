import type { ConnectionVariable } from '../model/connection-variables.ts';

/**
 * In order of precedence. Everything that leaves this machine is https, so HTTPS_PROXY applies; HTTP_PROXY is last, as with
 * npm, for machines that set nothing else.
 */
const VARIABLES = ['HTTPS_PROXY', 'ALL_PROXY', 'HTTP_PROXY'] as const satisfies readonly ConnectionVariable[];

/**
 * The proxy for `url` by the environment, `undefined` for none, or a sentence that describes what is wrong with it. The
 * sentence names only the variable: proxy URLs can hold passwords.
 */
export function proxyFor(url: URL, env: Readonly<Record<string, string | undefined>>): URL | string | undefined {
  if (exempt(url, read(env, 'NO_PROXY') ?? '')) return undefined;
  const name = VARIABLES.find((candidate) => read(env, candidate) !== undefined);
  const text = name === undefined ? undefined : read(env, name);
  if (text === undefined) return undefined;
  const written = text.includes('://') ? text : `http://${text}`;
  if (!URL.canParse(written)) return `${name} is not a URL`;
  const proxy = new URL(written);
  if (proxy.protocol === 'http:' || proxy.protocol === 'https:') return proxy;
  return `${name} starts with ${proxy.protocol}, but only http and https proxies are supported`;
}

function read(env: Readonly<Record<string, string | undefined>>, name: ConnectionVariable): string | undefined {
  // Lower case first, as with curl.
  return [env[name.toLowerCase()], env[name]].map((value) => value?.trim()).find((value) => value);
}

/** NO_PROXY as curl reads it: names match their subdomains, a leading dot or `*.` changes nothing, `*` matches all. */
function exempt(url: URL, list: string): boolean {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true;
      const [, name = '', onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry.replace(/^\*?\./, '')) ?? [];
      if (onlyPort !== undefined && onlyPort !== port) return false;
      return url.hostname === name || url.hostname.endsWith(`.${name}`);
    });
}
