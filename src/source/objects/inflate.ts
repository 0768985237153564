// The inverse of zlib's deflate (RFC 1950, RFC 1951). Node's own is built for streams: setting one up costs more than
// inflating a typical git object of a few hundred bytes, and a history holds hundreds of thousands of them.

/** The input ended before the stream did. */
export const TRUNCATED = -1;
/** The stream breaks the format, its checksum, or the size that was promised. */
export const DAMAGED = -2;

// A table entry: bits 0-3 length of the code, 4-7 number of extra bits, 8-23 value or base, 24-25 kind.
const COPY = 1 << 24;
const END = 2 << 24;
const BAD = 3 << 24;

const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function copySymbols(into: Int32Array, first: number, count: number, base: number, plain: number, step: number): void {
  let value = base;
  for (let i = 0; i < count; i++) {
    const extra = i < plain ? 0 : Math.floor((i - plain) / step) + 1;
    into[first + i] = COPY | (value << 8) | (extra << 4);
    value += 1 << extra;
  }
}

const literalSymbols = new Int32Array(288).fill(BAD);
const distanceSymbols = new Int32Array(32).fill(BAD);
const codeSymbols = Int32Array.from({ length: 19 }, (_, i) => i << 8);
const reversed = new Uint16Array(1 << 15);
let isPrepared = false;

/** Fills what never changes. Not before it is needed: where the kernel inflates all, that is never. */
function prepare(): void {
  isPrepared = true;
  for (let i = 0; i < 256; i++) literalSymbols[i] = i << 8;
  literalSymbols[256] = END;
  copySymbols(literalSymbols, 257, 28, 3, 8, 4);
  literalSymbols[285] = COPY | (258 << 8);
  copySymbols(distanceSymbols, 0, 30, 1, 4, 2);
  for (let i = 0; i < reversed.length; i++) reversed[i] = (reversed[i >> 1] >> 1) | ((i & 1) << 14);
  lengths.fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280, 288);
  buildTable(lengths, 0, 288, literalSymbols, fixedLiterals);
  lengths.fill(5, 0, 32);
  buildTable(lengths, 0, 32, distanceSymbols, fixedDistances);
}

const counts = new Uint16Array(16);
const next = new Uint16Array(16);

/** Fills `table` for codes of the given lengths; returns the bits it is looked up by, 0 when no such code can be. */
function buildTable(lengths: Uint8Array, from: number, count: number, symbols: Int32Array, table: Int32Array): number {
  counts.fill(0);
  for (let i = 0; i < count; i++) counts[lengths[from + i]]++;
  counts[0] = 0;
  let bits = 15;
  while (bits > 1 && counts[bits] === 0) bits--;
  let code = 0;
  for (let length = 1; length <= bits; length++) {
    code = (code + counts[length - 1]) << 1;
    next[length] = code;
    if (code + counts[length] > 1 << length) return 0;
  }
  const size = 1 << bits;
  if (next[bits] + counts[bits] < size) table.fill(BAD, 0, size);
  for (let i = 0; i < count; i++) {
    const length = lengths[from + i];
    if (length === 0) continue;
    const entry = symbols[i] | length;
    for (let slot = reversed[next[length]++] >> (15 - length); slot < size; slot += 1 << length) table[slot] = entry;
  }
  return bits;
}

const dynamicLiterals = new Int32Array(1 << 15);
const dynamicDistances = new Int32Array(1 << 15);
const codeTable = new Int32Array(1 << 7);
const lengths = new Uint8Array(320);
const fixedLiterals = new Int32Array(1 << 9);
const fixedDistances = new Int32Array(1 << 5);

const codeLengths = new Uint8Array(19);

function adler32(bytes: Uint8Array, from: number, end: number): number {
  let low = 1;
  let high = 0;
  for (let i = from; i < end;) {
    // The longest run whose sums stay below 2 ** 32.
    for (const stop = Math.min(end, i + 5552); i < stop; i++) high += low += bytes[i];
    low %= 65521;
    high %= 65521;
  }
  return ((high << 16) | low) >>> 0;
}

/**
 * Inflates the zlib stream that begins at `src[from]` into `dst` from `at` on. It must hold exactly `size` bytes; nothing
 * outside `dst[at .. at + size]` is written. Returns where in `src` the stream ends, or TRUNCATED or DAMAGED.
 * `src` is used up to `end`.
 */
export function inflate(src: Uint8Array, from: number, end: number, dst: Uint8Array, at: number, size: number): number {
  if (!isPrepared) prepare();
  if (from + 6 > end) return TRUNCATED;
  const head = (src[from] << 8) | src[from + 1];
  if ((head & 0x0f00) !== 0x0800 || head % 31 !== 0 || (head & 0x20) !== 0) return DAMAGED;
  const stop = at + size;
  let pos = from + 2;
  let to = at;
  let hold = 0;
  let bits = 0;
  for (let last = 0; last === 0;) {
    if (bits < 3) {
      if (pos >= end) return TRUNCATED;
      hold |= src[pos++] << bits;
      bits += 8;
    }
    last = hold & 1;
    const type = (hold >>> 1) & 3;
    hold >>>= 3;
    bits -= 3;
    if (type === 0) {
      pos -= bits >> 3;
      hold = bits = 0;
      if (pos + 4 > end) return TRUNCATED;
      const length = src[pos] | (src[pos + 1] << 8);
      if ((length ^ (src[pos + 2] | (src[pos + 3] << 8))) !== 0xffff || to + length > stop) return DAMAGED;
      pos += 4;
      if (pos + length > end) return TRUNCATED;
      for (const until = pos + length; pos < until;) dst[to++] = src[pos++];
      continue;
    }
    if (type === 3) return DAMAGED;
    let literals = fixedLiterals;
    let distances = fixedDistances;
    let literalBits = 9;
    let distanceBits = 5;
    if (type === 2) {
      while (bits < 14) {
        hold |= src[pos++] << bits;
        bits += 8;
      }
      const literalCount = (hold & 31) + 257;
      const distanceCount = ((hold >>> 5) & 31) + 1;
      const codeCount = ((hold >>> 10) & 15) + 4;
      hold >>>= 14;
      bits -= 14;
      if (pos + 4 > end) return TRUNCATED;
      if (literalCount > 286 || distanceCount > 30) return DAMAGED;
      codeLengths.fill(0);
      for (let i = 0; i < codeCount; i++) {
        if (bits < 3) {
          hold |= src[pos++] << bits;
          bits += 8;
        }
        codeLengths[CODE_ORDER[i]] = hold & 7;
        hold >>>= 3;
        bits -= 3;
      }
      if (pos > end) return TRUNCATED;
      const codeBits = buildTable(codeLengths, 0, 19, codeSymbols, codeTable);
      if (codeBits === 0) return DAMAGED;
      const total = literalCount + distanceCount;
      for (let i = 0; i < total;) {
        while (bits < 14) {
          hold |= src[pos++] << bits;
          bits += 8;
        }
        if (pos > end) return TRUNCATED;
        const entry = codeTable[hold & ((1 << codeBits) - 1)];
        if (entry >= BAD) return DAMAGED;
        hold >>>= entry & 15;
        bits -= entry & 15;
        const symbol = entry >> 8;
        if (symbol < 16) {
          lengths[i++] = symbol;
          continue;
        }
        const width = symbol === 16 ? 2 : symbol === 17 ? 3 : 7;
        const repeat = (symbol === 18 ? 11 : 3) + (hold & ((1 << width) - 1));
        hold >>>= width;
        bits -= width;
        if (i + repeat > total || (symbol === 16 && i === 0)) return DAMAGED;
        lengths.fill(symbol === 16 ? lengths[i - 1] : 0, i, i + repeat);
        i += repeat;
      }
      literals = dynamicLiterals;
      distances = dynamicDistances;
      literalBits = buildTable(lengths, 0, literalCount, literalSymbols, literals);
      distanceBits = buildTable(lengths, literalCount, distanceCount, distanceSymbols, distances);
      if (literalBits === 0 || distanceBits === 0) return DAMAGED;
    }
    const literalMask = (1 << literalBits) - 1;
    const distanceMask = (1 << distanceBits) - 1;
    for (;;) {
      if (bits < 15) {
        // The checksum's four bytes follow, so a whole stream never gets here with less than two bytes left.
        if (pos + 2 > end) return TRUNCATED;
        hold |= (src[pos] | (src[pos + 1] << 8)) << bits;
        pos += 2;
        bits += 16;
      }
      const entry = literals[hold & literalMask];
      hold >>>= entry & 15;
      bits -= entry & 15;
      if (entry < COPY) {
        if (to === stop) return DAMAGED;
        dst[to++] = entry >> 8;
        continue;
      }
      if (entry >= END) {
        if (entry >= BAD) return DAMAGED;
        break;
      }
      const lengthExtra = (entry >> 4) & 15;
      if (bits < 15 + lengthExtra) {
        if (pos + 2 > end) return TRUNCATED;
        hold |= src[pos++] << bits;
        bits += 8;
        if (bits < 15 + lengthExtra) {
          hold |= src[pos++] << bits;
          bits += 8;
        }
      }
      const length = ((entry >> 8) & 0xffff) + (hold & ((1 << lengthExtra) - 1));
      hold >>>= lengthExtra;
      bits -= lengthExtra;
      const place = distances[hold & distanceMask];
      if (place >= BAD) return DAMAGED;
      hold >>>= place & 15;
      bits -= place & 15;
      const extra = (place >> 4) & 15;
      if (bits < extra) {
        if (pos + 2 > end) return TRUNCATED;
        hold |= (src[pos] | (src[pos + 1] << 8)) << bits;
        pos += 2;
        bits += 16;
      }
      const distance = ((place >> 8) & 0xffff) + (hold & ((1 << extra) - 1));
      hold >>>= extra;
      bits -= extra;
      let source = to - distance;
      const until = to + length;
      if (source < at || until > stop) return DAMAGED;
      while (to < until) dst[to++] = dst[source++];
    }
  }
  pos -= bits >> 3;
  if (to !== stop) return DAMAGED;
  if (pos + 4 > end) return TRUNCATED;
  const checksum = ((src[pos] << 24) | (src[pos + 1] << 16) | (src[pos + 2] << 8) | src[pos + 3]) >>> 0;
  return checksum === adler32(dst, at, stop) ? pos + 4 : DAMAGED;
}
