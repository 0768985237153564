import type { ObjectDatabase } from '../objects/object-database.js';
import type { FileChange } from '../trees/file-change.js';
import { nameText, type TreeEntry } from '../trees/tree-entry.js';
import { BlobSpans } from './blob-spans.js';
import { pairExact } from './exact-pairs.js';
import { type Destination, pair, type Pairing, type Source } from './pairing.js';
import { pairSimilar } from './similar-pairs.js';
import { Similarity } from './similarity.js';

/** Git's diff.renameLimit. */
const LIMIT = 1000;
/** Of 60000: what files of the same name need in common to be paired before all others are looked at. */
const SAME_NAME = 45_000;

/** Finds what a plain `git log` takes for renames (`-M`, its default): deleted paths that came up elsewhere, no copies. */
export class PlainRenames {
  readonly #blobs: BlobSpans;
  readonly #similarity: Similarity;

  constructor(objects: ObjectDatabase) {
    this.#blobs = new BlobSpans(objects);
    this.#similarity = new Similarity(this.#blobs, objects.kernel);
  }

  /** For each renamed path's change, the one of the path it was renamed from. */
  pairs(changes: readonly FileChange[]): Map<FileChange, FileChange> {
    const { sources, destinations } = candidates(changes);
    if (sources.length > 0 && destinations.length > 0) {
      pairExact({ sources, destinations }, false);
      this.#pairNames(sources, destinations);
      const left = destinations.filter(({ source }) => source === null);
      const unused = sources.filter(({ uses }) => uses === 0);
      if (left.length * unused.length <= LIMIT * LIMIT) {
        pairSimilar(left, unused, this.#blobs, this.#similarity, false);
      }
    }
    return new Map(destinations.flatMap(({ change, source }) => (source ? [[change, source.change] as const] : [])));
  }

  /** Where one path is left on either side that has a name, the two are looked at first. */
  #pairNames(sources: readonly Source[], destinations: readonly Destination[]): void {
    const from = onlyOnes(sources.filter(({ uses }) => uses === 0));
    const to = onlyOnes(destinations.filter(({ source }) => source === null));
    for (const [name, source] of from) {
      const destination = to.get(name);
      if (!source || !destination) continue;
      const blob = this.#blobs.find(source.entry);
      this.#similarity.aim(this.#blobs.find(destination.entry));
      const size = blob < 0 ? -1 : this.#blobs.size(blob);
      if (this.#similarity.score(blob, size) >= SAME_NAME) pair(destination, source);
    }
    this.#similarity.aim(-1);
  }
}

function candidates(changes: readonly FileChange[]): Pairing {
  const sources: Source[] = [];
  const destinations: Destination[] = [];
  for (const change of changes) {
    if (change.before === null) {
      if (change.after !== null) destinations.push({ entry: change.after, change, source: null });
    } else if (change.after === null) sources.push({ entry: change.before, change, uses: 0 });
  }
  return { sources, destinations };
}

/** By name, in order; null where several have it. */
function onlyOnes<T extends { entry: TreeEntry }>(items: readonly T[]): Map<string, T | null> {
  const found = new Map<string, T | null>();
  for (const item of items) {
    const name = nameText(item.entry);
    found.set(name, found.has(name) ? null : item);
  }
  return found;
}
