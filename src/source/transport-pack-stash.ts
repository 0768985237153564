/** Inflated bytes that are kept between the two looks at a pack, at the most. */
const MOST = 160 << 20;
const CHUNK = 4 << 20;
/** A larger entry is inflated once more when it is needed. */
export const LARGEST = 1 << 20;

/**
 * Keeps inflated entries for the second look at a pack, in chunks that threads can share and that are made as they are
 * needed. A place is one number: the chunk and the position in it.
 */
export class Stash {
  readonly chunks: Uint8Array[] = [];
  #used = CHUNK;

  /** A place for `size` bytes; it counts as taken once `take` was called. -1: there is no room. */
  place(size: number): number {
    if (size > LARGEST) return -1;
    if (this.#used + size > CHUNK) {
      if ((this.chunks.length + 1) * CHUNK > MOST) return -1;
      this.chunks.push(new Uint8Array(new SharedArrayBuffer(CHUNK)));
      this.#used = 0;
    }
    return (this.chunks.length - 1) * CHUNK + this.#used;
  }

  take(size: number): void {
    this.#used += size;
  }
}

export function chunkOf(chunks: readonly Uint8Array[], place: number): Uint8Array {
  return chunks[Math.floor(place / CHUNK)]!;
}

export function positionOf(place: number): number {
  return place % CHUNK;
}
