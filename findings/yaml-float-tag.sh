#!/usr/bin/env bash
# `!!float 7` is read as the text "7".
#
# Expected: the number 7. YAML 1.2.2, section 10.3.2, gives floats in the core schema as
#   `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`: the point is optional.
# Seen: the library demands a point or an exponent. The value becomes text, with a warning
#   (TAG_RESOLVE_FAILED) and no error. js-yaml reads the number.
# Versions: yaml 2.9.1 (seen), js-yaml 4.3.2 (compared)
# Matters: a tag is how an author makes sure of a type. Here it makes a number into text, and a caller that looks only
#   at the errors sends the text.
# lockstep: makes the warning an error that names the line: "the value is not of the kind that its tag says".
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
import { parseDocument } from 'yaml';

const read = (text) => {
  const document = parseDocument(text);
  const warnings = document.warnings.map(({ code }) => code);
  const seen = { value: document.toJS(), errors: document.errors.length, warnings };
  console.log(`${text}\n  js-yaml ${JSON.stringify(jsYaml.load(text))}, yaml ${JSON.stringify(seen)}`);
  return seen;
};
assert.deepEqual(read('!!float 7.0'), { value: 7, errors: 0, warnings: [] });
assert.deepEqual(read('!!float 7e0'), { value: 7, errors: 0, warnings: [] });
assert.deepEqual(read('!!float 7'), { value: '7', errors: 0, warnings: ['TAG_RESOLVE_FAILED'] });
assert.equal(jsYaml.load('!!float 7'), 7);
END
