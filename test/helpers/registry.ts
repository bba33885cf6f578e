/** A stand-in on loopback for the registry that npm asks for advisories. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Advisory {
  readonly id: number;
  readonly url: string;
  readonly title: string;
  readonly severity: 'info' | 'low' | 'moderate' | 'high' | 'critical';
  readonly vulnerable_versions: string;
}

/** Answers the one question of `npm audit` as `answer` does, and knows the versions of the packages in `versions`. */
export async function withRegistry<T>(
  answer: (response: ServerResponse) => void,
  versions: Readonly<Record<string, readonly string[]>>,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      if (request.method === 'POST') answer(response);
      else packument(request, response);
    });
  });
  function packument({ url = '' }: IncomingMessage, response: ServerResponse): void {
    const name = decodeURIComponent(url.slice(1));
    const known = versions[name];
    const document = known && {
      name,
      'dist-tags': { latest: known.at(-1) },
      versions: Object.fromEntries(known.map((version) => [version, { name, version, dist: {} }])),
    };
    response
      .writeHead(document ? 200 : 404, { 'content-type': 'application/json' })
      .end(JSON.stringify(document ?? {}));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** How a registry answers that knows these, by package. */
export function knowing(advisories: Readonly<Record<string, readonly Advisory[]>>): (response: ServerResponse) => void {
  return (response) => response.setHeader('content-type', 'application/json').end(JSON.stringify(advisories));
}
