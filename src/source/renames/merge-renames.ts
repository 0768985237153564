import type { ActionRecord } from '../../model/record.js';
import type { MergeChange } from '../trees/file-change.js';
import type { TreeDiff } from '../trees/tree-diff.js';
import type { RenameDetector } from './rename-detector.js';

/**
 * Finds renames and copies in a merge: what `git diff-tree -r -c -M -C --name-status` prints. Git compares with every
 * parent in full and keeps the paths that are in all of the results. Renames can change a result only where a path was
 * added against a parent (it may have come from elsewhere: its letter becomes R or C) or deleted against all (it may
 * have gone elsewhere: then it is dropped); few merges have either, and only those are compared again.
 */
export class MergeRenames {
  readonly #treeDiff: TreeDiff;
  readonly #detector: RenameDetector;

  constructor(treeDiff: TreeDiff, detector: RenameDetector) {
    this.#treeDiff = treeDiff;
    this.#detector = detector;
  }

  /** `changes` of the tree `result` against all the trees `parents`, without renames. */
  detect(changes: readonly MergeChange[], result: number, parents: readonly number[]): ActionRecord[] {
    let found: ActionRecord[] = changes.map(({ status, path }) => ({ status, path }));
    for (const [i, parent] of parents.entries()) {
      const open = found.filter(({ status }) => status[i] === 'A' || status.startsWith('D'));
      if (open.length === 0) continue;
      const letters = new Map<string, string>();
      const wanted = new Set(open.map(({ path }) => path));
      for (const { status, path } of this.#detector.detect(this.#treeDiff.changes(parent, result), wanted)) {
        letters.set(path, status);
      }
      found = found.flatMap(({ status, path }) => {
        const letter = letters.get(path);
        return letter === undefined ? [] : [{ status: status.slice(0, i) + letter + status.slice(i + 1), path }];
      });
    }
    return found;
  }
}
