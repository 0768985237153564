import { readFileSync } from 'node:fs';
import { Damage, isMissing } from './damage.js';
import { bigEndian, type PackIndex } from './pack-index.js';

/** RIDX, version 1, ids of SHA-1 (gitformat-pack). */
const HEADER = Buffer.from('524944580000000100000001', 'hex');

/** The order in which a pack holds its objects, where git wrote it down: positions in the index, by offset. */
export class ReverseIndex {
  readonly #order: Uint32Array;
  readonly #index: PackIndex;

  constructor(bytes: Buffer, index: PackIndex) {
    const end = HEADER.length + 4 * index.count;
    if (bytes.length < end || !bytes.subarray(0, HEADER.length).equals(HEADER))
      throw new Damage('it is of no known kind');
    this.#order = bigEndian(bytes.subarray(HEADER.length, end));
    this.#index = index;
  }

  /**
   * The position of the object whose entry begins at `offset`, or -1. It is held against the index, so a wrong order
   * finds nothing where there is something, but never something else.
   */
  find(offset: number): number {
    const [order, index] = [this.#order, this.#index];
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const i = order[middle];
      if (i >= index.count) return -1;
      const found = index.offset(i);
      if (found === offset) return i;
      if (found < offset) low = middle + 1;
      else high = middle;
    }
    return -1;
  }
}

/** The file beside a pack; null where there is none that can be used, which newer packs of git's have, others need not. */
export function readReverseIndex(path: string, index: PackIndex): ReverseIndex | null {
  try {
    return new ReverseIndex(readFileSync(path), index);
  } catch (error) {
    if (isMissing(error) || error instanceof Damage) return null;
    throw error;
  }
}
