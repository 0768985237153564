// Git's measure of likeness (diffcore-delta): content is cut after every newline, and after 64 bytes where none comes;
// each piece is hashed into one of BUCKETS, and two files share the bytes of the pieces they have in common.

/** How many values a piece's hash can have. */
export const BUCKETS = 107927;
/** Git looks no further for the NUL that makes a file binary. */
const BINARY_PREFIX = 8000;
const LONGEST = 64;
const CR = 0x0d;
const LF = 0x0a;

/** A file as its pieces: bytes by hash. */
export interface Spans {
  readonly hashes: Uint32Array;
  /** For each hash, the bytes of the pieces that have it. */
  readonly counts: Uint32Array;
}

const counts = new Uint32Array(BUCKETS);
const touched = new Uint32Array(BUCKETS);

function isBinary(bytes: Uint8Array, start: number, end: number): boolean {
  const stop = Math.min(end, start + BINARY_PREFIX);
  for (let i = start; i < stop; i++) if (bytes[i] === 0) return true;
  return false;
}

/**
 * Cuts `bytes[start .. end]`. In a text the CR of a CRLF does not count. As in git before 2.44, what follows the last cut
 * does not count either.
 */
export function cutSpans(bytes: Uint8Array, start: number, end: number): Spans {
  const text = !isBinary(bytes, start, end);
  let found = 0;
  let low = 0;
  let high = 0;
  let length = 0;
  for (let i = start; i < end;) {
    const byte = bytes[i++];
    if (byte === CR && text && i < end && bytes[i] === LF) continue;
    const before = low;
    low = (((low << 7) ^ (high >>> 25)) + byte) | 0;
    high = (high << 7) ^ (before >>> 25);
    length++;
    if (byte !== LF && length < LONGEST) continue;
    const hash = ((low + Math.imul(high, 0x61)) >>> 0) % BUCKETS;
    if (counts[hash] === 0) touched[found++] = hash;
    counts[hash] += length;
    length = low = high = 0;
  }
  const hashes = touched.slice(0, found);
  const sums = new Uint32Array(found);
  for (let k = 0; k < found; k++) {
    sums[k] = counts[hashes[k]];
    counts[hashes[k]] = 0;
  }
  return { hashes, counts: sums };
}
