import { isDeepStrictEqual } from 'node:util';
import type { HistoryOutline, RefSnapshot } from '../model/history.js';
import type { Project } from '../model/project.js';
import type { ProjectRules } from './project-row.js';
import type { StoredProject } from './stored-project.js';

export interface StoredCommits {
  /** Ids by rev. */
  revs: ReadonlyMap<string, number>;
  /** Of each commit that has actions, by id: its branch, and the id of its first action. */
  branches: ReadonlyMap<number, readonly [branch: string, action: number]>;
}

/** True where commits have other parents than their own: the same commits may come to have others the next time. */
export function rewired({ flags }: RefSnapshot): boolean {
  return flags.includes('shallow') || flags.includes('grafted');
}

/**
 * True when the stored rows are what these rules give; not where something is missing that may have been mended, or
 * parents were cut off that may be there now.
 */
export function sameRules(stored: StoredProject, project: Project, rules: ProjectRules): boolean {
  return (
    stored.actions === rules.actions &&
    stored.renames === (rules.renames ?? true) &&
    stored.differences &&
    (stored.lines || !(rules.lines ?? false)) &&
    stored.compat === rules.compat &&
    !stored.snapshot.flags.includes('damaged') &&
    !rewired(stored.snapshot) &&
    isDeepStrictEqual(stored.refs, project.refs)
  );
}

/** Ids of the stored commits that the history holds no more. */
export function vanishedCommits(revs: ReadonlyMap<string, number>, outline: HistoryOutline): number[] {
  const gone = new Map(revs);
  for (const rev of outline.revs) gone.delete(rev);
  return [...gone.values()];
}

/**
 * True when loading the new commits after the stored ones gives the rows a full load would give: no stored commit
 * changed its branch (a merged one may), and on no branch does a stored commit come after a new one or before one that
 * was loaded before it, since what a path means depends on the order of a branch's actions.
 */
export function canAppend(outline: HistoryOutline, branches: readonly string[], stored: StoredCommits): boolean {
  /** By branch, the last action met; past all others where a new commit was met. */
  const last = new Map<string, number>();
  for (let i = outline.revs.length - 1; i >= 0; i -= 1) {
    const branch = branches[i]!;
    const id = stored.revs.get(outline.revs[i]!);
    if (id === undefined) {
      last.set(branch, Infinity);
      continue;
    }
    const before = stored.branches.get(id);
    if (before === undefined) continue;
    const [name, action] = before;
    if (name !== branch || action < (last.get(branch) ?? 0)) return false;
    last.set(branch, action);
  }
  return true;
}
