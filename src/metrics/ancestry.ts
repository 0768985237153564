import type { BranchTip } from '../model/history.js';
import type { Scope } from '../model/measurement.js';
import type { Readable } from '../store/readable.js';

const COMMITS = 'SELECT id, DATE(date) FROM scmlog';
const PARENTS = 'SELECT commit_id, parent_id FROM commit_graph';

/** Which commits hold which others, in one project; nothing after a day. */
export class Ancestry {
  /** Days by commit. */
  readonly #days: Map<number, string>;
  readonly #parents = new Map<number, number[]>();
  readonly #reaches = new Map<number, Set<number>>();
  readonly branches: BranchTip[];

  constructor(readable: Readable, scope: Scope, day: string) {
    const all = { ...scope, asOf: null };
    // A branch's tip may be younger than the day: the way down from it is kept, what is counted is not.
    const { rows } = readable.query(all, COMMITS, {});
    this.#days = new Map(
      rows.filter(([, date]) => String(date) <= day).map(([id, date]) => [Number(id), String(date)]),
    );
    for (const [commit, parent] of readable.query(all, PARENTS, {}).rows) {
      const known = this.#parents.get(Number(commit));
      if (known) known.push(Number(parent));
      else this.#parents.set(Number(commit), [Number(parent)]);
    }
    this.branches = readable.branches(scope.project);
  }

  /** A commit and all it descends from, up to the day. */
  reach(commit: number): ReadonlySet<number> {
    const known = this.#reaches.get(commit);
    if (known) return known;
    const met = new Set([commit]);
    for (const one of met) for (const parent of this.#parents.get(one) ?? []) met.add(parent);
    const reach = new Set([...met].filter((one) => this.#days.has(one)));
    this.#reaches.set(commit, reach);
    return reach;
  }

  /** The day of the youngest commit a commit holds; empty: none is within the day. */
  youngest(commit: number): string {
    let youngest = '';
    for (const one of this.reach(commit)) {
      const day = this.#days.get(one) ?? '';
      if (day > youngest) youngest = day;
    }
    return youngest;
  }

  /** Commits that `to` holds and `from` does not. */
  count(from: number, to: number): number {
    const before = this.reach(from);
    let count = 0;
    for (const one of this.reach(to)) if (!before.has(one)) count++;
    return count;
  }

  /** Commits that one holds, of days after this one. */
  countAfter(commit: number, day: string): number {
    let count = 0;
    for (const one of this.reach(commit)) if ((this.#days.get(one) ?? '') > day) count++;
    return count;
  }
}
