#!/usr/bin/env bash
# `compare` finds no difference, or a wrong one, between documents that are plain values or of two kinds.
#
# Expected: the README types both documents as any JSON value, strings, numbers and booleans included. RFC 6902 can
#   replace a whole document: `{ "op": "replace", "path": "", "value": ... }`.
# Seen: two numbers, two booleans, or an empty list and an empty object give no operations, as if they were equal.
#   Two strings are compared letter by letter, with operations that change nothing when they are applied.
#   One level deeper, all of these are found.
# Versions: fast-json-patch 3.1.1
# Matters: a tool that compares value by value reads "no operations" as "no drift".
# lockstep: compares whole objects whose members are the settings, so that a value is never the document
#   (src/reconcile/plan/patch.ts); whether there is a difference is decided by deep-diff.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact fast-json-patch@3.1.1
npm ls --depth=0 | tail -n +2

node --input-type=module <<'END'
import assert from 'node:assert/strict';
import jsonPatch from 'fast-json-patch';

const seen = (from, to) => {
  const patch = jsonPatch.compare(from, to);
  const result = jsonPatch.applyPatch(structuredClone(from), patch).newDocument;
  const [a, b, operations, applied] = [from, to, patch, result].map((value) => JSON.stringify(value));
  console.log(`${a} to ${b}\n  operations ${operations}\n  expected ${b} when applied, seen ${applied}`);
  return patch;
};
assert.deepEqual(seen({ value: 1 }, { value: 2 }), [{ op: 'replace', path: '/value', value: 2 }]);
assert.deepEqual(seen({ value: [] }, { value: {} }), [{ op: 'replace', path: '/value', value: {} }]);
assert.deepEqual(seen(1, 2), []);
assert.deepEqual(seen(true, false), []);
assert.deepEqual(seen([], {}), []);
assert.deepEqual(seen('a', 'b'), [{ op: 'replace', path: '/0', value: 'b' }]);
END
