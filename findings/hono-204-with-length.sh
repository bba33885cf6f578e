#!/usr/bin/env bash
# The same route answers 500 in a test and 204 with a `Content-Length` on a server.
#
# Expected: one answer. `app.request()` is documented as the way to test an app. RFC 9110, section 8.6, forbids a
#   `Content-Length` in a 204, and `Response` of the Fetch standard takes no body for that status, not even an empty one.
# Seen: `c.status(204); return c.text('')` type-checks. In memory it throws a TypeError, which becomes a 500. With
#   @hono/node-server, whose own light `Response` does not check, it is sent as a 204 with `Content-Length: 0`.
#   `c.body(null, 204)` is right in both.
# Versions: hono 4.13.19, @hono/node-server 2.1.8
# Matters: many APIs answer a successful PATCH with 204, Zoom's among them. The result of a test of a stand-in for such an
#   API depends on how the test calls it.
# lockstep: its sandbox answers 204 with `null` as the body, and is tested over a real socket.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact hono@4.13.19 @hono/node-server@2.1.8
npm ls --depth=0 | tail -n +2

node --input-type=module <<'END'
import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Hono } from 'hono';

const app = new Hono();
app.get('/text', (c) => {
  c.status(204);
  return c.text('');
});
app.get('/null', (c) => c.body(null, 204));
app.onError(({ name }, c) => c.text(name, 500));

const inMemory = async (path) => {
  const answer = await app.request(path);
  return [answer.status, await answer.text()];
};
const first = { null: await inMemory('/null'), text: await inMemory('/text') };

// Only now: the import replaces the global `Response`.
const { serve } = await import('@hono/node-server');
const server = await new Promise((resolve) => {
  const started = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started));
});
const overSocket = async (path) => {
  const socket = connect(server.address().port, '127.0.0.1');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  const answer = await text(socket);
  return [Number(answer.split(' ')[1]), /^content-length: .*$/im.exec(answer)?.[0] ?? 'no Content-Length'];
};
const then = { null: await overSocket('/null'), text: await overSocket('/text') };
server.close();

console.log(`c.body(null, 204):         in memory ${first.null.join(' ')}, over a socket ${then.null.join(', ')}`);
console.log(`c.status(204); c.text(''): in memory ${first.text.join(' ')}, over a socket ${then.text.join(', ')}`);
assert.deepEqual([first.null, then.null], [[204, ''], [204, 'no Content-Length']]);
assert.deepEqual([first.text, then.text], [[500, 'TypeError'], [204, 'Content-Length: 0']]);
END
