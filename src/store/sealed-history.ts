import { isDeepStrictEqual } from 'node:util';
import type Database from 'better-sqlite3';
import type { RefSnapshot } from '../model/history.js';
import type { ProjectSeal } from '../model/manifest.js';
import type { RefKind } from '../model/record.js';
import { CommitGraph } from './commit-reach.js';
import { decorations } from './decorations.js';
import { byName } from './ref-order.js';
import { readProject, readRevs } from './stored-project.js';

/** What a seal's tips hold in this store, where it has moved on since. */
export interface SealedHistory {
  snapshot: RefSnapshot;
  /** Ids of the refs' commits by the refs' names. */
  ids: ReadonlyMap<string, number>;
  /** Reached from the tips. */
  commits: ReadonlySet<number>;
  /** Tags as the store would have written them then. */
  tags: { name: string; commit: number }[];
}

/** How a seal stands to this store. */
export interface SealState {
  /** False: the store has no such project. */
  known: boolean;
  /** Names of refs whose commits are no longer there: what they held can't be measured again. */
  lost: string[];
  /** Null: the store holds just what it held then, or can't tell (`lost`). */
  history: SealedHistory | null;
  /** Commits collected since. */
  newer: number;
}

/** Finds the commits that a sealed run had. */
export function sealState(db: Database.Database, seal: ProjectSeal): SealState {
  const stored = readProject(db, seal.project);
  if (!stored) return { known: false, lost: Object.keys(seal.tips), history: null, newer: 0 };
  const current = Object.fromEntries(stored.snapshot.refs.map(({ name, commit }) => [name, commit]));
  if (isDeepStrictEqual(current, { ...seal.tips }) && stored.snapshot.head === seal.head) {
    return { known: true, lost: [], history: null, newer: 0 };
  }
  const revs = readRevs(db, stored.repository);
  const refs = Object.entries(seal.tips).map(([name, commit]) => ({ name, kind: kindOf(name), oid: commit, commit }));
  const lost = refs.filter(({ commit }) => !revs.has(commit)).map(({ name }) => name);
  if (lost.length > 0) return { known: true, lost, history: null, newer: 0 };
  const ids = new Map(refs.map(({ name, commit }) => [name, revs.get(commit)!]));
  const commits = new CommitGraph(db, stored.repository).reach(ids.values());
  const snapshot = { refs: refs.sort(byName), head: seal.head, flags: stored.snapshot.flags };
  const tags = tagsOf(snapshot, ids, stored.compat === 'strict');
  return { known: true, lost, history: { snapshot, ids, commits, tags }, newer: revs.size - commits.size };
}

function kindOf(name: string): RefKind {
  if (name.startsWith('refs/heads/')) return 'branch';
  return name.startsWith('refs/tags/') ? 'tag' : 'remote';
}

/** Oldest commits first, each commit's tags in printed order; of several, CVSAnalY keeps the first. */
function tagsOf({ refs, head }: RefSnapshot, ids: ReadonlyMap<string, number>, strict: boolean) {
  const decorated = decorations(refs, head);
  const commits = new Map(refs.map(({ name, commit }) => [commit, ids.get(name)!]));
  return [...decorated]
    .map(([rev, { tags }]) => ({ commit: commits.get(rev)!, tags: strict ? tags.slice(0, 1) : tags }))
    .sort((a, b) => a.commit - b.commit)
    .flatMap(({ commit, tags }) => tags.map((name) => ({ name, commit })));
}
