import { closeSync, fstatSync, openSync } from 'node:fs';
import type { Kernel } from '../kernel/kernel.js';
import { Damage, Gone, isMissing } from './damage.js';
import { afterDeltaSize, deltaSize } from './delta.js';
import { FileWindows } from './file-windows.js';
import { DAMAGED, inflate, TRUNCATED } from './inflate.js';
import { HUGE, inflateLarge } from './inflate-large.js';
import { OID_BYTES } from './object-id.js';
import type { PackIndex } from './pack-index.js';
import { OVERLAP, type WindowPool } from './window-pool.js';

const HEADER = 12;
const DAMAGED_DATA = 'its deflated data are damaged';
const OFS_DELTA = 6;
const REF_DELTA = 7;
/** More than any entry's header: a 64-bit size, a 64-bit distance or an id. */
const ENTRY_HEADER = 64;
/** A delta begins with two sizes. */
const DELTA_HEADER = 20;
/** The longest copy within deflated data. */
const LONGEST_COPY = 258;
/** Deflated bytes that hold so much, tables and all. */
const WANTED = 1024;
/** From here on not so much is read at once as would be needed if nothing had been deflated. */
const LARGE = 1 << 20;
/** Where that much of deflated data is not enough, the kernel is not what inflates it. */
const LONGEST = OVERLAP;

/** The beginning of a pack's entry. */
export interface PackEntry {
  /** 1 to 4: see ObjectType; 0 for a delta, whose type is its base's. */
  type: number;
  /** Inflated bytes, of the delta when it is one. */
  size: number;
  /** Where the deflated data begin. */
  data: number;
  /** A delta's base: its offset in this pack, else -1. */
  baseOffset: number;
  /** A delta's base: its id, when it is named by it. */
  baseOid: Uint8Array | null;
}

/** A pack, open for reading. Throws Damage and Gone. */
export class PackFile {
  readonly path: string;
  readonly #fd: number;
  readonly windows: FileWindows;
  /** Where the entries end and the checksum begins. */
  readonly #end: number;
  readonly #kernel: Kernel;

  constructor(path: string, index: PackIndex, pool: WindowPool) {
    this.path = path;
    this.#kernel = pool.kernel;
    try {
      this.#fd = openSync(path, 'r');
    } catch (error) {
      if (isMissing(error)) throw new Gone(path);
      throw error;
    }
    try {
      const size = fstatSync(this.#fd).size;
      if (size < HEADER + OID_BYTES) throw new Damage('the pack is too short');
      this.windows = new FileWindows(this.#fd, size, pool);
      this.#end = size - OID_BYTES;
      const head = this.windows.read(0, HEADER);
      const version = head.readUInt32BE(4);
      if (head.toString('latin1', 0, 4) !== 'PACK') throw new Damage('the pack is no pack');
      if (version !== 2 && version !== 3) throw new Damage(`the pack is of version ${version}`);
      if (head.readUInt32BE(8) !== index.count) throw new Damage('pack and index count differently');
      if (!index.packChecksum.equals(this.windows.read(this.#end, OID_BYTES))) {
        throw new Damage('the pack is not the one its index was made for, or was cut short');
      }
    } catch (error) {
      closeSync(this.#fd);
      throw error;
    }
  }

  /** Where in the kernel's memory an entry begins, and up to where its piece of the pack goes. */
  piece(offset: number): { readonly at: number; readonly end: number } {
    if (offset < HEADER || offset >= this.#end) throw new Damage('the index points outside the pack');
    this.windows.locate(offset, ENTRY_HEADER);
    return this.windows;
  }

  entry(offset: number): PackEntry {
    const { at } = this.piece(offset);
    const { bytes } = this.#kernel;
    let pos = at;
    let byte = bytes[pos++];
    const type = (byte >> 4) & 7;
    let size = byte & 15;
    for (let scale = 16; byte & 0x80; scale *= 128) {
      if (pos - at > 9) throw new Damage('its size has too many digits');
      byte = bytes[pos++];
      size += (byte & 0x7f) * scale;
    }
    let baseOffset = -1;
    let baseOid: Uint8Array | null = null;
    if (type === OFS_DELTA) {
      const first = pos;
      byte = bytes[pos++];
      let distance = byte & 0x7f;
      while (byte & 0x80) {
        if (pos - first > 9) throw new Damage('its distance to its base has too many digits');
        byte = bytes[pos++];
        distance = (distance + 1) * 128 + (byte & 0x7f);
      }
      baseOffset = offset - distance;
      if (distance === 0 || baseOffset < HEADER) throw new Damage('its base lies outside the pack');
    } else if (type === REF_DELTA) {
      baseOid = bytes.subarray(pos, pos + OID_BYTES);
      pos += OID_BYTES;
    } else if (type === 0 || type > 4) throw new Damage(`it has the unknown type ${type}`);
    return { type: type < OFS_DELTA ? type : 0, size, data: offset + pos - at, baseOffset, baseOid };
  }

  /** The most that the entry can hold: deflate never packs tighter than 1:1032. */
  plausible(entry: PackEntry): boolean {
    return entry.size <= (this.#end - entry.data) * 1032;
  }

  /** Inflates an entry's data to `at` in `into`, which may be the kernel's memory. */
  inflate(entry: PackEntry, into: Buffer, at: number): void {
    if (into === this.#kernel.bytes && this.windows.locate(entry.data, LONGEST)) {
      const { at: from, end } = this.windows;
      const after = this.#kernel.inflate(from, end, at, entry.size);
      if (after >= 0) return;
      if (after === DAMAGED) throw new Damage(DAMAGED_DATA);
    }
    const read = entry.size < HUGE ? inflateLarge : inflate;
    for (let want = entry.size < LARGE ? entry.size + 1024 : entry.size >> 1; ; want *= 4) {
      const bytes = this.windows.read(entry.data, want);
      const after = read(bytes, 0, bytes.length, into, at, entry.size);
      if (after >= 0) return;
      if (after === DAMAGED) throw new Damage(DAMAGED_DATA);
      if (after === TRUNCATED && bytes.length < want) throw new Damage('its deflated data do not end');
    }
  }

  /**
   * The size of what a delta makes, from its beginning alone; NaN when that can't be told without all of it. It is not
   * checked: only inflating all of it finds damage. `scratch`: where in the kernel's memory its beginning may go.
   */
  deltaResultSize(entry: PackEntry, scratch: number): number {
    const { bytes } = this.#kernel;
    const size = Math.min(entry.size, DELTA_HEADER + LONGEST_COPY);
    // A size of such bytes never ends: what is not written is seen.
    bytes.fill(0xff, scratch, scratch + size);
    this.windows.locate(entry.data, WANTED);
    // It stops with an error where more comes than there is room for, but what fits is there by then.
    this.#kernel.inflate(this.windows.at, this.windows.end, scratch, size);
    return deltaSize(bytes, afterDeltaSize(bytes, scratch, scratch + size), scratch + size);
  }

  close(): void {
    closeSync(this.#fd);
  }
}
