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

/**
 * Cuts the file from `at` up to `end`; returns how many different hashes there are. They lie at `spanHashes`, with the
 * bytes of each at `spanCounts`. In a text the CR of a CRLF does not count. As in git before 2.44, what follows the last
 * cut does not count either.
 */
export function cutSpans(at: usize, end: usize): u32 {
  const text = !isBinary(at, end);
  let found: u32 = 0;
  let low: u32 = 0;
  let high: u32 = 0;
  let length: u32 = 0;
  while (at < end) {
    const byte: u32 = load<u8>(at++);
    if (byte == CR && text && at < end && load<u8>(at) == LF) continue;
    const before = low;
    low = ((low << 7) ^ (high >> 25)) + byte;
    high = (high << 7) ^ (before >> 25);
    length++;
    if (byte != LF && length < LONGEST) continue;
    const hash = (low + high * 0x61) % BUCKETS;
    const sum = spanSums + (hash << 2);
    const known = load<u32>(sum);
    if (known == 0) store<u32>(spanHashes + (found++ << 2), hash);
    store<u32>(sum, known + length);
    length = 0;
    low = 0;
    high = 0;
  }
  for (let i: u32 = 0; i < found; i++) {
    const sum = spanSums + (load<u32>(spanHashes + (i << 2)) << 2);
    store<u32>(spanCounts + (i << 2), load<u32>(sum));
    store<u32>(sum, 0);
  }
  return found;
}
