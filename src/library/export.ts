import { documentsOf } from '../catalog/lookup.ts';
import { LockstepError } from '../errors.ts';
import { tallyUnread } from '../model/outcomes.ts';
import { type DocumentRef, documentKey } from '../model/setting.ts';
import { type Target, targetLabel } from '../model/target.ts';
import type { ZoomReader } from '../model/zoom-api.ts';
import { EVERYTHING, type Exported, renderPolicy } from '../policy/export.ts';
import { exitCodeFor } from '../reconcile/exit-code.ts';
import { observeTarget } from '../reconcile/observe/observe.ts';
import { missingReason, reasonOf } from '../reconcile/plan/blocked.ts';
import { liveValue } from '../reconcile/plan/normalize.ts';
import { globMatcher, isGlob } from '../util/glob.ts';
import { printable } from '../util/printable.ts';
import { openReader } from '../zoom/zoom.ts';
import { begin } from './call.ts';
import type { Settings } from './option.ts';
import type { EXPORT } from './signatures.ts';
import type { ExportVerdict } from './verdicts.ts';
import { type Connected, withZoom } from './with-zoom.ts';

export async function exportPolicies(settings: Settings<typeof EXPORT.options>): Promise<ExportVerdict> {
  const call = await begin(settings);
  const selectors = settings.target.length === 0 ? ['account'] : settings.target;
  const read = ({ zoom }: Connected<ZoomReader>) => livePolicy(zoom, selectors, call.progress);
  const { policy, exitCode, missing } = await withZoom(call, settings, openReader, read);
  const [first, ...others] = missing;
  if (first !== undefined) {
    const more = others.length === 0 ? '' : `, and ${others.length} more`;
    call.warn([{ kind: 'unseen', message: printable(`not all could be exported: ${first}${more}`) }]);
  }
  return { policy, exitCode, warnings: call.warnings };
}

/**
 * What Zoom has now, as a policy: YAML text, and the exit code that says whether all of it is in there.
 * @throws LockstepError where nothing at all could be read: no policy is better than an empty one
 */
export async function livePolicy(
  zoom: ZoomReader,
  selectors: readonly string[],
  onProgress: (text: string) => void,
): Promise<Pick<ExportVerdict, 'policy' | 'exitCode'> & { readonly missing: readonly string[] }> {
  const targets = await targetsOf(selectors, zoom);
  let done = 0;
  const exported = await Promise.all(
    targets.map(async (target) => {
      const read = await readTarget(zoom, target);
      done += 1;
      onProgress(`Reading Zoom: ${done} of ${targets.length} targets`);
      return read;
    }),
  );
  const unread = exported.flatMap(({ target, unreadable }) =>
    unreadable.map((one) => ({ ...one, about: `${targetLabel(target)}, ${one.document}` })),
  );
  const isEmpty = exported.every((one) => one.isEmpty);
  // A plan that lacks every document is no plan of that account.
  const kinds = unread.map(({ outcome }) => (isEmpty && outcome === 'not-offered' ? 'unreadable' : outcome));
  const exitCode = exitCodeFor(tallyUnread(kinds), 'export');
  const [first] = unread;
  if (isEmpty && first !== undefined) {
    throw new LockstepError(`nothing could be exported: ${first.about}: ${first.reason}`, {
      exitCode,
      hint: `nothing was written; ${unread.length === 1 ? 'that was all' : `${unread.length} reads were refused`}`,
    });
  }
  const missing = unread
    .filter(({ outcome }) => outcome !== 'not-offered')
    .map(({ about, reason }) => `${about}: ${reason}`);
  return { policy: renderPolicy(exported, zoom.account), exitCode, missing };
}

async function targetsOf(selectors: readonly string[], zoom: ZoomReader): Promise<readonly Target[]> {
  const targets = new Map<string, Target>();
  for (const selector of selectors) {
    const found = await targetsLike(selector, zoom);
    if (found.length === 0) {
      const exitCode = exitCodeFor(tallyUnread(['unmatched']), 'export');
      throw new LockstepError(`--target ${selector} matches nothing in Zoom`, {
        exitCode,
        hint: 'nothing was written',
      });
    }
    for (const target of found) targets.set(`${targetLabel(target)} ${target.id}`, target);
  }
  return [...targets.values()];
}

async function targetsLike(selector: string, zoom: ZoomReader): Promise<readonly Target[]> {
  if (selector === 'account') return [{ scope: 'account', id: zoom.account.id }];
  const [, scope, pattern = ''] = /^(group|user):(.+)$/.exec(selector) ?? [];
  const matches = globMatcher(pattern);
  if (scope === 'group') {
    const groups = (await zoom.listGroups()).filter(({ name }) => name === pattern || matches(name));
    return groups.map(({ id, name }) => ({ scope: 'group', id, name }));
  }
  if (scope === 'user' && !isGlob(pattern)) return [{ scope: 'user', id: pattern, email: pattern }];
  if (scope === 'user') {
    const users = (await zoom.listUsers()).filter(({ email }) => matches(email));
    return users.map(({ email }) => ({ scope: 'user', id: email, email }));
  }
  throw new LockstepError(`--target ${selector} cannot be exported`, { hint: 'use account, group:GLOB or user:GLOB' });
}

type Read = Exported & {
  /** No document of it was read. */
  readonly isEmpty: boolean;
};

async function readTarget(zoom: ZoomReader, target: Target): Promise<Read> {
  const documents = new Map<string, DocumentRef>();
  for (const { ref } of documentsOf(target.scope)) documents.set(documentKey(ref), ref);
  const live = await observeTarget(zoom, target, [...documents.values()]);
  if (live.state === 'missing') {
    const outcome = missingReason(target.scope, live);
    return { target, liveOf: () => undefined, isEmpty: true, unreadable: [{ document: EVERYTHING, ...live, outcome }] };
  }
  const unreadable = [...live.documents].flatMap(([document, found]) =>
    found.state === 'unreadable'
      ? [
          {
            document,
            reason: found.reason,
            outcome: found.notOffered === true ? 'not-offered' : reasonOf(found),
          } as const,
        ]
      : [],
  );
  return {
    target,
    unreadable,
    isEmpty: unreadable.length === live.documents.size,
    liveOf: (setting) => {
      const found = live.documents.get(documentKey(setting.document.ref));
      return found?.state === 'read' ? liveValue(setting, found.body) : undefined;
    },
  };
}
