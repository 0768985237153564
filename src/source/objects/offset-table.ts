import type { PackIndex } from './pack-index.js';

const SPREAD = 0x9e3779b1;

/** Finds the object whose entry begins at an offset of a pack. */
export class OffsetTable {
  readonly #slots: Int32Array;
  readonly #offsets: Float64Array;

  constructor(index: PackIndex) {
    const { count } = index;
    let size = 16;
    while (size < 2 * count) size *= 2;
    const mask = size - 1;
    this.#slots = new Int32Array(size).fill(-1);
    this.#offsets = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const offset = index.offset(i);
      this.#offsets[i] = offset;
      let slot = (Math.imul(offset | 0, SPREAD) >>> 8) & mask;
      while (this.#slots[slot] >= 0) slot = (slot + 1) & mask;
      this.#slots[slot] = i;
    }
  }

  /** Its position in the index, or -1. */
  find(offset: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = (Math.imul(offset | 0, SPREAD) >>> 8) & mask; ; slot = (slot + 1) & mask) {
      const i = this.#slots[slot];
      if (i < 0 || this.#offsets[i] === offset) return i;
    }
  }
}
