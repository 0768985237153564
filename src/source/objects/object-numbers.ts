import type { Pack } from './pack.js';

/** Who gave out a range of numbers: a pack, or for a block of loose objects nobody. */
export interface NumberRange {
  readonly first: number;
  readonly pack: Pack | null;
}

/** Hands out ranges of numbers, and tells whose a number is. */
export class ObjectNumbers {
  /** Below it are all numbers given out. */
  count = 0;
  readonly #ranges: NumberRange[] = [];
  #last: NumberRange = { first: 0, pack: null };
  #lastEnd = 0;

  take(count: number, pack: Pack | null): number {
    const first = this.count;
    this.#ranges.push({ first, pack });
    this.count += count;
    return first;
  }

  of(number: number): NumberRange {
    if (number >= this.#last.first && number < this.#lastEnd) return this.#last;
    let low = 0;
    let high = this.#ranges.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#ranges[middle].first <= number) low = middle;
      else high = middle - 1;
    }
    this.#last = this.#ranges[low];
    this.#lastEnd = this.#ranges[low + 1]?.first ?? this.count;
    return this.#last;
  }
}
