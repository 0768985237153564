import { createHash, type Hash } from 'node:crypto';
import { crc32, createInflate } from 'node:zlib';
import type { EntryHeader } from './transport-pack-header.js';
import { BadPack, TAG, TYPE_NAMES } from './transport-pack-table.js';

/** An entry that is too large to be waited for: it is inflated, checked and hashed piece by piece, and not kept. */
export class LargeEntry {
  readonly header: EntryHeader;
  /** Bytes before the data. */
  readonly head: number;
  /** Set once all of it has come. */
  ended = false;
  /** Of the packed bytes so far, and how many these are. */
  crc = 0;
  length = 0;
  readonly #hash: Hash | null;
  readonly #inflate = createInflate();
  #size = 0;
  #done: (() => void) | null = null;
  #failed: ((error: Error) => void) | null = null;

  /** `head`: the entry's bytes before its data. */
  constructor(header: EntryHeader, head: Buffer) {
    this.header = header;
    this.head = head.length;
    this.#count(head);
    const { type, size } = header;
    this.#hash = type > TAG ? null : createHash('sha1').update(`${TYPE_NAMES[type]} ${size}\0`);
    this.#inflate.on('data', (bytes: Buffer) => {
      this.#size += bytes.length;
      if (this.#size <= size) this.#hash?.update(bytes);
      else this.#inflate.destroy(wrongSize());
    });
    this.#inflate.on('end', () => {
      this.ended = true;
      this.#inflate.destroy();
      if (this.#size === size) this.#done?.();
      else this.#failed?.(wrongSize());
    });
    this.#inflate.on('error', (error) => {
      this.#failed?.(error instanceof BadPack ? error : new BadPack('an object in it is damaged'));
    });
  }

  /** Returns how many of the bytes belong to the entry: all of them, unless it has ended. Throws BadPack. */
  async add(bytes: Buffer): Promise<number> {
    const before = this.#inflate.bytesWritten;
    await new Promise<void>((resolve, reject) => {
      this.#done = resolve;
      this.#failed = reject;
      // Where the data ends inside of `bytes`, only the event tells so.
      this.#inflate.write(bytes, (error) => {
        if (!error) resolve();
      });
    });
    const used = this.#inflate.bytesWritten - before;
    this.#count(bytes.subarray(0, used));
    return used;
  }

  /** The object's id, once it has ended; null for a delta. */
  id(): Buffer | null {
    return this.#hash?.digest() ?? null;
  }

  close(): void {
    this.#inflate.destroy();
  }

  #count(bytes: Buffer): void {
    this.crc = crc32(bytes, this.crc);
    this.length += bytes.length;
  }
}

function wrongSize(): BadPack {
  return new BadPack('an object in it has the wrong size');
}
