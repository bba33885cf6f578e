/** A stand-in for `gh api` that keeps comments, issues and pull requests in a file, and refuses what GitHub would. */
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Entry {
  readonly id: number;
  readonly body: string;
  readonly user: { readonly login: string };
}

export interface Issue extends Entry {
  readonly number: number;
  readonly title: string;
  readonly state: 'open' | 'closed';
  readonly pull_request?: object;
}

export interface GitHubState {
  readonly comments: Readonly<Record<string, readonly Entry[]>>;
  readonly issues: readonly Issue[];
  /** By commit. */
  readonly pulls: Readonly<Record<string, readonly object[]>>;
  /** Answers every request with 403, as for a pull request from a fork. */
  readonly forbidden?: boolean;
}

/** What it was asked, and with which variables that it should not see. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly leaked: readonly string[];
  readonly token: string | undefined;
}

export const BOT = 'github-actions[bot]';

/** Where it is put; the folder is for the PATH. */
export interface StandIn {
  readonly folder: string;
  readonly set: (state: Partial<GitHubState>) => Promise<void>;
  readonly state: () => Promise<GitHubState>;
  readonly asked: () => Promise<readonly Asked[]>;
}

export async function standInForGh(folder: string): Promise<StandIn> {
  const bin = join(folder, 'bin');
  const [state, log] = [join(folder, 'github.json'), join(folder, 'asked.jsonl')];
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, 'gh'), script(state, log));
  await chmod(join(bin, 'gh'), 0o755);
  const set = (change: Partial<GitHubState>) =>
    writeFile(state, JSON.stringify({ comments: {}, issues: [], pulls: {}, ...change }));
  await set({});
  await writeFile(log, '');
  return {
    folder: bin,
    set,
    state: async () => JSON.parse(await readFile(state, 'utf8')) as GitHubState,
    asked: async () =>
      (await readFile(log, 'utf8'))
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Asked),
  };
}

const script = (state: string, log: string) => `#!${process.execPath}
const { appendFileSync, readFileSync, writeFileSync } = require('node:fs');
const [api, flag, method, where, ...rest] = process.argv.slice(2);
if (api !== 'api' || flag !== '--method') throw new Error('gh ' + process.argv.slice(2).join(' '));
const [path, query] = where.split('?');
const leaked = Object.keys(process.env).filter((name) => /^(ZOOM_|LOCKSTEP_)/.test(name));
appendFileSync(${JSON.stringify(log)}, JSON.stringify({ method, path: where, leaked, token: process.env.GH_TOKEN }) + '\\n');
const state = JSON.parse(readFileSync(${JSON.stringify(state)}, 'utf8'));
if (state.forbidden) {
  console.error('gh: Resource not accessible by integration (HTTP 403)');
  process.exit(1);
}
const body = rest[0] === '--input' ? JSON.parse(readFileSync(0, 'utf8')) : undefined;
if (body?.body?.length > 65536) throw new Error('body is too long (maximum is 65536 characters)');
const params = new URLSearchParams(query);
const page = (items) => items.slice((params.get('page') - 1) * params.get('per_page'), params.get('page') * params.get('per_page'));
const all = [...Object.values(state.comments).flat(), ...state.issues];
const id = 1 + Math.max(0, ...all.map((entry) => entry.id));
const user = { login: ${JSON.stringify(BOT)} };
const answer = (value) => {
  writeFileSync(${JSON.stringify(state)}, JSON.stringify(state));
  process.stdout.write(JSON.stringify(value));
};
const routes = [
  ['GET', /^issues\\/(\\d+)\\/comments$/, ([n]) => page(state.comments[n] ?? [])],
  ['POST', /^issues\\/(\\d+)\\/comments$/, ([n]) => {
    state.comments[n] = [...(state.comments[n] ?? []), { id, user, ...body }];
    return { id };
  }],
  ['PATCH', /^issues\\/comments\\/(\\d+)$/, ([n]) => Object.assign(all.find((entry) => entry.id === Number(n)), body)],
  ['GET', /^issues$/, () => page(state.issues.filter((issue) => issue.state === params.get('state')))],
  ['POST', /^issues$/, () => {
    state.issues.push({ id, number: id, state: 'open', user, ...body });
    return { number: id };
  }],
  ['PATCH', /^issues\\/(\\d+)$/, ([n]) => Object.assign(state.issues.find((issue) => issue.number === Number(n)), body)],
  ['GET', /^commits\\/(\\w+)\\/pulls$/, ([sha]) => page(state.pulls[sha] ?? [])],
];
const own = path.replace('repos/example/zoom/', '');
const route = routes.find(([verb, shape]) => verb === method && shape.test(own));
if (route === undefined) throw new Error('404 ' + method + ' ' + path);
answer(route[2](route[1].exec(own).slice(1)));
`;
