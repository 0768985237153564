import { join } from 'node:path';
import { HealthError } from '../model/error.js';
import { CommitReader } from './commits/commit-reader.js';
import { DateQueue } from './commits/date-queue.js';
import { peelToCommit } from './commits/peel.js';
import { ObjectDatabase } from './objects/object-database.js';
import type { RefState } from './transport-refs.js';

/**
 * What to tell a server that is here already: commits from the tips down, newest first, leaving out what must be known
 * to the server because something above it is (git's "consecutive" negotiation). Each commit is named once at most.
 */
export class HaveWalk {
  readonly #objects: ObjectDatabase;
  readonly #reader: CommitReader;
  /** What the server lists: it has these for sure. */
  readonly #listed: ReadonlySet<string>;
  readonly #times: number[] = [];
  readonly #queue = new DateQueue(this.#times);
  readonly #commits: number[] = [];
  readonly #nodes = new Map<number, number>();
  /** The parents of a node: as commits, and, once it has been taken, as nodes. */
  readonly #above: number[][] = [];
  readonly #parents: number[][] = [];
  /** By node; the parents of a common one that has been taken are common, too. */
  readonly #common: boolean[] = [];
  readonly #taken: boolean[] = [];
  /** Nodes in the queue that are not known to be common. */
  #open = 0;
  readonly tips: number;

  /** `shallow`: commits whose parents are missing on both sides. */
  constructor(gitDir: string, local: RefState, remote: RefState, shallow: readonly string[]) {
    this.#objects = new ObjectDatabase(join(gitDir, 'objects'));
    this.#reader = new CommitReader(this.#objects, new Map(shallow.map((rev) => [rev, []])));
    const listed = [...remote.refs.values()].flatMap(({ oid, peeled }) => (peeled === null ? [oid] : [oid, peeled]));
    this.#listed = new Set(listed);
    for (const [name, { oid }] of local.refs) this.#tolerating(() => this.#tip(peelToCommit(this.#objects, oid, name)));
    this.tips = this.#commits.length;
  }

  /** The next commits to name, `count` at most; fewer: there are no more. */
  take(count: number): string[] {
    const revs: string[] = [];
    while (revs.length < count && this.#open > 0) {
      const node = this.#queue.take();
      if (node === undefined) break;
      const rev = this.#objects.rev(this.#commits[node] ?? 0);
      const common = this.#common[node] === true;
      if (!common) this.#open--;
      this.#taken[node] = true;
      this.#tolerating(() => {
        this.#parents[node] = (this.#above[node] ?? []).map((parent) => this.#meet(parent));
      });
      if (common || this.#listed.has(rev)) this.#spread(node);
      if (!common) revs.push(rev);
    }
    return revs;
  }

  /** The server has this one. */
  known(rev: string): void {
    const node = this.#nodes.get(this.#objects.findRev(rev));
    if (node !== undefined) this.#spread(node);
  }

  close(): void {
    this.#objects.close();
  }

  #tip(commit: number): void {
    if (commit >= 0) this.#meet(commit);
  }

  #meet(commit: number): number {
    let node = this.#nodes.get(commit);
    if (node === undefined) {
      const { time, parents } = this.#reader.links(commit);
      node = this.#commits.push(commit) - 1;
      this.#above[node] = parents;
      this.#nodes.set(commit, node);
      this.#times.push(time);
      this.#queue.put(node);
      this.#open++;
    }
    return node;
  }

  /** Makes a node and all that has been met below it common. */
  #spread(from: number): void {
    const stack = [from];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (!this.#common[node] && !this.#taken[node]) this.#open--;
      this.#common[node] = true;
      for (const parent of this.#parents[node] ?? []) if (!this.#common[parent]) stack.push(parent);
    }
  }

  /** What is missing or damaged here is not offered; the fetch may mend it. */
  #tolerating(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof HealthError)) throw error;
    }
  }
}
