import { OID_BYTES } from './object-id.js';

function hash(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
}

/** Object ids in the order they came, each with a small number. Flat arrays: there may be many. */
export class ObjectTable {
  #count = 0;
  #oids = Buffer.alloc(0);
  #values = new Int32Array(0);
  #slots = new Int32Array(16);

  /** The position of the id at `bytes[at]`, or -1. */
  find(bytes: Uint8Array, at: number): number {
    return this.#slots[this.#slot(bytes, at)] - 1;
  }

  /** Adds an id that is not there yet; returns its position. */
  add(bytes: Uint8Array, at: number, value: number): number {
    this.#grow();
    const place = this.#count++;
    for (let i = 0; i < OID_BYTES; i++) this.#oids[place * OID_BYTES + i] = bytes[at + i];
    this.#slots[this.#slot(bytes, at)] = place + 1;
    this.#values[place] = value;
    return place;
  }

  value(place: number): number {
    return this.#values[place];
  }

  /** 40 hexadecimal digits. */
  rev(place: number): string {
    return this.#oids.toString('hex', place * OID_BYTES, (place + 1) * OID_BYTES);
  }

  #grow(): void {
    if (this.#count === this.#values.length) {
      const room = 2 * this.#count + 64;
      const oids = Buffer.alloc(room * OID_BYTES);
      this.#oids.copy(oids);
      this.#oids = oids;
      const values = new Int32Array(room);
      values.set(this.#values);
      this.#values = values;
    }
    if (2 * (this.#count + 1) <= this.#slots.length) return;
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let place = 0; place < this.#count; place++) {
      this.#slots[this.#slot(this.#oids, place * OID_BYTES)] = place + 1;
    }
  }

  /** The slot that holds the id, or the free one where it belongs. */
  #slot(bytes: Uint8Array, at: number): number {
    const slots = this.#slots;
    const oids = this.#oids;
    const mask = slots.length - 1;
    for (let slot = hash(bytes, at) & mask; ; slot = (slot + 1) & mask) {
      const place = slots[slot] - 1;
      if (place < 0) return slot;
      const from = place * OID_BYTES;
      let i = 0;
      while (i < OID_BYTES && oids[from + i] === bytes[at + i]) i++;
      if (i === OID_BYTES) return slot;
    }
  }
}
