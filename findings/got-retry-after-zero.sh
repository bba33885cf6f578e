#!/usr/bin/env bash
# `Retry-After: 0` is treated as if the header were missing.
#
# Expected: RFC 9110, section 10.2.3, allows 0 seconds: try again at once. A date that has just passed means the same.
# Seen: after a date in the past got tries again at once. After `0` it waits for its own backoff of a second, and after
#   a 413, which it repeats only if there is a `Retry-After`, it gives up.
# Versions: got 14.6.6
# Matters: servers that round down send 0 when less than a second is left. For a tool that makes thousands of requests
#   under a rate limit, absent and 0 are different things.
# lockstep: switches got's retries off and reads the header itself; 0 is a wait of 0 (src/zoom/retry.ts).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact got@14.6.6
npm ls --depth=0 | tail -n +2

node --input-type=module <<'END'
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import got from 'got';

let status;
let headers;
let count;
const server = createServer((_, response) => {
  count += 1;
  if (count === 1) response.writeHead(status, headers).end();
  else response.end('done');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/`;

const waitFor = async (refusal, retryAfter) => {
  [status, headers, count] = [refusal, retryAfter === undefined ? {} : { 'retry-after': retryAfter }, 0];
  let waited = 'no second try';
  await got(url, {
    retry: {
      limit: 1,
      calculateDelay: ({ computedValue }) => {
        if (computedValue === 0) return 0;
        waited = computedValue;
        return 1;
      },
    },
  }).catch(() => {});
  const shown = typeof waited === 'number' ? `a second try after ${Math.round(waited)} ms` : waited;
  console.log(`${refusal}, Retry-After ${retryAfter ?? 'absent'}: ${shown}`);
  return waited;
};
const past = new Date(Date.now() - 5000).toUTCString();
console.log('expected: 0 is treated like the past date; seen: like the absent header');
assert.equal(await waitFor(429, past), 1);
assert.ok((await waitFor(429, '0')) >= 1000);
assert.ok((await waitFor(429, undefined)) >= 1000);
assert.equal(await waitFor(413, past), 1);
assert.equal(await waitFor(413, '0'), 'no second try');
assert.equal(await waitFor(413, undefined), 'no second try');
server.close();
END
