/**
 * One check for all who ask at the same time. It begins after they have asked, so that what it finds holds for each of
 * them, and they are answered in their order.
 */
export function sharedCheck(check: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    if (next === undefined) {
      next = last.then(() => {
        next = undefined;
        return check();
      });
      last = next.catch(() => undefined);
    }
    return next;
  };
}
