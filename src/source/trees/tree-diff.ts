import type { FileChange } from './file-change.js';
import { nearChanges } from './near-changes.js';
import type { TreeCursor } from './tree-cursor.js';
import { TreeReader } from './tree-reader.js';

/** Compares two trees: what `git diff-tree -r --name-status --no-renames` prints, in its order. */
export class TreeDiff {
  readonly #trees: TreeReader;

  constructor(trees: TreeReader) {
    this.#trees = trees;
  }

  /** What made `after` of `before`, trees by number; `before` -1 stands for nothing at all. */
  changes(before: number, after: number): FileChange[] {
    const { near } = this.#trees;
    const found = near === null ? null : nearChanges(near, before, after);
    return found ?? this.#trees.gather((found: FileChange[]) => this.#compare(found, before, after, ''));
  }

  #compare(found: FileChange[], before: number, after: number, prefix: string): void {
    if (before === after) return;
    const trees = this.#trees;
    const a = trees.cursor(before);
    const b = trees.cursor(after);
    for (;;) {
      trees.skipEqual(a, b);
      if (a.done || b.done) break;
      if (!a.parse()) throw trees.malformed(before);
      if (!b.parse()) throw trees.malformed(after);
      const order = a.compare(b);
      if (order === 0) {
        if (!a.same(b)) this.#changed(found, a, b, prefix);
        a.next();
        b.next();
      } else if (order < 0) {
        this.#only(found, 'D', a, prefix);
        a.next();
      } else {
        this.#only(found, 'A', b, prefix);
        b.next();
      }
    }
    for (; !a.done; a.next()) {
      if (!a.parse()) throw trees.malformed(before);
      this.#only(found, 'D', a, prefix);
    }
    for (; !b.done; b.next()) {
      if (!b.parse()) throw trees.malformed(after);
      this.#only(found, 'A', b, prefix);
    }
  }

  #changed(found: FileChange[], a: TreeCursor, b: TreeCursor, prefix: string): void {
    const path = this.#trees.name(b, prefix);
    if (b.folder) {
      this.#trees.descend(path, () =>
        this.#compare(found, this.#trees.subtree(a, prefix), this.#trees.subtree(b, prefix), `${path}/`),
      );
      return;
    }
    const status = a.kind === b.kind ? 'M' : 'T';
    this.#trees.emit(found, { status, path, before: a.entry(), after: b.entry() });
  }

  #only(found: FileChange[], status: 'A' | 'D', cursor: TreeCursor, prefix: string): void {
    const path = this.#trees.name(cursor, prefix);
    if (!cursor.folder) {
      const entry = cursor.entry();
      const sides = status === 'A' ? { before: null, after: entry } : { before: entry, after: null };
      this.#trees.emit(found, { status, path, ...sides });
      return;
    }
    this.#trees.descend(path, () => {
      const tree = this.#trees.subtree(cursor, prefix);
      if (status === 'D') this.#compare(found, tree, -1, `${path}/`);
      else this.#compare(found, -1, tree, `${path}/`);
    });
  }
}
