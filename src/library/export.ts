import { documentsOf } from '../catalog/lookup.ts';
import { EXIT, LockstepError } from '../errors.ts';
import { type DocumentRef, documentKey } from '../model/setting.ts';
import { type Target, targetLabel } from '../model/target.ts';
import type { ZoomReader } from '../model/zoom-api.ts';
import { type Exported, renderPolicy } from '../policy/export.ts';
import { observeTarget } from '../reconcile/observe/observe.ts';
import { liveValue } from '../reconcile/plan/normalize.ts';
import { globMatcher, isGlob } from '../util/glob.ts';
import { openReader } from '../zoom/zoom.ts';
import { begin } from './call.ts';
import type { Settings } from './option.ts';
import type { EXPORT } from './signatures.ts';
import type { ExportVerdict } from './verdicts.ts';
import { withZoom } from './with-zoom.ts';

export async function exportPolicies(settings: Settings<typeof EXPORT.options>): Promise<ExportVerdict> {
  const call = await begin(settings);
  const selectors = settings.target.length === 0 ? ['account'] : settings.target;
  const policy = await withZoom(call, settings, openReader, ({ zoom }) => livePolicy(zoom, selectors, call.progress));
  return { exitCode: EXIT.ok, policy, warnings: call.warnings };
}

/** What Zoom has now, as a policy: YAML text. */
export async function livePolicy(
  zoom: ZoomReader,
  selectors: readonly string[],
  onProgress: (text: string) => void,
): Promise<string> {
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
  return renderPolicy(exported, zoom.account);
}

async function targetsOf(selectors: readonly string[], zoom: ZoomReader): Promise<readonly Target[]> {
  const targets = new Map<string, Target>();
  for (const selector of selectors) {
    const found = await targetsLike(selector, zoom);
    if (found.length === 0) throw new LockstepError(`--target ${selector} matches nothing in Zoom`);
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

async function readTarget(zoom: ZoomReader, target: Target): Promise<Exported> {
  const documents = new Map<string, DocumentRef>();
  for (const { ref } of documentsOf(target.scope)) documents.set(documentKey(ref), ref);
  const live = await observeTarget(zoom, target, [...documents.values()]);
  if (live.state === 'missing') throw new LockstepError(`${targetLabel(target)}: ${live.reason}`);
  const unreadable = [...live.documents].flatMap(([document, found]) =>
    found.state === 'unreadable' ? [{ document, reason: found.reason }] : [],
  );
  return {
    target,
    unreadable,
    liveOf: (setting) => {
      const found = live.documents.get(documentKey(setting.document.ref));
      return found?.state === 'read' ? liveValue(setting, found.body) : undefined;
    },
  };
}
