import { HealthError } from '../../model/error.js';
import { type ObjectDatabase, SPANS } from '../objects/object-database.js';
import { ObjectType } from '../objects/object-type.js';
import { isFile, oidText, type TreeEntry } from '../trees/tree-entry.js';
import type { Content } from '../objects/object-cache.js';
import { BUCKETS, cutSpans } from './spans.js';

/** Bytes of a hash and its count. */
const PAIR = 8;
const MOST_SIZES = 1 << 18;
/** Ids of missing blobs kept: to look for one again costs a look at every folder. */
const MOST_MISSING = 1 << 16;

/** The blobs of a list of entries, and their sizes; -1 for what is no file, or missing. */
export interface BlobList {
  readonly blobs: Int32Array;
  readonly sizes: Float64Array;
}

/** A file's spans in the kernel's memory: pairs of hash and bytes. They stay until others are asked for. */
export interface KeptSpans {
  readonly at: number;
  readonly count: number;
}

/**
 * Sizes and spans of blobs, each read once for a while: a file takes part in comparisons again and again while the files
 * around it move. Blobs go by their objects' numbers.
 */
export class BlobSpans {
  readonly #objects: ObjectDatabase;
  readonly #budget: number;
  /** In the order they were cut in, which is that of a ring in the kernel's memory. */
  readonly #spans = new Map<number, KeptSpans>();
  readonly #begin: number;
  #next: number;
  #sizes = new Map<number, number>();
  #missing = new Set<string>();
  /** Of the blobs whose size is -1: why. */
  #unreadable = new Map<number, unknown>();

  /** `budget`: bytes. */
  constructor(objects: ObjectDatabase, budget = SPANS) {
    this.#objects = objects;
    this.#budget = budget;
    // At once: others may take what is left.
    this.#begin = objects.kernel.reserve(budget);
    if (this.#begin < 0) throw new Error('there is no room for spans');
    this.#next = this.#begin;
  }

  list(items: readonly { entry: TreeEntry }[]): BlobList {
    const blobs = Int32Array.from(items, ({ entry }) => this.find(entry));
    return { blobs, sizes: Float64Array.from(blobs, (blob) => (blob < 0 ? -1 : this.size(blob))) };
  }

  /** The blob an entry names; -1 where it is no file, or is missing as in a partial clone: then it is like no other. */
  find(entry: TreeEntry): number {
    if (!isFile(entry)) return -1;
    const blob = this.#objects.findKnown(entry.bytes, entry.nameEnd + 1);
    if (blob >= 0) return blob;
    const oid = oidText(entry);
    if (!this.#missing.has(oid)) {
      const late = this.#objects.find(entry.bytes, entry.nameEnd + 1);
      if (late >= 0) return late;
      if (this.#missing.size >= MOST_MISSING) this.#missing = new Set();
      this.#missing.add(oid);
    }
    const rev = Buffer.from(oid, 'latin1').toString('hex');
    this.#objects.losses.take(new HealthError('missing-object', `object ${rev} is missing`));
    return -1;
  }

  /** In bytes; -1 where the blob can't be read. */
  size(blob: number): number {
    let size = this.#sizes.get(blob);
    if (size === undefined) {
      if (this.#sizes.size >= MOST_SIZES) {
        this.#sizes = new Map();
        this.#unreadable = new Map();
      }
      const note = (error: unknown): unknown => this.#unreadable.set(blob, error);
      size = this.#read(() => this.#objects.size(blob), note) ?? -1;
      this.#sizes.set(blob, size);
    } else if (size < 0) this.#objects.losses.take(this.#unreadable.get(blob));
    return size;
  }

  /** Null where the blob can't be read. */
  spans(blob: number): KeptSpans | null {
    const known = this.#spans.get(blob);
    if (known !== undefined) return known;
    const content = this.#read(() => this.#objects.read(blob, ObjectType.blob));
    if (content === null) return null;
    const at = this.#room(PAIR * Math.min(BUCKETS, content.end - content.start));
    const spans = { at, count: this.#cut(content, at) };
    this.#next = at + PAIR * spans.count;
    this.#spans.set(blob, spans);
    return spans;
  }

  #cut({ bytes, start, end }: Content, to: number): number {
    const { kernel } = this.#objects;
    if (bytes === kernel.bytes) return kernel.cutSpans(start, end, to);
    const { hashes, counts } = cutSpans(bytes, start, end);
    const pairs = kernel.numbers(to, 2 * hashes.length);
    for (const [i, hash] of hashes.entries()) {
      pairs[2 * i] = hash;
      pairs[2 * i + 1] = counts[i];
    }
    return hashes.length;
  }

  /** Where so many bytes may lie; the spans that lay there are kept no more. */
  #room(size: number): number {
    const isOver = this.#next + size > this.#begin + this.#budget;
    const last = this.#next;
    if (isOver) this.#next = this.#begin;
    const end = this.#next + size;
    for (const [blob, { at, count }] of this.#spans) {
      const isPassed = isOver && at >= last;
      if (!isPassed && (at >= end || at + PAIR * count <= this.#next)) break;
      this.#spans.delete(blob);
    }
    return this.#next;
  }

  /** Null where it is missing, or where somebody hears of what is wrong with it. */
  #read<T>(read: () => T, note?: (error: unknown) => void): T | null {
    try {
      return read();
    } catch (error) {
      const missing = error instanceof HealthError && error.code === 'missing-object';
      if (!this.#objects.losses.take(error) && !missing) throw error;
      note?.(error);
      return null;
    }
  }
}
