import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type Explanation, explanationOf, SCOPES, searchSettings } from '../catalog/explanation.ts';
import { EXIT, LockstepError } from '../errors.ts';
import type { Scope, TargetRef } from '../model/target.ts';
import { quoted } from '../policy/phrases.ts';
import { aboutUnknownName } from '../policy/unknown-name.ts';
import type { Explained } from '../report/explained.ts';
import { renderExplainText, renderSearchText } from '../report/text/explain.ts';
import { paintFor } from '../report/text/paint.ts';
import { type Host, hasColour } from '../terminal.ts';
import { printableJson } from '../util/printable.ts';
import { packsThatSet, policiesThatSet } from './explain-sets.ts';
import { type Flags, formatOf, isOn, textOf, textsOf } from './flags.ts';
import { print } from './write-report.ts';

const SEARCH = 'lockstep explain --search WORD finds settings by what they do';

/** Everything that is known of one setting, section or lock key; or with `--search` what settings there are. */
export async function explain(host: Host, [name, ...more]: readonly string[], flags: Flags): Promise<number> {
  const words = textOf(flags, 'search');
  const target = targetFrom(textOf(flags, 'target'));
  const scopes = target === undefined ? SCOPES : [target.scope];
  if (words !== undefined && name === undefined) return search(host, words, scopes, flags);
  if (words !== undefined || name === undefined || more.length > 0) {
    throw new LockstepError('explain takes one setting, or --search', {
      hint: 'lockstep explain in_meeting.chat, or lockstep explain --search chat',
    });
  }
  const explanation = explanationOf(name, scopes);
  if (explanation === undefined) throw new LockstepError(aboutUnknownName(name, scopes), { hint: SEARCH });
  const explained = await gather(host, explanation, target, flags);
  const { explanation: content, ...rest } = explained;
  await print(
    host,
    formatOf(flags) === 'json'
      ? `${printableJson({ ...content, ...rest })}\n`
      : renderExplainText(explained, paintFor(hasColour(host, host.stdout))),
  );
  return EXIT.ok;
}

async function gather(
  host: Host,
  explanation: Explanation,
  target: TargetRef | undefined,
  flags: Flags,
): Promise<Explained> {
  const isLive = isOn(flags, 'live');
  if (isLive && explanation.kind === 'section') {
    throw new LockstepError(`--live takes one setting or lock key, and ${quoted(explanation.path)} is a section`);
  }
  const named = textsOf(flags, 'policy');
  const paths = named.length > 0 || (await exists(join(host.cwd, 'policies'))) ? named : undefined;
  const policies = paths === undefined ? undefined : await policiesThatSet(host, explanation, target, paths);
  const packs = await packsThatSet(host, explanation, target);
  const live = isLive
    ? await (await import('./explain-live.ts')).readLive(host, explanation, target, flags)
    : undefined;
  return {
    explanation,
    packs,
    ...(policies === undefined ? {} : { policies }),
    ...(live === undefined ? {} : { live }),
  };
}

async function search(host: Host, text: string, scopes: readonly Scope[], flags: Flags): Promise<number> {
  const found = searchSettings(
    text.split(/\s+/).filter((word) => word !== ''),
    scopes,
  );
  if (found.length === 0) throw new LockstepError(`no setting speaks of ${quoted(text)}`);
  const paint = paintFor(hasColour(host, host.stdout));
  const asJson = formatOf(flags) === 'json';
  await print(host, asJson ? `${printableJson(found)}\n` : renderSearchText(found, paint));
  return EXIT.ok;
}

function targetFrom(text: string | undefined): TargetRef | undefined {
  if (text === undefined) return undefined;
  if (text === 'account') return { scope: 'account' };
  const [, scope, name = ''] = /^(group|user):(.+)$/s.exec(text) ?? [];
  if (scope === undefined) {
    throw new LockstepError(`--target ${text} is no target`, { hint: 'use account, group:NAME or user:E-MAIL' });
  }
  return scope === 'group' ? { scope, name } : { scope: 'user', email: name };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
