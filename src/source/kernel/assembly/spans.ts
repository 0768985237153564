// Git's measure of likeness (diffcore-delta): content is cut after every newline, and after 64 bytes where none comes;
// each piece is hashed into one of BUCKETS.

import { BUCKETS, spanCounts, spanHashes, spanSums } from './layout';

/** Git looks no further for the NUL that makes a file binary. */
const BINARY_PREFIX: usize = 8000;
const LONGEST: u32 = 64;
const CR: u32 = 0x0d;
const LF: u32 = 0x0a;

function isBinary(at: usize, end: usize): bool {
  const stop = min<usize>(end, at + BINARY_PREFIX);
  const zero = i8x16.splat(0);
  for (; at + 16 <= stop; at += 16) if (v128.any_true(i8x16.eq(v128.load(at), zero))) return true;
  for (; at < stop; at++) if (load<u8>(at) == 0) return true;
  return false;
}

/** Where the piece that begins at `at` ends, at the latest at `end`; 0 where a CR lies in it. May look 16 bytes too far. */
function cutAfter(at: usize, end: usize): usize {
  const newline = i8x16.splat(<i8>LF);
  const back = i8x16.splat(<i8>CR);
  const stop = min<usize>(end, at + LONGEST);
  for (let from = at; from < stop; from += 16) {
    const bytes = v128.load(from);
    const lines = i8x16.bitmask(i8x16.eq(bytes, newline));
    const backs = i8x16.bitmask(i8x16.eq(bytes, back));
    if (lines != 0) return (backs & (lines - 1)) != 0 ? 0 : min<usize>(from + ctz(lines) + 1, stop);
    if (backs != 0) return 0;
  }
  return stop;
}

/**
 * Cuts the file from `at` up to `end`; returns how many different hashes there are. They lie at `spanHashes`, with the
 * bytes of each at `spanCounts`. In a text the CR of a CRLF does not count. As in git before 2.44, what follows the last
 * cut does not count either.
 */
export function cutSpans(at: usize, end: usize): u32 {
  const text = !isBinary(at, end);
  let found: u32 = 0;
  while (at < end) {
    let low: u32 = 0;
    let high: u32 = 0;
    let length: u32 = 0;
    let last: u32 = 0;
    const stop = cutAfter(at, end);
    if (stop != 0) {
      // No byte has to be looked at twice: nearly all pieces are of this kind.
      length = <u32>(stop - at);
      for (; at < stop; at++) {
        last = load<u8>(at);
        const before = low;
        low = ((low << 7) ^ (high >> 25)) + last;
        high = (high << 7) ^ (before >> 25);
      }
    } else {
      while (at < end && last != LF && length < LONGEST) {
        const byte: u32 = load<u8>(at++);
        if (byte == CR && text && at < end && load<u8>(at) == LF) continue;
        last = byte;
        const before = low;
        low = ((low << 7) ^ (high >> 25)) + byte;
        high = (high << 7) ^ (before >> 25);
        length++;
      }
    }
    if (last != LF && length < LONGEST) break;
    const hash = (low + high * 0x61) % BUCKETS;
    const sum = spanSums + (hash << 2);
    const known = load<u32>(sum);
    if (known == 0) store<u32>(spanHashes + (found++ << 2), hash);
    store<u32>(sum, known + length);
  }
  for (let i: u32 = 0; i < found; i++) {
    const sum = spanSums + (load<u32>(spanHashes + (i << 2)) << 2);
    store<u32>(spanCounts + (i << 2), load<u32>(sum));
    store<u32>(sum, 0);
  }
  return found;
}
