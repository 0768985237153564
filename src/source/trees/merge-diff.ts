import type { ActionRecord } from '../../model/record.js';
import type { TreeCursor } from './tree-cursor.js';
import { TreeReader } from './tree-reader.js';

/**
 * Compares a merge with all its parents at once: what `git diff-tree -r -c --name-status --no-renames` prints. A path
 * counts only when it differs from every parent; its status has a letter for each.
 */
export class MergeDiff {
  readonly #trees: TreeReader;

  constructor(trees: TreeReader) {
    this.#trees = trees;
  }

  /** Trees by number. */
  actions(result: number, parents: readonly number[]): ActionRecord[] {
    if (parents.includes(result)) return [];
    return this.#trees.gather(() => this.#compare([result, ...parents], ''));
  }

  /** `trees`: the result's, then the parents'; -1 where there is none. */
  #compare(trees: readonly number[], prefix: string): void {
    const cursors = trees.map((tree) => this.#trees.cursor(tree));
    const [result, ...parents] = cursors;
    cursors.forEach((cursor, i) => this.#parse(cursor, trees[i]));
    for (;;) {
      let first: TreeCursor | null = null;
      for (const cursor of cursors) {
        if (!cursor.done && (first === null || cursor.compare(first) < 0)) first = cursor;
      }
      if (first === null) return;
      const here = first;
      const has = cursors.map((cursor) => cursor === here || (!cursor.done && cursor.compare(here) === 0));
      // Without the result's entry: a parent that lacks it too agrees. With it: one that has the same does.
      const agrees = parents.some((parent, i) => (has[0] ? has[i + 1] && parent.same(result) : !has[i + 1]));
      if (!agrees) this.#differs(cursors, has, here, prefix);
      for (let i = 0; i < cursors.length; i++) {
        if (!has[i]) continue;
        cursors[i].next();
        this.#parse(cursors[i], trees[i]);
      }
    }
  }

  #parse(cursor: TreeCursor, tree: number): void {
    if (!cursor.done && !cursor.parse()) throw this.#trees.malformed(tree);
  }

  #differs(cursors: readonly TreeCursor[], has: readonly boolean[], here: TreeCursor, prefix: string): void {
    const path = this.#trees.name(here, prefix);
    if (here.folder) {
      const below = cursors.map((cursor, i) => (has[i] ? this.#trees.subtree(cursor, prefix) : -1));
      this.#trees.descend(path, () => this.#compare(below, `${path}/`));
      return;
    }
    const letters = has.slice(1).map((there) => (!has[0] ? 'D' : there ? 'M' : 'A'));
    this.#trees.emit(letters.join(''), path);
  }
}
