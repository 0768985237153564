import { readSync } from 'node:fs';
import { Damage } from './damage.js';

/** Inflating may look, but not rely, on a few bytes past the end of its input; this keeps them inside the buffer. */
const SLACK = 8;
const WINDOW = 1 << 18;

/** Where some bytes of a file lie in memory: `bytes[at]` is the one asked for, and they are good up to `end`. */
export interface Span {
  bytes: Buffer;
  at: number;
  end: number;
}

/**
 * A big file read piece by piece: git keeps commits and trees together in a pack, so most of it is never looked at.
 * At most `budget` bytes stay in memory; the piece unused for longest goes first.
 */
export class FileWindows {
  readonly size: number;
  readonly #fd: number;
  readonly #limit: number;
  readonly #windows = new Map<number, Buffer>();
  #lastIndex = -1;
  #last: Buffer = Buffer.alloc(0);

  constructor(fd: number, size: number, budget: number) {
    this.#fd = fd;
    this.size = size;
    this.#limit = Math.max(2, Math.floor(budget / WINDOW));
  }

  /** The bytes from `offset` on, at least `want` of them unless the file ends before. */
  span(offset: number, want: number): Span {
    const index = Math.floor(offset / WINDOW);
    const begin = index * WINDOW;
    const end = Math.min(begin + WINDOW, this.size);
    if (offset + want <= end || end === this.size) {
      return { bytes: this.#window(index), at: offset - begin, end: end - begin };
    }
    const length = Math.min(want, this.size - offset);
    return { bytes: this.#read(offset, length), at: 0, end: length };
  }

  #window(index: number): Buffer {
    if (index === this.#lastIndex) return this.#last;
    let window = this.#windows.get(index);
    if (window) this.#windows.delete(index);
    else {
      const begin = index * WINDOW;
      window = this.#read(begin, Math.min(WINDOW, this.size - begin));
      if (this.#windows.size >= this.#limit) {
        const [oldest] = this.#windows.keys();
        if (oldest !== undefined) this.#windows.delete(oldest);
      }
    }
    this.#windows.set(index, window);
    this.#lastIndex = index;
    this.#last = window;
    return window;
  }

  #read(offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafeSlow(length + SLACK);
    for (let done = 0; done < length;) {
      const count = readSync(this.#fd, bytes, done, length - done, offset + done);
      if (count === 0) throw new Damage('the file became shorter while it was read');
      done += count;
    }
    bytes.fill(0, length);
    return bytes;
  }
}
