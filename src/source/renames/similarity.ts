import type { BlobSpans } from './blob-spans.js';
import { BUCKETS, type Spans } from './spans.js';

/** The score of two files that share everything. */
const FULL = 60_000;
/** Half: git's threshold when it is given none. */
export const MINIMUM = 30_000;

/** How much one file, the target, has in common with others. */
export class Similarity {
  readonly #blobs: BlobSpans;
  /** The target's bytes by hash, where it was needed. */
  readonly #counts = new Uint32Array(BUCKETS);
  #target = -1;
  #size = -1;
  #spans: Spans | null = null;

  constructor(blobs: BlobSpans) {
    this.#blobs = blobs;
  }

  /** Sets the target; -1: something that is like nothing else. */
  aim(target: number): void {
    if (this.#spans !== null) for (const hash of this.#spans.hashes) this.#counts[hash] = 0;
    this.#spans = null;
    this.#target = target;
    this.#size = target < 0 ? -1 : this.#blobs.size(target);
  }

  /**
   * 0 to 60000: the bytes in common by those of the larger file. 0 as well where the sizes differ so much that it can't
   * be half. `size`: the file's, -1 where it is like nothing else.
   */
  score(file: number, size: number): number {
    const target = this.#size;
    if (target <= 0 || size < 0) return 0;
    const larger = target > size ? target : size;
    const difference = target > size ? target - size : size - target;
    if (larger < 2 * difference) return 0;
    if (!this.#ready()) return 0;
    const spans = this.#blobs.spans(file);
    if (spans === null) return 0;
    const { hashes, counts } = spans;
    const here = this.#counts;
    let common = 0;
    for (let i = 0; i < hashes.length; i++) {
      const a = counts[i];
      const b = here[hashes[i]];
      common += a < b ? a : b;
    }
    return Math.floor((common * FULL) / larger);
  }

  #ready(): boolean {
    if (this.#spans !== null) return true;
    this.#spans = this.#blobs.spans(this.#target);
    if (this.#spans === null) {
      this.#size = -1;
      return false;
    }
    const { hashes, counts } = this.#spans;
    for (let i = 0; i < hashes.length; i++) this.#counts[hashes[i]] = counts[i];
    return true;
  }
}
