import type { HistoryOutline, RefSnapshot } from '../model/history.js';
import type { Attribution } from './branch-attribution.js';
import { decorations } from './decorations.js';

/**
 * True when a history's newest part can be loaded for itself: after it every known commit has the branch it has.
 *
 * The outline already says that the log begins with the new commits and goes on as the log did before them (see
 * `History.recent`), so a branch's actions stay in their order and the new ones come last. Branches are attributed in
 * the log's order, from what was found up to a commit and the names of those that follow. Hence known commits keep
 * theirs when
 * - the refs name the same branch for each known commit as before, and HEAD is the same, so that what is named by no ref
 *   falls back to the same name;
 * - and where the log goes on, attribution has come to what it was when the log began there: to nothing (no commit is
 *   new, or none was named yet); or to a single open branch, of the very name that opened that commit's branch before,
 *   where the commit now has no name, or one that is ignored since the branch's tail has the commit as its parent. Then
 *   after the commit that branch is the only one open, with the commit for its tail, this way as that way.
 */
export function keepsBranches(before: RefSnapshot, outline: HistoryOutline, found: Attribution): boolean {
  const { revs, parents, below: [next] = [] } = outline;
  if (next === undefined || before.head !== outline.head) return false;
  const [old, current] = [namer(before), namer(outline)];
  const fresh = new Set(revs);
  const named = [...before.refs, ...outline.refs].map(({ commit }) => commit).filter((rev) => !fresh.has(rev));
  const [only, ...others] = found.open;
  if (only === undefined) return named.every((rev) => old(rev) === current(rev));
  const isIgnored = current(next) === null || parents[only.tail]!.includes(revs.length);
  const isTaken = others.length === 0 && only === found.current && only.name === old(next) && isIgnored;
  return isTaken && named.every((rev) => rev === next || old(rev) === current(rev));
}

/** The branch each commit is named by; null: none. */
function namer({ refs, head }: RefSnapshot): (rev: string) => string | null {
  const decorated = decorations(refs, head);
  return (rev) => decorated.get(rev)?.branch ?? null;
}
