// The loops that take most of the time, as WebAssembly: built by `npm run build`, called through ../kernel.ts.
import { prepareCommits } from './commit';
import { prepareInflate } from './inflate';

export { inflate } from './inflate';
export { applyDelta, deltaOutput } from './delta';
export { compareTrees, useChanges } from './changes';
export { skipAgreed, skipEqual } from './tree';
export { aimSpans, commonSpans, cutSpans } from './spans';
export { commitTree, inflateCommit, readCommitLinks, readLinks, readRecord } from './commit';
export {
  findObject,
  objectSize,
  readObject,
  release,
  releaseBlobs,
  sizeOf,
  typeOf,
  useIndex,
  usePieces,
  useRoom,
  wanted,
} from './object';
export {
  walkBegin,
  walkCommits,
  walkEnd,
  walkMeet,
  walkNeeds,
  walkOn,
  walkParents,
  walkRoom,
  walkStarts,
  walkSupply,
} from './walk';
export { linked, links, record } from './layout';

/** Where the caller's own use of the memory may begin. Call it first. */
export function prepare(): usize {
  prepareInflate();
  prepareCommits();
  return __heap_base;
}
