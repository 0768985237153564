import { HealthError } from '../../model/error.js';
import type { NearPack } from '../objects/near-pack.js';
import type { Content } from '../objects/object-cache.js';
import type { ObjectDatabase } from '../objects/object-database.js';
import { EMPTY_TREE } from '../objects/object-id.js';
import { EndlessTree } from '../objects/losses.js';
import { ObjectType } from '../objects/object-type.js';
import { decodeText } from '../text.js';
import { TreeCursor } from './tree-cursor.js';

/** Deeper and larger than any real tree; only made-up ones, which would never end, get there. */
const DEEPEST = 2048;
const MOST_CHANGES = 2_000_000;

/** What both kinds of tree diff stand on: reading trees, and going down into them. */
export class TreeReader {
  readonly #objects: ObjectDatabase;
  readonly #empty: number;
  #depth = 0;

  constructor(objects: ObjectDatabase) {
    this.#objects = objects;
    this.#empty = objects.find(EMPTY_TREE, 0);
  }

  /** The pack that the kernel reads by itself. */
  get near(): NearPack | null {
    return this.#objects.near;
  }

  /** Runs `diff`, from the top, and returns the list it adds what it finds to. */
  gather<T>(diff: (found: T[]) => void): T[] {
    const found: T[] = [];
    this.#depth = 0;
    diff(found);
    return found;
  }

  /** A cursor at a tree's beginning; `tree` -1 stands for a tree with nothing in it. */
  cursor(tree: number): TreeCursor {
    return new TreeCursor(this.content(tree));
  }

  /** Moves both cursors past entries that are the same byte for byte: nearly all are. */
  skipEqual(a: TreeCursor, b: TreeCursor): void {
    const { kernel } = this.#objects;
    if (a.bytes !== kernel.bytes || b.bytes !== kernel.bytes) return;
    const same = kernel.skipEqual(a.at, a.end, b.at, b.end);
    a.at += same;
    b.at += same;
  }

  /**
   * Moves the cursors of a merge's tree and its parents' past entries that all have by the same name, with one parent's the
   * same as the merge's. It may stop before it had to.
   */
  skipAgreed(merge: TreeCursor, parents: readonly TreeCursor[]): void {
    const { kernel } = this.#objects;
    const [left, right] = parents;
    if (parents.length !== 2 || [merge, left, right].some(({ bytes }) => bytes !== kernel.bytes)) return;
    const same = kernel.skipAgreed(merge, left, right);
    for (const cursor of [merge, left, right]) cursor.at += same;
  }

  content(tree: number): Content {
    return this.#objects.read(tree < 0 ? this.#empty : tree, ObjectType.tree);
  }

  /** The tree that the entry under a cursor names. */
  subtree(entry: TreeCursor, prefix: string): number {
    const tree = this.#objects.find(entry.bytes, entry.oid);
    if (tree >= 0) return tree;
    const rev = entry.bytes.toString('hex', entry.oid, entry.oid + 20);
    throw new HealthError('missing-object', `tree ${rev} (${this.name(entry, prefix)}) is missing`, {
      hint: 'a partial clone without trees (--filter=tree:0) cannot be read; otherwise check with git fsck',
    });
  }

  name(entry: TreeCursor, prefix: string): string {
    return prefix + decodeText(entry.bytes, entry.nameStart, entry.nameEnd);
  }

  /** Adds what a diff found. */
  emit<T>(found: T[], change: T): void {
    if (found.push(change) > MOST_CHANGES) {
      throw new EndlessTree(`one commit has more than ${MOST_CHANGES} changes`);
    }
  }

  /** Runs `diff` one folder further down. Where it can't be read, the comparison goes on beside it. */
  descend(prefix: string, diff: () => void): void {
    if (++this.#depth > DEEPEST) {
      throw new EndlessTree(`folders are nested deeper than ${DEEPEST}: ${prefix.slice(0, 60)}…`);
    }
    const depth = this.#depth;
    try {
      diff();
    } catch (error) {
      if (!this.#objects.losses.take(error)) throw error;
    }
    this.#depth = depth - 1;
  }

  malformed(tree: number): HealthError {
    return this.#objects.corrupt(tree, 'it has a malformed entry');
  }
}
