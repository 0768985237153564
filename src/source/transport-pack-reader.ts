import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { TRUNCATED } from './objects/inflate.js';
import { readEntryHeader, type EntryHeader } from './transport-pack-header.js';
import { inflateEntry } from './transport-pack-inflate.js';
import { LargeEntry } from './transport-pack-large.js';
import { chunkOf, LARGEST, positionOf, Stash } from './transport-pack-stash.js';
import {
  addChild,
  BadPack,
  emptyTable,
  entryAt,
  HEAD,
  makeRoom,
  objectId,
  OFS_DELTA,
  REF_DELTA,
  TAG,
  type PackTable,
} from './transport-pack-table.js';

const HEADER = 12;
const CHECKSUM = 20;
/** Up to so many bytes a look costs next to nothing. */
const SHORT = 16_384;

/**
 * The first look at a pack, taken while it comes: where every entry is, which deltas rest on it, and the ids of the objects
 * that are there as a whole. Memory grows with what has come, whatever the pack says of itself. Throws BadPack as soon
 * as something is wrong.
 */
export class PackReader {
  readonly table: PackTable;
  /** Objects, as the pack's header has it. */
  expected = 0;
  /** Deltas whose base is named by its id, by that id (a character a byte). */
  readonly waiting = new Map<string, number[]>();
  /** Of those that have come. */
  deltas = 0;
  readonly #hash = createHash('sha1');
  readonly #stash = new Stash();
  readonly #scratch = Buffer.allocUnsafeSlow(HEAD + LARGEST);
  /** What has come and is not read yet. */
  #pieces: Buffer[] = [];
  #held = 0;
  /** So much of it must be there before a look at it is worth it. */
  #needed = HEADER;
  /** Where the next entry starts in the pack; 0: the pack's header is still to come. */
  #at = 0;
  #large: LargeEntry | null = null;

  /** `file` is where the pack can be read once it has come. */
  constructor(file: string) {
    this.table = emptyTable(file, this.#stash.chunks);
  }

  /** Reads on. The bytes are kept for a while, and must not be changed. */
  async add(bytes: Buffer): Promise<void> {
    this.#pieces.push(bytes);
    this.#held += bytes.length;
    if (this.#held >= this.#needed) await this.#read();
  }

  /** For when nothing more comes. Returns the pack's checksum. */
  async end(): Promise<Buffer> {
    await this.#read();
    const checksum = this.#pieces[0]!;
    if (!this.#complete || checksum.length < CHECKSUM) throw new BadPack('it breaks off');
    if (!this.#hash.digest().equals(checksum)) throw new BadPack('its checksum is wrong');
    return checksum;
  }

  close(): void {
    this.#large?.close();
  }

  get #complete(): boolean {
    return this.#at > 0 && this.table.count === this.expected;
  }

  async #read(): Promise<void> {
    const bytes = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces);
    let at = this.#at === 0 ? this.#readHeader(bytes) : 0;
    while (this.#at > 0 && !this.#complete) {
      if (this.#large && at === bytes.length) break;
      const next = this.#large ? await this.#readLarge(this.#large, bytes, at) : this.#readEntry(bytes, at);
      if (next === TRUNCATED) break;
      at = next;
    }
    this.#hash.update(bytes.subarray(0, at));
    const rest = bytes.subarray(at);
    if (this.#complete && rest.length > CHECKSUM) throw new BadPack('it has bytes too many');
    this.#pieces = [rest];
    this.#held = rest.length;
    // A long entry that is not whole is looked at again when half as much again is there: that keeps the looks few.
    this.#needed = rest.length < SHORT ? rest.length + 1 : rest.length * 1.5;
  }

  #readHeader(bytes: Buffer): number {
    if (bytes.length < HEADER) return 0;
    if (bytes.toString('latin1', 0, 4) !== 'PACK') throw new BadPack('it is no pack');
    const version = bytes.readUInt32BE(4);
    if (version !== 2 && version !== 3) throw new BadPack(`it has version ${version}`);
    this.expected = bytes.readUInt32BE(8);
    this.#at = HEADER;
    return HEADER;
  }

  /** Reads one entry; returns where it ends, or TRUNCATED. Of a large one, only what stands before its data. */
  #readEntry(bytes: Buffer, start: number): number {
    const header = readEntryHeader(bytes, start);
    if (!header) return TRUNCATED;
    const { type, size, dataAt } = header;
    if (size > LARGEST) {
      this.#large = new LargeEntry(header, bytes.subarray(start, dataAt));
      return dataAt;
    }
    const before = type > TAG ? 0 : HEAD;
    const place = this.#stash.place(before + size);
    const into = place < 0 ? this.#scratch : chunkOf(this.table.stash, place);
    const from = (place < 0 ? 0 : positionOf(place)) + before;
    const next = inflateEntry(bytes, dataAt, into, from, size);
    if (next === TRUNCATED) return TRUNCATED;
    if (place >= 0) this.#stash.take(before + size);
    const id = type > TAG ? null : objectId(type, into, from, size);
    this.#finish(header, dataAt - start, next - start, crc32(bytes.subarray(start, next)), id, place);
    return next;
  }

  /** Reads on in a large entry; returns where it, or what is there of it, ends. */
  async #readLarge(large: LargeEntry, bytes: Buffer, from: number): Promise<number> {
    const next = from + (await large.add(bytes.subarray(from)));
    if (large.ended) {
      this.#finish(large.header, large.head, large.length, large.crc, large.id(), -1);
      this.#large = null;
    }
    return next;
  }

  #finish(
    { type, size, distance, base }: EntryHeader,
    head: number,
    length: number,
    crc: number,
    id: Buffer | null,
    place: number,
  ): void {
    const { table } = this;
    makeRoom(table);
    const entry = table.count++;
    const start = this.#at;
    this.#at += length;
    table.types[entry] = type;
    table.sizes[entry] = size;
    table.heads[entry] = head;
    table.offsets[entry] = start;
    table.offsets[entry + 1] = this.#at;
    table.crcs[entry] = crc;
    table.stashAt[entry] = place;
    if (id) table.oids.set(id, entry * 20);
    else this.deltas++;
    if (type === OFS_DELTA) addChild(table, entryAt(table, start - distance, entry), entry);
    if (type === REF_DELTA) {
      const brothers = this.waiting.get(base);
      if (brothers) brothers.push(entry);
      else this.waiting.set(base, [entry]);
    }
  }
}
