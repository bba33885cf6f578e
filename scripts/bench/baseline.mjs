/**
 * The GETs of a plan and nothing else: a token, the pages of groups, one document per group, the account's locks. Every
 * answer is read and parsed. `node baseline.mjs got|http CONCURRENCY`
 */
import http from 'node:http';

const [client, concurrency] = [process.argv[2], Number(process.argv[3])];
const { ZOOM_API_URL: api, ZOOM_OAUTH_URL: oauth, ...zoom } = process.env;
const agent = new http.Agent({ keepAlive: true, maxSockets: concurrency, maxFreeSockets: concurrency });
const request = client === 'got' ? await overGot() : overHttp;

const { access_token: token } = await request(oauth, {
  method: 'POST',
  headers: {
    authorization: `Basic ${btoa(`${zoom.ZOOM_CLIENT_ID}:${zoom.ZOOM_CLIENT_SECRET}`)}`,
    'content-type': 'application/x-www-form-urlencoded',
  },
  body: `grant_type=account_credentials&account_id=${zoom.ZOOM_ACCOUNT_ID}`,
});
const get = (path) => request(`${api}${path}`, { headers: { authorization: `Bearer ${token}` } });

const groups = [];
for (let next; next !== ''; ) {
  const page = await get(`/groups?page_size=300${next === undefined ? '' : `&next_page_token=${next}`}`);
  groups.push(...page.groups);
  next = page.next_page_token ?? '';
}
let taken = 0;
async function work() {
  while (taken < groups.length) await get(`/groups/${groups[taken++].id}/settings`);
}
await Promise.all(Array.from({ length: concurrency }, work));
await get('/accounts/me/lock_settings');
agent.destroy();

async function overGot() {
  const { got } = await import('got');
  const instance = got.extend({ agent: { http: agent }, headers: { accept: 'application/json' } });
  return (url, options) => instance(url, options).json();
}

function overHttp(url, { method = 'GET', headers, body }) {
  return new Promise((resolve, reject) => {
    const sent = http.request(url, { method, agent, headers: { accept: 'application/json', ...headers } }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')));
        else reject(new Error(`HTTP ${answer.statusCode} for ${url}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
