import type { TreeEntry } from './tree-entry.js';

/** A path that two trees hold differently: what `git diff-tree -r --name-status --no-renames` prints a line of. */
export interface FileChange {
  status: 'A' | 'M' | 'T' | 'D';
  path: string;
  /** Null where the path is added. */
  before: TreeEntry | null;
  /** Null where it is deleted. */
  after: TreeEntry | null;
}

/** A path of a merge that differs from every parent; the status has a letter for each. */
export interface MergeChange {
  status: string;
  path: string;
}
