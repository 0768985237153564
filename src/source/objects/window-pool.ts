import type { Kernel } from '../kernel/kernel.js';

/** Of a file, what one piece begins. */
export const WINDOW = 1 << 18;
/** Each piece holds a little of the next, so that few things lie across a border. */
export const OVERLAP = 1 << 14;
const STRIDE = WINDOW + OVERLAP;

/** Whose piece lies in a slot, and must hear when it goes. */
export interface WindowOwner {
  forget(index: number): void;
}

/** Memory for pieces of files, for all files of a repository together. The piece unused for longest goes first. */
export class WindowPool {
  readonly kernel: Kernel;
  /** Where in the kernel's memory it is noted where slots lie, and which were used of late; null: not there. */
  readonly places: { addresses: number; used: number } | null;
  readonly #most: number;
  /** How many slots there are so far. */
  #count = 0;
  /** Of each slot, for the kernel too: see its assembly/object.ts. */
  readonly #addresses: Int32Array;
  readonly #owners: { owner: WindowOwner; index: number }[] = [];
  readonly #used: Uint8Array;
  #hand = 0;

  /** `budget`: bytes. */
  constructor(kernel: Kernel, budget: number) {
    this.kernel = kernel;
    this.#most = Math.max(2, Math.floor(budget / STRIDE));
    const [addresses, used] = [kernel.reserve(4 * this.#most), kernel.reserve(this.#most)];
    this.places = addresses < 0 || used < 0 ? null : { addresses, used };
    this.#addresses = this.places === null ? new Int32Array(this.#most) : kernel.numbers(addresses, this.#most);
    this.#used = this.places === null ? new Uint8Array(this.#most) : kernel.bytes.subarray(used, used + this.#most);
  }

  /** A slot for a piece. */
  take(owner: WindowOwner, index: number): number {
    let slot = this.#count;
    const address = slot < this.#most ? this.kernel.reserve(STRIDE) : -1;
    if (address >= 0) {
      this.#addresses[slot] = address;
      this.#count++;
    } else {
      slot = this.#oldest();
      const before = this.#owners[slot];
      before.owner.forget(before.index);
    }
    this.#owners[slot] = { owner, index };
    this.#used[slot] = 1;
    return slot;
  }

  /** Where a slot's piece lies; counts as a use. */
  address(slot: number): number {
    this.#used[slot] = 1;
    return this.#addresses[slot];
  }

  /** One that was not used since the hand came by last. */
  #oldest(): number {
    const count = this.#count;
    for (;;) {
      const slot = this.#hand;
      this.#hand = (slot + 1) % count;
      if (this.#used[slot] === 0) return slot;
      this.#used[slot] = 0;
    }
  }
}
