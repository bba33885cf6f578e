/** What a first policy starts from: the flags decide, or the answers of a person, or the default. */
import { EXIT, LockstepError } from '../../errors.ts';
import { assertPack, packTitle, shippedPacks } from '../../library/policies.ts';
import { askWhether, type Host, isInteractive } from '../../terminal.ts';

export type Start = { readonly from: 'live' } | { readonly from: 'packs'; readonly packs: readonly string[] };

/** The benchmark that is not for one kind of organisation. */
const DEFAULT_PACK = 'cis-zoom-l1';

export async function startFrom(
  host: Host,
  { fromLive, pack }: { readonly fromLive: boolean; readonly pack: readonly string[] },
): Promise<Start> {
  const packs = [...new Set(pack.map((name) => name.replace(/^pack:/, '')))];
  for (const name of packs) await assertPack(name);
  if (fromLive) return { from: 'live' };
  if (packs.length > 0) return { from: 'packs', packs };
  return isInteractive(host) ? askedStart(host) : { from: 'packs', packs: [DEFAULT_PACK] };
}

async function askedStart(host: Host): Promise<Start> {
  const question = 'Start from what the account has now? This reads Zoom and changes nothing.';
  if (await asked(host, question, false)) return { from: 'live' };
  const packs: string[] = [];
  for (const name of await shippedPacks()) {
    const wanted = await asked(host, `Extend pack:${name}? ${await packTitle(name)}.`, name === DEFAULT_PACK);
    if (wanted) packs.push(name);
  }
  return { from: 'packs', packs };
}

export async function wantsWorkflow(host: Host): Promise<boolean> {
  if (!isInteractive(host)) return true;
  return asked(host, 'Write a workflow for GitHub: plan on pull requests, apply on merge, drift every day?', true);
}

async function asked(host: Host, question: string, fallback: boolean): Promise<boolean> {
  const answer = await askWhether(host, question, fallback);
  if (answer === undefined) throw new LockstepError('stopped; nothing was written', { exitCode: EXIT.interrupted });
  return answer;
}
