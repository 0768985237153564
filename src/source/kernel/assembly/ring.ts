// The pack's objects inflated last. Each kind lies in a ring of its own, one content behind the other; a table finds them by
// the offsets of their entries. The oldest go where a new one needs their room.

import { rings } from './layout';

export const COMMITS: u32 = 0;
export const TREES: u32 = 1;
export const BLOBS: u32 = 2;

// Before each content: its entry's offset (0: it is found no more), its size and type, the bytes of it all, and how many
// had been written to its ring before it.
const OFFSET: usize = 0;
const SIZE: usize = 4;
const TYPE: usize = 8;
const WHOLE: usize = 12;
const STAMP: usize = 16;
const HEAD: usize = 24;

// Of a ring: where it begins, its bytes, where the next content goes, where the oldest lies, bytes in use, bytes ever
// written, and of them when all that had been handed out was released.
const BEGIN: usize = 0;
const ROOM: usize = 4;
const NEXT: usize = 8;
const OLDEST: usize = 12;
const USED: usize = 16;
const WRITTEN: usize = 24;
const RELEASED: usize = 32;
const RING: usize = 48;

/** Contents begin at multiples of it, so that what is left at a ring's end has room for a head. */
const STEP: usize = 32;
/** Past each content come a blank and a NUL: see source/objects/object-cache.ts. */
const GUARD: usize = 2;

let table: usize = 0;
let mask: u32 = 0;
let entries: u32 = 0;

/** `bits`: of the number of the table's slots, each of eight bytes; it must be empty. */
export function useTable(at: usize, bits: u32): void {
  table = at;
  mask = (1 << bits) - 1;
  entries = 0;
}

/** `room`: bytes, a multiple of STEP, behind which some may be looked at. */
export function useRing(kind: u32, begin: usize, room: usize): void {
  const ring = rings + <usize>kind * RING;
  memory.fill(ring, 0, RING);
  store<usize>(ring, begin, BEGIN);
  store<usize>(ring, room, ROOM);
  store<usize>(ring, begin, NEXT);
  store<usize>(ring, begin, OLDEST);
}

/** Nothing of this kind that was handed out so far is looked at again. */
export function releaseRing(kind: u32): void {
  const ring = rings + <usize>kind * RING;
  store<u64>(ring, load<u64>(ring, WRITTEN), RELEASED);
}

export function sizeOf(content: usize): u32 {
  return load<u32>(content - HEAD, SIZE);
}

export function typeOf(content: usize): u32 {
  return load<u32>(content - HEAD, TYPE);
}

function kindOf(type: u32): u32 {
  return type == 1 ? COMMITS : type == 3 ? BLOBS : TREES;
}

/** What lies together in the pack, and is mostly asked for together, gets slots of one line of the processor's cache. */
function slotOf(offset: u32): u32 {
  return ((((offset >>> 9) * 0x9e3779b1) >>> 8) ^ (offset >>> 6)) & mask;
}

/** The content of the entry at `offset`, or 0. It stays while no more than a quarter of its ring is written. */
export function lookUp(offset: u32): usize {
  let slot = slotOf(offset);
  for (let found = load<u32>(table + (slot << 3)); found != offset; found = load<u32>(table + (slot << 3))) {
    if (found == 0) return 0;
    slot = (slot + 1) & mask;
  }
  return kept(load<usize>(table + (slot << 3), 4));
}

/** What is about to go, and is asked for again, is written anew; 0 where that can't be now. */
function kept(content: usize): usize {
  const head = content - HEAD;
  const ring = rings + <usize>kindOf(load<u32>(head, TYPE)) * RING;
  const room = <u64>load<usize>(ring, ROOM);
  const age = load<u64>(ring, WRITTEN) - load<u64>(head, STAMP);
  if (age <= room - (room >> 2)) return content;
  // It would have to go for itself.
  if (age + 2 * <u64>load<usize>(head, WHOLE) > room) return 0;
  const size = load<u32>(head, SIZE);
  const offset = load<u32>(head, OFFSET);
  const again = add(load<u32>(head, TYPE), size);
  if (again == 0) return 0;
  memory.copy(again, content, size);
  keep(again, offset);
  return again;
}

/**
 * Makes room for `size` bytes. 0 where so much has been handed out since the last release that something of it might have
 * to go; commits are never held for so long.
 */
export function add(type: u32, size: u32): usize {
  const kind = kindOf(type);
  const ring = rings + <usize>kind * RING;
  const room: usize = load<usize>(ring, ROOM);
  if (<usize>size >= room) return 0;
  const whole = (HEAD + size + GUARD + STEP - 1) & ~(STEP - 1);
  let next: usize = load<usize>(ring, NEXT);
  const end = load<usize>(ring, BEGIN) + room;
  const left = end - next;
  const passed = left < whole ? left : 0;
  const written = load<u64>(ring, WRITTEN);
  const since: u64 = kind == COMMITS ? 0 : written - load<u64>(ring, RELEASED);
  if (since + passed + whole > room >> 2) return 0;
  while (room - load<usize>(ring, USED) < passed + whole) dropOldest(ring);
  if (passed > 0) {
    store<u32>(next, 0, OFFSET);
    store<usize>(next, passed, WHOLE);
    next = load<usize>(ring, BEGIN);
  }
  store<u32>(next, 0, OFFSET);
  store<u32>(next, size, SIZE);
  store<u32>(next, type, TYPE);
  store<usize>(next, whole, WHOLE);
  store<u64>(next, written + passed, STAMP);
  store<usize>(ring, next + whole == end ? load<usize>(ring, BEGIN) : next + whole, NEXT);
  store<usize>(ring, load<usize>(ring, USED) + passed + whole, USED);
  store<u64>(ring, written + passed + whole, WRITTEN);
  const content = next + HEAD;
  store<u16>(content + size, 0x0020);
  return content;
}

/** Has a content that is complete be found from now on. A table that fills up takes no more: then it is read again. */
export function keep(content: usize, offset: u32): void {
  let slot = slotOf(offset);
  for (; load<u32>(table + (slot << 3)) != 0; slot = (slot + 1) & mask) {
    if (load<u32>(table + (slot << 3)) != offset) continue;
    store<usize>(table + (slot << 3), content, 4);
    store<u32>(content - HEAD, offset, OFFSET);
    return;
  }
  if (entries > mask >> 1) return;
  entries++;
  store<u32>(table + (slot << 3), offset);
  store<usize>(table + (slot << 3), content, 4);
  store<u32>(content - HEAD, offset, OFFSET);
}

function dropOldest(ring: usize): void {
  const head: usize = load<usize>(ring, OLDEST);
  const whole = load<usize>(head, WHOLE);
  const offset = load<u32>(head, OFFSET);
  if (offset != 0) forget(offset, head + HEAD);
  const after = head + whole;
  const begin: usize = load<usize>(ring, BEGIN);
  store<usize>(ring, after == begin + load<usize>(ring, ROOM) ? begin : after, OLDEST);
  store<usize>(ring, load<usize>(ring, USED) - whole, USED);
}

/** Takes an entry out of the table, unless it is found elsewhere by now, and closes the gap. */
function forget(offset: u32, content: usize): void {
  let slot = slotOf(offset);
  for (; load<u32>(table + (slot << 3)) != offset; slot = (slot + 1) & mask) {
    if (load<u32>(table + (slot << 3)) == 0) return;
  }
  if (load<usize>(table + (slot << 3), 4) != content) return;
  entries--;
  for (let other = slot; ;) {
    other = (other + 1) & mask;
    const held = load<u32>(table + (other << 3));
    if (held == 0) break;
    if (((other - slotOf(held)) & mask) < ((other - slot) & mask)) continue;
    store<u64>(table + (slot << 3), load<u64>(table + (other << 3)));
    slot = other;
  }
  store<u64>(table + (slot << 3), 0);
}
