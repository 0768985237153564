// The walk through a history: see source/commits/commit-walk.ts, which it does the same as. Commits are nodes, in the order
// they are met in; objects go by their numbers in the repository, those of the pack from `first` on.

import { readCommitLinks } from './commit';
import { linked, links } from './layout';

/** A piece of the pack is missing; the caller has to say how `walkNeeds` hangs together; there is no room. */
const WANTED: i32 = -1;
const NEEDED: i32 = -2;
const FULL: i32 = -3;
/** What readCommitLinks says for WANTED. */
const WANTED_LINKS: i32 = -2;

let first: u32 = 0;
let packed: u32 = 0;
/** Objects, nodes and parents there is room for. */
let objects: u32 = 0;
let most: u32 = 0;
let mostParents: u32 = 0;

/** By object: its node, one higher than it is. */
let nodes: usize = 0;
// By node: its object, its seconds, where its parents begin; and all parents, first as objects, then as nodes.
let objectOf: usize = 0;
let times: usize = 0;
let starts: usize = 0;
let parents: usize = 0;
let queue: usize = 0;
let byDate: usize = 0;
let waiting: usize = 0;
let stack: usize = 0;
let order: usize = 0;

let count: u32 = 0;
let parentCount: u32 = 0;
let queued: u32 = 0;
let dated: u32 = 0;
/** The node whose parents are being met, and where among all parents the next one is. */
let current: i32 = -1;
let next: u32 = 0;

/** The object whose links the caller has to supply. */
export let walkNeeds: u32 = 0;

/** Bytes of memory for `all` objects. */
export function walkRoom(all: u32): u32 {
  return all * 48 + 64;
}

/** Begins. `room`: as walkRoom tells; the caller clears the first four bytes of it for each object. */
export function walkBegin(room: usize, all: u32, packFirst: u32, packCount: u32): void {
  objects = all;
  most = all;
  mostParents = all + (all >> 1);
  first = packFirst;
  packed = packCount;
  const size = <usize>all * 4;
  nodes = room;
  times = (nodes + size + 7) & ~7;
  objectOf = times + 2 * size;
  starts = objectOf + size;
  parents = starts + size + 4;
  queue = parents + ((<usize>mostParents) << 2);
  byDate = queue + size;
  waiting = byDate + size;
  stack = waiting + size;
  order = stack + size;
  count = 0;
  parentCount = 0;
  queued = 0;
  dated = 0;
  current = -1;
}

function slot(table: usize, at: u32): usize {
  return table + ((<usize>at) << 2);
}

/** Whether a node comes before another: the later first, of equal ones the one met first. */
function isBefore(a: u32, b: u32): bool {
  const later = load<f64>(times + ((<usize>a) << 3)) - load<f64>(times + ((<usize>b) << 3));
  return later > 0 || (later == 0 && a < b);
}

function put(node: u32): void {
  let at = queued++;
  while (at > 0) {
    const up = (at - 1) >> 1;
    const above = load<u32>(slot(queue, up));
    if (isBefore(above, node)) break;
    store<u32>(slot(queue, at), above);
    at = up;
  }
  store<u32>(slot(queue, at), node);
}

function take(): u32 {
  const found = load<u32>(queue);
  const node = load<u32>(slot(queue, --queued));
  let at: u32 = 0;
  for (;;) {
    let down: u32 = 2 * at + 1;
    if (down >= queued) break;
    if (down + 1 < queued && isBefore(load<u32>(slot(queue, down + 1)), load<u32>(slot(queue, down)))) down++;
    const below = load<u32>(slot(queue, down));
    if (isBefore(node, below)) break;
    store<u32>(slot(queue, at), below);
    at = down;
  }
  store<u32>(slot(queue, at), node);
  return found;
}

/** Adds the object's node: its seconds and the parents' numbers lie where readLinks puts the first and `linked` has the others. */
export function walkSupply(object: u32, many: u32): i32 {
  if (object >= objects || count == most || parentCount + many > mostParents) return FULL;
  const node = count++;
  store<u32>(slot(nodes, object), node + 1);
  store<u32>(slot(objectOf, node), object);
  store<f64>(times + ((<usize>node) << 3), load<f64>(links));
  store<u32>(slot(starts, node), parentCount);
  for (let i: u32 = 0; i < many; i++) store<u32>(slot(parents, parentCount++), load<u32>(slot(linked, i)));
  store<u32>(slot(starts, count), parentCount);
  put(node);
  return node;
}

/** The object's node; met for the first time it gets one. */
export function walkMeet(object: u32): i32 {
  if (object >= objects) return FULL;
  const known = load<u32>(slot(nodes, object));
  if (known != 0) return known - 1;
  walkNeeds = object;
  if (object - first >= packed) return NEEDED;
  const many = readCommitLinks(object - first);
  if (many < 0) return many == WANTED_LINKS ? WANTED : NEEDED;
  for (let i: i32 = 0; i < many; i++) {
    const position = load<i32>(slot(linked, i));
    if (position < 0) return NEEDED;
    store<u32>(slot(linked, i), first + position);
  }
  return walkSupply(object, many);
}

/** Goes on after what was met: 0 at the end, else as walkMeet, and is to be called again. */
export function walkOn(): i32 {
  while (current >= 0 || queued > 0) {
    if (current < 0) {
      current = take();
      store<u32>(slot(byDate, dated++), current);
      next = load<u32>(slot(starts, current));
    }
    const end = load<u32>(slot(starts, current + 1));
    for (; next < end; next++) {
      const node = walkMeet(load<u32>(slot(parents, next)));
      if (node < 0) return node;
      store<u32>(slot(parents, next), node);
    }
    current = -1;
  }
  return 0;
}

/**
 * Lays the nodes out: a parent comes when all its children have come; among several, the one freed last. Returns how many there
 * are. Then at walkCommits lie their objects, at walkStarts where the parents of each begin, at walkParents those by place.
 */
export function walkEnd(): u32 {
  memory.fill(waiting, 0, (<usize>count) << 2);
  for (let i: u32 = 0; i < parentCount; i++) {
    const at = slot(waiting, load<u32>(slot(parents, i)));
    store<u32>(at, load<u32>(at) + 1);
  }
  let height: u32 = 0;
  for (let i: u32 = dated; i > 0; i--) {
    const node = load<u32>(slot(byDate, i - 1));
    if (load<u32>(slot(waiting, node)) == 0) store<u32>(slot(stack, height++), node);
  }
  let placed: u32 = 0;
  while (height > 0) {
    const node = load<u32>(slot(stack, --height));
    store<u32>(slot(order, placed++), node);
    const end = load<u32>(slot(starts, node + 1));
    for (let i = load<u32>(slot(starts, node)); i < end; i++) {
      const parent = load<u32>(slot(parents, i));
      const at = slot(waiting, parent);
      const left = load<u32>(at) - 1;
      store<u32>(at, left);
      if (left == 0) store<u32>(slot(stack, height++), parent);
    }
  }
  // What is needed no more gives its room: by date to places, the queue to objects, the stack to starts, times to parents.
  for (let i: u32 = 0; i < placed; i++) store<u32>(slot(byDate, load<u32>(slot(order, i))), i);
  let at: u32 = 0;
  for (let i: u32 = 0; i < placed; i++) {
    const node = load<u32>(slot(order, i));
    store<u32>(slot(queue, i), load<u32>(slot(objectOf, node)));
    store<u32>(slot(stack, i), at);
    const end = load<u32>(slot(starts, node + 1));
    for (let k = load<u32>(slot(starts, node)); k < end; k++) {
      store<u32>(slot(times, at++), load<u32>(slot(byDate, load<u32>(slot(parents, k)))));
    }
  }
  store<u32>(slot(stack, placed), at);
  return placed;
}

export function walkCommits(): usize {
  return queue;
}

export function walkStarts(): usize {
  return stack;
}

export function walkParents(): usize {
  return times;
}
