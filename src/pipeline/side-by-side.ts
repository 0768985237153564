/**
 * Runs `work` over the items, at most `width` at a time; results in the items' order. A rejection is passed on only
 * after all that had begun has ended, so nothing still runs behind the caller's back.
 */
export async function sideBySide<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  let failed = false;
  const lane = async (): Promise<void> => {
    // The lanes share one iterator, so each item is taken once.
    for (const [index, item] of queue) {
      if (failed) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const lanes = Array.from({ length: Math.min(width, items.length) }, lane);
  const refused = (await Promise.allSettled(lanes)).find((end) => end.status === 'rejected');
  if (refused) throw refused.reason;
  return results;
}
