import { isDeepStrictEqual } from 'node:util';
import type { RefChoice, RefSnapshot } from '../model/history.js';
import type { RefKind } from '../model/record.js';

type Movement = 'created' | 'deleted' | 'forwarded' | 'forced' | 'changed' | 'renamed' | 'switched';

/** What happened to one ref, to the default branch (`HEAD`), to the choice of refs or to the repository's place. */
export interface RefMove {
  name: string;
  kind: RefKind | 'head' | 'choice' | 'url';
  movement: Movement;
  before: string | null;
  after: string | null;
}

/** What a ledger compares: refs, how they were chosen, and where the repository was. */
interface Standing {
  snapshot: RefSnapshot;
  choice: RefChoice;
  url: string;
}

/** Whether a commit is the tip, or below it. */
type Holds = (tip: string, rev: string) => boolean;

/** What moved between two collects. `holds` tells of the history as the later one found it. */
export function refMoves(before: Standing, after: Standing, holds: Holds): RefMove[] {
  const { snapshot } = after;
  const old = new Map(before.snapshot.refs.map((ref) => [ref.name, ref]));
  const present = new Map(snapshot.refs.map((ref) => [ref.name, ref]));
  const isSameChoice = isDeepStrictEqual(before.choice, after.choice);
  const moves: RefMove[] = [];
  const add = (move: RefMove): number => moves.push(move);
  if (before.url !== after.url) {
    add({ name: '', kind: 'url', movement: 'changed', before: before.url, after: after.url });
  }
  if (!isSameChoice) {
    const [from, to] = [JSON.stringify(before.choice), JSON.stringify(after.choice)];
    add({ name: '', kind: 'choice', movement: 'changed', before: from, after: to });
  }
  if (before.snapshot.head !== snapshot.head) add(headMove(before.snapshot, snapshot, holds));
  for (const { name, kind, commit } of snapshot.refs) {
    const was = old.get(name)?.commit;
    if (was === commit) continue;
    // With other refs chosen, one that comes or goes need not be new or gone.
    if (was === undefined) {
      if (isSameChoice) add({ name, kind, movement: 'created', before: null, after: commit });
      continue;
    }
    const movement = kind === 'tag' ? 'changed' : holds(commit, was) ? 'forwarded' : 'forced';
    add({ name, kind, movement, before: was, after: commit });
  }
  for (const { name, kind, commit } of isSameChoice ? before.snapshot.refs : []) {
    if (!present.has(name)) add({ name, kind, movement: 'deleted', before: commit, after: null });
  }
  return moves;
}

/** A default branch is renamed when its old name is gone and what it held is below the new one. */
function headMove(before: RefSnapshot, { refs, head }: RefSnapshot, holds: Holds): RefMove {
  const was = before.refs.find(({ name }) => name === before.head)?.commit;
  const is = refs.find(({ name }) => name === head)?.commit;
  const isGone = !refs.some(({ name }) => name === before.head);
  const isRenamed = isGone && was !== undefined && is !== undefined && holds(is, was);
  return {
    name: 'HEAD',
    kind: 'head',
    movement: isRenamed ? 'renamed' : 'switched',
    before: before.head,
    after: head,
  };
}
