// Git's measure of likeness (diffcore-delta): content is cut after every newline, and after 64 bytes where none comes;
// each piece is hashed into one of BUCKETS.

import { aimPairs, aimSums, BUCKETS, spanSums } from './layout';

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
 * Git's two numbers for the bytes from `at` up to `stop`, the second in the upper half. Git turns both by seven bits, each
 * taking in what falls out of the other, which is one number of twice the bits turned; then it adds the byte to the lower
 * half, from where nothing may go over to the upper.
 */
function mix(at: usize, stop: usize): u64 {
  const first = at;
  let both: u64 = 0;
  let carried: u64 = 0;
  for (; at + 4 <= stop; at += 4) {
    let turned = rotl<u64>(both, 7);
    both = turned + <u64>load<u8>(at);
    carried |= both ^ turned;
    turned = rotl<u64>(both, 7);
    both = turned + <u64>load<u8>(at, 1);
    carried |= both ^ turned;
    turned = rotl<u64>(both, 7);
    both = turned + <u64>load<u8>(at, 2);
    carried |= both ^ turned;
    turned = rotl<u64>(both, 7);
    both = turned + <u64>load<u8>(at, 3);
    carried |= both ^ turned;
  }
  for (; at < stop; at++) {
    const turned = rotl<u64>(both, 7);
    both = turned + <u64>load<u8>(at);
    carried |= both ^ turned;
  }
  return carried >>> 32 == 0 ? both : mixApart(first, stop);
}

/** The same, where something did go over: once in millions of bytes. */
function mixApart(at: usize, stop: usize): u64 {
  let low: u32 = 0;
  let high: u32 = 0;
  for (; at < stop; at++) {
    const before = low;
    low = ((low << 7) ^ (high >> 25)) + load<u8>(at);
    high = (high << 7) ^ (before >> 25);
  }
  return ((<u64>high) << 32) | low;
}

/**
 * Cuts the file from `at` up to `end`; returns how many different hashes there are. They lie at `to`, each followed by its
 * bytes: no more than the file has bytes, nor than BUCKETS. In a text the CR of a CRLF does not count. As in git before
 * 2.44, what follows the last cut does not count either.
 */
export function cutSpans(at: usize, end: usize, to: usize): u32 {
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
      last = load<u8>(stop - 1);
      const both = mix(at, stop);
      low = <u32>both;
      high = <u32>(both >>> 32);
      at = stop;
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
    if (known == 0) store<u32>(to + (found++ << 3), hash);
    store<u32>(sum, known + length);
  }
  for (let i: u32 = 0; i < found; i++) {
    const sum = spanSums + (load<u32>(to + (i << 3)) << 2);
    store<u32>(to + (i << 3), load<u32>(sum), 4);
    store<u32>(sum, 0);
  }
  return found;
}

let aimed: u32 = 0;

/** Sets the file that others are held against: its pairs of hash and bytes. */
export function aimSpans(at: usize, count: u32): void {
  for (let i: u32 = 0; i < aimed; i++) store<u32>(aimSums + (load<u32>(aimPairs + (i << 3)) << 2), 0);
  aimed = count;
  memory.copy(aimPairs, at, (<usize>count) << 3);
  for (let i: u32 = 0; i < count; i++) {
    store<u32>(aimSums + (load<u32>(aimPairs + (i << 3)) << 2), load<u32>(aimPairs + (i << 3), 4));
  }
}

/** Bytes that a file, as its pairs, has in common with the one aimed at. */
export function commonSpans(at: usize, count: u32): f64 {
  let common: u64 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const here = load<u32>(aimSums + (load<u32>(at + (i << 3)) << 2));
    common += min<u32>(here, load<u32>(at + (i << 3), 4));
  }
  return <f64>common;
}
