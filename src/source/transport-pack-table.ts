import { hash } from 'node:crypto';

/** The pack is damaged, or not complete in itself. */
export class BadPack extends Error {}

/** No entry. */
export const NONE = 0xffffffff;

export const COMMIT = 1;
export const TAG = 4;
export const OFS_DELTA = 6;
export const REF_DELTA = 7;
export const TYPE_NAMES = ['', 'commit', 'tree', 'blob', 'tag'];

/** Places in `control`: the next entry nobody has looked at, how many deltas are resolved, whether to stop. */
export const NEXT = 0;
export const FINISHED = 1;
export const STOP = 2;

/** Room before an object for git's header. */
export const HEAD = 32;

const FIRST_ROOM = 1024;

/** What is known of a pack's entries, each by its position. All of it can be shared between threads. */
export interface PackTable {
  /** Holds the pack: for the entries that have no place in the stash. */
  file: string;
  /** Entries that are there. */
  count: number;
  /** As stored. */
  types: Uint8Array;
  /** Where an entry starts in the pack; one more for the end of the last. */
  offsets: Float64Array;
  /** From there to its compressed data. */
  heads: Uint8Array;
  /** When inflated. */
  sizes: Float64Array;
  /** Of the packed bytes, header included. */
  crcs: Uint32Array;
  /** Deltas by base: each entry's first, and the next with the same base. */
  firstChild: Uint32Array;
  nextSibling: Uint32Array;
  /** 20 bytes an object. */
  oids: Uint8Array;
  /** Inflated data: see Stash. */
  stash: Uint8Array[];
  stashAt: Int32Array;
  control: Int32Array;
}

export function emptyTable(file: string, stash: Uint8Array[]): PackTable {
  return {
    file,
    count: 0,
    types: new Uint8Array(0),
    offsets: new Float64Array(0),
    heads: new Uint8Array(0),
    sizes: new Float64Array(0),
    crcs: new Uint32Array(0),
    firstChild: new Uint32Array(0),
    nextSibling: new Uint32Array(0),
    oids: new Uint8Array(0),
    stash,
    stashAt: new Int32Array(0),
    control: new Int32Array(new SharedArrayBuffer(12)),
  };
}

/** Makes room for one entry more, and for many where that is not enough: by what came, not by what a pack claims. */
export function makeRoom(table: PackTable): void {
  const room = table.types.length;
  if (table.count < room) return;
  const more = Math.max(FIRST_ROOM, room * 2);
  const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(more * bytes);
  const { types, offsets, heads, sizes, crcs, firstChild, nextSibling, oids, stashAt } = table;
  (table.types = new Uint8Array(shared(1))).set(types);
  (table.offsets = new Float64Array(new SharedArrayBuffer((more + 1) * 8))).set(offsets);
  (table.heads = new Uint8Array(shared(1))).set(heads);
  (table.sizes = new Float64Array(shared(8))).set(sizes);
  (table.crcs = new Uint32Array(shared(4))).set(crcs);
  (table.firstChild = new Uint32Array(shared(4)).fill(NONE, room)).set(firstChild);
  (table.nextSibling = new Uint32Array(shared(4)).fill(NONE, room)).set(nextSibling);
  (table.oids = new Uint8Array(shared(20))).set(oids);
  (table.stashAt = new Int32Array(shared(4)).fill(-1, room)).set(stashAt);
}

export function addChild({ firstChild, nextSibling }: PackTable, base: number, entry: number): void {
  nextSibling[entry] = firstChild[base]!;
  firstChild[base] = entry;
}

/** The entry before `limit` that starts at `offset`. Throws BadPack. */
export function entryAt({ offsets }: PackTable, offset: number, limit: number): number {
  let low = 0;
  let high = limit;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (offsets[middle]! < offset) low = middle + 1;
    else high = middle;
  }
  if (low >= limit || offsets[low] !== offset) throw new BadPack('a delta in it has no base');
  return low;
}

/** The id of the object of `size` bytes at `bytes[at]`; its header is written into the HEAD bytes before. */
export function objectId(type: number, bytes: Uint8Array, at: number, size: number): Buffer {
  const header = `${TYPE_NAMES[type]} ${size}\0`;
  const start = at - header.length;
  for (let i = 0; i < header.length; i++) bytes[start + i] = header.charCodeAt(i);
  return hash('sha1', bytes.subarray(start, at + size), 'buffer');
}
