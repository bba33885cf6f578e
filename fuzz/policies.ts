/** Policies: any bytes, YAML from its pieces, depth, width, aliases, tags, prototype keys, damaged examples. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { settingsOf } from '../src/catalog/lookup.ts';
import type { Setting } from '../src/catalog/setting.ts';
import type { Scope } from '../src/model/target.ts';
import { startSandbox } from '../src/sandbox/index.ts';
import type { Json } from '../src/util/json.ts';
import { lockstep } from '../test/helpers/host.ts';
import { bytesOf, type Content, rawBytes, textContent } from './content.ts';
import { editedText, textEdit } from './edits.ts';
import { exitOf, type Fuzzer, faultsOf, inTime, snapshot, writtenSince } from './verdict.ts';
import { anyJson, HOSTILE, hostileText } from './words.ts';

export interface PolicyCase {
  /** `-> target` makes a link. */
  readonly files: readonly (readonly [path: string, content: Content | `-> ${string}`])[];
  readonly argv: readonly string[];
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const PIECES: readonly string[] = [
  ...[
    'version: 1\n',
    'account:',
    'groups:',
    'users:',
    'for:',
    'extends:',
    'protected:',
    'waivers:',
    'manual:',
    'settings:',
  ],
  ...['lock_settings:', 'registration:', 'in_meeting:', 'chat', 'passcode', 'authentication_options:', 'exclusive'],
  ...[': ', ':', '- ', '? ', '\n', '\n  ', '\n    ', '\n      ', '\t', ' ', '{', '}', '[', ']', ', ', '|\n', '>-\n'],
  ...[
    '!locked ',
    '!env ',
    '!env X',
    '!x ',
    '!!int ',
    '!!binary ',
    '!!js/function ',
    '!!set ',
    '!<',
    '!<tag:yaml.org,2002:str> ',
  ],
  ...[
    '&a ',
    '*a',
    '*a ',
    '<<: ',
    '<<: *a\n',
    '&a [*a]',
    '"',
    "'",
    '# c',
    '#',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '%TAG ! x\n',
  ],
  ...[
    'true',
    'null',
    '~',
    '1',
    '-0',
    '.nan',
    '.inf',
    '0x1f',
    '0o17',
    '1e999',
    '99999999999999999999',
    '2026-11-21',
    'yes',
  ],
  ...[
    'a@b.c',
    'Students',
    '"Staff *"',
    '**',
    '?(x)',
    '[a-',
    '{a,b}',
    '+(a+)+',
    'pack:x',
    'pack:cis-zoom-l1',
    './p.yaml',
    '../p.yaml',
  ],
];

const piece = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...PIECES) }, { weight: 1, arbitrary: hostileText });

const fromPieces: fc.Arbitrary<Content> = fc
  .tuple(
    fc.constantFrom('', 'version: 1\n', 'version: 1\naccount:\n  settings:\n    in_meeting:\n'),
    fc.array(piece, { maxLength: 60 }),
  )
  .map(([start, parts]) => textContent(start + parts.join('')));

/** Well-formed down to the bottom, which few of the repeated ones are. */
const deep: fc.Arbitrary<Content> = fc
  .tuple(
    fc.constantFrom('{ a: ', '[', 'block', '!locked [', '&a ['),
    fc.oneof(fc.nat(150), fc.nat(2000), fc.nat(100_000)),
    fc.constantFrom('x: ', 'account: ', 'account: { settings: { in_meeting: { chat: '),
  )
  .map(([opening, levels, start]): Content => {
    const closing = start.endsWith('chat: ') ? ' } } }' : '';
    if (opening !== 'block') {
      const shut = opening.startsWith('{') ? ' }' : ']';
      return {
        parts: [
          [`version: 1\n${start}`, 1],
          [opening, levels],
          ['1', 1],
          [shut, levels],
          [closing, 1],
        ],
      };
    }
    // An indented line costs what it is deep.
    const lines = Array.from({ length: Math.min(levels, 1500) }, (_, level) => `${' '.repeat(level)}a:`);
    return textContent(`version: 1\n${lines.join('\n')}\n`);
  });

/** A great many of whatever there may be many of. */
const wide: fc.Arbitrary<Content> = fc
  .tuple(
    fc.oneof({ weight: 8, arbitrary: fc.nat(500) }, { weight: 1, arbitrary: fc.nat(10_000) }),
    fc.constantFrom<(at: number) => string>(
      (at) => `  g${at}: { settings: { in_meeting: { chat: true } } }`,
      (at) => `  "g${at}*": { lock_settings: { in_meeting: { chat: ${at % 2 === 0} } } }`,
      () => '  same: { settings: { in_meeting: { chat: true } } }',
      (at) => `  g: { settings: { k${at}: 1 } }`,
    ),
    fc.constantFrom('groups:', 'users:', 'account:'),
  )
  .map(([count, line, start]) =>
    textContent(`version: 1\n${start}\n${Array.from({ length: count }, (_, at) => line(at)).join('\n')}\n`),
  );

/** Few pieces, many times. */
const repeated: fc.Arbitrary<Content> = fc
  .tuple(
    fc.constantFrom('', 'version: 1\n', 'version: 1\naccount: { settings: { in_meeting: '),
    fc.array(
      fc.tuple(
        fc.oneof(
          piece,
          fc.array(piece, { minLength: 2, maxLength: 4 }).map((parts) => parts.join('')),
        ),
        fc.oneof(fc.nat(20), fc.nat(1000), fc.nat(60_000)),
      ),
      { minLength: 1, maxLength: 5 },
    ),
  )
  .map(([start, parts]): Content => ({ parts: [[start, 1], ...parts] }));

/** Anchors upon anchors. */
const aliases: fc.Arbitrary<Content> = fc
  .record({ levels: fc.nat(40), width: fc.nat(40), merged: fc.boolean(), loop: fc.boolean() })
  .map(({ levels, width, merged, loop }) => {
    const lines = Array.from({ length: levels }, (_, level) => {
      const before = level === 0 ? (loop ? `*a${levels - 1}` : 'x') : `*a${level - 1}`;
      return merged
        ? `k${level}: &a${level} { k: 1, <<: [${level === 0 ? '' : Array(width).fill(before).join()}] }`
        : `k${level}: &a${level} [${Array(width).fill(before).join()}]`;
    });
    return textContent(
      `version: 1\n${lines.join('\n')}\naccount: { settings: { in_meeting: { x: *a${levels - 1} } } }\n`,
    );
  });

const EXAMPLES: readonly string[] = [
  ...['examples/university/policies', 'policies'].flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => readFileSync(join(ROOT, folder, name), 'utf8')),
  ),
  ...['README.md', 'docs/policies.md', 'docs/packs.md'].flatMap((page) =>
    [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text),
  ),
];

const damaged: fc.Arbitrary<Content> = fc
  .tuple(fc.constantFrom(...EXAMPLES), fc.array(textEdit(PIECES), { minLength: 1, maxLength: 6 }))
  .map(([text, edits]) => textContent(editedText(text, edits)));

const PROTOTYPE = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];

/** Names that there are, with values that may fit: what gets past the parser. */
const sound: fc.Arbitrary<Content> = fc
  .array(fc.oneof(factsOf('account'), factsOf('group'), factsOf('user')), { minLength: 1, maxLength: 3 })
  .map((parts) => textContent(`version: 1\n${parts.join('')}`));

function factsOf(scope: Scope): fc.Arbitrary<string> {
  const known = [...settingsOf(scope).values()];
  const name =
    scope === 'group'
      ? fc.constantFrom('Students', '"Staff *"', '"*"', 'Nobody', ...PROTOTYPE)
      : fc.constantFrom('dean@example.edu', 'x@y.z', ...PROTOTYPE);
  return fc.tuple(name, fc.array(factIn(known), { minLength: 1, maxLength: 8 })).map(([whom, facts]) => {
    const body = `{ settings: {${facts.join(', ')}} }`;
    return scope === 'account' ? `account: ${body}\n` : `${scope}s: { ${whom}: ${body} }\n`;
  });
}

function factIn(known: readonly Setting[]): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom(...known),
      fc.constantFrom('', '', '!locked ', '!env ', '!x '),
      fc.nat(9),
      anyJson,
      fc.option(fc.tuple(fc.nat(2), fc.constantFrom(...PROTOTYPE)), { freq: 8 }),
    )
    .map(([{ path, shape }, tag, luck, wild, other]) => {
      const value = luck < 3 ? wild : likely(shape, luck);
      return path
        .split('.')
        .map((key, at) => (at === other?.[0] ? other[1] : key))
        .reduceRight((inner, key) => `{ ${JSON.stringify(key)}: ${inner} }`, `${tag}${JSON.stringify(value)}`)
        .slice(2, -2);
    });
}

function likely(shape: Setting['shape'], luck: number): Json {
  switch (shape.type) {
    case 'boolean':
      return luck % 2 === 0;
    case 'integer':
      return shape.enum?.[luck % shape.enum.length] ?? shape.minimum ?? luck;
    case 'string':
      return shape.enum?.[luck % shape.enum.length] ?? HOSTILE[luck] ?? '';
    case 'array':
      return [likely(shape.items, luck), likely(shape.items, luck + 1)];
    default:
      return {};
  }
}

const content = fc.oneof(
  { weight: 1, arbitrary: rawBytes },
  { weight: 3, arbitrary: fromPieces },
  { weight: 1, arbitrary: repeated },
  { weight: 1, arbitrary: aliases },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: wide },
  { weight: 4, arbitrary: damaged },
  { weight: 3, arbitrary: sound },
);

const extended = fc
  .array(
    fc.constantFrom(
      './p.yaml',
      './a.yaml',
      './d/b.yaml',
      '../out.yaml',
      './link.yaml',
      './d/../a.yaml',
      'pack:k12',
      '.',
      './gone.yaml',
    ),
    {
      maxLength: 4,
    },
  )
  .map((names) =>
    textContent(
      `version: 1\nextends: ${JSON.stringify(names)}\naccount: { settings: { in_meeting: { chat: true } } }\n`,
    ),
  );

const files = fc.oneof(
  { weight: 8, arbitrary: content.map((only): PolicyCase['files'] => [['p.yaml', only]]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        extended,
        extended,
        extended,
        fc.constantFrom('-> ../out.yaml', '-> a.yaml', '-> link.yaml', '-> /dev/zero', '-> d'),
      )
      .map(([p, a, b, link]): PolicyCase['files'] => [
        ['p.yaml', p],
        ['a.yaml', a],
        ['d/b.yaml', b],
        ['link.yaml', link as `-> ${string}`],
      ]),
  },
);

const FORMATS = ['text', 'json', 'markdown', 'html', 'sarif', 'junit'];

const argv = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(fc.constantFrom('text', 'json'), fc.constantFrom([], ['--allow-unknown']))
      .map(([format, more]) => ['validate', '--format', format, ...more]),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('plan', 'drift', 'check'),
        fc.constantFrom(...FORMATS),
        fc.constantFrom([], ['--allow-unknown'], ['--verbose']),
      )
      .map(([command, format, more]) => [command, '--rate-plan', 'none', '--format', format, ...more]),
  },
);

/** Nobody sees these values; that they are never shown is the business of the canaries. */
const VARIABLES = { X: 'value-of-x', NAME: 'value-of-name' };

export async function openPolicies(): Promise<Fuzzer<PolicyCase>> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-fuzz-')));
  const cwd = join(root, 'work');
  const sandbox = await startSandbox();
  return {
    arbitrary: fc.record({ files, argv }),
    async play(input) {
      rmSync(cwd, { recursive: true, force: true });
      mkdirSync(cwd);
      writeFileSync(join(root, 'out.yaml'), 'version: 1\n');
      for (const [path, made] of input.files) {
        mkdirSync(dirname(join(cwd, path)), { recursive: true });
        if (typeof made === 'string') symlinkSync(made.slice(3), join(cwd, path));
        else writeFileSync(join(cwd, path), bytesOf(made));
      }
      const before = snapshot(root);
      const paths = input.files.length > 1 ? ['.'] : ['p.yaml'];
      const words = [...input.argv, ...paths];
      const asked = sandbox.log().length;
      const ended = await inTime(() => lockstep(words, { cwd, env: { ...sandbox.env, ...VARIABLES } }));
      const codes = input.argv[0] === 'validate' ? [0, 1] : [0, 1, 2];
      const sent = sandbox.log();
      const writes = sent.slice(asked).filter(({ method, path }) => method !== 'GET' && path !== '/oauth/token');
      if (sent.length > 1000) sandbox.reset();
      const problems = [
        ...faultsOf(words, ended, codes),
        ...writes.map(({ method, path }) => `sent ${method} ${path}`),
        ...writtenSince(before, snapshot(root)),
      ];
      return { problems, seen: [`${words[0]}, ${exitOf(ended)}`] };
    },
    async close() {
      rmSync(root, { recursive: true, force: true });
      await sandbox.close();
    },
  };
}
