/**
 * An object's inflated content: `bytes[start .. end]`. Valid for as long as one holds it. Past `end` come a blank and a
 * NUL, so that a scan for either needs no bound of its own.
 */
export interface Content {
  readonly type: number;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly slab: Slab;
}

interface Slab {
  readonly bytes: Buffer;
  readonly sequence: number;
  readonly members: number[];
  used: number;
}

const SLAB = 4 << 20;
const GUARD = 2;

/**
 * Keeps the objects read last, by number. They lie in slabs of a few megabytes; the oldest slab is let go as a whole,
 * and never written again, so content that is still in use somewhere stays as it is.
 */
export class ObjectCache {
  readonly #budget: number;
  readonly #contents: (Content | undefined)[] = [];
  readonly #slabs: Slab[] = [];
  #bytes = 0;
  #sequence = 0;

  /** `budget`: bytes. */
  constructor(budget: number) {
    this.#budget = budget;
  }

  get(object: number): Content | undefined {
    const content = this.#contents[object];
    if (content === undefined) return undefined;
    // What is still asked for when its slab is about to go moves to the newest one.
    const oldest = this.#slabs[this.#slabs.length >> 2];
    if (this.#bytes < this.#budget || oldest === undefined || content.slab.sequence >= oldest.sequence) return content;
    const { type, bytes, start, end } = content;
    return this.add(object, type, end - start, (to, at) => bytes.copy(to, at, start, end));
  }

  /** Makes room for `size` bytes, has `fill` write them, and keeps them as the object's content. */
  add(object: number, type: number, size: number, fill: (bytes: Buffer, at: number) => void): Content {
    const slab = this.#room(size + GUARD);
    const start = slab.used;
    const end = start + size;
    fill(slab.bytes, start);
    slab.bytes[end] = 0x20;
    slab.bytes[end + 1] = 0;
    slab.used = end + GUARD;
    slab.members.push(object);
    const content = { type, bytes: slab.bytes, start, end, slab };
    while (this.#contents.length < object) this.#contents.push(undefined);
    this.#contents[object] = content;
    return content;
  }

  #room(size: number): Slab {
    const newest = this.#slabs.at(-1);
    if (newest !== undefined && newest.used + size <= newest.bytes.length) return newest;
    const length = Math.max(SLAB, size);
    while (this.#slabs.length > 0 && this.#bytes + length > this.#budget) this.#drop();
    const slab = { bytes: Buffer.allocUnsafeSlow(length), sequence: this.#sequence++, members: [], used: 0 };
    this.#slabs.push(slab);
    this.#bytes += length;
    return slab;
  }

  #drop(): void {
    const slab = this.#slabs.shift();
    if (slab === undefined) return;
    this.#bytes -= slab.bytes.length;
    for (const object of slab.members) {
      if (this.#contents[object]?.slab === slab) this.#contents[object] = undefined;
    }
  }
}
