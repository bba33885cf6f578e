import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PolicyProblems } from '../../src/model/problem.ts';
import { loadPolicies } from '../../src/policy/load.ts';
import { account, type Files, factLines, inFolder, load, type Options } from './folder.ts';

function policy(extending: string, inMeeting: string): string {
  return `version: 1\nextends: ${extending}\naccount: { settings: { in_meeting: ${inMeeting} } }\n`;
}

const plain = (inMeeting: string) => `version: 1\naccount: { settings: { in_meeting: ${inMeeting} } }\n`;

async function facts(files: Files, options: Options = {}) {
  const { entries, said } = await load(files, options);
  expect(said).toEqual([]);
  return factLines(entries).map((line) => line.replace('account set in_meeting.', ''));
}

describe('extends', () => {
  it('lays a file over what it extends, fact by fact, with the provenance of what wins', async () => {
    const files = {
      'top.yaml': policy('./base/one.yaml', '{ chat: true }'),
      'base/one.yaml': plain('{ chat: false, private_chat: false }'),
    };
    const { entries, files: read } = await load(files);
    expect(factLines(entries)).toEqual([
      'account set in_meeting.chat = true',
      'account set in_meeting.private_chat = false',
    ]);
    expect(entries[0]?.facts.map(({ provenance }) => provenance.file)).toEqual(['top.yaml', 'base/one.yaml']);
    expect(read).toEqual(['base/one.yaml', 'top.yaml']);
  });

  it('lets the later of a list win', async () => {
    const files = {
      'b/one.yaml': plain('{ chat: false, co_host: false }'),
      'b/two.yaml': plain('{ chat: true }'),
      'top.yaml': policy('[b/one.yaml, b/two.yaml]', '{}'),
    };
    expect(await facts(files)).toEqual(['chat = true', 'co_host = false']);
  });

  it('keeps values and locks apart, and brings users together without regard to case', async () => {
    const files = {
      'base.yaml': 'version: 1\nusers: { Dean@X.edu: { settings: { in_meeting: { polling: true, co_host: true } } } }',
      'top.yaml': `${policy('base.yaml', '{ chat: !locked true }')}users: { dean@x.edu: { settings: { in_meeting: { polling: false } } } }`,
    };
    const { entries } = await load(files, { paths: ['top.yaml'] });
    expect(factLines(entries)).toEqual([
      'user:Dean@X.edu set in_meeting.polling = false',
      'user:Dean@X.edu set in_meeting.co_host = true',
      'account set in_meeting.chat = true',
      'account lock in_meeting.chat = true',
    ]);
  });

  it('reads a diamond: what a file means does not depend on who extends it', async () => {
    const files = {
      'b/common.yaml': plain('{ chat: false }'),
      'b/one.yaml': policy('common.yaml', '{ chat: true }'),
      'b/two.yaml': policy('./common.yaml', '{ co_host: true }'),
      'top.yaml': policy('[b/one.yaml, b/two.yaml]', '{ private_chat: true }'),
    };
    expect(await facts(files)).toEqual(['chat = false', 'co_host = true', 'private_chat = true']);
  });

  it('takes packs', async () => {
    const files = {
      'packs/basic.yaml': policy('pack:more', '{ chat: false }'),
      'packs/more.yaml': plain('{ co_host: false }'),
      'top.yaml': policy('pack:basic', '{ private_chat: true }'),
    };
    expect(await facts(files)).toEqual(['co_host = false', 'chat = false', 'private_chat = true']);
  });

  it('names packs from elsewhere without their path', async () => {
    await inFolder({ 'basic.yaml': plain('{ chat: false }') }, async (packs) => {
      const { entries, files } = await load({ 'top.yaml': policy('pack:basic', '{}') }, { packs });
      expect(files).toEqual(['pack:basic', 'top.yaml']);
      expect(entries[0]?.facts[0]?.provenance.file).toBe('pack:basic');
    });
  });

  it('says every problem of every file in one run, in order', async () => {
    const files = {
      'b/base.yaml': plain('{ chat: 1, x1: 2 }'),
      'b/broken.yaml': 'a: "x',
      'top.yaml': policy('[b/base.yaml, b/broken.yaml, b/none.yaml]', '{ co_host: yes }'),
    };
    expect((await load(files)).said).toEqual([
      'b/base.yaml:2:44: `in_meeting.chat` must be true or false, not 1',
      'b/base.yaml:2:47: unknown setting `in_meeting.x1`; use `--allow-unknown` to send it anyway',
      'b/broken.yaml:1:6: a quote is not closed',
      'top.yaml:2:39: `b/none.yaml`: there is no such file or folder',
      'top.yaml:3:47: `in_meeting.co_host` must be true or false, not text: YAML 1.2 knows only true and false, so `yes` is text',
    ]);
  });

  const outside = '`../out.yaml` is outside of the folder of the policies; only files in it can be extended';
  it.each([
    ['an empty item', '[""]', '2:11: an item of `extends` is empty'],
    [
      'an address',
      'https://x.org/a.yaml',
      '2:10: `https://x.org/a.yaml` is a URL; `extends` takes relative paths and packs',
    ],
    ['an absolute path', '/etc/passwd', '2:10: `/etc/passwd` is an absolute path; write it relative to this file'],
    ['a path of Windows', '"C:\\\\a.yaml"', '2:10: `C:\\a.yaml` is an absolute path; write it relative to this file'],
    ['a home', '~/a.yaml', '2:10: `~/a.yaml` is an absolute path; write it relative to this file'],
    ['control characters', '"a\\0b"', '2:10: `a\\u0000b` has control characters in it'],
    ['a folder', 'sub', '2:10: `sub` is not a file'],
    ['nothing', 'none.yaml', '2:10: `none.yaml`: there is no such file or folder'],
    ['a file outside', '../out.yaml', `2:10: ${outside}`],
    ['a file outside that is not there', '../none.yaml', `2:10: ${outside.replace('out.', 'none.')}`],
    ['a link that leads outside', 'link.yaml', `2:10: ${outside.replace('../out.yaml', 'link.yaml')}`],
    ['a file through a linked folder', 'up/out.yaml', `2:10: ${outside.replace('../out.yaml', 'up/out.yaml')}`],
    ['an unknown pack', 'pack:basics', '2:10: there is no pack `basics`: did you mean `pack:basic`?'],
    ['a pack of no near name', 'pack:zzzzzz', '2:10: there is no pack `zzzzzz`: there are `basic`'],
    ['a pack with a path', 'pack:../basic', '2:10: `pack:../basic` is not the name of a pack'],
  ])('refuses %s', async (_name, extending, said) => {
    const files = {
      'out.yaml': plain('{ chat: true }'),
      'in/top.yaml': policy(extending, '{ chat: true }'),
      'in/link.yaml': '-> ../out.yaml',
      'in/up': '-> ..',
      'in/sub/.keep': '',
      'packs/basic.yaml': plain('{ chat: false }'),
    };
    await inFolder(files, async (folder) => {
      const result = await load({}, { cwd: join(folder, 'in'), paths: ['top.yaml'], packs: join(folder, 'packs') });
      expect(result.said).toEqual([`top.yaml:${said}`]);
    });
  });

  it('bounds a named folder by itself, and a file outside of the working folder by its own folder', async () => {
    const files = { 'base.yaml': plain('{ chat: true }'), 'in/top.yaml': policy('../base.yaml', '{ co_host: true }') };
    const said = [
      'in/top.yaml:2:10: `../base.yaml` is outside of the folder of the policies; only files in it can be extended',
    ];
    expect((await load(files, { paths: ['in'] })).said).toEqual(said);
    expect((await load(files, { paths: ['in/top.yaml'] })).said).toEqual([]);
    await inFolder({}, async (elsewhere) => {
      await inFolder(files, async (folder) => {
        const result = await load({}, { cwd: elsewhere, paths: [join(folder, 'in/top.yaml')] });
        expect(result.said).toHaveLength(1);
      });
    });
  });

  it('names loops, once each', async () => {
    const files = {
      'a.yaml': policy('b.yaml', '{ chat: true }'),
      'b.yaml': policy('[c.yaml]', '{ chat: true }'),
      'c.yaml': policy('a.yaml', '{ chat: true }'),
      'self.yaml': policy('[self.yaml]', '{ chat: true }'),
    };
    const said = [
      'c.yaml:2:10: these files extend each other in a loop: a.yaml -> b.yaml -> c.yaml -> a.yaml',
      'self.yaml:2:11: these files extend each other in a loop: self.yaml -> self.yaml',
    ];
    expect((await load(files)).said).toEqual(said);
    expect((await load(files, { paths: ['.'] })).said).toEqual(said);
  });

  it('follows long chains', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [
        `f${index}.yaml`,
        index === 499 ? plain('{ co_host: true }') : policy(`f${index + 1}.yaml`, '{ chat: true }'),
      ]),
    );
    expect(await facts(files, { paths: ['.'] })).toEqual(['co_host = true', 'chat = true']);
  });
});

describe('folders', () => {
  it('give every policy in them, but hidden ones, node_modules and bases', async () => {
    const files = {
      'p/b.yaml': policy('deep/base.yml', '{ chat: true }'),
      'p/deep/base.yml': plain('{ chat: false, co_host: true }'),
      'p/deep/er/c.yml': plain('{ private_chat: true }'),
      'p/.hidden.yaml': 'no',
      'p/.git/x.yaml': 'no',
      'p/node_modules/x.yaml': 'no',
      'p/readme.md': 'no',
      'p/link.yaml': '-> deep/er/c.yml',
    };
    const { entries, files: read, said } = await load(files, { paths: ['p'] });
    expect(said).toEqual([]);
    expect(factLines(entries)).toEqual([
      'account set in_meeting.chat = true',
      'account set in_meeting.co_host = true',
      'account set in_meeting.private_chat = true',
    ]);
    expect(read).toEqual(['p/b.yaml', 'p/deep/base.yml', 'p/deep/er/c.yml']);
  });

  it('say what is wrong with paths', async () => {
    const files = {
      'empty/readme.md': '',
      'links/out.yaml': '-> ../other.yaml',
      'links/gone.yaml': '-> nowhere.yaml',
      'links/folder': '-> ../empty',
      'other.yaml': plain('{ chat: true }'),
      'folder.yaml/x': '',
      'latin.yaml': new Uint8Array([0x61, 0x3a, 0x20, 0xe4, 0x0a]),
      'wide.yaml': new Uint8Array([0xff, 0xfe, 0x61, 0x00]),
    };
    const paths = ['empty', 'links', 'none', 'latin.yaml', 'wide.yaml', 'folder.yaml', 'other.yaml/x', 'circle'];
    expect((await load({ ...files, circle: '-> circle' }, { paths })).said).toEqual([
      'circle:1:1: this link leads to itself',
      'empty:1:1: there is no policy in this folder: no file name ends in .yaml or .yml',
      'folder.yaml:1:1: there is no policy in this folder: no file name ends in .yaml or .yml',
      'latin.yaml:1:1: this file is not UTF-8 text; save it as UTF-8',
      'links/folder:1:1: this is a link to a folder, which is not followed; name the folder itself',
      'links/gone.yaml:1:1: there is no such file or folder',
      'links/out.yaml:1:1: this is a link to a file outside of the folder',
      'none:1:1: there is no such file or folder',
      'other.yaml/x:1:1: there is no such file or folder',
      'wide.yaml:1:1: this file is not UTF-8 text; save it as UTF-8',
    ]);
    expect((await load({}, { paths: ['/dev/null'] })).said[0]).toMatch(/dev\/null:1:1: this is not a regular file$/);
  });

  it('say of a pipe and a socket that they are none, and wait for nobody', async () => {
    const said = await inFolder({}, async (folder) => {
      execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
      const server = createServer().listen(join(folder, 'socket.yaml'));
      await once(server, 'listening');
      const options = { cwd: folder, env: {}, allowUnknown: false, secrets: 'named', packs: folder } as const;
      const error: unknown = await loadPolicies(['.'], options).catch((thrown) => thrown);
      server.close();
      return error instanceof PolicyProblems ? error.problems.map(({ file, message }) => `${file}: ${message}`) : [];
    });
    expect(said).toEqual(['pipe.yaml: this is not a regular file', 'socket.yaml: this is not a regular file']);
  });

  it('say so when nothing is named', async () => {
    await expect(load({}, { paths: [] })).rejects.toThrow('no policies are named');
  });
});

describe('policies beside each other', () => {
  it('may agree, whatever their order, and the order of a set', async () => {
    const one = account('in_meeting: { chat: true }\nsecurity: { sign_in_with_two_factor_auth_groups: [a, b] }');
    const two = account('in_meeting: { chat: true }\nsecurity: { sign_in_with_two_factor_auth_groups: [b, a] }');
    const files = { 'one.yaml': one, 'two.yaml': two };
    const forth = await load(files, { paths: ['one.yaml', 'two.yaml'] });
    expect(forth.said).toEqual([]);
    expect(forth.entries[0]?.facts.map(({ provenance }) => provenance.file)).toEqual(['one.yaml', 'one.yaml']);
    expect(await load(files, { paths: ['two.yaml', './one.yaml', 'two.yaml'] })).toEqual(forth);
  });

  it('must not disagree, and both positions are told', async () => {
    const files = {
      'one.yaml': 'version: 1\ngroups: { A: { settings: { in_meeting: { chat: !locked true } } } }',
      'two.yaml':
        'version: 1\ngroups: { A: { settings: { in_meeting: { chat: false } }, lock_settings: { in_meeting: { chat: false } } } }\nusers: { a@b.c: { settings: { in_meeting: { chat: true } } } }',
      'three.yaml': 'version: 1\nusers: { A@B.c: { settings: { in_meeting: { chat: false } } } }',
    };
    const { said, problems } = await load(files);
    expect(said).toEqual([
      'two.yaml:2:42: `in_meeting.chat` of group:A is false here and true at one.yaml:2:42: keep one of them, or let one file extend the other',
      'two.yaml:2:90: the lock `in_meeting.chat` of group:A is false here and true at one.yaml:2:42: keep one of them, or let one file extend the other',
      'two.yaml:3:45: `in_meeting.chat` of user:A@B.c is true here and false at three.yaml:2:45: keep one of them, or let one file extend the other',
    ]);
    expect(problems[0]?.also).toEqual({ file: 'one.yaml', line: 2, column: 42 });
  });

  it('may not call one setting by two names in ways that exclude each other', async () => {
    const files = {
      'one.yaml': 'version: 1\ngroups: { A: { settings: { in_meeting: { waiting_room: true } } } }',
      'two.yaml': 'version: 1\ngroups: { A: { settings: { meeting_security: { waiting_room: false } } } }',
    };
    const { said, problems } = await load(files);
    expect(said).toEqual([
      'two.yaml:2:48: `meeting_security.waiting_room` is false here, and `in_meeting.waiting_room`, the same setting under another name, is true at one.yaml:2:42: both cannot hold, so keep one of them',
    ]);
    expect(problems[0]?.also).toEqual({ file: 'one.yaml', line: 2, column: 42 });
  });

  it('are a base and its own policy when both are named, and then must agree', async () => {
    const files = { 'base.yaml': plain('{ chat: false }'), 'top.yaml': policy('base.yaml', '{ chat: true }') };
    expect((await load(files)).said).toHaveLength(1);
    expect(await facts(files, { paths: ['.'] })).toEqual(['chat = true']);
  });

  it('give one result in every order', async () => {
    const files = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name, index) => [
        `${name}.yaml`,
        `version: 1\ngroups: { G${index % 2}: { settings: { in_meeting: { chat: true } } } }\nusers: { ${index % 2 ? 'X' : 'x'}@y.z: { settings: { in_meeting: { chat: true } } } }`,
      ]),
    );
    await inFolder(files, async (cwd) => {
      const options = { cwd, env: {}, allowUnknown: false, secrets: 'required', packs: cwd } as const;
      const load = async (paths: readonly string[]) => {
        const { advice, ...loaded } = await loadPolicies(paths, options);
        return { ...loaded, advice: advice() };
      };
      const expected = await load(['.']);
      const orders = fc.shuffledSubarray(Object.keys(files), { minLength: 4 });
      await fc.assert(
        fc.asyncProperty(orders, async (paths) => {
          expect(await load(paths)).toEqual(expected);
        }),
        { numRuns: 24 },
      );
    });
  });
});
