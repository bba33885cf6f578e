#!/usr/bin/env bash
# Four diff libraries do not see, or misname, an added member called `constructor`.
#
# Expected: a member that only the second object has is an addition, whatever its name. Every name is valid in JSON, and
#   an ordinary name is reported as added by all four.
# Seen: they ask with `in`, or by reading the member, whether the first object has it, and every object inherits
#   `constructor`, `toString` and `valueOf`. microdiff, jsondiffpatch and json-diff find no difference. just-diff writes
#   `replace`, which RFC 6902 (section 4.3) allows only where there is something to replace.
# Versions: microdiff 1.6.0, jsondiffpatch 0.7.7, json-diff 1.0.6, just-diff 6.0.2 (seen), deep-diff 1.0.2 (compared)
# Matters: drift of a section or group with such a name is never shown.
# lockstep: uses deep-diff and fast-json-patch, which ask for own members only.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact \
  microdiff@1.6.0 jsondiffpatch@0.7.7 json-diff@1.0.6 just-diff@6.0.2 deep-diff@1.0.2
npm ls --depth=0 | tail -n +2

node --input-type=module <<'END'
import assert from 'node:assert/strict';
import deepDiff from 'deep-diff';
import jsonDiff from 'json-diff';
import { diff as jsonDiffPatch } from 'jsondiffpatch';
import { diff as justDiff } from 'just-diff';
import microdiff from 'microdiff';

const nothing = 'no difference';
const differs = {
  'deep-diff': (from, to) => deepDiff.diff(from, to)?.[0].kind ?? nothing,
  microdiff: (from, to) => microdiff(from, to)[0]?.type ?? nothing,
  jsondiffpatch: (from, to) => (jsonDiffPatch(from, to) === undefined ? nothing : 'added'),
  'json-diff': (from, to) => (jsonDiff.diff(from, to) === undefined ? nothing : 'added'),
  'just-diff': (from, to) => justDiff(from, to)[0]?.op ?? nothing,
};
const seen = (name) => {
  const found = Object.entries(differs).map(([differ, find]) => [differ, find({ a: 1 }, { a: 1, [name]: 'x' })]);
  console.log(`added member ${name}\n  ${found.map((pair) => pair.join(': ')).join(', ')}`);
  return found.map(([, outcome]) => outcome);
};
assert.deepEqual(seen('builder'), ['N', 'CREATE', 'added', 'added', 'add']);
for (const name of ['constructor', 'toString', 'valueOf']) {
  assert.deepEqual(seen(name), ['N', nothing, nothing, nothing, 'replace']);
}
END
