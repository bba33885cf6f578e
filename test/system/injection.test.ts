/**
 * Names and values that try to be more than text, on their way from Zoom and from policies through whole runs: whatever
 * lockstep prints or writes means the same as with a harmless word. What each renderer makes of each place is held by
 * test/report; here nothing may come in beside them.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { SaxesParser } from 'saxes';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FORMATS } from '../../src/report/formats.ts';
import { run } from '../../src/run.ts';
import { startSandbox } from '../../src/sandbox/index.ts';
import { hasControls, printable } from '../../src/util/printable.ts';
import { excerpt } from '../../src/zoom/excerpt.ts';
import { lockstep } from '../helpers/host.ts';
import { stateOf } from '../helpers/organisation.ts';

const HOSTILE: Readonly<Record<string, string>> = {
  'colours and a cleared screen': '\u001b[31mred\u001b[2J\u001b[0m',
  'the same in one character': '\u009b31mred\u009b2J',
  'a link of a terminal': '\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u0007',
  'the clipboard': '\u001b]52;c;ZXZpbA==\u0007',
  'a title and a notice': '\u001b]0;root#\u0007\u009d9;x\u009c\u001bP+q\u001b\\',
  'a line written over': 'safe\rDANGER\b\b\u007f\u0007\u0000',
  'turned text': '\u202egnp.exe\u2066\u200f\u061c',
  'no width at all': 'ad\u200bmin\u2060\ufeff\u{e0041}',
  'separators of lines': 'a\u2028b\u2029c\u0085d\u000bf\u000cg',
  'more lines': 'a\nPlan: nothing to do\r\n\n::error::b',
  'a table': 'a | b || c \\| d',
  'code that ends': '`one` ``two`` ```\n~~~',
  'links and images': '[x](javascript:alert(1)) ![i](https://evil.example/x.png) <https://evil.example>',
  'a heading, a list, a rule': '# h\n- l\n---\n> q',
  'a script': '<script>alert(1)</script><img src=x onerror=alert(1)>',
  'ends of elements': '</style></title></textarea></script></td></table></details></bdi>"><b>',
  'a comment of ours': '<!-- lockstep:plan --> --> <!DOCTYPE x>',
  'ends of XML': ']]> <![CDATA[ &amp; &#0; &evil; <?xml?>',
  'places of SARIF': '{0} {{1}} [here](1) %s %00',
  'a formula': "=cmd|' /C calc'!A0",
  'a command of a line': '::error file=x,line=1::y',
  'a command after spaces': '  ::set-output name=a::b',
  'a command that stops commands': '::stop-commands::x',
  'a command anywhere': 'x ##[error]y ##[add-mask]a',
  'a command of Azure': '##vso[task.setvariable variable=PATH]/tmp ##VSO[task.complete]',
  'a command of TeamCity': "##teamcity[buildStatus status='SUCCESS']",
  mentions: '@octo/team @everyone #1 octo/repo#2',
  'the end of a text': '","exitCode":0,"x":"\\',
  YAML: "x: !env HOME # y\n- 'z",
  'a prototype': '__proto__',
};
const HARMLESS = 'word';

/** What must not reach a terminal or an editor, and what must not stand in the log of a job. */
const STEERS = /[^\P{Cc}\n]|[\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;
const COMMANDS = /^\s*::|##(?:\[|vso\[|teamcity\[)/im;

const ITEM = 'custom_service_instructions';
const quoted = (text: string) => JSON.stringify(text).replace(/[^ -~]/g, asEscape);
function asEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The text wherever a person could put one: names, e-mails, values, list items; reasons and values of a policy. */
function worldOf(text: string) {
  const settings = { in_meeting: { [ITEM]: text, chat: true, file_transfer: true } };
  const authentication = { authentication_options: [{ id: 'one', name: text, type: 'enforce_login' }] };
  const policy = `version: 1
account:
  settings:
    in_meeting:
      # ${text.replace(/[\p{Cc}\p{Cs}]/gu, ' ')}
      ${ITEM}: ${quoted(`${text}, new`)}
      chat: !locked false
    meeting_authentication:
      authentication_options: [{ name: ${quoted(text)}, type: enforce_login, default_option: true }]
groups:
  "*": { settings: { in_meeting: { chat: false } } }
users:
  dean@example.edu: { settings: { in_meeting: { file_transfer: false } } }
`;
  const state = stateOf({
    account: {
      settings,
      'settings?option=meeting_authentication': authentication,
      lock_settings: { in_meeting: { chat: false } },
    },
    groups: { [text]: { settings, lock_settings: { in_meeting: { chat: false } } } },
    users: { 'dean@example.edu': { settings }, [`${text}@example.edu`]: { settings } },
  });
  const refusal = { do: 'refuse', status: 400, code: 300, message: text } as const;
  return { state, policy, refusal };
}

/** What was told and where: by `COMMAND FORMAT`, and `COMMAND stderr`. */
type Told = ReadonlyMap<string, string>;

const NONE = ['--rate-plan', 'none'];
const REPORTS = FORMATS.flatMap((format) => ['--report', `${format}=report.${format}`]);

/** Every command that tells of Zoom or of policies, in every format. */
async function everything(text: string): Promise<Told> {
  const { state, policy, refusal } = worldOf(text);
  const sandbox = await startSandbox({ state });
  const cwd = mkdtempSync(join(tmpdir(), 'lockstep-injection-'));
  const told = new Map<string, string>();
  const play = async (name: string, argv: readonly string[], code: number) => {
    const ended = await lockstep(argv, { cwd, env: sandbox.env });
    expect(ended.code, `${name}: ${ended.stderr}`).toBe(code);
    told.set(`${name} stdout`, ended.stdout).set(`${name} stderr`, ended.stderr);
    if (!argv.includes(REPORTS[1] ?? '')) return;
    for (const format of FORMATS) told.set(`${name} ${format}`, readFileSync(join(cwd, `report.${format}`), 'utf8'));
  };
  const refusing = async (method: string, act: () => Promise<void>) => {
    sandbox.setFaults([{ ...refusal, match: { method, path: method === 'GET' ? '/groups' : '/', times: 99 } }]);
    await act();
    sandbox.setFaults([]);
  };
  const named = `./${text.replaceAll(/[/\0]/g, '').slice(0, 60)}.yaml`;
  for (const file of [named, 'policy.yaml']) writeFileSync(join(cwd, file), policy);
  writeFileSync(join(cwd, 'wrong.yaml'), wrongPolicy(text));
  const verbose = ['--verbose', ...REPORTS, ...NONE];
  try {
    await play('plan', ['plan', named, ...verbose], 0);
    await play('check', ['check', 'policy.yaml', ...verbose], 2);
    await refusing('PATCH', () => play('apply', ['apply', 'policy.yaml', '-y', '--settle', '0', ...verbose], 4));
    await refusing('GET', () => play('refused', ['plan', 'policy.yaml', ...NONE], 1));
    for (const as of ['text', 'json']) {
      const format = ['--format', as];
      await play(`wrong ${as}`, ['validate', 'wrong.yaml', ...format], 1);
      await play(`validate ${as}`, ['validate', named, ...format], 0);
      await play(`runs ${as}`, ['runs', ...format], 0);
      const live = ['--live', '--policy', named, '-t', 'user:dean@example.edu', ...NONE];
      await play(`explain ${as}`, ['explain', `in_meeting.${ITEM}`, ...format, ...live], 0);
    }
    await play('export', ['export', '-t', 'account', '-t', 'group:*', '-t', 'user:*', ...NONE], 0);
    const none = `none ${text}`;
    await play('words', ['plan', 'policy.yaml', '-t', `group:${none}`, ...NONE], 1);
    await play('paths', ['plan', `${none}.yaml`, ...NONE], 1);
    return told;
  } finally {
    await sandbox.close();
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** A policy with mistakes, whose messages repeat it. */
function wrongPolicy(text: string): string {
  const word = quoted(text);
  return `version: 1
account: { settings: { ${word}: 1, in_meeting: { chat: ${word} } } }
groups: { ${word}: { settings: { in_meeting: { chatt: ${word} } } } }
users: { ${word}: {} }
extends: [${word}, ${quoted(`pack:${text}`)}]
`;
}

let harmless: Told;
beforeAll(async () => {
  harmless = await everything(HARMLESS);
});

describe.each(Object.entries(HOSTILE))('%s', (_, text) => {
  let told: Told;
  beforeAll(async () => {
    told = await everything(text);
  });
  const places = (found: (text: string, place: string) => boolean) =>
    [...told].filter(([place, said]) => found(said, place)).map(([place]) => place);
  const of = (format: string) => [...told].filter(([place]) => place.endsWith(` ${format}`));

  it('steers neither a terminal nor a runner of CI', () => {
    expect(places((said) => STEERS.test(said))).toEqual([]);
    expect(places((said) => COMMANDS.test(said))).toEqual([]);
  });

  it('adds no line to what people and programs read', () => {
    const lines = (said = '') => said.split('\n').length;
    // A value of several lines is one in YAML too, and what was typed may be.
    const free = new Set(['export stdout', 'words stderr']);
    const more = places((said, place) => lines(said) !== lines(harmless.get(place)));
    expect(more.filter((place) => !free.has(place))).toEqual([]);
  });

  it('comes back from JSON and YAML as it was', () => {
    const { waves } = JSON.parse(told.get('plan json') ?? '') as { waves: { changes: Change[] }[][] };
    const changes = waves.flat().flatMap((step) => step.changes);
    expect(changes.find(({ path }) => path.endsWith(ITEM))).toMatchObject({ before: text, after: `${text}, new` });
    expect(changes.map(({ target }) => target.name)).toContain(text);
    const { results } = JSON.parse(told.get('apply json') ?? '') as { results: { refusal?: { message: string } }[] };
    expect(new Set(results.map(({ refusal }) => refusal?.message))).toContain(excerpt(text));
    const { groups = {}, users = {}, account } = parse(told.get('export stdout') ?? '');
    expect(account.settings.in_meeting[ITEM]).toBe(text);
    // What cannot be a key of a policy is told at its end.
    const isKey = !hasControls(text) && text !== '__proto__';
    expect(Object.keys(groups)).toEqual(isKey ? [text.replaceAll('?', '\\?')] : []);
    expect(Object.keys(users)).toContain(hasControls(text) ? 'dean@example.edu' : `${text}@example.edu`);
    if (!isKey) expect(told.get('export stdout')).toContain(`# - group ${printable(text)}: `);
  });

  it('is no element of a page, of XML or of Markdown', () => {
    for (const [place, page] of of('html')) expect(tagsOf(page), place).toEqual(tagsOf(harmless.get(place) ?? ''));
    for (const [place, xml] of of('junit'))
      expect(elementsOf(xml), place).toEqual(elementsOf(harmless.get(place) ?? ''));
    for (const [place, said] of of('markdown'))
      expect(outsideCode(said), place).toBe(outsideCode(harmless.get(place) ?? ''));
  });
});

interface Change {
  readonly path: string;
  readonly target: { readonly name?: string };
}

/** How often each element begins and ends; every `<` counts, so that none can hide. */
function tagsOf(page: string): Readonly<Record<string, number>> {
  return plural([...page.replace(/<(script|style)>.*?<\/\1>/gs, '').matchAll(/<\/?[\w-]*/g)].map(([tag]) => tag));
}

function elementsOf(xml: string): Readonly<Record<string, number>> {
  const names: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => names.push(name, ...Object.keys(attributes)));
  parser.write(xml).close();
  return plural(names);
}

function plural(names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...new Set(names)].sort().map((name) => [name, names.filter((other) => other === name).length]),
  );
}

/** Only what stands in code is from elsewhere, and none of it ends the code. */
function outsideCode(markdown: string): string {
  return markdown
    .replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, 'CODE')
    .replace(/<code>[^<>]*<\/code>/g, 'CODE')
    .replace(/[0-9a-f]{64}|\d{4}-\d{2}-\d{2}T[\w-]+/g, 'ID');
}

it('nothing moves on a terminal but what lockstep moves', async () => {
  const sandbox = await startSandbox({ state: worldOf('\u001b]52;c;ZXZpbA==\u0007').state });
  const said: string[] = [];
  const output = () =>
    Object.assign(
      new Writable({
        write(chunk, _encoding, done) {
          said.push(String(chunk));
          done();
        },
      }),
      { isTTY: true, columns: 80, cursorTo: () => true, clearLine: () => true, moveCursor: () => true },
    );
  const cwd = mkdtempSync(join(tmpdir(), 'lockstep-injection-'));
  writeFileSync(join(cwd, 'policy.yaml'), worldOf(HARMLESS).policy);
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const host = { cwd, env: sandbox.env, stdin, stdout: output(), stderr: output(), onInterrupt: () => () => undefined };
  try {
    await run({ ...host, argv: ['check', 'policy.yaml', ...NONE] });
    expect(said.join('')).toContain('group:\\u001b]52;c;ZXZpbA==\\u0007');
    expect(said.join('')).not.toContain('\u001b]52');
  } finally {
    await sandbox.close();
    rmSync(cwd, { recursive: true, force: true });
  }
});
