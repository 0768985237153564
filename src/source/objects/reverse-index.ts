import { readFileSync } from 'node:fs';
import type { PackIndex } from './pack-index.js';

/** RIDX, version 1, ids of SHA-1 (gitformat-pack). */
const HEADER = Buffer.from('524944580000000100000001', 'hex');

/** The order in which a pack holds its objects, where git wrote it down: positions in the index, by offset. */
export class ReverseIndex {
  readonly #bytes: Buffer;
  readonly #index: PackIndex;

  private constructor(bytes: Buffer, index: PackIndex) {
    this.#bytes = bytes;
    this.#index = index;
  }

  /** The file at `path`; null where there is none, or none that can be used: it only saves time. */
  static read(path: string, index: PackIndex): ReverseIndex | null {
    try {
      const bytes = readFileSync(path);
      const isWhole = bytes.length >= HEADER.length + 4 * index.count;
      return isWhole && bytes.subarray(0, HEADER.length).equals(HEADER) ? new ReverseIndex(bytes, index) : null;
    } catch {
      return null;
    }
  }

  /**
   * The position of the object whose entry begins at `offset`, or -1. It is held against the index, so a wrong order
   * finds nothing where there is something, but never something else.
   */
  find(offset: number): number {
    const index = this.#index;
    let [low, high] = [0, index.count];
    while (low < high) {
      const middle = (low + high) >> 1;
      const i = this.#bytes.readUInt32BE(HEADER.length + 4 * middle);
      if (i >= index.count) return -1;
      const found = index.offset(i);
      if (found === offset) return i;
      if (found < offset) low = middle + 1;
      else high = middle;
    }
    return -1;
  }
}
