import { MOST_PIECES, type NearPack } from '../objects/near-pack.js';
import type { CommitLinks } from './commit-reader.js';
import type { CommitWalk } from './commit-walk.js';

/** What the kernel says besides that it is done: see its assembly/walk.ts. */
const WANTED = -1;
const FULL = -3;
/** So many parents can be handed to the kernel. */
const MOST_PARENTS = 17;

/**
 * As walkCommits, in the kernel. Null where there is no room for it, or something is so unusual that it has to be done elsewhere.
 * `objects`: how many numbers of objects there are. `linksOf` tells of what the kernel can't read.
 */
export function walkNear(
  near: NearPack,
  objects: number,
  tips: readonly number[],
  linksOf: (commit: number) => CommitLinks,
): CommitWalk | null {
  const walk = near.beginWalk(objects);
  if (walk === null) return null;
  const { kernel } = near;

  function supply(object: number): boolean {
    const { parents, time } = linksOf(object);
    if (parents.length > MOST_PARENTS) return false;
    kernel.doubles[kernel.links >> 3] = time;
    kernel.integers.set(parents, kernel.linked >> 2);
    return walk!.walkSupply(object, parents.length) >= 0;
  }

  /** Does a step again until nothing is missing; false where that can't be. */
  function settle(step: () => number): boolean {
    let last = -1;
    let times = 0;
    for (let answer = step(); answer < 0; answer = step()) {
      const object = walk!.walkNeeds.value;
      times = object === last ? times + 1 : 0;
      last = object;
      const isPiece = answer === WANTED && times < MOST_PIECES && near.bring();
      if (!isPiece && (answer === FULL || times >= 2 * MOST_PIECES || !supply(object))) return false;
    }
    return true;
  }

  for (const tip of tips) if (!settle(() => walk.walkMeet(tip))) return null;
  if (!settle(() => walk.walkOn())) return null;
  const count = walk.walkEnd();
  const commits = Array.from(kernel.numbers(walk.walkCommits(), count));
  const starts = kernel.numbers(walk.walkStarts(), count + 1);
  const all = kernel.numbers(walk.walkParents(), starts[count]);
  const parents: number[][] = [];
  for (let i = 0; i < count; i++) {
    const [from, to] = [starts[i], starts[i + 1]];
    if (to === from) parents.push([]);
    else {
      const own = [all[from]];
      for (let k = from + 1; k < to; k++) own.push(all[k]);
      parents.push(own);
    }
  }
  return { commits, parents };
}
