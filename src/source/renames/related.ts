import type { BlobList, BlobSpans } from './blob-spans.js';
import { blockEnds } from './blocks.js';
import type { Destination, Pairing } from './pairing.js';
import { MINIMUM, type Similarity } from './similarity.js';

/**
 * Of the destinations that have no exact source (`left`), those whose pairs bear on the wanted paths: a wanted one; one
 * like a deleted source that a wanted one could come from, or that is wanted itself; one like a deleted source of that
 * one; and so on. The others compete with them for nothing, so pairing only these gives the wanted paths what pairing
 * all would. (Sources that stayed bind nothing together: they can be used any number of times, and are never renamed.)
 */
export function relatedTo(
  wanted: ReadonlySet<string>,
  { sources, destinations }: Pairing,
  left: readonly Destination[],
  blobs: BlobSpans,
  similarity: Similarity,
): Destination[] {
  const gone = sources.filter(({ change }) => change.after === null);
  const here = new Side(blobs.list(left));
  const there = new Side(blobs.list(gone));
  for (const [i, { change }] of left.entries()) if (wanted.has(change.path)) here.reach(i);
  const found = new Set(destinations.filter(({ change }) => wanted.has(change.path)).map(({ source }) => source));
  for (const [i, source] of gone.entries()) if (found.has(source) || wanted.has(source.change.path)) there.reach(i);
  while (here.waiting || there.waiting) {
    here.spread(there, similarity);
    there.spread(here, similarity);
  }
  return left.filter((_, i) => here.reached(i));
}

/** The destinations, or the sources: which of them were reached, and which of those are still to be looked from. */
class Side {
  readonly #files: BlobList;
  readonly #reached: Uint8Array;
  #queue: number[] = [];

  constructor(files: BlobList) {
    this.#files = files;
    this.#reached = new Uint8Array(files.blobs.length);
  }

  get waiting(): boolean {
    return this.#queue.length > 0;
  }

  reached(i: number): boolean {
    return this.#reached[i] === 1;
  }

  reach(i: number): void {
    if (this.#reached[i] === 1) return;
    this.#reached[i] = 1;
    this.#queue.push(i);
  }

  /** Reaches all on the other side that is like something waiting on this one. */
  spread(other: Side, similarity: Similarity): void {
    const { blobs, sizes } = other.#files;
    let from = 0;
    for (const end of blockEnds(sizes, this.#queue.length)) {
      for (const i of this.#queue) {
        similarity.aim(this.#files.blobs[i]);
        for (let j = from; j < end; j++) {
          if (!other.reached(j) && similarity.score(blobs[j], sizes[j]) >= MINIMUM) other.reach(j);
        }
      }
      from = end;
    }
    similarity.aim(-1);
    this.#queue = [];
  }
}
