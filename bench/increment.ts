import { git } from './repositories.js';

/** A repository with its default branch alone, which can go back and forth. */
export interface Rewindable {
  /** How many commits there are at the tip, and how many of them are new to who stood at `rewind`. */
  all: number;
  fresh: number;
  rewind(): void;
  forward(): void;
}

/** Copies the default branch of `path` to `copy`. It goes back to where about one commit in a hundred is new. */
export function rewindable(path: string, copy: string): Rewindable {
  git(path, 'clone', '--quiet', '--bare', '--shared', '--single-branch', '--no-tags', path, copy);
  const branch = git(copy, 'symbolic-ref', 'HEAD');
  const tip = git(copy, 'rev-parse', 'HEAD');
  const count = (range: string): number => Number(git(copy, 'rev-list', '--count', range));
  const all = count(tip);
  const line = git(copy, 'rev-list', '--first-parent', tip).split('\n');
  const freshAt = (i: number): number => count(`${line[i]}..${tip}`);
  // Going down the first parents, ever more is new: a merge brings many at once.
  let [low, high] = [0, line.length - 1];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (freshAt(middle) * 100 < all) low = middle;
    else high = middle;
  }
  const off = (i: number): number => Math.abs(freshAt(i) * 100 - all);
  const at = off(low) < off(high) ? low : high;
  return {
    all,
    fresh: freshAt(at),
    rewind: () => void git(copy, 'update-ref', branch, line[at]!),
    forward: () => void git(copy, 'update-ref', branch, tip),
  };
}
