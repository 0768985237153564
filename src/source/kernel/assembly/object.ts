// Objects of one pack, as its index and its pieces in memory give them. What can't be read here, for whatever reason, is
// left to source/objects, which says what it means.

import { applyDelta } from './delta';
import { inflate } from './inflate';
import { chain } from './layout';
import { add, BLOBS, COMMITS, keep, lookUp, releaseRing, sizeOf, TREES, typeOf, useRing, useTable } from './ring';

const OID: usize = 20;
const COMMIT: u32 = 1;
const TAG: u32 = 4;
const OFS_DELTA: u32 = 6;
/** Links of a chain of deltas: for each its offset, where its data begin and up to where they can go, its size. */
const DEEPEST: u32 = 256;
const LINK: usize = 16;
/** Larger commits are read elsewhere. */
const LARGEST_COMMIT: u32 = 1 << 16;
/** A delta begins with two sizes; behind them, at the most, what one copy within deflated data takes. */
const DELTA_HEAD: u32 = 20 + 258;

/** What readObject and others say instead of an address. */
const UNUSUAL: i32 = 0;
const WANTED: i32 = -1;

// The index's tables (gitformat-pack).
let count: u32 = 0;
let names: usize = 0;
let offsets: usize = 0;
/** As the index's own fan-out, by more of an id's bits: the first position of each bucket, and of what is behind the last. */
let buckets: usize = 0;
let keyShift: u32 = 0;
// The pack: its bytes, bits of its pieces' size, how much each overlaps the next, and of each piece its slot, or -1; of each
// slot its address, and whether it was used of late.
let fileSize: u32 = 0;
let pieceBits: u32 = 0;
let overlap: u32 = 0;
let slots: usize = 0;
let addresses: usize = 0;
let used: usize = 0;
/** Where a delta's instructions go, and how many bytes of them. */
let scratch: usize = 0;
let scratchSize: u32 = 0;

/** The piece of the pack that is not in memory where WANTED is returned. */
export let wanted: u32 = 0;

// Of the entry at hand.
let entryType: u32 = 0;
let entrySize: u32 = 0;
let entryData: usize = 0;
let entryEnd: usize = 0;
let entryBase: u32 = 0;

/** `index`: the whole file. `table`: room for four bytes for each of the buckets that `bits` of an id tell, and four more. */
export function useIndex(index: usize, objects: u32, table: usize, bits: u32): void {
  count = objects;
  names = index + 8 + 1024;
  offsets = names + <usize>objects * (OID + 4);
  buckets = table;
  keyShift = 32 - bits;
  let bucket: u32 = 0;
  for (let place: u32 = 0; place < objects; place++) {
    const own = bigEndian(names + <usize>place * OID) >>> keyShift;
    for (; bucket <= own; bucket++) store<u32>(table + ((<usize>bucket) << 2), place);
  }
  for (; bucket <= (<u32>1) << bits; bucket++) store<u32>(table + ((<usize>bucket) << 2), objects);
}

export function usePieces(size: u32, bits: u32, overlapping: u32, slot: usize, address: usize, use: usize): void {
  fileSize = size;
  pieceBits = bits;
  overlap = overlapping;
  slots = slot;
  addresses = address;
  used = use;
}

/** Room for deltas, for the table of `tableBits`, which must be empty, and for the three rings. */
export function useRoom(
  delta: usize,
  deltaSize: u32,
  table: usize,
  tableBits: u32,
  commits: usize,
  commitsSize: u32,
  trees: usize,
  treesSize: u32,
  blobs: usize,
  blobsSize: u32,
): void {
  scratch = delta;
  scratchSize = deltaSize;
  useTable(table, tableBits);
  useRing(COMMITS, commits, commitsSize);
  useRing(TREES, trees, treesSize);
  useRing(BLOBS, blobs, blobsSize);
}

/** Nothing that was handed out so far is looked at again. */
export function release(): void {
  releaseRing(TREES);
  releaseRing(BLOBS);
}

export function releaseBlobs(): void {
  releaseRing(BLOBS);
}

function bigEndian(at: usize): u32 {
  return bswap<u32>(load<u32>(at));
}

/** Ids of one bucket that are looked at one by one: there are more only where somebody made them so. */
const MANY: u32 = 16;

/** The position in the index of the id at `at`, or -1. */
export function findObject(at: usize): i32 {
  const key = bigEndian(at);
  const bucket = buckets + ((<usize>key >> keyShift) << 2);
  const end: u32 = load<u32>(bucket, 4);
  let place: u32 = load<u32>(bucket);
  for (let high = end; high - place > MANY;) {
    const middle = (place + high) >> 1;
    if (bigEndian(names + <usize>middle * OID) < key) place = middle + 1;
    else high = middle;
  }
  for (; place < end; place++) {
    const name = names + <usize>place * OID;
    const found = bigEndian(name);
    if (found > key) break;
    if (found == key && load<u64>(name, 4) == load<u64>(at, 4) && load<u64>(name, 12) == load<u64>(at, 12))
      return place;
  }
  return -1;
}

/** Reads the beginning of the entry at `offset`: 1, or UNUSUAL or WANTED. */
function readEntry(offset: u32): i32 {
  if (offset < 12 || offset >= fileSize - <u32>OID) return UNUSUAL;
  const piece = offset >> pieceBits;
  const slot = load<i32>(slots + ((<usize>piece) << 2));
  if (slot < 0) {
    wanted = piece;
    return WANTED;
  }
  store<u8>(used + slot, 1);
  const begin = piece << pieceBits;
  const address: usize = load<u32>(addresses + ((<usize>slot) << 2));
  entryEnd = address + min<u32>((1 << pieceBits) + overlap, fileSize - begin);
  let at = address + (offset - begin);
  let byte: u32 = load<u8>(at++);
  entryType = (byte >> 4) & 7;
  let size = byte & 15;
  for (let shift: u32 = 4; (byte & 0x80) != 0; shift += 7) {
    // More than is ever read here.
    if (shift > 20) return UNUSUAL;
    byte = load<u8>(at++);
    size |= (byte & 0x7f) << shift;
  }
  entrySize = size;
  if (entryType == OFS_DELTA) {
    byte = load<u8>(at++);
    let distance = byte & 0x7f;
    for (let digits: u32 = 1; (byte & 0x80) != 0; digits++) {
      if (digits > 4 || distance >= 1 << 24) return UNUSUAL;
      byte = load<u8>(at++);
      distance = ((distance + 1) << 7) | (byte & 0x7f);
    }
    if (distance == 0 || distance > offset) return UNUSUAL;
    entryBase = offset - distance;
  } else if (entryType < COMMIT || entryType > TAG) return UNUSUAL;
  entryData = at;
  return 1;
}

/** The offset of the object at a position of the index; 0 where there is none such. */
function offsetOf(position: u32): u32 {
  return position < count ? bigEndian(offsets + ((<usize>position) << 2)) : 0;
}

/** Where the content of the object at a position of the index lies; UNUSUAL, or WANTED where a piece is missing. */
export function readObject(position: u32): i32 {
  let offset = offsetOf(position);
  let depth: u32 = 0;
  let content = lookUp(offset);
  while (content == 0) {
    const found = readEntry(offset);
    if (found != 1) return found;
    if (entryType == OFS_DELTA) {
      if (depth == DEEPEST || entrySize > scratchSize) return UNUSUAL;
      const link = chain + LINK * depth++;
      store<u32>(link, offset);
      store<u32>(link, entryData, 4);
      store<u32>(link, entryEnd, 8);
      store<u32>(link, entrySize, 12);
      offset = entryBase;
      content = lookUp(offset);
      continue;
    }
    if (entryType == COMMIT && entrySize > LARGEST_COMMIT) return UNUSUAL;
    content = add(entryType, entrySize);
    if (content == 0 || inflate(entryData, entryEnd, content, entrySize) < 0) return UNUSUAL;
    keep(content, offset);
  }
  while (depth > 0) {
    const link = chain + LINK * --depth;
    content = applyLink(link, content);
    if (content == 0) return UNUSUAL;
    keep(content, load<u32>(link));
  }
  return <i32>content;
}

/** Makes what a link of a chain stands for of its base; 0: unusual. */
function applyLink(link: usize, base: usize): usize {
  const size = load<u32>(link, 12);
  if (inflate(load<u32>(link, 4), load<u32>(link, 8), scratch, size) < 0) return 0;
  const end = scratch + size;
  const baseSize = sizeOf(base);
  if (readSize(scratch, end) != baseSize) return 0;
  const made = readSize(sizeEnd, end);
  if (sizeEnd > end) return 0;
  const type = typeOf(base);
  if (type == COMMIT && made > LARGEST_COMMIT) return 0;
  const content = add(type, made);
  if (content == 0 || !applyDelta(sizeEnd, end, base, base + baseSize, content, made)) return 0;
  return content;
}

/** Behind the size read last; behind all where it doesn't end. */
let sizeEnd: usize = 0;

function readSize(at: usize, end: usize): u32 {
  let size: u32 = 0;
  for (let shift: u32 = 0; at < end && shift < 28; shift += 7) {
    const byte: u32 = load<u8>(at++);
    size |= (byte & 0x7f) << shift;
    if (byte < 0x80) {
      sizeEnd = at;
      return size;
    }
  }
  sizeEnd = end + 1;
  return 0xffffffff;
}

/** How many bytes the object at a position of the index has; -1 for WANTED, -2 where it is unusual. Not checked. */
export function objectSize(position: u32): i32 {
  const offset = offsetOf(position);
  const content = lookUp(offset);
  if (content != 0) return sizeOf(content);
  const found = readEntry(offset);
  if (found != 1) return found == WANTED ? -1 : -2;
  if (entryType != OFS_DELTA) return entrySize;
  const size = min<u32>(entrySize, DELTA_HEAD);
  // A size of such bytes never ends: what is not written is seen.
  memory.fill(scratch, 0xff, size);
  // It stops where more comes than there is room for, but what fits is there by then.
  inflate(entryData, entryEnd, scratch, size);
  if (readSize(scratch, scratch + size) == 0xffffffff) return -2;
  const made = readSize(sizeEnd, scratch + size);
  return sizeEnd > scratch + size ? -2 : made;
}

export { sizeOf, typeOf };
