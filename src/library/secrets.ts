/** What is known of secrets that Zoom does not return: from the journals of this folder, and from `--write-secret`. */
import { LockstepError } from '../errors.ts';
import type { Digest } from '../journal/digests.ts';
import type { JournalEvent } from '../journal/events.ts';
import type { AccountIdentity } from '../model/account.ts';
import type { ChangeResult } from '../model/result.ts';
import { isSecret, type Secrets } from '../model/secret.ts';
import { targetLabel } from '../model/target.ts';
import type { LoadedPolicies } from '../policy/load.ts';
import type { CompareOptions } from '../reconcile/plan/compare.ts';
import type { Call } from './call.ts';

/** @throws LockstepError for a `--write-secret` that names no secret of the policies */
export async function secretMemory(
  { cwd }: Pick<Call, 'cwd'>,
  forced: readonly string[],
  account: AccountIdentity,
  { desired, secrets }: Pick<LoadedPolicies, 'desired' | 'secrets'>,
): Promise<Required<CompareOptions>['ofSecret']> {
  const paths = new Set(
    desired.entries.flatMap(({ facts }) => facts.filter(({ value }) => isSecret(value)).map(({ path }) => path)),
  );
  const unknown = forced.find((path) => !paths.has(path));
  if (unknown !== undefined) {
    throw new LockstepError(`--write-secret ${unknown}: no policy sets a secret there`, {
      hint: paths.size === 0 ? 'the policies set no secret' : `secrets are at ${[...paths].join(', ')}`,
    });
  }
  // Most policies name no secret, and the journal takes a while to load.
  if (paths.size === 0) return () => 'new';
  const { keptDigests, readDigest } = await import('../journal/digests.ts');
  const digest = await readDigest(cwd);
  const kept = digest === undefined ? () => undefined : await keptDigests(cwd);
  return (target, { path, value }) => {
    if (forced.includes(path)) return 'forced';
    const place = { account, target: targetLabel(target), path };
    const known = kept(place);
    const secret = isSecret(value) ? secrets.get(value.$secret) : undefined;
    if (known === undefined || digest === undefined || secret === undefined) return 'new';
    return digest(place, secret) === known ? 'same' : 'changed';
  };
}

/** What to keep of the secrets that were just written and that Zoom does not return. */
export async function secretEvents(
  { cwd }: Pick<Call, 'cwd'>,
  account: AccountIdentity,
  results: readonly ChangeResult[],
  secrets: Secrets,
  time: string,
): Promise<readonly JournalEvent[]> {
  const written = results.flatMap((result) => {
    const { after } = result.change;
    const value =
      result.status === 'applied' && result.unread !== undefined && isSecret(after)
        ? secrets.get(after.$secret)
        : undefined;
    return value === undefined ? [] : [{ change: result.change, value }];
  });
  if (written.length === 0) return [];
  const { openDigest } = await import('../journal/digests.ts');
  const digest: Digest = await openDigest(cwd);
  return written.map(({ change: { target, path }, value }): JournalEvent => {
    const label = targetLabel(target);
    return { event: 'secret', time, target: label, path, digest: digest({ account, target: label, path }, value) };
  });
}
