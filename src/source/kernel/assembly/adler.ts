/** Bytes whose sums can't overflow before they are reduced: see zlib's NMAX, in whole pieces of 16. */
const RUN: usize = 5552;
const PRIME: u32 = 65521;

/** Adler-32 of the bytes from `at` up to `end` (RFC 1950). */
export function adler32(at: usize, end: usize): u32 {
  let low: u32 = 1;
  let high: u32 = 0;
  const upper = i16x8(16, 15, 14, 13, 12, 11, 10, 9);
  const lower = i16x8(8, 7, 6, 5, 4, 3, 2, 1);
  while (at + 16 <= end) {
    const stop = at + min<usize>(RUN, (end - at) & ~15);
    const pieces = <u32>((stop - at) >> 4);
    let sums = i32x4.splat(0);
    // What each piece's first sum begins with: it counts sixteen times in the second.
    let before = i32x4.splat(0);
    let weighted = i32x4.splat(0);
    for (; at < stop; at += 16) {
      const bytes = v128.load(at);
      before = i32x4.add(before, sums);
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(bytes)));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(bytes), upper));
      weighted = i32x4.add(weighted, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(bytes), lower));
    }
    high = <u32>((<u64>high + <u64>low * 16 * pieces + <u64>total(before) * 16 + total(weighted)) % PRIME);
    low = (low + total(sums)) % PRIME;
  }
  for (; at < end; at++) {
    low += load<u8>(at);
    high += low;
  }
  return ((high % PRIME) << 16) | (low % PRIME);
}

function total(lanes: v128): u32 {
  return (
    i32x4.extract_lane(lanes, 0) +
    i32x4.extract_lane(lanes, 1) +
    i32x4.extract_lane(lanes, 2) +
    i32x4.extract_lane(lanes, 3)
  );
}
