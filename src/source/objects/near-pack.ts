import type { Kernel, PackKernel, WalkKernel } from '../kernel/kernel.js';
import type { Content } from './object-cache.js';
import type { Pack } from './pack.js';
import type { PackFile } from './pack-file.js';
import { OVERLAP, WINDOW } from './window-pool.js';

/** Of the kernel's ring of inflated commits: bytes. */
const COMMITS = 40 << 20;
/** Bytes looked at behind a ring. */
const BEHIND = 64;
/** Deltas up to this size are applied there. */
const SCRATCH = 1 << 20;
/** Of the table that finds what is in the rings: the most bits of its slots' number, each of eight bytes. */
const TABLE_BITS = 18;
/** The fewest bits of an id that an index is looked up by: those of its own fan-out. */
const FANOUT_BITS = 8;
/** The most: more buckets than that would lie too far apart. */
const BUCKET_BITS = 20;
/** A chain of deltas may lie in so many pieces; where there is no room for all of them, one would drive out another for ever. */
export const MOST_PIECES = 260;
/** Of the room for the changes between two trees: how many, of nine numbers each, and bytes for their paths and for one. */
const CHANGES = 8192;
const CHANGE = 9 * 4;
const PATHS = 512 << 10;
const PATH = 4096;
const CHANGE_ROOM = CHANGES * CHANGE + PATHS + PATH;
/** What is asked for the pieces of the pack has other answers than the rest. */
const WANTED = -1;
const WANTED_LINKS = -2;
const UNUSUAL = -1;

/** Bytes of inflated objects that are kept, besides commits: multiples of 32. */
export interface KeptObjects {
  trees: number;
  blobs: number;
  /** What a walk through all commits may take besides. */
  walk: number;
}

/**
 * The pack that most objects lie in, read by the kernel: its index, its pieces and what is inflated of them lie in the
 * kernel's memory, so that one call reads an object, however long its chain of deltas. It answers for what is as it mostly is;
 * all else is left to its owner, damage too.
 */
export class NearPack {
  readonly pack: Pack;
  readonly first: number;
  readonly #end: number;
  readonly kernel: Kernel;
  /** Where in the kernel's memory the changes lie that `compareTrees` found. */
  readonly changes: number;
  readonly #calls: PackKernel;
  readonly #probe: number;
  /** Bytes that a walk may take. */
  readonly #mostWalk: number;
  /** Where a walk has its room; -1: there was none so far. */
  #walkRoom = -1;
  /** Undefined: not opened yet; null: nothing can be read here. */
  #file: PackFile | null | undefined;

  /** Bytes of the kernel's memory it takes, beside its index. */
  static room({ trees, blobs, walk }: KeptObjects): number {
    return (
      COMMITS + trees + blobs + walk + SCRATCH + (8 << TABLE_BITS) + (4 << BUCKET_BITS) + CHANGE_ROOM + 10 * BEHIND
    );
  }

  /** `index`: where in the kernel's memory the pack's index lies. Null: there is no room. */
  static make(pack: Pack, index: number, kernel: Kernel, kept: KeptObjects): NearPack | null {
    const near = new NearPack(pack, index, kernel, kept);
    return near.#file === null ? null : near;
  }

  private constructor(pack: Pack, index: number, kernel: Kernel, { trees: treeBytes, blobs, walk }: KeptObjects) {
    this.#mostWalk = walk;
    this.first = pack.first;
    this.#end = pack.first + pack.index.count;
    this.pack = pack;
    this.kernel = kernel;
    this.#calls = kernel.pack;
    const rings = [COMMITS, treeBytes, blobs].map((size) => [kernel.reserve(size + BEHIND), size] as const);
    const { count } = pack.index;
    const bits = Math.max(FANOUT_BITS, Math.ceil(Math.log2(count)));
    const [tableBits, bucketBits] = [Math.min(bits, TABLE_BITS), Math.min(bits, BUCKET_BITS)];
    const [scratch, table] = [kernel.reserve(SCRATCH + BEHIND), kernel.reserve(8 << tableBits)];
    this.#probe = kernel.reserve(BEHIND);
    const buckets = kernel.reserve((4 << bucketBits) + BEHIND);
    this.changes = kernel.reserve(CHANGE_ROOM);
    const places = [scratch, table, this.#probe, buckets, this.changes, ...rings.map(([at]) => at)];
    if (places.some((at) => at < 0)) {
      this.#file = null;
      return;
    }
    this.#calls.useIndex(index, count, buckets, bucketBits);
    this.#calls.useChanges(this.changes, CHANGES, PATHS, PATH);
    const [commits, trees, own] = rings;
    this.#calls.useRoom(scratch, SCRATCH, table, tableBits, ...commits, ...trees, ...own);
  }

  /** The number of the object whose id is at `bytes[at]`, or -1. */
  find(bytes: Uint8Array, at: number): number {
    const position = this.#calls.findObject(bytes === this.kernel.bytes ? at : this.#copy(bytes, at));
    return position < 0 ? -1 : this.first + position;
  }

  holds(object: number): boolean {
    return object >= this.first && object < this.#end;
  }

  release(): void {
    this.#calls.release();
  }

  releaseBlobs(): void {
    this.#calls.releaseBlobs();
  }

  /** Null where it has to be read otherwise. */
  read(object: number): Content | null {
    const start = this.locate(object);
    if (start === 0) return null;
    const { bytes } = this.kernel;
    return { type: this.#calls.typeOf(start), bytes, start, end: start + this.#calls.sizeOf(start) };
  }

  /** Where in the kernel's memory an object's content lies; 0 where it has to be read otherwise. */
  locate(object: number): number {
    if (!this.#opened()) return 0;
    const position = object - this.first;
    let at = this.#calls.readObject(position);
    for (let left = MOST_PIECES; at === WANTED && left > 0 && this.bring(); left--) {
      at = this.#calls.readObject(position);
    }
    return Math.max(at, 0);
  }

  /** Bytes of an object's content; -1 where that has to be found out otherwise. */
  size(object: number): number {
    if (!this.#opened()) return -1;
    const position = object - this.first;
    let size = this.#calls.objectSize(position);
    if (size === WANTED && this.bring()) size = this.#calls.objectSize(position);
    return Math.max(size, -1);
  }

  /** As Kernel.readCommitLinks: how many parents a commit has, or -1 where it has to be read otherwise. */
  links(commit: number): number {
    if (!this.#opened()) return UNUSUAL;
    const position = commit - this.first;
    let parents = this.kernel.readCommitLinks(position);
    for (let left = MOST_PIECES; parents === WANTED_LINKS && left > 0 && this.bring(); left--) {
      parents = this.kernel.readCommitLinks(position);
    }
    return Math.max(parents, UNUSUAL);
  }

  /**
   * How many changes lead from one tree to another, which lie at `changes` then; -1 for a tree stands for nothing at all.
   * Negative where it has to be done otherwise.
   */
  compareTrees(before: number, after: number): number {
    if ((before >= 0 && !this.holds(before)) || (after >= 0 && !this.holds(after)) || !this.#opened()) return UNUSUAL;
    const from = before < 0 ? -1 : before - this.first;
    const to = after < 0 ? -1 : after - this.first;
    let count = this.#calls.compareTrees(from, to);
    for (let left = MOST_PIECES; count === WANTED && left > 0 && this.bring(); left--) {
      count = this.#calls.compareTrees(from, to);
    }
    return count;
  }

  /** The number of a commit's tree; -1 where it has to be found otherwise. */
  tree(commit: number): number {
    if (!this.#opened()) return UNUSUAL;
    const position = commit - this.first;
    let tree = this.#calls.commitTree(position);
    for (let left = MOST_PIECES; tree === WANTED_LINKS && left > 0 && this.bring(); left--) {
      tree = this.#calls.commitTree(position);
    }
    return tree < 0 ? UNUSUAL : this.first + tree;
  }

  /** Makes ready for a walk through all commits, where there are so many objects; null where there is no room for it. */
  beginWalk(objects: number): WalkKernel | null {
    if (!this.#opened()) return null;
    const { walk } = this.kernel;
    if (walk.walkRoom(objects) > this.#mostWalk) return null;
    if (this.#walkRoom < 0) this.#walkRoom = this.kernel.reserve(this.#mostWalk);
    const at = this.#walkRoom;
    if (at < 0) return null;
    this.kernel.bytes.fill(0, at, at + 4 * objects);
    walk.walkBegin(at, objects, this.first, this.pack.index.count);
    return walk;
  }

  /** Has the piece in memory that the kernel misses; false where that can't be. */
  bring(): boolean {
    try {
      this.#file?.windows.bring(this.#calls.wanted.value);
      return true;
    } catch {
      // Whoever reads it otherwise says what is wrong.
      return false;
    }
  }

  #opened(): boolean {
    if (this.#file === undefined) this.#file = this.#open();
    return this.#file !== null;
  }

  #open(): PackFile | null {
    try {
      const file = this.pack.file();
      const { size, place, pool } = file.windows;
      if (place < 0 || pool.places === null) return null;
      const { addresses, used } = pool.places;
      this.#calls.usePieces(size, Math.log2(WINDOW), OVERLAP, place, addresses, used);
      return file;
    } catch {
      // As above.
      return null;
    }
  }

  #copy(bytes: Uint8Array, at: number): number {
    this.kernel.bytes.set(bytes.subarray(at, at + 20), this.#probe);
    return this.#probe;
  }
}
