import type { Kernel } from '../kernel/kernel.js';
import type { BlobSpans } from './blob-spans.js';

/** The score of two files that share everything. */
const FULL = 60_000;
/** Half: git's threshold when it is given none. */
export const MINIMUM = 30_000;

/** How much one file, the target, has in common with others. */
export class Similarity {
  readonly #blobs: BlobSpans;
  readonly #kernel: Kernel;
  #target = -1;
  #size = -1;
  /** The kernel has been told. */
  #aimed = false;

  constructor(blobs: BlobSpans, kernel: Kernel) {
    this.#blobs = blobs;
    this.#kernel = kernel;
  }

  /** Sets the target; -1: something that is like nothing else. */
  aim(target: number): void {
    this.#aimed = false;
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
    return Math.floor((this.#kernel.commonSpans(spans.at, spans.count) * FULL) / larger);
  }

  #ready(): boolean {
    if (this.#aimed) return true;
    const spans = this.#blobs.spans(this.#target);
    if (spans === null) {
      this.#size = -1;
      return false;
    }
    this.#kernel.aimSpans(spans.at, spans.count);
    this.#aimed = true;
    return true;
  }
}
