/** The pack is damaged, or not complete in itself. */
export class BadPack extends Error {}

/** No entry. */
export const NONE = 0xffffffff;

export const COMMIT = 1;
export const TAG = 4;
export const OFS_DELTA = 6;
export const REF_DELTA = 7;

/** Places in `control`: the next entry nobody has looked at, how many objects are finished, whether to stop. */
export const NEXT = 0;
export const FINISHED = 1;
export const STOP = 2;

/** Inflated bytes that are kept between the two looks at a pack. */
const STASH = 128 << 20;

/** What is known of a pack's entries, each by its position. All of it can be shared between threads. */
export interface PackTable {
  pack: Uint8Array;
  count: number;
  /** As stored. */
  types: Uint8Array;
  /** Where an entry's compressed data starts, and its size when inflated. */
  dataAt: Float64Array;
  sizes: Float64Array;
  /** Deltas by base: each entry's first, and the next with the same base. */
  firstChild: Uint32Array;
  nextSibling: Uint32Array;
  /** 20 bytes an object. */
  oids: Uint8Array;
  /** Inflated data of the entries that have a place in it; -1: none. */
  stash: Uint8Array;
  stashAt: Int32Array;
  control: Int32Array;
}

function shared(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(bytes);
}

export function packTable(pack: Buffer, count: number): PackTable {
  return {
    pack,
    count,
    types: new Uint8Array(shared(count)),
    dataAt: new Float64Array(shared(count * 8)),
    sizes: new Float64Array(shared(count * 8)),
    firstChild: new Uint32Array(shared(count * 4)).fill(NONE),
    nextSibling: new Uint32Array(shared(count * 4)).fill(NONE),
    oids: new Uint8Array(shared(count * 20)),
    stash: new Uint8Array(shared(Math.min(STASH, pack.length * 3))),
    stashAt: new Int32Array(shared(count * 4)).fill(-1),
    control: new Int32Array(shared(12)),
  };
}
