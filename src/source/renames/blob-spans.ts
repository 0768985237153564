import { HealthError } from '../../model/error.js';
import type { ObjectDatabase } from '../objects/object-database.js';
import { ObjectType } from '../objects/object-type.js';
import { isFile, oidText, type TreeEntry } from '../trees/tree-entry.js';
import { cutSpans, type Spans } from './spans.js';

/** Bytes of spans kept: a file takes part in comparisons again and again while the files around it move. */
const BUDGET = 16 << 20;
/** What an entry costs besides its numbers. */
const OVERHEAD = 256;
const MOST_SIZES = 1 << 18;
/** Ids of missing blobs kept: to look for one again costs a look at every folder. */
const MOST_MISSING = 1 << 16;

/** The blobs of a list of entries, and their sizes; -1 for what is no file, or missing. */
export interface BlobList {
  readonly blobs: Int32Array;
  readonly sizes: Float64Array;
}

/** Sizes and spans of blobs, each read once as long as they are in use. Blobs go by their objects' numbers. */
export class BlobSpans {
  readonly #objects: ObjectDatabase;
  readonly #budget: number;
  readonly #spans = new Map<number, Spans>();
  #bytes = 0;
  #sizes = new Map<number, number>();
  #missing = new Set<string>();
  /** Of the blobs whose size is -1: why. */
  #unreadable = new Map<number, unknown>();

  /** `budget`: bytes. */
  constructor(objects: ObjectDatabase, budget = BUDGET) {
    this.#objects = objects;
    this.#budget = budget;
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
  spans(blob: number): Spans | null {
    let spans = this.#spans.get(blob);
    // What is used again goes to the end: the first of a Map is what was unused for longest.
    if (spans !== undefined) this.#spans.delete(blob);
    else {
      const content = this.#read(() => this.#objects.read(blob, ObjectType.blob));
      if (content === null) return null;
      const { kernel } = this.#objects;
      const cut = content.bytes === kernel.bytes ? kernel : null;
      spans = cut?.cutSpans(content.start, content.end) ?? cutSpans(content.bytes, content.start, content.end);
      this.#bytes += bytesOf(spans);
      for (const [oldest, old] of this.#spans) {
        if (this.#bytes <= this.#budget) break;
        this.#spans.delete(oldest);
        this.#bytes -= bytesOf(old);
      }
    }
    this.#spans.set(blob, spans);
    return spans;
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

function bytesOf({ hashes }: Spans): number {
  return hashes.length * 8 + OVERHEAD;
}
