import { inflateSync } from 'node:zlib';
import { inflate } from './objects/inflate.js';
import { BadPack } from './transport-pack-table.js';

/** From here on zlib's speed outweighs what it costs to set up. */
const LARGE = 2048;

/**
 * Inflates the entry data at `pack[at]`, which must be `size` bytes, into `into` from `to` on. Returns where they end in
 * the pack. Throws BadPack.
 */
export function inflateEntry(pack: Uint8Array, at: number, into: Uint8Array, to: number, size: number): number {
  const end = pack.length - 20;
  if (size < LARGE) {
    const next = inflate(pack, at, end, into, to, size);
    if (next < 0) throw new BadPack('an object in it is damaged');
    return next;
  }
  let result;
  try {
    // `info` makes zlib hand back its engine, which knows how much of the pack this object took.
    result = inflateSync(pack.subarray(at, end), {
      info: true,
      maxOutputLength: size,
      chunkSize: Math.min(size + 64, 1 << 20),
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
  } catch {
    throw new BadPack('an object in it is damaged');
  }
  if (result.buffer.length !== size) throw new BadPack('an object in it has the wrong size');
  into.set(result.buffer, to);
  return at + result.engine.bytesWritten;
}
