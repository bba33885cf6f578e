#!/usr/bin/env bash
# A schema that zod writes for `startsWith` does not compile in ajv.
#
# Expected: `z.toJSONSchema` writes JSON Schema 2020-12, and ajv compiles it. The pattern alone says everything.
# Seen: besides the pattern, the name of zod's own check becomes a `format`: `starts_with`, `ends_with`, `includes`,
#   `lowercase`, `uppercase`. The standard has no such formats, ajv-formats does not add them, and ajv refuses
#   unknown ones by default. `.regex(/^a/)` has no format and compiles.
# Versions: zod 4.6.7, ajv 8.20.0, ajv-formats 3.0.1
# Matters: the schema of a report or policy is published for tools in other languages; each may refuse the format.
# lockstep: writes such rules as `.regex(...)`, and a test compiles the schema of policies with ajv in strict mode.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact zod@4.6.7 ajv@8.20.0 ajv-formats@3.0.1
npm ls --depth=0 | tail -n +2

node --input-type=module <<'END'
import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { z } from 'zod';

const outcomeOf = (name, type) => {
  const schema = z.toJSONSchema(type);
  const ajv = new Ajv2020();
  formats.default(ajv);
  let outcome = 'compiles';
  try {
    ajv.compile(schema);
  } catch (error) {
    outcome = error.message;
  }
  const { $schema, ...rest } = schema;
  console.log(`${name}: ${JSON.stringify(rest)}\n  expected compiles, seen ${outcome}`);
  return outcome;
};
const refused = (format) => `unknown format "${format}" ignored in schema at path "#"`;
const text = z.string();
assert.equal(outcomeOf('regex', text.regex(/^a/)), 'compiles');
assert.equal(outcomeOf('startsWith', text.startsWith('a')), refused('starts_with'));
assert.equal(outcomeOf('endsWith', text.endsWith('a')), refused('ends_with'));
assert.equal(outcomeOf('includes', text.includes('a')), refused('includes'));
assert.equal(outcomeOf('lowercase', text.lowercase()), refused('lowercase'));
END
