import type { ActionRecord, CommitChange, CommitRecord, RefRecord } from './record.js';

/** Which refs of a repository a history is read from, or a measurement looks at. */
export type RefChoice = 'branches' | 'default' | readonly string[];

/** Something about a history that makes its figures incomplete; shown wherever they are. */
export type HistoryFlag = 'shallow' | 'grafted' | 'partial';

/** Where a history's refs stand; cheap to read, and enough to see that nothing is new. */
export interface RefSnapshot {
  /** The chosen branches and tags, sorted by name. */
  refs: RefRecord[];
  /** Full name of the default branch's ref (one of `refs`); null when HEAD names nothing that exists. */
  head: string | null;
  flags: HistoryFlag[];
}

/** The shape of a history: which commits there are and how they hang together, but not what is in them. */
export interface HistoryOutline extends RefSnapshot {
  /** In the order of `git log --topo-order --remotes=origin --all`: children before parents. */
  revs: string[];
  /** For each entry of `revs`, its parents as positions in `revs`, in the commit's order. */
  parents: number[][];
}

/** A repository's history, open for reading. Every call may throw a HealthError. */
export interface History {
  snapshot(): RefSnapshot;
  outline(): HistoryOutline;
  commit(rev: string): CommitRecord;
  /** Against the parent, or the empty tree; for a merge as `git log -c`. In git's printed order. */
  actions(rev: string): ActionRecord[];
  close(): void;
}

/** What an extraction hands on, in this order: one outline, then batches of the commits asked for, parents first. */
export type ExtractEvent = { kind: 'outline'; outline: HistoryOutline } | { kind: 'batch'; changes: CommitChange[] };
