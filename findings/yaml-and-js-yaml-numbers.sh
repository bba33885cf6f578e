#!/usr/bin/env bash
# Two YAML 1.2 libraries write texts that the other one reads as numbers.
#
# Expected: a text that one writes is read as the same text by the other. Both claim YAML 1.2, and both put quotes
#   around texts that would be read as another type.
# Seen: js-yaml also reads `0b11`, `-0o7` and `+0x1` as numbers, which the core schema (YAML 1.2.2, 10.3.2) does not
#   have, so yaml writes these texts without quotes. The other way, js-yaml takes `1e400` for text because it is
#   beyond a double; by the schema it is a float, and yaml reads Infinity. Each library alone is consistent.
# Versions: yaml 2.9.1, js-yaml 4.3.2
# Matters: policies are written by one tool and read by linters and editors built on the other. A password such as
#   `0b11` changes on the way, silently.
# lockstep: reads by the core schema only, and refuses a number that JSON cannot hold exactly, such as `1e400`.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact yaml@2.9.1 js-yaml@4.3.2
npm ls --depth=0 | tail -n +2

node --input-type=module <<'END'
import assert from 'node:assert/strict';
import jsYaml from 'js-yaml';
import { parse, stringify } from 'yaml';

const passed = (text, write, read) => {
  const written = write(text).trimEnd();
  const seen = read(written);
  console.log(`${text} written as ${written}: expected string ${text}, seen ${typeof seen} ${seen}`);
  return seen;
};
console.log('yaml to js-yaml');
assert.equal(passed('0o14', stringify, jsYaml.load), '0o14');
assert.equal(passed('0b11', stringify, jsYaml.load), 3);
assert.equal(passed('-0o7', stringify, jsYaml.load), -7);
assert.equal(passed('+0x1', stringify, jsYaml.load), 1);
console.log('js-yaml to yaml');
assert.equal(passed('1e4', jsYaml.dump, parse), '1e4');
assert.equal(passed('1e400', jsYaml.dump, parse), Number.POSITIVE_INFINITY);
console.log('each to itself');
assert.equal(passed('0b11', stringify, parse), '0b11');
assert.equal(passed('1e400', jsYaml.dump, jsYaml.load), '1e400');
END
