import { inflateSync } from 'node:zlib';
import { inflate, TRUNCATED } from './objects/inflate.js';
import { errnoOf } from './transport-error.js';
import { BadPack } from './transport-pack-table.js';

/** From here on zlib's speed outweighs what it costs to set up. */
const LARGE = 2048;

/**
 * Inflates the entry data at `bytes[at]`, which must be `size` bytes, into `into` from `to` on. Returns where they end in
 * `bytes`; TRUNCATED where `bytes` ends before them. Throws BadPack.
 */
export function inflateEntry(bytes: Uint8Array, at: number, into: Uint8Array, to: number, size: number): number {
  if (size < LARGE) {
    const next = inflate(bytes, at, bytes.length, into, to, size);
    if (next < 0 && next !== TRUNCATED) throw new BadPack('an object in it is damaged');
    return next;
  }
  let result;
  try {
    // `info` makes zlib hand back its engine, which knows how many of the bytes this object took.
    result = inflateSync(bytes.subarray(at), {
      info: true,
      maxOutputLength: size,
      chunkSize: Math.min(size + 64, 1 << 20),
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
  } catch (error) {
    if (errnoOf(error) === 'Z_BUF_ERROR') return TRUNCATED;
    throw new BadPack('an object in it is damaged');
  }
  if (result.buffer.length !== size) throw new BadPack('an object in it has the wrong size');
  into.set(result.buffer, to);
  return at + result.engine.bytesWritten;
}
