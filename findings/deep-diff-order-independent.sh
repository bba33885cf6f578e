#!/usr/bin/env bash
# `orderIndependentDiff` reports differences that are only of order, and reorders the caller's lists.
#
# Expected: two lists that hold the same values in another order are the same, and comparing changes neither of them.
# Seen: both lists are sorted in place by a hash that is a sum over the parts of a value. `{ a: 1, b: 2 }` and
#   `{ a: 2, b: 1 }` have one hash, so lists of them stay as they are and are compared index by index: four
#   edits. And after a comparison, the caller's own list is in another order than before.
# Versions: deep-diff 1.0.2
# Matters: sets that an API returns in any order (host lists, groups) are what this function looks made for. The first
#   half shows drift where there is none; the second changes what is sent afterwards.
# lockstep: does not use it. It brings lists whose order has no meaning into one order in a copy, and then calls `diff`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact deep-diff@1.0.2
npm ls --depth=0 | tail -n +2

node --input-type=module <<'END'
import assert from 'node:assert/strict';
import deepDiff from 'deep-diff';

const differencesOf = (left, right) => {
  const before = JSON.stringify(left);
  const differences = deepDiff.orderIndependentDiff(left, right) ?? [];
  console.log(`${before} and ${JSON.stringify(right)}\n  expected 0 differences, seen ${differences.length}`);
  return differences.map(({ kind, path }) => `${kind} ${path.join('.')}`).sort();
};
assert.deepEqual(differencesOf([{ a: 1 }, { a: 2 }], [{ a: 2 }, { a: 1 }]), []);
const [one, other] = [{ a: 1, b: 2 }, { a: 2, b: 1 }];
console.log(`hashes ${deepDiff.orderIndepHash(one)} and ${deepDiff.orderIndepHash(other)}`);
assert.deepEqual(differencesOf([one, other], [other, one]), ['E 0.a', 'E 0.b', 'E 1.a', 'E 1.b']);

const list = [3, 1, 2];
deepDiff.orderIndependentDiff(list, [1, 2, 3]);
console.log(`[3,1,2] after a comparison\n  expected [3,1,2], seen ${JSON.stringify(list)}`);
assert.deepEqual(list, [1, 2, 3]);
END
