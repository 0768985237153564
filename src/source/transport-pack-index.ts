import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32, inflateSync } from 'node:zlib';
import { applyDelta } from './transport-delta.js';
import { encodeIndex } from './transport-index-file.js';

/** The pack is damaged, or not complete in itself. */
export class BadPack extends Error {}

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

const COMMIT = 1;
const TAG = 4;
const OFS_DELTA = 6;
const REF_DELTA = 7;
const TYPE_NAMES = ['', 'commit', 'tree', 'blob', 'tag'];
const NONE = 0xffffffff;
/** Milliseconds of work between two looks at what else the process has to do. */
const SLICE = 25;

/**
 * Reads a whole pack, checks it and makes its index: every object is inflated and hashed, deltas resolved, and the
 * pack's checksum verified. A pack must hold the bases of its deltas (no thin packs). Throws BadPack, and the
 * signal's reason when that is raised; the event loop is let in all along.
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
  /** As stored; a resolved delta has its base's type. */
  readonly #types: Uint8Array;
  /** Where an entry's compressed data starts, and its size when inflated. */
  readonly #dataAt: Float64Array;
  readonly #sizes: Float64Array;
  /** Deltas by base: each entry's first, and the next with the same base. */
  readonly #firstChild: Uint32Array;
  readonly #nextSibling: Uint32Array;
  /** Deltas whose base is named by object id and not known yet. */
  readonly #waiting = new Map<string, number[]>();
  #finished = 0;
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
    const n = this.count;
    this.oids = Buffer.alloc(n * 20);
    this.crcs = new Uint32Array(n);
    this.offsets = new Float64Array(n);
    this.#types = new Uint8Array(n);
    this.#dataAt = new Float64Array(n);
    this.#sizes = new Float64Array(n);
    this.#firstChild = new Uint32Array(n).fill(NONE);
    this.#nextSibling = new Uint32Array(n).fill(NONE);
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

  /** First pass: where every entry is; whole objects get their ids, deltas are noted at their bases. */
  async readEntries(): Promise<void> {
    const end = this.#pack.length - 20;
    let at = 12;
    for (let i = 0; i < this.count; i++) {
      if (at >= end) throw new BadPack('it breaks off');
      this.offsets[i] = at;
      const dataAt = this.#readHeader(i, at);
      const { data, next } = this.#inflate(i, dataAt, end);
      this.crcs[i] = crc32(this.#pack.subarray(at, next));
      const type = this.#types[i] ?? 0;
      if (type >= COMMIT && type <= TAG) this.#finish(i, type, data);
      at = next;
      if (performance.now() - this.#lastTurn > SLICE) await this.#breathe();
    }
    if (at !== end) throw new BadPack('it has bytes too many');
  }

  /** Second pass: from every whole object down through the deltas that rest on it. */
  async resolveDeltas(): Promise<void> {
    for (let root = 0; root < this.count; root++) {
      const type = this.#types[root] ?? 0;
      if (type > TAG) continue;
      this.#adopt(root);
      if (this.#firstChild[root] === NONE) continue;
      await this.#resolveBelow(root);
    }
    if (this.#finished !== this.count) throw new BadPack('deltas in it rest on objects it does not hold');
  }

  async #resolveBelow(root: number): Promise<void> {
    const path = [{ data: this.#data(root), child: this.#firstChild[root] ?? NONE }];
    const type = this.#types[root] ?? 0;
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const entry = top.child;
      if (entry === NONE) {
        path.pop();
        continue;
      }
      top.child = this.#nextSibling[entry] ?? NONE;
      const data = this.#applied(this.#data(entry), top.data);
      this.#types[entry] = type;
      this.#finish(entry, type, data);
      this.#adopt(entry);
      const child = this.#firstChild[entry] ?? NONE;
      // With no brothers left the parent's data isn't needed any more.
      if (top.child === NONE) path.pop();
      if (child !== NONE) path.push({ data, child });
      // Done with: a second visit of the same entry (a whole object met again as a root) must find nothing.
      this.#firstChild[entry] = NONE;
      if (performance.now() - this.#lastTurn > SLICE) await this.#breathe();
    }
    this.#firstChild[root] = NONE;
  }

  #applied(delta: Buffer, base: Buffer): Buffer {
    try {
      return applyDelta(delta, base);
    } catch (error) {
      if (error instanceof RangeError) throw new BadPack(error.message);
      throw error;
    }
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
    this.#types[i] = type;
    this.#sizes[i] = size;
    this.#dataAt[i] = at;
    return at;
  }

  #addChild(base: number, entry: number): void {
    this.#nextSibling[entry] = this.#firstChild[base] ?? NONE;
    this.#firstChild[base] = entry;
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

  #data(i: number): Buffer {
    return this.#inflate(i, this.#dataAt[i] ?? 0, this.#pack.length - 20).data;
  }

  #inflate(i: number, at: number, end: number): { data: Buffer; next: number } {
    const size = this.#sizes[i] ?? 0;
    let result;
    try {
      // `info` makes zlib hand back its engine, which knows how much of the pack this object took.
      result = inflateSync(this.#pack.subarray(at, end), {
        info: true,
        maxOutputLength: Math.max(1, size),
        chunkSize: Math.min(size + 64, 1 << 20),
      }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    } catch {
      throw new BadPack('an object in it is damaged');
    }
    if (result.buffer.length !== size) throw new BadPack('an object in it has the wrong size');
    return { data: result.buffer, next: at + result.engine.bytesWritten };
  }

  #finish(i: number, type: number, data: Buffer): void {
    createHash('sha1')
      .update(`${TYPE_NAMES[type]} ${data.length}\0`)
      .update(data)
      .digest()
      .copy(this.oids, i * 20);
    this.#finished++;
  }

  async #breathe(): Promise<void> {
    this.#options.progress?.(this.#finished, this.count);
    await nextTurn();
    this.#options.signal?.throwIfAborted();
    this.#lastTurn = performance.now();
  }
}
