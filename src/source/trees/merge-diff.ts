import { OID_BYTES } from '../objects/object-id.js';
import type { MergeChange } from './file-change.js';
import type { TreeCursor } from './tree-cursor.js';
import { TreeReader } from './tree-reader.js';

/**
 * Compares a merge with all its parents at once: what `git diff-tree -r -c --name-status --no-renames` prints. A path
 * counts only when it differs from every parent; its status has a letter for each.
 */
export class MergeDiff {
  readonly #trees: TreeReader;
  readonly #types: boolean;

  /** `types`: a T where a file became a link or the like. Git tells such changes only where it looks for renames. */
  constructor(trees: TreeReader, types: boolean) {
    this.#trees = trees;
    this.#types = types;
  }

  /** Trees by number. */
  changes(result: number, parents: readonly number[]): MergeChange[] {
    if (parents.includes(result)) return [];
    return this.#trees.gather((found: MergeChange[]) => this.#compare(found, [result, ...parents], ''));
  }

  /** `trees`: the result's, then the parents'; -1 where there is none. */
  #compare(found: MergeChange[], trees: readonly number[], prefix: string): void {
    const cursors = trees.map((tree) => this.#trees.cursor(tree));
    const [result, ...parents] = cursors;
    for (;;) {
      this.#trees.skipAgreed(result, parents);
      skipAgreed(result, parents);
      cursors.forEach((cursor, i) => {
        if (!cursor.done && !cursor.parse()) throw this.#trees.malformed(trees[i]);
      });
      let first: TreeCursor | null = null;
      for (const cursor of cursors) {
        if (!cursor.done && (first === null || cursor.compare(first) < 0)) first = cursor;
      }
      if (first === null) return;
      const here = first;
      const has = cursors.map((cursor) => cursor === here || (!cursor.done && cursor.compare(here) === 0));
      // Without the result's entry: a parent that lacks it too agrees. With it: one that has the same does.
      const agrees = parents.some((parent, i) => (has[0] ? has[i + 1] && parent.same(result) : !has[i + 1]));
      if (!agrees) this.#differs(found, cursors, has, here, prefix);
      for (let i = 0; i < cursors.length; i++) if (has[i]) cursors[i].next();
    }
  }

  #differs(
    found: MergeChange[],
    cursors: readonly TreeCursor[],
    has: readonly boolean[],
    here: TreeCursor,
    prefix: string,
  ): void {
    const path = this.#trees.name(here, prefix);
    if (here.folder) {
      this.#trees.descend(path, () => {
        const below = cursors.map((cursor, i) => (has[i] ? this.#trees.subtree(cursor, prefix) : -1));
        this.#compare(found, below, `${path}/`);
      });
      return;
    }
    const [result, ...parents] = cursors;
    let status = '';
    for (const [i, parent] of parents.entries()) {
      if (!has[0]) status += 'D';
      else if (!has[i + 1]) status += 'A';
      else status += this.#types && parent.kind !== result.kind ? 'T' : 'M';
    }
    this.#trees.emit(found, { status, path });
  }
}

/** Moves all cursors past entries that all have by the same name, with one parent's the same as the result's. */
function skipAgreed(result: TreeCursor, parents: readonly TreeCursor[]): void {
  for (let length = agreed(result, parents); length > 0; length = agreed(result, parents)) {
    result.at += length;
    for (const parent of parents) parent.at += length;
  }
}

/** The length of such an entry, or 0. */
function agreed(result: TreeCursor, parents: readonly TreeCursor[]): number {
  const { bytes, at } = result;
  let end = at;
  while (bytes[end] !== 0) end++;
  const length = end + 1 + OID_BYTES - at;
  if (at + length > result.end) return 0;
  let same = false;
  for (const parent of parents) {
    if (parent.at + length > parent.end) return 0;
    const other = parent.bytes;
    const shift = parent.at - at;
    let i = at;
    while (i <= end && bytes[i] === other[i + shift]) i++;
    if (i <= end) return 0;
    if (same) continue;
    while (i < at + length && bytes[i] === other[i + shift]) i++;
    same = i === at + length;
  }
  return same ? length : 0;
}
