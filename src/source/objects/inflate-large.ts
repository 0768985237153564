import { inflateSync } from 'node:zlib';
import { DAMAGED, TRUNCATED } from './inflate.js';

const SMALLEST_CHUNK = 64;
/** From here on a second copy in memory, which zlib makes, weighs more than its speed. */
export const HUGE = 16 << 20;

/** As `inflate`, for streams of many bytes; returns 0 where that tells where the stream ends. */
export function inflateLarge(
  src: Uint8Array,
  from: number,
  end: number,
  dst: Uint8Array,
  at: number,
  size: number,
): number {
  let bytes: Buffer;
  try {
    // One byte more, so that more than was promised shows.
    const most = size + 1;
    bytes = inflateSync(src.subarray(from, end), { chunkSize: Math.max(SMALLEST_CHUNK, most), maxOutputLength: most });
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR' ? TRUNCATED : DAMAGED;
  }
  if (bytes.length !== size) return DAMAGED;
  dst.set(bytes, at);
  return 0;
}
