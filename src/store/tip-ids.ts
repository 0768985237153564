import type { HistoryOutline, RefSnapshot } from '../model/history.js';

/**
 * Ids of the commits that refs stand at or stood at, as far as they are there, oldest first. `ids`: for each rev of the
 * outline. Known commits that a newest part leaves out go by their ids.
 */
export function tipIds(
  outline: HistoryOutline,
  ids: Float64Array,
  known: ReadonlyMap<string, number> | null,
  before: RefSnapshot | null,
): Map<string, number> {
  const wanted = new Set([...outline.refs, ...(before?.refs ?? [])].map(({ commit }) => commit));
  const newer: [string, number][] = [];
  for (const [i, rev] of outline.revs.entries()) if (wanted.delete(rev)) newer.push([rev, ids[i]!]);
  const older: [string, number][] = [];
  for (const rev of wanted) {
    const id = known?.get(rev);
    if (id !== undefined) older.push([rev, id]);
  }
  older.sort(([, a], [, b]) => a - b);
  return new Map([...older, ...newer.toReversed()]);
}
