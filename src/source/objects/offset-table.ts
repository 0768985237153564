import type { PackIndex } from './pack-index.js';

const SPREAD = 0x9e3779b1;

/** A slot's number: offsets of a pack are spread evenly enough by the middle of a product. */
function place(offset: number, mask: number): number {
  return (Math.imul(offset | 0, SPREAD) >>> 8) & mask;
}

/** Where all entries of a pack begin, by position. */
function offsetsOf(index: PackIndex): Float64Array | Uint32Array {
  return index.nearOffsets ?? Float64Array.from({ length: index.count }, (_, i) => index.offset(i));
}

/** Finds the object whose entry begins at an offset of a pack. */
export class OffsetTable {
  /** Positions, one higher than they are: 0 is a free slot. */
  readonly #slots: Int32Array;
  readonly #offsets: Float64Array | Uint32Array;

  constructor(index: PackIndex) {
    const offsets = offsetsOf(index);
    let size = 16;
    while (size < 2 * offsets.length) size *= 2;
    const slots = new Int32Array(size);
    const mask = size - 1;
    for (let i = 0; i < offsets.length; i++) {
      let slot = place(offsets[i], mask);
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = i + 1;
    }
    this.#slots = slots;
    this.#offsets = offsets;
  }

  /** Its position in the index, or -1. */
  find(offset: number): number {
    const [slots, offsets] = [this.#slots, this.#offsets];
    const mask = slots.length - 1;
    for (let slot = place(offset, mask); ; slot = (slot + 1) & mask) {
      const i = slots[slot] - 1;
      if (i < 0 || offsets[i] === offset) return i;
    }
  }
}
