import type { HistoryOutline } from '../model/history.js';

export interface StoredCommits {
  /** Ids by rev. */
  revs: ReadonlyMap<string, number>;
  /** Branch of each commit that has actions, by id. */
  branches: ReadonlyMap<number, string>;
}

/** Ids of the stored commits that the history holds no more. */
export function vanishedCommits(revs: ReadonlyMap<string, number>, outline: HistoryOutline): number[] {
  const gone = new Map(revs);
  for (const rev of outline.revs) gone.delete(rev);
  return [...gone.values()];
}

/**
 * True when loading the new commits after the stored ones gives the rows a full load would give: no stored commit
 * changed its branch (a merged one may), and on no branch does a stored commit come after a new one, since what a path
 * means depends on the order of a branch's actions.
 */
export function canAppend(outline: HistoryOutline, branches: readonly string[], stored: StoredCommits): boolean {
  const grown = new Set<string>();
  for (let i = outline.revs.length - 1; i >= 0; i -= 1) {
    const branch = branches[i]!;
    const id = stored.revs.get(outline.revs[i]!);
    if (id === undefined) {
      grown.add(branch);
      continue;
    }
    const before = stored.branches.get(id);
    if (before === undefined) continue;
    if (before !== branch || grown.has(branch)) return false;
  }
  return true;
}
