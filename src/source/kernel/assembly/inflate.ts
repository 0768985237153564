import { adler32 } from './adler';
import {
  codes,
  codeSymbols,
  counts,
  distances,
  distanceSymbols,
  fixedDistances,
  fixedLiterals,
  lengths,
  literals,
  literalSymbols,
  next,
  places,
  ROOM,
  sorted,
} from './layout';

// The inverse of zlib's deflate (RFC 1950, RFC 1951), for streams that lie in memory as a whole.

/** The input ended before the stream did. */
const TRUNCATED: i32 = -1;
/** The stream breaks the format, its checksum, or the size that was promised. */
const DAMAGED: i32 = -2;

/** More than a block's tables take. */
const LOOK_AHEAD: usize = 1024;

// A table entry: bits 0-5 length of the code, as a shift by it takes them, 6-9 number of extra bits, 10-25 value or base,
// 26-27 kind.
const LENGTH: u32 = 63;
const EXTRA: u32 = 6;
const VALUE: u32 = 10;
const COPY: u32 = 1 << 26;
const END: u32 = 2 << 26;
const BAD: u32 = 3 << 26;

/** A length's code and a distance's, with their extra bits. */
const LONGEST_PAIR: u32 = 48;

const LITERALS: u32 = 288;
const DISTANCES: u32 = 32;
const CODES: u32 = 19;

const codeOrder = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** The literal table's bits of the block at hand; the distance table's come from `distanceBits`. */
let literalBits: u32 = 0;
let distanceBits: u32 = 0;
/** The tables are those of a block without its own. */
let isFixed: bool = false;

function copySymbols(table: usize, first: u32, count: u32, base: u32, plain: u32, step: u32): void {
  let value = base;
  for (let i: u32 = 0; i < count; i++) {
    const extra: u32 = i < plain ? 0 : (i - plain) / step + 1;
    store<u32>(table + ((first + i) << 2), COPY | (value << VALUE) | (extra << EXTRA));
    value += 1 << extra;
  }
}

/** Fills what never changes. Call once. */
export function prepareInflate(): void {
  for (let i: u32 = 0; i < LITERALS; i++) store<u32>(literalSymbols + (i << 2), i < 256 ? i << VALUE : BAD);
  store<u32>(literalSymbols + (256 << 2), END);
  copySymbols(literalSymbols, 257, 28, 3, 8, 4);
  store<u32>(literalSymbols + (285 << 2), COPY | (258 << VALUE));
  for (let i: u32 = 0; i < DISTANCES; i++) store<u32>(distanceSymbols + (i << 2), BAD);
  copySymbols(distanceSymbols, 0, 30, 1, 4, 2);
  for (let i: u32 = 0; i < CODES; i++) store<u32>(codeSymbols + (i << 2), i << VALUE);
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  buildTable(lengths, 288, literalSymbols, fixedLiterals);
  memory.fill(lengths, 5, 32);
  buildTable(lengths, 32, distanceSymbols, fixedDistances);
}

/** Counts codes by length into `counts`. Most lengths are 0, mostly many in a row. Looks eight bytes far. */
function countLengths(from: usize, count: u32): void {
  const zero = i64x2.splat(0);
  v128.store(counts, zero);
  v128.store(counts, zero, 16);
  for (let i: u32 = 0; i < count; i += 8) {
    if (load<u64>(from + i) == 0) continue;
    const stop = min<u32>(i + 8, count);
    for (let k = i; k < stop; k++) {
      const slot = counts + ((<usize>load<u8>(from + k)) << 1);
      store<u16>(slot, load<u16>(slot) + 1);
    }
  }
  store<u16>(counts, 0);
}

/** Fills `table` for codes of the given lengths; returns the bits it is looked up by, 0 when no such code can be. */
function buildTable(from: usize, count: u32, symbols: usize, table: usize): u32 {
  countLengths(from, count);
  let bits: u32 = 15;
  while (bits > 1 && load<u16>(counts + (bits << 1)) == 0) bits--;
  let code: u32 = 0;
  let place: u32 = 0;
  for (let length: u32 = 1; length <= bits; length++) {
    const before: u32 = load<u16>(counts + ((length - 1) << 1));
    code = (code + before) << 1;
    place += before;
    store<u32>(next + (length << 2), code);
    store<u32>(places + (length << 2), place);
    if (code + load<u16>(counts + (length << 1)) > (<u32>1) << length) return 0;
  }
  const complete = code + load<u16>(counts + (bits << 1)) == (<u32>1) << bits;
  sortSymbols(from, count, symbols);
  if (complete) fillDoubling(table, bits);
  else fillSparse(table, bits, place + load<u16>(counts + (bits << 1)));
  return bits;
}

/** Table entries into `sorted`, by length and then by symbol. */
function sortSymbols(from: usize, count: u32, symbols: usize): void {
  for (let i: u32 = 0; i < count; i += 8) {
    if (load<u64>(from + i) == 0) continue;
    const stop = min<u32>(i + 8, count);
    for (let k = i; k < stop; k++) {
      const length: u32 = load<u8>(from + k);
      if (length == 0) continue;
      const slot = places + (length << 2);
      const place = load<u32>(slot);
      store<u32>(slot, place + 1);
      store<u32>(sorted + (place << 2), load<u32>(symbols + (k << 2)) | length);
    }
  }
}

/**
 * Where every slot gets an entry: each is written once, at the size the table has for its length, and the table is
 * copied behind itself as lengths grow. Codes count up from their highest bit, which comes first in the stream.
 */
function fillDoubling(table: usize, bits: u32): void {
  let at = sorted;
  let size: u32 = 1;
  let code: u32 = 0;
  for (let length: u32 = 1; length <= bits; length++) {
    double(table, size, size << 1);
    size <<= 1;
    for (let left: u32 = load<u16>(counts + (length << 1)); left > 0; left--, at += 4) {
      store<u32>(table + (code << 2), load<u32>(at));
      const clear = code ^ (size - 1);
      if (clear == 0) return double(table, size, (<u32>1) << bits);
      const bit = (<u32>1) << (31 - clz(clear));
      code = (code & (bit - 1)) | bit;
    }
  }
}

/** Copies a table behind itself until it has `full` slots. Behind less than four, what is written is no matter yet. */
function double(table: usize, size: u32, full: u32): void {
  for (; size < full; size <<= 1) {
    for (let i: usize = 0; i < (<usize>size) << 2; i += 16)
      v128.store(table + ((<usize>size) << 2) + i, v128.load(table + i));
  }
}

/** Where some slots have no code: damaged streams, but for a single distance. */
function fillSparse(table: usize, bits: u32, count: u32): void {
  const size: u32 = 1 << bits;
  for (let slot: u32 = 0; slot < size; slot++) store<u32>(table + (slot << 2), BAD);
  for (let i: u32 = 0; i < count; i++) {
    const entry = load<u32>(sorted + (i << 2));
    const length = entry & LENGTH;
    const place = next + (length << 2);
    const own = load<u32>(place);
    store<u32>(place, own + 1);
    const step: u32 = 1 << length;
    for (let slot = reversed(own, length); slot < size; slot += step) {
      store<u32>(table + (slot << 2), entry);
    }
  }
}

function reversed(code: u32, length: u32): u32 {
  let found: u32 = 0;
  for (let i: u32 = 0; i < length; i++) found |= ((code >> i) & 1) << (length - 1 - i);
  return found;
}

/** Reads a dynamic block's tables. Returns where the reading stands, in bits from `from`; 0: damaged. */
function readTables(from: usize, bit: u32): u32 {
  let at = bit;
  const counted = peek(from, at, 14);
  const literalCount = (counted & 31) + 257;
  const distanceCount = ((counted >>> 5) & 31) + 1;
  const codeCount = ((counted >>> 10) & 15) + 4;
  at += 14;
  if (literalCount > 286 || distanceCount > 30) return 0;
  const zero = i64x2.splat(0);
  for (let i: usize = 0; i < 32; i += 16) v128.store(lengths + i, zero);
  // No more than 57 bits.
  let hold = load<u64>(from + (at >> 3)) >>> (at & 7);
  for (let i: u32 = 0; i < codeCount; i++, hold >>>= 3) store<u8>(lengths + load<u8>(codeOrder + i), <u32>hold & 7);
  at += 3 * codeCount;
  const codeBits = buildTable(lengths, CODES, codeSymbols, codes);
  if (codeBits == 0) return 0;
  const total = literalCount + distanceCount;
  for (let i: usize = 0; i < ROOM; i += 16) v128.store(lengths + i, zero);
  const mask = (1 << codeBits) - 1;
  for (let i: u32 = 0; i < total;) {
    // As long as there are seven bits for a code and seven for what it may need besides.
    hold = load<u64>(from + (at >> 3)) >>> (at & 7);
    let taken: u32 = 0;
    while (taken <= 57 - 14 && i < total) {
      const entry = load<u32>(codes + ((<u32>hold & mask) << 2));
      if (entry >= BAD) return 0;
      hold >>>= entry;
      taken += entry & LENGTH;
      const symbol = entry >>> VALUE;
      if (symbol < 16) {
        store<u8>(lengths + i++, symbol);
        continue;
      }
      const width: u32 = symbol == 16 ? 2 : symbol == 17 ? 3 : 7;
      const repeat = <u32>(symbol == 18 ? 11 : 3) + (<u32>hold & ((1 << width) - 1));
      hold >>>= width;
      taken += width;
      if (i + repeat > total || (symbol == 16 && i == 0)) return 0;
      if (symbol == 16) {
        const before = load<u8>(lengths + i - 1);
        for (let k: u32 = 0; k < repeat; k++) store<u8>(lengths + i + k, before);
      }
      i += repeat;
    }
    at += taken;
  }
  literalBits = buildTable(lengths, literalCount, literalSymbols, literals);
  distanceBits = buildTable(lengths + literalCount, distanceCount, distanceSymbols, distances);
  return literalBits == 0 || distanceBits == 0 ? 0 : at;
}

function peek(from: usize, bit: u32, width: u32): u32 {
  return (load<u32>(from + (bit >> 3)) >>> (bit & 7)) & ((1 << width) - 1);
}

/** Whether what was read is damaged can't be told where some of it may have come from behind the end. */
function broken(pos: usize, end: usize): i32 {
  return pos + LOOK_AHEAD > end ? TRUNCATED : DAMAGED;
}

/**
 * Inflates the zlib stream at `from` to `to`. It must hold exactly `size` bytes; nothing outside `to .. to + size` is
 * written. Returns where the stream ends, or TRUNCATED or DAMAGED
 * (within LOOK_AHEAD of the end the one may be taken for the other). The stream lies before `end`; a few bytes behind that
 * are looked at, but never relied on.
 */
export function inflate(from: usize, end: usize, to: usize, size: usize): i32 {
  if (from + 6 > end) return TRUNCATED;
  const head: u32 = ((<u32>load<u8>(from)) << 8) | load<u8>(from + 1);
  if ((head & 0x0f00) != 0x0800 || head % 31 != 0 || (head & 0x20) != 0) return DAMAGED;
  const start = to;
  const stop = to + size;
  let pos = from + 2;
  let hold: u64 = 0;
  let bits: u32 = 0;
  for (let last: u32 = 0; last == 0;) {
    if (pos - (bits >> 3) > end) return TRUNCATED;
    hold |= load<u64>(pos) << bits;
    pos += (63 - bits) >> 3;
    bits |= 56;
    last = <u32>hold & 1;
    const type = (<u32>hold >>> 1) & 3;
    hold >>>= 3;
    bits -= 3;
    if (type == 3) return broken(pos, end);
    if (type == 0) {
      pos -= bits >> 3;
      hold = 0;
      bits = 0;
      if (pos + 4 > end) return TRUNCATED;
      const length: u32 = load<u16>(pos);
      if ((length ^ load<u16>(pos + 2)) != 0xffff || to + length > stop) return broken(pos, end);
      pos += 4;
      if (pos + length > end) return TRUNCATED;
      memory.copy(to, pos, length);
      pos += length;
      to += length;
      continue;
    }
    if (type == 1) {
      if (!isFixed) {
        literalBits = 9;
        distanceBits = 5;
        memory.copy(literals, fixedLiterals, 4 << 9);
        memory.copy(distances, fixedDistances, 4 << 5);
        isFixed = true;
      }
    } else {
      isFixed = false;
      // Counted in bits from the byte the tables begin in.
      const first = pos - ((bits + 7) >> 3);
      const after = readTables(first, (8 - (bits & 7)) & 7);
      if (after == 0) return broken(first, end);
      const now = first + (after >> 3);
      if (now > end) return TRUNCATED;
      hold = load<u64>(now) >>> (after & 7);
      pos = now + 7;
      bits = 56 - (after & 7);
    }
    const literalMask = (1 << literalBits) - 1;
    const distanceMask = (1 << distanceBits) - 1;
    for (;;) {
      hold |= load<u64>(pos) << bits;
      pos += (63 - bits) >> 3;
      bits |= 56;
      let entry = load<u32>((<u32>hold & literalMask) << 2, literals);
      hold >>>= entry;
      bits -= entry & LENGTH;
      if (entry < COPY) {
        if (to == stop) return broken(pos, end);
        store<u8>(to++, entry >>> VALUE);
        // A second literal fits what is held, and mostly a pair of codes too.
        entry = load<u32>((<u32>hold & literalMask) << 2, literals);
        if (entry < COPY) {
          if (to == stop) return broken(pos, end);
          hold >>>= entry;
          bits -= entry & LENGTH;
          store<u8>(to++, entry >>> VALUE);
          continue;
        }
        if (bits < LONGEST_PAIR) continue;
        hold >>>= entry;
        bits -= entry & LENGTH;
      }
      if (pos - (bits >> 3) > end) return TRUNCATED;
      if (entry >= END) {
        if (entry >= BAD) return broken(pos, end);
        break;
      }
      const lengthExtra = (entry >>> EXTRA) & 15;
      const length: usize = ((entry >>> VALUE) & 0xffff) + (<u32>hold & ((1 << lengthExtra) - 1));
      hold >>>= lengthExtra;
      bits -= lengthExtra;
      const place = load<u32>((<u32>hold & distanceMask) << 2, distances);
      if (place >= BAD) return broken(pos, end);
      hold >>>= place;
      bits -= place & LENGTH;
      const extra = (place >>> EXTRA) & 15;
      const distance: usize = ((place >>> VALUE) & 0xffff) + (<u32>hold & ((1 << extra) - 1));
      hold >>>= extra;
      bits -= extra;
      const until = to + length;
      if (distance > to - start || until > stop) return broken(pos, end);
      if (distance >= 16 && until + 16 <= stop) {
        // Most are no longer than this.
        v128.store(to, v128.load(to - distance));
        for (to += 16; to < until; to += 16) v128.store(to, v128.load(to - distance));
        to = until;
      } else if (distance >= 8 && until + 8 <= stop) {
        for (let source = to - distance; to < until; to += 8, source += 8) store<u64>(to, load<u64>(source));
        to = until;
      } else for (; to < until; to++) store<u8>(to, load<u8>(to - distance));
    }
  }
  pos -= bits >> 3;
  if (pos + 4 > end) return TRUNCATED;
  if (to != stop) return broken(pos, end);
  return bswap<u32>(load<u32>(pos)) == adler32(start, stop) ? <i32>(pos + 4) : broken(pos, end);
}
