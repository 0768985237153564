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
 *   new, or none was named yet); or to a single open branch whose tail has that commit as its parent, of the very name
 *   that opened the commit's branch before. Then the commit's own name, if it still has one, is ignored, and after it
 *   that branch is the only one open, with the commit for its tail, this way as that way.
 */
export function keepsBranches(before: RefSnapshot, outline: HistoryOutline, found: Attribution): boolean {
  const { revs, parents, below: [next] = [] } = outline;
  if (next === undefined || before.head !== outline.head) return false;
  const [old, current] = [decorations(before.refs, before.head), decorations(outline.refs, outline.head)];
  const begins = found.open.length === 0;
  if (!begins) {
    const [only, ...others] = found.open;
    const isTaken = others.length === 0 && only === found.current && parents[only!.tail]!.includes(revs.length);
    if (!isTaken || old.get(next)?.branch !== only!.name) return false;
  }
  const fresh = new Set(revs);
  const named = [...old.keys(), ...current.keys()].filter((rev) => !fresh.has(rev) && (begins || rev !== next));
  return named.every((rev) => (old.get(rev)?.branch ?? null) === (current.get(rev)?.branch ?? null));
}
