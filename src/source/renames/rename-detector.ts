import type { ActionRecord } from '../../model/record.js';
import type { ObjectDatabase } from '../objects/object-database.js';
import type { FileChange } from '../trees/file-change.js';
import { BlobSpans } from './blob-spans.js';
import { pairExact } from './exact-pairs.js';
import { pairing, type Pairing } from './pairing.js';
import { relatedTo } from './related.js';
import { pairSimilar } from './similar-pairs.js';
import { Similarity } from './similarity.js';

/** Git's diff.renameLimit: where more pairs than its square would have to be compared, only exact ones are found. */
const LIMIT = 1000;

/**
 * Finds renames and copies among the changes of one comparison: what `git diff-tree -r -M -C --name-status` of git 2.39
 * prints, in its order.
 */
export class RenameDetector {
  readonly #blobs: BlobSpans;
  readonly #similarity: Similarity;
  readonly #limit: number;

  constructor(objects: ObjectDatabase, limit = LIMIT) {
    this.#blobs = new BlobSpans(objects);
    this.#similarity = new Similarity(this.#blobs, objects.kernel);
    this.#limit = limit;
  }

  /** `wanted`: paths of which alone the result must be right; default: all. */
  detect(changes: readonly FileChange[], wanted?: ReadonlySet<string>): ActionRecord[] {
    const added = changes.some(({ before }) => before === null);
    if (!added || changes.every(({ before }) => before === null)) {
      return changes.map(({ status, path }) => ({ status, path }));
    }
    const pairs = pairing(changes);
    this.#pair(pairs, wanted);
    return records(changes, pairs);
  }

  #pair(pairs: Pairing, wanted: ReadonlySet<string> | undefined): void {
    pairExact(pairs);
    const { sources, destinations } = pairs;
    const left = destinations.filter(({ source }) => source === null);
    if (left.length === 0 || left.length * sources.length > this.#limit * this.#limit) return;
    const related = wanted === undefined ? left : relatedTo(wanted, pairs, left, this.#blobs, this.#similarity);
    pairSimilar(related, sources, this.#blobs, this.#similarity);
  }
}

/** What was deleted and has come up elsewhere is no line of its own; the last path it came up at is the rename. */
function records(changes: readonly FileChange[], { sources, destinations }: Pairing): ActionRecord[] {
  const found: ActionRecord[] = [];
  const uses = new Map(sources.map((source) => [source, source.uses]));
  let nextSource = 0;
  let nextDestination = 0;
  for (const { status, path, before } of changes) {
    if (before !== null) {
      const { uses: used } = sources[nextSource++];
      if (status !== 'D' || used === 0) found.push({ status, path });
      continue;
    }
    const { source } = destinations[nextDestination++];
    if (source === null) {
      found.push({ status, path });
      continue;
    }
    const left = (uses.get(source) ?? 0) - 1;
    uses.set(source, left);
    found.push({ status: left > 0 ? 'C' : 'R', path, from: source.change.path });
  }
  return found;
}
