/** Bytes of spans that many comparisons in a row can go through without reading a blob twice: half of what is kept. */
const BLOCK = 8 << 20;
/** What a blob's spans take, at a guess: eight bytes for each line of some thirty, and a little more. */
const PER_BYTE = 1 / 4;
const PER_BLOB = 256;

/**
 * Cuts a list of blobs that is gone through many times into pieces that fit in memory: to go through each as often as it
 * takes, then through the next, reads every blob once. `sizes`: of the blobs; returns where the pieces end. One piece is
 * enough for a list that is gone through once.
 */
export function blockEnds(sizes: Float64Array, times: number): number[] {
  if (times <= 1) return [sizes.length];
  const ends: number[] = [];
  let bytes = 0;
  for (let i = 0; i < sizes.length; i++) {
    bytes += PER_BLOB + Math.max(0, sizes[i]) * PER_BYTE;
    if (bytes < BLOCK) continue;
    ends.push(i + 1);
    bytes = 0;
  }
  if (ends.at(-1) !== sizes.length) ends.push(sizes.length);
  return ends;
}
