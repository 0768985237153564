import type { HealthError } from './error.js';
import type { Mailmap } from './identities.js';
import type { ActionRecord, CommitChange, CommitRecord, RefRecord } from './record.js';

/** Which refs of a repository a history is read from, or a measurement looks at. */
export type RefChoice = 'branches' | 'default' | readonly string[];

/**
 * Something about a history that makes its figures incomplete, or others than git's own; shown wherever they are.
 * `replaced`: it has refs/replace, which git's commands follow; here the objects count as they were made.
 * `mirror` alone leaves figures as they are: it is a copy, as old as it is.
 */
export type HistoryFlag = 'shallow' | 'grafted' | 'replaced' | 'partial' | 'damaged' | 'mirror';

/** Where a history's refs stand; cheap to read, and enough to see that nothing is new. */
export interface RefSnapshot {
  /** The chosen branches and tags, sorted by name. */
  refs: RefRecord[];
  /** Full name of the default branch's ref (one of `refs`); null when HEAD names nothing that exists. */
  head: string | null;
  flags: HistoryFlag[];
}

/** A branch of a project in the store. */
export interface BranchTip {
  /** Short: `main`, `release/1.4`. */
  name: string;
  /** Id of its last commit in `scmlog`. */
  commit: number;
  isDefault: boolean;
}

/** The shape of a history: which commits there are and how they hang together, but not what is in them. */
export interface HistoryOutline extends RefSnapshot {
  /** In the order of `git log --topo-order --remotes=origin --all`: children before parents. */
  revs: string[];
  /** For each entry of `revs`, its parents as positions in `revs` and then on in `below`, in the commit's order. */
  parents: number[][];
  /**
   * Of a history's newest part: known commits it stands on, first the one with which the log goes on. Without it the
   * outline is of the whole history.
   */
  below?: string[];
}

/** What is known of a history: commits, with all that they descend from. */
export interface KnownHistory {
  has(commit: CommitRecord): boolean;
  /** Revs of known commits, at least of those that refs stood at. */
  tips: ReadonlySet<string>;
  /** Revs of the known commits that have no known children. */
  ends: readonly string[];
}

/** Is told of each object that is missing or corrupt. */
export type LossListener = (error: HealthError) => void;

/** What is missing from a history's actions, because objects are missing or corrupt. */
export interface LossCount {
  /** How many commits have incomplete actions. */
  commits: number;
  /** What could not be read first. */
  first: string;
}

/** A repository's history, open for reading. Every call may throw a HealthError. */
export interface History {
  snapshot(): RefSnapshot;
  outline(): HistoryOutline;
  /**
   * What came on top of what is known, where the log begins with just that and goes on as it went before: as the log of
   * the known commits alone. Else null, also where a known commit is no longer reached.
   */
  recent(known: KnownHistory): HistoryOutline | null;
  commit(rev: string): CommitRecord;
  /**
   * Against the parent, or the empty tree; for a merge as `git log -c`. In git's printed order. With `lost`, an object
   * that can't be read costs only the actions that depend on it; without, it is an error.
   */
  actions(rev: string, lost?: LossListener): ActionRecord[];
  /** The actions, and where lines are counted those of the commit in all. */
  changes(rev: string, lost?: LossListener): Pick<CommitChange, 'actions' | 'lines'>;
  /** What the tip of the default branch has, never a work tree's; null: none. An object that can't be read is an error. */
  mailmap(): Mailmap | null;
  close(): void;
}

/**
 * What an extraction hands on, in this order: one outline (with the mailmap as it is found; undefined: not read), then batches of the commits asked for, parents first; at the
 * end, where something could not be read, what was lost.
 */
export type ExtractEvent =
  | { kind: 'outline'; outline: HistoryOutline; mailmap?: Mailmap | null | undefined }
  | { kind: 'batch'; changes: CommitChange[] }
  | { kind: 'losses'; losses: LossCount };
