import type { FileChange } from '../trees/file-change.js';
import type { TreeEntry } from '../trees/tree-entry.js';

/** A path something may have come from: one that went away, or that was changed in the same commit. */
export interface Source {
  readonly entry: TreeEntry;
  readonly change: FileChange;
  /** How many paths have its content: itself too, where it stayed. */
  uses: number;
}

/** A path that was added. */
export interface Destination {
  readonly entry: TreeEntry;
  readonly change: FileChange;
  /** Where it came from, once that is found. */
  source: Source | null;
}

/** What can be paired among one comparison's changes, in its order. */
export interface Pairing {
  readonly sources: Source[];
  readonly destinations: Destination[];
}

/** Renames and copies: every changed path is a source (git's `-C`), those that stayed as used once already. */
export function pairing(changes: readonly FileChange[]): Pairing {
  const sources: Source[] = [];
  const destinations: Destination[] = [];
  for (const change of changes) {
    if (change.before !== null) sources.push({ entry: change.before, change, uses: change.after === null ? 0 : 1 });
    else if (change.after !== null) destinations.push({ entry: change.after, change, source: null });
  }
  return { sources, destinations };
}

export function pair(destination: Destination, source: Source): void {
  destination.source = source;
  source.uses++;
}
