import { readSync } from 'node:fs';
import { Damage } from './damage.js';
import { OVERLAP, WINDOW, type WindowPool } from './window-pool.js';

const FREE = -1;

/**
 * A big file read piece by piece: git keeps commits and trees together in a pack, so most of it is never looked at. The
 * pieces lie in the kernel's memory.
 */
export class FileWindows {
  readonly size: number;
  /** After `locate`: where in the kernel's memory the bytes lie, until the next `locate`. */
  at = 0;
  /** After `locate`: up to where they are good. */
  end = 0;
  readonly #fd: number;
  readonly pool: WindowPool;
  /** Where in the kernel's memory the pieces' slots are noted, -1 for none; -1: not there. */
  readonly place: number;
  readonly #slots: Int32Array;

  constructor(fd: number, size: number, pool: WindowPool) {
    this.#fd = fd;
    this.size = size;
    this.pool = pool;
    const count = Math.ceil(size / WINDOW);
    this.place = pool.kernel.reserve(4 * count);
    this.#slots = this.place < 0 ? new Int32Array(count) : pool.kernel.numbers(this.place, count);
    this.#slots.fill(FREE);
  }

  /** Finds the bytes from `offset` on; false when `want` of them are more than a piece holds, and the file has them. */
  locate(offset: number, want: number): boolean {
    const index = Math.floor(offset / WINDOW);
    const begin = index * WINDOW;
    const length = Math.min(WINDOW + OVERLAP, this.size - begin);
    if (offset + want > begin + length && begin + length < this.size) return false;
    const slot = this.#slots[index];
    const address = slot === FREE ? this.#load(index) : this.pool.address(slot);
    this.at = address + offset - begin;
    this.end = address + length;
    return true;
  }

  /** The bytes from `offset` on, up to `length` of them, outside the kernel's memory. */
  read(offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafeSlow(Math.min(length, this.size - offset));
    this.#fill(bytes, 0, bytes.length, offset);
    return bytes;
  }

  /** Has a piece in memory. */
  bring(index: number): void {
    if (this.#slots[index] === FREE) this.#load(index);
  }

  forget(index: number): void {
    this.#slots[index] = FREE;
  }

  #load(index: number): number {
    const begin = index * WINDOW;
    const length = Math.min(WINDOW + OVERLAP, this.size - begin);
    const slot = this.pool.take(this, index);
    const address = this.pool.address(slot);
    this.#fill(this.pool.kernel.bytes, address, length, begin);
    this.#slots[index] = slot;
    return address;
  }

  #fill(bytes: Buffer, at: number, length: number, offset: number): void {
    for (let done = 0; done < length;) {
      const count = readSync(this.#fd, bytes, at + done, length - done, offset + done);
      if (count === 0) throw new Damage('the file became shorter while it was read');
      done += count;
    }
  }
}
