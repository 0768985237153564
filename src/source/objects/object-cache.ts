import type { Kernel } from '../kernel/kernel.js';

/**
 * An object's inflated content: `bytes[start .. end]`. Valid until the cache is next told that nothing is held any more.
 * Past `end` come a blank and a NUL, so that a scan for either needs no bound of its own.
 */
export interface Content {
  readonly type: number;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Content that is in the cache. */
interface Kept extends Content {
  readonly slab: Slab;
}

interface Slab {
  readonly bytes: Buffer;
  readonly begin: number;
  readonly length: number;
  readonly sequence: number;
  readonly members: number[];
  used: number;
  /** When something of it was last handed out. */
  epoch: number;
}

const SLAB = 4 << 20;
/** Slabs beyond the budget that may be held after they were let go, before others have to lie elsewhere. */
const HELD = 4;
const GUARD = 2;
/** Numbers of objects are kept in pages of so many: a look at a few objects of a large repository makes few pages. */
const PAGE_BITS = 10;
const PAGE_MASK = (1 << PAGE_BITS) - 1;
/** The kernel looks ahead so far; lest that leave its slab. */
const MARGIN = 64;

/**
 * Keeps the objects read last, by number. They lie in slabs of a few megabytes of the kernel's memory, or where that
 * can't be in one of their own. The oldest slab is let go as a whole, and written again only when nothing of it can be
 * in use any more: see `release`.
 */
export class ObjectCache {
  readonly #kernel: Kernel;
  readonly #budget: number;
  readonly #pages: ((Kept | undefined)[] | undefined)[] = [];
  readonly #slabs: Slab[] = [];
  /** Slabs of the kernel's memory that were let go, by where they begin: free, or free as soon as nothing is held. */
  readonly #free: number[] = [];
  /** Of the kernel's memory taken so far: no more than `room` says, whatever is held. */
  #taken = 0;
  #dropped: Slab[] = [];
  #bytes = 0;
  #sequence = 0;
  #epoch = 0;

  /** Bytes of the kernel's memory it takes at the most. */
  static room(budget: number): number {
    return (Math.max(1, Math.floor(budget / SLAB)) + HELD) * (SLAB + MARGIN);
  }

  /** `budget`: bytes. */
  constructor(kernel: Kernel, budget: number) {
    this.#kernel = kernel;
    this.#budget = budget;
  }

  /** All content handed out so far is in use no more. */
  release(): void {
    this.#epoch++;
  }

  get(object: number): Content | undefined {
    const content = this.#pages[object >> PAGE_BITS]?.[object & PAGE_MASK];
    if (content === undefined) return undefined;
    content.slab.epoch = this.#epoch;
    // What is still asked for when its slab is about to go moves to the newest one.
    if (this.#bytes < this.#budget) return content;
    const oldest = this.#slabs[this.#slabs.length >> 2];
    if (oldest === undefined || content.slab.sequence >= oldest.sequence) return content;
    const { type, bytes, start, end } = content;
    return this.add(object, type, end - start, (to, at) => {
      if (to === bytes) to.copyWithin(at, start, end);
      else bytes.copy(to, at, start, end);
    });
  }

  /** Makes room for `size` bytes, has `fill` write them, and keeps them as the object's content. */
  add(object: number, type: number, size: number, fill: (bytes: Buffer, at: number) => void): Content {
    const slab = this.#room(size + GUARD);
    const start = slab.used;
    const end = start + size;
    const { bytes } = slab;
    fill(bytes, start);
    bytes[end] = 0x20;
    bytes[end + 1] = 0;
    slab.used = end + GUARD;
    slab.epoch = this.#epoch;
    slab.members.push(object);
    const content = { type, bytes, start, end, slab };
    this.#page(object)[object & PAGE_MASK] = content;
    return content;
  }

  #page(object: number): (Kept | undefined)[] {
    const at = object >> PAGE_BITS;
    while (this.#pages.length <= at) this.#pages.push(undefined);
    return (this.#pages[at] ??= emptyPage());
  }

  #room(size: number): Slab {
    const newest = this.#slabs.at(-1);
    if (newest !== undefined && newest.used + size <= newest.begin + newest.length) return newest;
    const length = Math.max(SLAB, size);
    while (this.#slabs.length > 0 && this.#bytes + length > this.#budget) this.#drop();
    const slab = this.#slab(length);
    this.#slabs.push(slab);
    this.#bytes += length;
    return slab;
  }

  #slab(length: number): Slab {
    const begin = length === SLAB ? this.#place() : -1;
    const bytes = begin < 0 ? Buffer.allocUnsafeSlow(length) : this.#kernel.bytes;
    const used = Math.max(begin, 0);
    return { bytes, begin: used, length, sequence: this.#sequence++, members: [], used, epoch: this.#epoch };
  }

  /** Room in the kernel's memory; -1 when there is none now. */
  #place(): number {
    if (this.#dropped.length > 0) {
      this.#free.push(...this.#dropped.filter(({ epoch }) => epoch < this.#epoch).map(({ begin }) => begin));
      this.#dropped = this.#dropped.filter(({ epoch }) => epoch === this.#epoch);
    }
    const free = this.#free.pop();
    if (free !== undefined) return free;
    this.#taken += SLAB + MARGIN;
    if (this.#taken <= ObjectCache.room(this.#budget)) return this.#kernel.reserve(SLAB + MARGIN);
    this.#taken -= SLAB + MARGIN;
    return -1;
  }

  #drop(): void {
    const slab = this.#slabs.shift();
    if (slab === undefined) return;
    this.#bytes -= slab.length;
    if (slab.bytes === this.#kernel.bytes) this.#dropped.push(slab);
    for (const object of slab.members) {
      const page = this.#page(object);
      if (page[object & PAGE_MASK]?.slab === slab) page[object & PAGE_MASK] = undefined;
    }
  }
}

/** Array.from takes longer than the first look at an object. */
function emptyPage(): (Kept | undefined)[] {
  const page: (Kept | undefined)[] = [];
  page.length = PAGE_MASK + 1;
  return page;
}
