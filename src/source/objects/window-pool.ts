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
  readonly #most: number;
  readonly #addresses: number[] = [];
  readonly #owners: { owner: WindowOwner; index: number }[] = [];
  readonly #used: Uint8Array;
  #hand = 0;

  /** `budget`: bytes. */
  constructor(kernel: Kernel, budget: number) {
    this.kernel = kernel;
    this.#most = Math.max(2, Math.floor(budget / STRIDE));
    this.#used = new Uint8Array(this.#most);
  }

  /** A slot for a piece. */
  take(owner: WindowOwner, index: number): number {
    let slot = this.#addresses.length;
    const address = slot < this.#most ? this.kernel.reserve(STRIDE) : -1;
    if (address >= 0) this.#addresses.push(address);
    else {
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
    const count = this.#addresses.length;
    for (;;) {
      const slot = this.#hand;
      this.#hand = (slot + 1) % count;
      if (this.#used[slot] === 0) return slot;
      this.#used[slot] = 0;
    }
  }
}
