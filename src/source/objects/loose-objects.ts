import { ObjectTable } from './object-table.js';

/** Stands for a folder where there is none: the object is known without being anywhere. */
export const BUILT_IN = -1;

/** Numbers are taken so many at a time. */
const BLOCK = 64;

/** The objects met so far that lie in files of their own, by number. */
export class LooseObjects {
  readonly #table = new ObjectTable();
  /** Where in the table a block's first object is, by the block's first number. */
  readonly #blocks = new Map<number, number>();
  readonly #numbers: number[] = [];

  /** The number of the id at `bytes[at]`, or -1. */
  find(bytes: Uint8Array, at: number): number {
    const place = this.#table.find(bytes, at);
    return place < 0 ? -1 : this.#numbers[place];
  }

  /** Adds an id; `folder`: the objects folder it lies in, by position, or BUILT_IN. `take` gives a block of numbers. */
  add(bytes: Uint8Array, at: number, folder: number, take: (count: number) => number): number {
    const place = this.#table.add(bytes, at, folder);
    if (place % BLOCK === 0) {
      const first = take(BLOCK);
      this.#blocks.set(first, place);
      for (let i = 0; i < BLOCK; i++) this.#numbers.push(first + i);
    }
    return this.#numbers[place];
  }

  folder(number: number, first: number): number {
    return this.#table.value(this.#place(number, first));
  }

  rev(number: number, first: number): string {
    return this.#table.rev(this.#place(number, first));
  }

  /** `first`: of the block. */
  #place(number: number, first: number): number {
    return (this.#blocks.get(first) ?? 0) + number - first;
  }
}
