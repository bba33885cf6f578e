import { type DocumentKey, type DocumentRef, documentKey } from '../../model/setting.ts';
import type { LiveDocument, LiveTarget } from '../../model/state.ts';
import type { Target } from '../../model/target.ts';
import type { ZoomReader } from '../../model/zoom-api.ts';

/**
 * Reads the documents of one target side by side, each distinct one once. The target is `missing` as soon as one
 * document says so: half a target cannot be managed.
 */
export async function observeTarget(
  reader: Pick<ZoomReader, 'readDocument'>,
  target: Target,
  documents: readonly DocumentRef[],
): Promise<LiveTarget> {
  const distinct = new Map(documents.map((document) => [documentKey(document), document]));
  const outcomes = await Promise.all(
    [...distinct].map(async ([key, document]) => ({ key, outcome: await reader.readDocument(target, document) })),
  );
  const found = new Map<DocumentKey, LiveDocument>();
  for (const { key, outcome } of outcomes) {
    if (outcome.state === 'missing') return { ...outcome, target };
    found.set(key, outcome);
  }
  return { state: 'found', target, documents: found };
}
