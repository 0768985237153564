import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { encodeIndex } from './transport-index-file.js';
import { startHelpers } from './transport-pack-helper.js';
import { inflateEntry } from './transport-pack-inflate.js';
import { PackResolver } from './transport-pack-resolve.js';
import {
  BadPack,
  COMMIT,
  FINISHED,
  OFS_DELTA,
  packTable,
  REF_DELTA,
  TAG,
  type PackTable,
} from './transport-pack-table.js';

export interface IndexPackOptions {
  signal?: AbortSignal | undefined;
  /** Hears how many of the pack's objects are finished. */
  progress?: (done: number, total: number) => void;
}

export interface IndexedPack {
  /** Hexadecimal; what git names the files after. */
  checksum: string;
  objects: number;
  index: Buffer;
}

/** Milliseconds of work between two looks at what else the process has to do. */
const SLICE = 25;
/** A larger object is inflated once more when it is needed. */
const STASHED = 1 << 20;
/** What deflate can make of a byte at the most. */
const TIGHTEST = 1032;

/**
 * Reads a whole pack, checks it and makes its index: every object is inflated and hashed, deltas resolved, and the
 * pack's checksum verified. A pack must hold the bases of its deltas (no thin packs). Throws BadPack, and the
 * signal's reason when that is raised; the event loop is let in all along. A large pack in shared memory is worked on
 * by several threads.
 */
export async function indexPack(pack: Buffer, options: IndexPackOptions = {}): Promise<IndexedPack> {
  const work = new PackIndexing(pack, options);
  await work.verifyChecksum();
  await work.readEntries();
  await work.resolveDeltas();
  const packChecksum = pack.subarray(pack.length - 20);
  const { count, oids, crcs, offsets } = work;
  return {
    checksum: packChecksum.toString('hex'),
    objects: count,
    index: encodeIndex({ count, oids, crcs, offsets, packChecksum }),
  };
}

class PackIndexing {
  readonly count: number;
  readonly oids: Buffer;
  readonly crcs: Uint32Array;
  readonly offsets: Float64Array;
  readonly #pack: Buffer;
  readonly #options: IndexPackOptions;
  readonly #table: PackTable;
  /** Deltas whose base is named by object id and not known yet. */
  readonly #waiting = new Map<string, number[]>();
  #stashed = 0;
  #scratch = Buffer.allocUnsafeSlow(1 << 20);
  #lastTurn = performance.now();

  constructor(pack: Buffer, options: IndexPackOptions) {
    this.#pack = pack;
    this.#options = options;
    if (pack.length < 32 || pack.toString('latin1', 0, 4) !== 'PACK') throw new BadPack('it is no pack');
    const version = pack.readUInt32BE(4);
    if (version !== 2 && version !== 3) throw new BadPack(`it has version ${version}`);
    this.count = pack.readUInt32BE(8);
    // The smallest entry is a byte of header and eight of zlib: a larger count is a lie, and would cost memory.
    if (this.count > (pack.length - 32) / 9) throw new BadPack('it holds fewer objects than it says');
    this.#table = packTable(pack, this.count);
    this.oids = Buffer.from(this.#table.oids.buffer);
    this.crcs = new Uint32Array(this.count);
    this.offsets = new Float64Array(this.count);
  }

  async verifyChecksum(): Promise<void> {
    const end = this.#pack.length - 20;
    const hash = createHash('sha1');
    for (let at = 0; at < end; at += 1 << 22) {
      hash.update(this.#pack.subarray(at, Math.min(end, at + (1 << 22))));
      await this.#breathe();
    }
    if (!hash.digest().equals(this.#pack.subarray(end))) throw new BadPack('its checksum is wrong');
  }

  /** First pass: where every entry is, and which deltas rest on it. */
  async readEntries(): Promise<void> {
    const end = this.#pack.length - 20;
    let at = 12;
    for (let i = 0; i < this.count; i++) {
      if (at >= end) throw new BadPack('it breaks off');
      this.offsets[i] = at;
      const next = this.#inflate(i, this.#readHeader(i, at), end);
      this.crcs[i] = crc32(this.#pack.subarray(at, next));
      at = next;
      if ((i & 63) === 0 && performance.now() - this.#lastTurn > SLICE) await this.#breathe();
    }
    if (at !== end) throw new BadPack('it has bytes too many');
  }

  /** Second pass: from every whole object down through the deltas that rest on it. */
  async resolveDeltas(): Promise<void> {
    // A base that is named by its id is known once it has been made: that takes one thread.
    const alone = this.#waiting.size > 0;
    const helpers = alone ? null : startHelpers(this.#table);
    try {
      const resolver = new PackResolver(this.#table, alone ? (entry) => this.#adopt(entry) : null);
      while (resolver.run(performance.now() + SLICE)) await this.#breathe();
      await helpers?.done();
    } finally {
      await helpers?.close();
    }
    if (this.#finished !== this.count) throw new BadPack('deltas in it rest on objects it does not hold');
  }

  get #finished(): number {
    return Atomics.load(this.#table.control, FINISHED);
  }

  /** Reads the entry's type, size and base; returns where its compressed data starts. */
  #readHeader(i: number, start: number): number {
    const pack = this.#pack;
    let at = start;
    let byte = pack[at++] ?? 0;
    const type = (byte >> 4) & 7;
    let size = byte & 15;
    for (let factor = 16; byte >= 0x80; factor *= 128) {
      byte = pack[at++] ?? 0;
      size += (byte & 0x7f) * factor;
      if (factor > 2 ** 40) throw new BadPack('an object in it is too large');
    }
    if (type === OFS_DELTA) {
      byte = pack[at++] ?? 0;
      let back = byte & 0x7f;
      while (byte >= 0x80) {
        byte = pack[at++] ?? 0;
        back = (back + 1) * 128 + (byte & 0x7f);
        if (back > pack.length) throw new BadPack('a delta in it has no base');
      }
      this.#addChild(this.#entryAt(start - back, i), i);
    } else if (type === REF_DELTA) {
      const base = pack.toString('latin1', at, at + 20);
      const brothers = this.#waiting.get(base);
      if (brothers) brothers.push(i);
      else this.#waiting.set(base, [i]);
      at += 20;
    } else if (type < COMMIT || type > TAG) {
      throw new BadPack(`it holds an object of unknown type ${type}`);
    }
    this.#table.types[i] = type;
    this.#table.sizes[i] = size;
    this.#table.dataAt[i] = at;
    return at;
  }

  #addChild(base: number, entry: number): void {
    const { firstChild, nextSibling } = this.#table;
    nextSibling[entry] = firstChild[base]!;
    firstChild[base] = entry;
  }

  /** Gives an object the deltas that wait for its id. */
  #adopt(entry: number): void {
    if (this.#waiting.size === 0) return;
    const oid = this.oids.toString('latin1', entry * 20, entry * 20 + 20);
    for (const child of this.#waiting.get(oid) ?? []) this.#addChild(entry, child);
    this.#waiting.delete(oid);
  }

  /** The entry before `limit` that starts at `offset`. */
  #entryAt(offset: number, limit: number): number {
    let low = 0;
    let high = limit;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.offsets[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    if (low >= limit || this.offsets[low] !== offset) throw new BadPack('a delta in it has no base');
    return low;
  }

  /** Inflates an entry to find its end, and keeps what comes where there is room; returns that end. */
  #inflate(i: number, at: number, end: number): number {
    const { pack, sizes, stash, stashAt } = this.#table;
    const size = sizes[i] ?? 0;
    if (size > (end - at) * TIGHTEST) throw new BadPack('an object in it has the wrong size');
    if (size <= STASHED && this.#stashed + size <= stash.length) {
      stashAt[i] = this.#stashed;
      this.#stashed += size;
      return inflateEntry(pack, at, stash, this.#stashed - size, size);
    }
    if (size > this.#scratch.length) this.#scratch = Buffer.allocUnsafeSlow(size);
    return inflateEntry(pack, at, this.#scratch, 0, size);
  }

  async #breathe(): Promise<void> {
    this.#options.progress?.(this.#finished, this.count);
    await nextTurn();
    this.#options.signal?.throwIfAborted();
    this.#lastTurn = performance.now();
  }
}
