import type { CommitReader } from './commit-reader.js';
import { DateQueue } from './date-queue.js';

/** Commits by number, children before parents. */
export interface CommitWalk {
  commits: number[];
  /** For each commit, its parents as positions in `commits`. */
  parents: number[][];
}

/**
 * All commits the tips reach, in the order of `git log --topo-order` with those tips: first by date as git's limit_list
 * meets them, then as its sort_in_topological_order lays them out (a stack, so a line of work stays together).
 */
export function walkCommits(reader: CommitReader, tips: Iterable<number>): CommitWalk {
  const commits: number[] = [];
  /** First by object, then by node, at the end by position: there may be millions, so each is made once. */
  const parents: number[][] = [];
  const times: number[] = [];
  const nodes = new Nodes();
  const queue = new DateQueue(times);

  function meet(commit: number): number {
    let node = nodes.of(commit);
    if (node < 0) {
      node = commits.push(commit) - 1;
      nodes.set(commit, node);
      const links = reader.links(commit);
      times.push(links.time);
      parents.push(links.parents);
      queue.put(node);
    }
    return node;
  }

  for (const tip of tips) meet(tip);
  const byDate: number[] = [];
  for (let node = queue.take(); node !== undefined; node = queue.take()) {
    byDate.push(node);
    become(parents[node], meet);
  }
  const order = layOut(byDate, parents);
  const position = new Int32Array(order.length);
  order.forEach((node, at) => {
    position[node] = at;
  });
  for (const own of parents) become(own, (node) => position[node]);
  return {
    commits: order.map((node) => commits[node]),
    parents: order.map((node) => parents[node]),
  };
}

/** Nodes by their objects' numbers, which are many and close together. */
class Nodes {
  #nodes = new Int32Array(1 << 16);

  /** -1: none. */
  of(object: number): number {
    return object < this.#nodes.length ? this.#nodes[object] - 1 : -1;
  }

  set(object: number, node: number): void {
    if (object >= this.#nodes.length) {
      const more = new Int32Array(2 * object);
      more.set(this.#nodes);
      this.#nodes = more;
    }
    this.#nodes[object] = node + 1;
  }
}

/** Changes each number in its place. */
function become(numbers: number[], into: (number: number) => number): void {
  for (let i = 0; i < numbers.length; i++) numbers[i] = into(numbers[i]);
}

/** A parent comes when all its children have come; among several, the one freed last. */
function layOut(byDate: readonly number[], parents: readonly (readonly number[])[]): number[] {
  const waiting = new Int32Array(byDate.length);
  for (const node of byDate) for (const parent of parents[node]) waiting[parent]++;
  const stack = byDate.filter((node) => waiting[node] === 0).toReversed();
  const order: number[] = [];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    order.push(node);
    for (const parent of parents[node]) if (--waiting[parent] === 0) stack.push(parent);
  }
  return order;
}
