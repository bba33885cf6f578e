#!/usr/bin/env bash
# A record after a quoted CRLF gets the wrong line number.
#
# Expected: `info.lines` is the number of lines up to the end of the record, as documented
#   (https://csv.js.org/parse/info). A CRLF is one line break, inside quotes as well as between records.
# Seen: a CRLF inside quotes counts twice, an LF or a CR once. Every later number is too high by one for each
#   quoted CRLF, and so is the line that an error message names.
# Versions: csv-parse 7.0.3
# Matters: RFC 4180 prescribes CRLF, and spreadsheets write it. A tool that prints `file:line` sends people to the
#   wrong line, the farther down the worse.
# lockstep: reads no CSV. For its policies it counts lines in the text itself (src/policy/read/lines.ts).
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact csv-parse@7.0.3
npm ls --depth=0 | tail -n +2

node --input-type=module <<'END'
import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';

const linesOf = (lineBreak) => {
  const text = ['user,note', 'ann,"first', 'second"', 'bob,none', ''].join(lineBreak);
  const lines = parse(text, { info: true }).map(({ info }) => info.lines);
  console.log(`${JSON.stringify(text)}\n  expected the records to end in lines 1,3,4; seen ${lines}`);
  return lines;
};
assert.deepEqual(linesOf('\n'), [1, 3, 4]);
assert.deepEqual(linesOf('\r\n'), [1, 4, 5]);

assert.throws(
  () => parse('user,note\r\nann,"first\r\nsecond"\r\nbob\r\n'),
  ({ message }) => {
    console.log(`an error in line 4 is reported as: ${message}`);
    return /on line 5$/.test(message);
  },
);
END
