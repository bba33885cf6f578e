/**
 * A sandbox in a process of its own, so that neither its memory nor its work counts as lockstep's.
 * `{groups, latencyMs, settings}` starts one in which every second group has `settings` already; `'log'` asks for the
 * requests since the last time.
 */
import { fullState, startSandbox } from '../../dist/sandbox/index.js';

let sandbox;

process.on('message', async (message) => {
  if (message === 'log') {
    const log = sandbox.log().map(({ method, path, query }) => `${method} ${path}?${new URLSearchParams(query)}`);
    sandbox.reset();
    process.send(log);
    return;
  }
  const { groups, latencyMs, settings } = message;
  await sandbox?.close();
  sandbox = await startSandbox({ latencyMs, state: halfDone(fullState({ groups }), settings) });
  process.send(sandbox.env);
});
process.on('disconnect', () => process.exit());

function halfDone(state, settings) {
  const [first] = state.groups;
  const body = structuredClone(first.documents.settings);
  for (const [section, values] of Object.entries(settings)) Object.assign(body[section], values);
  const documents = { ...first.documents, settings: body };
  return { ...state, groups: state.groups.map((group, index) => (index % 2 ? { ...group, documents } : group)) };
}
