import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { endianness } from 'node:os';
import { Damage, Gone, isMissing } from './damage.js';
import { OID_BYTES } from './object-id.js';

const MAGIC = 0xff744f63;
const HEADER = 8;
const FANOUT = 256 * 4;
/** From here on an offset is a place among those of eight bytes. */
const LARGE_OFFSET = 0x80000000;

/** A pack's index, version 2 (gitformat-pack). */
export class PackIndex {
  readonly count: number;
  /** `count` ids of 20 bytes each, sorted. */
  readonly oids: Buffer;
  /** The checksum the pack must end with. */
  readonly packChecksum: Buffer;
  readonly #fanout = new Uint32Array(257);
  /** The first four bytes of each id, as a number. */
  #heads: Uint32Array | null = null;
  /** Of each object: where its entry begins, or above LARGE_OFFSET where that is written. As the file has them, and as numbers. */
  readonly #written: Buffer;
  #offsets: Uint32Array | null = null;
  readonly #largeOffsets: Buffer;

  constructor(bytes: Buffer) {
    const fixed = HEADER + FANOUT + 2 * OID_BYTES;
    if (bytes.length < fixed) throw new Damage('the index is too short');
    if (bytes.readUInt32BE(0) !== MAGIC) throw new Damage('the index is of version 1, or none');
    if (bytes.readUInt32BE(4) !== 2) throw new Damage(`the index is of version ${bytes.readUInt32BE(4)}`);
    let count = 0;
    for (let i = 0; i < 256; i++) {
      const upTo = bytes.readUInt32BE(HEADER + 4 * i);
      if (upTo < count) throw new Damage('the index counts backwards');
      this.#fanout[i + 1] = count = upTo;
    }
    const large = bytes.length - fixed - count * (OID_BYTES + 8);
    if (large < 0 || large % 8 !== 0) throw new Damage('the index has not the size its count asks for');
    const names = HEADER + FANOUT;
    const offsets = names + count * (OID_BYTES + 4);
    // Offsets that got swapped would pass one object off as another.
    const checksum = createHash('sha1').update(bytes.subarray(0, -OID_BYTES)).digest();
    if (!checksum.equals(bytes.subarray(-OID_BYTES))) throw new Damage('the index does not match its own checksum');
    this.count = count;
    this.oids = bytes.subarray(names, names + count * OID_BYTES);
    this.#written = bytes.subarray(offsets, offsets + 4 * count);
    this.#largeOffsets = bytes.subarray(offsets + 4 * count, offsets + 4 * count + large);
    this.packChecksum = bytes.subarray(bytes.length - 2 * OID_BYTES, bytes.length - OID_BYTES);
  }

  /** The position of the id at `bytes[at]`, or -1. Ids are spread evenly, so its value tells nearly where it is. */
  find(bytes: Uint8Array, at: number): number {
    this.#heads ??= heads(this.oids, this.count);
    const all = this.#heads;
    const first = bytes[at];
    const key = ((first << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
    let low = this.#fanout[first];
    let high = this.#fanout[first + 1];
    let middle = low + Math.floor(((high - low) * (key & 0xffffff)) / 0x1000000);
    for (let reach = 8; low < high; reach *= 4) {
      if (all[middle] < key) {
        low = middle + 1;
        if (low + reach < high && all[low + reach] >= key) high = low + reach;
      } else {
        high = middle;
        if (high - reach > low && all[high - reach] < key) low = high - reach;
      }
      middle = (low + high) >> 1;
    }
    for (; low < this.count && all[low] === key; low++) if (this.#is(low, bytes, at)) return low;
    return -1;
  }

  #is(i: number, bytes: Uint8Array, at: number): boolean {
    const { oids } = this;
    const from = i * OID_BYTES;
    let k = 4;
    while (k < OID_BYTES && oids[from + k] === bytes[at + k]) k++;
    return k === OID_BYTES;
  }

  /** The position of the object whose entry begins at `offset`, or -1. Looks at all of them, see OffsetTable for more. */
  seek(offset: number): number {
    if (this.nearOffsets !== null) return offset < LARGE_OFFSET ? this.nearOffsets.indexOf(offset) : -1;
    for (let i = 0; i < this.count; i++) if (this.offset(i) === offset) return i;
    return -1;
  }

  /** All entries begin where four bytes can tell. */
  get isNear(): boolean {
    return this.#largeOffsets.length === 0;
  }

  /** Where all entries begin, by position; null where one is so far back that it takes more than four bytes. */
  get nearOffsets(): Uint32Array | null {
    return this.isNear ? (this.#offsets ??= bigEndian(this.#written)) : null;
  }

  /** Where in the pack the entry of the i-th object begins. */
  offset(i: number): number {
    const offset = this.#offsets === null ? this.#written.readUInt32BE(4 * i) : this.#offsets[i];
    if (offset < LARGE_OFFSET) return offset;
    const at = 8 * (offset - LARGE_OFFSET);
    if (at + 8 > this.#largeOffsets.length) throw new Damage('the index points outside itself');
    return this.#largeOffsets.readUInt32BE(at) * 0x100000000 + this.#largeOffsets.readUInt32BE(at + 4);
  }
}

/** `room`: gives the memory that so many bytes go to; null: any will do. */
export function readPackIndex(path: string, room: (size: number) => Buffer | null = () => null): PackIndex {
  try {
    return new PackIndex(readInto(path, room));
  } catch (error) {
    if (isMissing(error)) throw new Gone(path);
    throw error;
  }
}

function readInto(path: string, room: (size: number) => Buffer | null): Buffer {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    const bytes = room(size);
    if (bytes === null) return readFileSync(fd);
    let done = 0;
    while (done < size) {
      const count = readSync(fd, bytes, done, size - done, done);
      if (count === 0) throw new Damage('the index became shorter while it was read');
      done += count;
    }
    return bytes;
  } finally {
    closeSync(fd);
  }
}

/** Numbers of four bytes, highest first, as this machine has them. */
function bigEndian(bytes: Uint8Array): Uint32Array {
  const own = new Uint8Array(bytes);
  if (endianness() === 'LE') Buffer.from(own.buffer).swap32();
  return new Uint32Array(own.buffer);
}

function heads(oids: Buffer, count: number): Uint32Array {
  const found = new Uint32Array(count);
  for (let i = 0, at = 0; i < count; i++, at += OID_BYTES) {
    found[i] = (oids[at] << 24) | (oids[at + 1] << 16) | (oids[at + 2] << 8) | oids[at + 3];
  }
  return found;
}
