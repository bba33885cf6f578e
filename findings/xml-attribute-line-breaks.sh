#!/usr/bin/env bash
# Line breaks and tabs in an attribute are lost on the way through XML.
#
# Expected: what a builder writes, a parser reads back. XML 1.0, section 3.3.3, turns a literal line break or tab in an
#   attribute into a space, so a writer has to write `&#10;`, `&#9;` (the canonical form of XML does).
# Seen: fast-xml-builder escapes `<`, `&` and quotes in attributes, but writes line breaks and tabs as they are. saxes
#   reads spaces. In an element's text both are kept.
# Versions: fast-xml-builder 1.3.2, saxes 6.0.0
# Matters: JUnit puts the failure message into an attribute. A message of several lines arrives as one, and a diff in it
#   cannot be read. saxes is right; the writer is not.
# lockstep: shows control characters in attributes as `\u000a`, and puts what has several lines into the element's text.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' > package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact fast-xml-builder@1.3.2 saxes@6.0.0
npm ls --depth=0 | tail -n +2

node --input-type=module <<'END'
import assert from 'node:assert/strict';
import Builder from 'fast-xml-builder';
import { SaxesParser } from 'saxes';

const builder = new Builder({ ignoreAttributes: false, attributeNamePrefix: '@' });
const readBack = (content) => {
  const xml = builder.build({ failure: content });
  const seen = { attribute: undefined, text: '' };
  const parser = new SaxesParser();
  parser.on('error', (error) => assert.fail(error));
  parser.on('opentag', ({ attributes }) => { seen.attribute = attributes.message; });
  parser.on('text', (text) => { seen.text += text; });
  parser.write(xml).close();
  console.log(`${JSON.stringify(content)}\n  written ${JSON.stringify(xml)}\n  read    ${JSON.stringify(seen)}`);
  return seen;
};
assert.equal(readBack({ '@message': 'a < "b"' }).attribute, 'a < "b"');
assert.equal(readBack({ '#text': '- off\n+\ton' }).text, '- off\n+\ton');
assert.equal(readBack({ '@message': '- off\n+\ton' }).attribute, '- off + on');
END
