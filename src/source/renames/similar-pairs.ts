import { nameText } from '../trees/tree-entry.js';
import type { BlobSpans } from './blob-spans.js';
import { blockEnds } from './blocks.js';
import { type Candidate, Candidates } from './candidates.js';
import { type Destination, pair, type Source } from './pairing.js';
import { MINIMUM, type Similarity } from './similarity.js';

/**
 * Pairs what is similar enough, as git does with what has no exact source: up to four candidates for each destination,
 * best first over all; first each source for one destination only, then, with `copies`, as often as it fits.
 */
export function pairSimilar(
  destinations: readonly Destination[],
  sources: readonly Source[],
  blobs: BlobSpans,
  similarity: Similarity,
  copies = true,
): void {
  const names = new NameNumbers();
  const sourceNames = Int32Array.from(sources, ({ entry }) => names.of(nameText(entry)));
  const files = blobs.list(sources);
  const found: Candidate[] = [];
  const ends = blockEnds(files.sizes, destinations.length);
  const shared = new Candidates();
  const own = ends.length > 1 ? destinations.map(() => new Candidates()) : [];
  let from = 0;
  for (const end of ends) {
    for (const [at, destination] of destinations.entries()) {
      const { entry } = destination;
      const name = names.of(nameText(entry));
      const candidates = own[at] ?? shared;
      similarity.aim(blobs.find(entry));
      if (from === 0) candidates.clear();
      for (let i = from; i < end; i++) {
        candidates.offer(similarity.score(files.blobs[i], files.sizes[i]), sourceNames[i] === name, i);
      }
      if (end === sources.length) candidates.collect(MINIMUM, destination, found);
    }
    from = end;
  }
  similarity.aim(-1);
  // Stable, as git's.
  found.sort((a, b) => b.score - a.score || Number(b.sameName) - Number(a.sameName));
  for (const { destination, source: i } of found) {
    if (destination.source === null && sources[i].uses === 0) pair(destination, sources[i]);
  }
  if (!copies) return;
  for (const { destination, source: i } of found) {
    if (destination.source === null) pair(destination, sources[i]);
  }
}

/** Names as numbers: they are compared for every pair. */
class NameNumbers {
  readonly #numbers = new Map<string, number>();

  of(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) this.#numbers.set(name, (number = this.#numbers.size));
    return number;
  }
}
