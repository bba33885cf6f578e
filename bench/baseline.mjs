/**
 * The GETs of a plan and nothing else: a token, the pages of groups or users, the documents of each, and what is read of the
 * account. Every answer is read and parsed. `node baseline.mjs CLIENT CONCURRENCY WORK`; CLIENT is got, undici or http,
 * WORK is JSON: {list: groups|users, documents: [path below a target], account: [path], query: text added to documents}.
 */
import http from 'node:http';

const [client, concurrency, work] = [process.argv[2], Number(process.argv[3]), JSON.parse(process.argv[4])];
const { ZOOM_API_URL: api, ZOOM_OAUTH_URL: oauth, ...zoom } = process.env;
const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency, maxFreeSockets: concurrency });
const request = { got: overGot, undici: overUndici, http: () => overHttp }[client];
const closing = [() => agent.destroy()];
const send = await request();
let bytes = 0;

const { access_token: token } = await send(oauth, {
  method: 'POST',
  headers: {
    authorization: `Basic ${btoa(`${zoom.ZOOM_CLIENT_ID}:${zoom.ZOOM_CLIENT_SECRET}`)}`,
    'content-type': 'application/x-www-form-urlencoded',
  },
  body: `grant_type=account_credentials&account_id=${zoom.ZOOM_ACCOUNT_ID}`,
});
const get = (path) => send(`${api}${path}`, { headers: { authorization: `Bearer ${token}` } });

const targets = [];
const size = work.list === 'groups' ? 300 : 2000;
for (let next; next !== ''; ) {
  const page = await get(`/${work.list}?page_size=${size}${next === undefined ? '' : `&next_page_token=${next}`}`);
  targets.push(...page[work.list].map(({ id }) => `/${work.list}/${id}/`));
  next = page.next_page_token ?? '';
}
bytes = 0;
const paths = targets.flatMap((target) => work.documents.map((document) => target + document + (work.query ?? '')));
let taken = 0;
async function take() {
  while (taken < paths.length) await get(paths[taken++]);
}
await Promise.all(Array.from({ length: concurrency }, take));
const read = bytes;
for (const path of work.account ?? []) await get(path);
for (const close of closing) close();
console.log(read);

async function overGot() {
  const { got } = await import('got');
  const instance = got.extend({ agent: { http: agent }, headers: { accept: 'application/json' } });
  return (url, options) => instance(url, options).json();
}

async function overUndici() {
  const { Pool } = await import('undici');
  const pool = new Pool(new URL(api).origin, { connections: concurrency });
  closing.push(() => pool.close());
  return async (url, { method = 'GET', headers, body }) => {
    const { pathname, search } = new URL(url);
    const answer = await pool.request({
      path: pathname + search,
      method,
      headers: { accept: 'application/json', ...headers },
      body,
    });
    if (answer.statusCode !== 200) throw new Error(`HTTP ${answer.statusCode} for ${url}`);
    return answer.body.json();
  };
}

function overHttp(url, { method = 'GET', headers, body }) {
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { method, agent, headers: { accept: 'application/json', ...headers } }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        const whole = Buffer.concat(chunks);
        bytes += whole.length;
        if (answer.statusCode === 200) resolve(JSON.parse(whole.toString('utf8')));
        else reject(new Error(`HTTP ${answer.statusCode} for ${url}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
