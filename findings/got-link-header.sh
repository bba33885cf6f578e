#!/usr/bin/env bash
# Paging by `Link` headers stops early, or fails, on valid headers.
#
# Expected: `got.paginate` follows the link whose relation is `next`. By RFC 8288 (sections 3 and 3.3) a target may hold
#   commas, a quoted parameter may hold `;` and `,`, parameter names have no case, and `rel` is a list of relations.
# Seen: `rel="next last"` and `Rel="next"` are not followed: the first page is all, without an error. A comma in the
#   target or a `;` in a title ends in an error.
# Versions: got 14.6.6
# Matters: a list that ends early looks like a whole list. A tool that removes or locks what is not in it acts on half
#   of the truth. `rel="next last"` is what a server may send on the page before the last.
# lockstep: uses got for single requests only. It pages by Zoom's `next_page_token` (src/zoom/listing.ts).
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

let link;
const server = createServer(({ url }, response) => {
  const isFirst = url === '/';
  response.writeHead(200, isFirst ? { link } : {}).end(isFirst ? '["page 1"]' : '["page 2"]');
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${server.address().port}/`;

const pagesFor = async (header) => {
  link = header.replace('/', origin);
  const seen = await got.paginate.all(origin).catch((error) => `error: ${error.message.replaceAll(origin, '/')}`);
  console.log(`${header}\n  expected ["page 1","page 2"], seen ${JSON.stringify(seen)}`);
  return seen;
};
assert.deepEqual(await pagesFor('</list?page=2>; rel="next"'), ['page 1', 'page 2']);
assert.deepEqual(await pagesFor('</list?page=2>; rel="next last"'), ['page 1']);
assert.deepEqual(await pagesFor('</list?page=2>; Rel="next"'), ['page 1']);
assert.match(await pagesFor('</list?fields=id,name>; rel="next"'), /^error: Invalid format/);
assert.match(await pagesFor('</list?page=2>; title="a; b"; rel="next"'), /^error: Failed to parse/);
server.close();
END
