/** A Zoom to read from, without a server: it answers from live targets and records what was read. */
import { documentKey } from '../../src/model/setting.ts';
import type { LiveTarget } from '../../src/model/state.ts';
import { type Target, targetKey, targetLabel } from '../../src/model/target.ts';
import type { Group, ZoomReader } from '../../src/model/zoom-api.ts';
import { OWN } from './account.ts';

export interface Read {
  readonly target: Target;
  readonly document: string;
}

interface Answers {
  readonly groups?: readonly Group[];
  /** Ids of the groups of each user; `null` where they cannot be read. */
  readonly memberOf?: Readonly<Record<string, readonly string[] | null>>;
}

export function zoomReader(
  found: readonly LiveTarget[],
  { groups = [], memberOf = {} }: Answers = {},
): { readonly zoom: ZoomReader; readonly reads: Read[] } {
  const reads: Read[] = [];
  const zoom: ZoomReader = {
    account: OWN,
    readDocument: async (target, ref) => {
      reads.push({ target, document: documentKey(ref) });
      const same = found.find((entry) => entry.state === 'found' && targetKey(entry.target) === targetKey(target));
      if (same?.state !== 'found') return { state: 'missing', reason: `Zoom has no ${targetLabel(target)}` };
      return same.documents.get(documentKey(ref)) ?? { state: 'unreadable', reason: 'it is not in this test' };
    },
    listGroups: async () => groups,
    listUsers: async () => [],
    groupsOfUser: async (user) => {
      const known = memberOf[user];
      return known === null ? { state: 'unreadable', reason: 'it is not in this test' } : (known ?? []);
    },
  };
  return { zoom, reads };
}
