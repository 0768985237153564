import type { CommitLinks } from './commit-reader.js';

/** New commits by number, in the order of the log. */
export interface RecentWalk {
  commits: number[];
  /** For each commit, its parents as positions in `commits` and then on in `below`. */
  parents: number[][];
  /** Known commits: first the one with which the log goes on, then others that are parents of new ones. */
  below: number[];
}

/** Commits that have children in the walk wait for them. */
class Waiting {
  readonly #counts = new Map<number, number>();

  count(commit: number): number {
    return this.#counts.get(commit) ?? 0;
  }

  /** Returns how many children a commit waits for after it. */
  add(commit: number, children: 1 | -1): number {
    const count = this.count(commit) + children;
    this.#counts.set(commit, count);
    return count;
  }
}

/**
 * What `walkCommits` would put first, where that is just the new commits and the rest stays in its order; else null.
 * `ends`: the known commits without known children. Nothing below a known commit is read.
 *
 * Why that can be told without the rest: the log is laid out from a stack, which at first holds the childless commits by
 * date, and from which a commit comes when all its children have come. So what is left to come depends on the stack and
 * on what each commit still waits for. Once all new commits have come, the known ones wait for their known children only,
 * as in a history without the new ones. When the first of them is on top, and the stack holds just the ends by date, it
 * is what it was when such a history began to be laid out: no new commit is left, since the one on top of it would be on
 * the stack, and every end is still reached. Childless commits of one date are ordered by their refs; rather than tell
 * how refs stood before, the whole is asked for.
 */
export function walkRecent(
  links: (commit: number) => CommitLinks,
  tips: readonly number[],
  isKnown: (commit: number) => boolean,
  ends: readonly number[],
): RecentWalk | null {
  const fresh = new Map<number, CommitLinks>();
  const waiting = new Waiting();
  const open = tips.filter((tip) => !isKnown(tip));
  for (let commit = open.pop(); commit !== undefined; commit = open.pop()) {
    if (fresh.has(commit)) continue;
    const found = links(commit);
    fresh.set(commit, found);
    for (const parent of found.parents) {
      waiting.add(parent, 1);
      if (!fresh.has(parent) && !isKnown(parent)) open.push(parent);
    }
  }

  const isEnd = new Set(ends);
  const childless = [...new Set(tips)].filter((tip) => (fresh.has(tip) || isEnd.has(tip)) && waiting.count(tip) === 0);
  const times = new Map([...childless, ...ends].map((commit) => [commit, (fresh.get(commit) ?? links(commit)).time]));
  const stack = byDate(childless, times)?.toReversed();
  const rest = byDate(ends, times);
  if (stack === undefined || rest === null) return null;

  const commits: number[] = [];
  for (let top = stack.at(-1); top !== undefined && !isEnd.has(top); top = stack.at(-1)) {
    stack.pop();
    commits.push(top);
    for (const parent of fresh.get(top)?.parents ?? []) {
      if (waiting.add(parent, -1) === 0 && (fresh.has(parent) || isEnd.has(parent))) stack.push(parent);
    }
  }
  const isAsBefore = stack.length === rest.length && stack.toReversed().every((commit, i) => commit === rest[i]);
  return isAsBefore ? placed(commits, fresh, rest.slice(0, 1)) : null;
}

/** The latest first; null where two have one date. */
function byDate(commits: readonly number[], times: ReadonlyMap<number, number>): number[] | null {
  const time = (commit: number): number => times.get(commit) ?? 0;
  const sorted = commits.toSorted((a, b) => time(b) - time(a));
  return sorted.some((commit, i) => i > 0 && time(commit) === time(sorted[i - 1])) ? null : sorted;
}

function placed(commits: number[], fresh: ReadonlyMap<number, CommitLinks>, below: number[]): RecentWalk {
  const places = new Map([...commits, ...below].map((commit, at) => [commit, at]));
  const place = (commit: number): number => {
    let at = places.get(commit);
    if (at === undefined) places.set(commit, (at = commits.length + below.push(commit) - 1));
    return at;
  };
  return { commits, parents: commits.map((commit) => (fresh.get(commit)?.parents ?? []).map(place)), below };
}
