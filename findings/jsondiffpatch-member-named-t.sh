#!/usr/bin/env bash
# A member called `_t` makes `patch` fail, or remove the object that it is in.
#
# Expected: `patch(left, diff(left, right))` gives `right` for any two JSON values. That is what the package is for, and
#   its README does not say that a name is reserved.
# Seen: in a delta `_t: "a"` marks an array. A change of a member that is really called `_t` is written to the same
#   place. In the outermost object `patch` then fails with "patch failed". Farther in, there is no error, and the whole
#   object that holds the member is removed.
# Versions: jsondiffpatch 0.7.7
# Matters: a tool that plans with one call and applies with the other shows one change and makes a much larger one. The
#   names of members come from an API that nobody here controls.
# lockstep: plans with deep-diff and writes RFC 6902 with fast-json-patch, where data and format do not share names.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact jsondiffpatch@0.7.7
npm ls --depth=0 | tail -n +2

node --input-type=module <<'END'
import assert from 'node:assert/strict';
import { clone, diff, patch } from 'jsondiffpatch';

const outcomeOf = (left, right) => {
  const delta = diff(left, right);
  let outcome;
  try {
    outcome = patch(clone(left), clone(delta));
  } catch (error) {
    outcome = `error: ${error.message}`;
  }
  const [from, to, by, seen] = [left, right, delta, outcome].map((value) => JSON.stringify(value));
  console.log(`${from} to ${to}, delta ${by}\n  expected ${to}, seen ${seen}`);
  return outcome;
};
assert.deepEqual(outcomeOf({ chat: { limit: 1 } }, { chat: { limit: 1, t: 'x' } }), { chat: { limit: 1, t: 'x' } });
assert.deepEqual(outcomeOf({ chat: { limit: 1 } }, { chat: { limit: 1, _t: 'x' } }), {});
assert.deepEqual(outcomeOf({ chat: { limit: 1, _t: 'x' } }, { chat: { limit: 1, _t: 'y' } }), {});
assert.deepEqual(outcomeOf({ limit: 1 }, { limit: 1, _t: 'x' }), 'error: patch failed');
END
