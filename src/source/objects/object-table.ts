import { OID_BYTES } from './object-id.js';

function hash(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
}

/** Gives every object id a small number, and remembers where its object is. Flat arrays: a history has many. */
export class ObjectTable {
  #count = 0;
  #oids = Buffer.alloc(0);
  #places = new Int32Array(0);
  #offsets = new Float64Array(0);
  #slots = new Int32Array(16);

  get count(): number {
    return this.#count;
  }

  /** Makes room for so many more objects at once. */
  reserve(more: number): void {
    const size = this.#count + more;
    if (size > this.#places.length) {
      const room = Math.max(size, this.#count + (this.#count >> 1) + 64);
      const oids = Buffer.alloc(room * OID_BYTES);
      this.#oids.copy(oids);
      this.#oids = oids;
      const places = new Int32Array(room);
      places.set(this.#places);
      this.#places = places;
      const offsets = new Float64Array(room);
      offsets.set(this.#offsets);
      this.#offsets = offsets;
    }
    let slots = this.#slots.length;
    while (slots < 2 * size) slots *= 2;
    if (slots === this.#slots.length) return;
    this.#slots = new Int32Array(slots);
    for (let object = 0; object < this.#count; object++) {
      this.#slots[this.#slot(this.#oids, object * OID_BYTES)] = object + 1;
    }
  }

  /** The number of the id at `bytes[at]`, or -1. */
  find(bytes: Uint8Array, at: number): number {
    return this.#slots[this.#slot(bytes, at)] - 1;
  }

  /** Adds an id that is not there yet. `place` and `offset` mean what the owner wants them to. */
  add(bytes: Uint8Array, at: number, place: number, offset: number): number {
    this.reserve(1);
    const object = this.#count++;
    for (let i = 0; i < OID_BYTES; i++) this.#oids[object * OID_BYTES + i] = bytes[at + i];
    this.#slots[this.#slot(bytes, at)] = object + 1;
    this.move(object, place, offset);
    return object;
  }

  move(object: number, place: number, offset: number): void {
    this.#places[object] = place;
    this.#offsets[object] = offset;
  }

  place(object: number): number {
    return this.#places[object];
  }

  offset(object: number): number {
    return this.#offsets[object];
  }

  /** 40 hexadecimal digits. */
  rev(object: number): string {
    return this.#oids.toString('hex', object * OID_BYTES, (object + 1) * OID_BYTES);
  }

  /** The slot that holds the id, or the free one where it belongs. */
  #slot(bytes: Uint8Array, at: number): number {
    const slots = this.#slots;
    const oids = this.#oids;
    const mask = slots.length - 1;
    for (let slot = hash(bytes, at) & mask; ; slot = (slot + 1) & mask) {
      const object = slots[slot] - 1;
      if (object < 0) return slot;
      const from = object * OID_BYTES;
      let i = 0;
      while (i < OID_BYTES && oids[from + i] === bytes[at + i]) i++;
      if (i === OID_BYTES) return slot;
    }
  }
}
