import type { Kernel } from '../kernel/kernel.js';
import type { Content } from './object-cache.js';

/** Numbers of objects are kept in pages of so many. */
const PAGE_BITS = 10;
const PAGE_MASK = (1 << PAGE_BITS) - 1;
/** What follows each text (see Content), and its length before it. */
const GUARD = 2;
const HEAD = 4;
/** Longer ones are not kept here. */
const LONGEST = 1 << 16;
/** So much of the ring may be written over before what was handed out is used: what lies there is not handed out. */
const MARGIN = 4 * LONGEST;

/**
 * The inflated commits read last, one behind the other in a ring of the kernel's memory: commits are small and many, and
 * each is wanted twice. No object is made for any of them.
 */
export class CommitTexts {
  /** After `find` and `add`: where the text lies in the kernel's memory. It is good until much more has been added. */
  start = 0;
  end = 0;
  readonly #kernel: Kernel;
  readonly #begin: number;
  readonly #size: number;
  /** By number: how many bytes had been written before it, plus one. 0: it was never there. */
  readonly #pages: (Float64Array | undefined)[] = [];
  #written = 0;

  /** `size`: bytes; they are taken from the kernel's memory at once, but cost nothing until they are used. */
  constructor(kernel: Kernel, size: number) {
    this.#kernel = kernel;
    this.#begin = kernel.reserve(size);
    this.#size = this.#begin < 0 ? 0 : size;
  }

  /** False when it is not here. */
  find(commit: number): boolean {
    const before = (this.#pages[commit >> PAGE_BITS]?.[commit & PAGE_MASK] ?? 0) - 1;
    if (before < 0 || before < this.#written - this.#size + MARGIN) return false;
    this.#place(this.#begin + (before % this.#size) + HEAD);
    return true;
  }

  /** Inflates the pack's entry that lies at `from`; false when it is no commit, or not one for here. */
  add(commit: number, from: number, end: number): boolean {
    const at = this.#room();
    if (at < 0) return false;
    const length = this.#kernel.inflateCommit(from, end, at + HEAD, LONGEST);
    if (length >= 0) this.#keep(commit, at, length);
    return length >= 0;
  }

  /** Keeps a commit that was read elsewhere; false when it is not one for here. */
  copy(commit: number, { bytes, start, end }: Content): boolean {
    const at = this.#room();
    if (at < 0 || end - start > LONGEST) return false;
    const to = this.#kernel.bytes;
    if (bytes === to) to.copyWithin(at + HEAD, start, end + GUARD);
    else bytes.copy(to, at + HEAD, start, end + GUARD);
    this.#keep(commit, at, end - start);
    return true;
  }

  /** Where the next text may begin, with its length; -1: there is no ring. */
  #room(): number {
    if (this.#size === 0) return -1;
    // None lies across the end.
    const left = this.#size - (this.#written % this.#size);
    if (left < HEAD + LONGEST + GUARD) this.#written += left;
    return this.#begin + (this.#written % this.#size);
  }

  #keep(commit: number, at: number, length: number): void {
    this.#kernel.integers[at >> 2] = length;
    this.#page(commit)[commit & PAGE_MASK] = this.#written + 1;
    // Lengths lie where the kernel can have them as numbers.
    this.#written += (HEAD + length + GUARD + 3) & ~3;
    this.#place(at + HEAD);
  }

  #place(at: number): void {
    this.start = at;
    this.end = at + this.#kernel.integers[(at - HEAD) >> 2];
  }

  #page(commit: number): Float64Array {
    const at = commit >> PAGE_BITS;
    while (this.#pages.length <= at) this.#pages.push(undefined);
    return (this.#pages[at] ??= new Float64Array(PAGE_MASK + 1));
  }
}
