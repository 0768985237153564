const SPREAD = 0x9e3779b1;

/** Finds the object whose entry begins at an offset of a pack. */
export class OffsetTable {
  readonly #slots: Int32Array;
  readonly #offsets: Float64Array;

  /** `objects[i]` begins at `offsets[i]`. */
  constructor(objects: Int32Array, offsets: Float64Array) {
    let size = 16;
    while (size < 2 * objects.length) size *= 2;
    this.#slots = new Int32Array(size).fill(-1);
    this.#offsets = new Float64Array(size);
    for (let i = 0; i < objects.length; i++) {
      const slot = this.#slot(offsets[i]);
      this.#slots[slot] = objects[i];
      this.#offsets[slot] = offsets[i];
    }
  }

  /** The object's number, or -1. */
  find(offset: number): number {
    return this.#slots[this.#slot(offset)];
  }

  #slot(offset: number): number {
    const mask = this.#slots.length - 1;
    let slot = (Math.imul(offset | 0, SPREAD) >>> 8) & mask;
    while (this.#slots[slot] >= 0 && this.#offsets[slot] !== offset) slot = (slot + 1) & mask;
    return slot;
  }
}
