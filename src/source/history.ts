import { join } from 'node:path';
import { HealthError } from '../model/error.js';
import type { History, HistoryOutline, KnownHistory, LossListener, RefChoice, RefSnapshot } from '../model/history.js';
import type { Mailmap } from '../model/identities.js';
import type { ActionRecord, CommitChange, CommitRecord, RefRecord } from '../model/record.js';
import { CommitReader } from './commits/commit-reader.js';
import { type CommitWalk, walkCommits } from './commits/commit-walk.js';
import { walkRecent } from './commits/recent-walk.js';
import { ObjectDatabase } from './objects/object-database.js';
import { isOid } from './objects/object-id.js';
import { chooseRefs } from './refs/ref-choice.js';
import { listRefs, type RefList } from './refs/ref-list.js';
import { CommitLines } from './lines/commit-lines.js';
import { mailmapFile } from './mailmap-file.js';
import { MergeRenames } from './renames/merge-renames.js';
import { RenameDetector } from './renames/rename-detector.js';
import { openRepository, type Repository } from './repository.js';
import { readingFiles } from './system-error.js';
import type { FileChange, MergeChange } from './trees/file-change.js';
import { MergeDiff } from './trees/merge-diff.js';
import { TreeDiff } from './trees/tree-diff.js';
import { TreeReader } from './trees/tree-reader.js';

/** Bytes of blobs kept where each is read for its lines: the versions of a file are deltas of one another. */
const BLOB_CACHE = 96 << 20;

/** Where commits are and what they stand on, by position. */
interface Layout {
  readonly revs: readonly string[];
  /** Positions in `revs`; there are none for the known commits below a newest part. */
  readonly parents: readonly (readonly number[])[];
  /** Numbers of objects, of commits and their trees; -1: not looked for yet. */
  readonly commits: Int32Array;
  readonly trees: Int32Array;
}

/** Where a walk through all commits begins. */
export interface WalkStart {
  snapshot: RefSnapshot;
  /** Revs of commits, in the order git takes them up. */
  tips: readonly string[];
}

/** A history that several readers may share. */
export interface OpenHistory extends History {
  /** Lets another reader walk as this one does, whatever becomes of the refs. */
  start(): WalkStart;
  /** Goes by an outline of this repository that another reader made: of the whole history, or its newest part. */
  adopt(outline: HistoryOutline): void;
  /** Where in the outline the commits asked for next begin: those asked for one after the other are found soonest. */
  seek(position: number): void;
  /** How many objects its packs have, at least. */
  size(): number;
}

/** A history read straight from a repository's files. What `snapshot` saw first holds until it is closed. */
class GitHistory implements OpenHistory {
  readonly #path: string;
  readonly #repository: Repository;
  readonly #choice: RefChoice;
  readonly #start: WalkStart | null;
  readonly #objects: ObjectDatabase;
  readonly #commits: CommitReader;
  readonly #treeReader: TreeReader;
  readonly #treeDiff: TreeDiff;
  readonly #mergeDiff: MergeDiff;
  readonly #lines: CommitLines | null;
  readonly #renames: { detector: RenameDetector; merges: MergeRenames } | null;
  #list: RefList | null = null;
  #snapshot: RefSnapshot | null = null;
  #outline: HistoryOutline | null = null;
  #layout: Layout | null = null;
  /** Where in the outline the commit asked for last is. */
  #position = 0;

  constructor(path: string, repository: Repository, options: HistoryOptions) {
    const { refs, renames = true, lines = false, start = null } = options;
    this.#path = path;
    this.#repository = repository;
    this.#choice = refs;
    this.#start = start;
    this.#snapshot = start?.snapshot ?? null;
    this.#objects = new ObjectDatabase(join(repository.common, 'objects'), lines !== false ? BLOB_CACHE : undefined);
    this.#commits = new CommitReader(this.#objects, repository.grafts);
    this.#treeReader = new TreeReader(this.#objects);
    this.#treeDiff = new TreeDiff(this.#treeReader);
    this.#mergeDiff = new MergeDiff(this.#treeReader, renames);
    this.#lines = lines === false ? null : new CommitLines(this.#objects, lines === 'plain');
    this.#renames = renames ? renameDetection(this.#objects, this.#treeDiff) : null;
  }

  snapshot(): RefSnapshot {
    return (this.#snapshot ??= readingFiles(this.#path, () => this.#readSnapshot()));
  }

  outline(): HistoryOutline {
    return (this.#outline ??= readingFiles(this.#path, () => this.#readOutline()));
  }

  recent(known: KnownHistory): HistoryOutline | null {
    const snapshot = this.snapshot();
    const has = new Map<number, boolean>();
    const isKnown = (commit: number): boolean => {
      let is = has.get(commit);
      if (is === undefined) has.set(commit, (is = known.has(this.#commits.record(commit))));
      return is;
    };
    return readingFiles(this.#path, () => {
      const ends = known.ends.map((rev) => this.#objects.findRev(rev));
      const walk = ends.includes(-1)
        ? null
        : walkRecent((commit) => this.#commits.links(commit), this.#tips(snapshot.refs), isKnown, ends);
      if (walk === null) return null;
      const revs = (commits: readonly number[]): string[] => commits.map((commit) => this.#objects.rev(commit));
      return { ...snapshot, revs: revs(walk.commits), parents: walk.parents, below: revs(walk.below) };
    });
  }

  start(): WalkStart {
    const snapshot = this.snapshot();
    return { snapshot, tips: this.#tipRevs(snapshot.refs) };
  }

  size(): number {
    return this.#objects.count;
  }

  adopt(outline: HistoryOutline): void {
    const revs = outline.below === undefined ? outline.revs : [...outline.revs, ...outline.below];
    const unread = () => new Int32Array(revs.length).fill(-1);
    this.#layout = { revs, parents: outline.parents, commits: unread(), trees: unread() };
    this.#position = 0;
  }

  seek(position: number): void {
    this.#position = position;
  }

  commit(rev: string): CommitRecord {
    return readingFiles(this.#path, () => {
      const at = this.#at(rev);
      if (at < 0 || this.#layout === null) return this.#commits.record(this.#find(rev));
      const { revs, parents } = this.#layout;
      return this.#commits.record(this.#commitAt(this.#layout, at), {
        rev,
        parents: parents[at].map((parent) => revs[parent]),
      });
    });
  }

  actions(rev: string, lost?: LossListener): ActionRecord[] {
    return this.changes(rev, lost).actions;
  }

  changes(rev: string, lost?: LossListener): Pick<CommitChange, 'actions' | 'lines'> {
    const { losses } = this.#objects;
    return readingFiles(this.#path, () =>
      losses.during(lost, () => {
        try {
          return this.#compare(rev);
        } catch (error) {
          if (!losses.take(error)) throw error;
          return this.#lines ? { actions: [], lines: null } : { actions: [] };
        }
      }),
    );
  }

  mailmap(): Mailmap | null {
    const { refs, head } = this.snapshot();
    const tip = refs.find(({ name }) => name === head)?.commit;
    if (tip === undefined) return null;
    return readingFiles(this.#path, () =>
      mailmapFile(this.#objects, this.#treeReader, this.#commits.tree(this.#find(tip))),
    );
  }

  close(): void {
    this.#objects.close();
  }

  #compare(rev: string): Pick<CommitChange, 'actions' | 'lines'> {
    const { after, before } = this.#treesOf(rev);
    if (before.length < 2) {
      const changes = this.#treeDiff.changes(before[0] ?? -1, after);
      const actions = this.#renames?.detector.detect(changes) ?? plain(changes);
      return this.#lines ? { actions, lines: this.#lines.count(actions, changes) } : { actions };
    }
    const changes = this.#mergeDiff.changes(after, before);
    const actions = this.#renames?.merges.detect(changes, after, before) ?? plain(changes);
    // As git log, which tells no lines of a merge.
    return this.#lines ? { actions, lines: [0, 0] } : { actions };
  }

  /** A commit's tree and its parents'. */
  #treesOf(rev: string): { after: number; before: number[] } {
    this.#objects.release();
    const at = this.#at(rev);
    if (at >= 0 && this.#layout !== null) {
      const layout = this.#layout;
      return {
        after: this.#treeAt(layout, at),
        before: layout.parents[at].map((parent) => this.#treeAt(layout, parent)),
      };
    }
    const commit = this.#find(rev);
    const { parents } = this.#commits.links(commit);
    return { after: this.#commits.tree(commit), before: parents.map((parent) => this.#commits.tree(parent)) };
  }

  #commitAt({ revs, commits }: Layout, at: number): number {
    if (commits[at] < 0) commits[at] = this.#find(revs[at]);
    return commits[at];
  }

  #treeAt(layout: Layout, at: number): number {
    const { trees } = layout;
    if (trees[at] < 0) trees[at] = this.#commits.tree(this.#commitAt(layout, at));
    return trees[at];
  }

  /** Where in the layout a commit is, when it is the one asked for last or the next older or newer; else -1. */
  #at(rev: string): number {
    if (this.#layout === null) return -1;
    const { revs } = this.#layout;
    for (const at of [this.#position, this.#position - 1, revs.length - 1]) {
      if (revs[at] !== rev) continue;
      this.#position = at;
      return at;
    }
    return -1;
  }

  #refs(): RefList {
    return (this.#list ??= listRefs(this.#repository, this.#objects));
  }

  #readSnapshot(): RefSnapshot {
    const { refs, head, replaced } = this.#refs();
    if (refs.length === 0) {
      throw new HealthError('no-commits', `${this.#path} has no commits on any branch or tag`, {
        hint: 'a repository that was only just made, or whose fetch did not end, has none',
      });
    }
    const chosen = chooseRefs(refs, head, this.#choice, (from) => {
      const walk = this.#walk(from);
      return new Set(walk.commits.map((commit) => this.#objects.rev(commit)));
    });
    return {
      refs: chosen,
      head: chosen.some((ref) => ref.name === head) ? head : null,
      flags: [...this.#repository.flags, ...(replaced ? ['replaced' as const] : [])],
    };
  }

  #readOutline(): HistoryOutline {
    const snapshot = this.snapshot();
    const walk = this.#walk(snapshot.refs);
    const revs = walk.commits.map((commit) => this.#objects.rev(commit));
    const { parents } = walk;
    const trees = new Int32Array(revs.length).fill(-1);
    this.#layout = { revs, parents, commits: Int32Array.from(walk.commits), trees };
    return { ...snapshot, revs, parents };
  }

  #walk(from: readonly RefRecord[]): CommitWalk {
    return walkCommits(this.#commits, this.#tips(from));
  }

  #tips(refs: readonly RefRecord[]): number[] {
    return this.#tipRevs(refs).map((rev) => this.#objects.findRev(rev));
  }

  #tipRevs(refs: readonly RefRecord[]): readonly string[] {
    return this.#start?.snapshot.refs === refs ? this.#start.tips : this.#refs().tips(refs);
  }

  #find(rev: string): number {
    const commit = isOid(rev) ? this.#objects.findRev(rev) : -1;
    if (commit < 0) throw new HealthError('missing-object', `${this.#path} has no commit ${rev}`);
    return commit;
  }
}

function renameDetection(objects: ObjectDatabase, treeDiff: TreeDiff) {
  const detector = new RenameDetector(objects);
  return { detector, merges: new MergeRenames(treeDiff, detector) };
}

function plain(changes: readonly (FileChange | MergeChange)[]): ActionRecord[] {
  return changes.map(({ status, path }) => ({ status, path }));
}

export interface HistoryOptions {
  refs: RefChoice;
  allowShallow?: boolean;
  /** Whether actions tell renames and copies (git's `-M -C`); default: true. Without, they are a D and an A, and an A. */
  renames?: boolean;
  /**
   * Whether the actions of all but merges tell their lines, and a commit's in all; default: false. `plain`: the latter go
   * by the renames of a plain `git log` (`-M`), whatever the actions tell.
   */
  lines?: boolean | 'plain';
  /** Another reader's; default: where the refs stand. */
  start?: WalkStart;
}

/**
 * Opens the repository at `path`: a work tree, a linked worktree, a git folder or a bare repository. A shallow clone is
 * refused unless `allowShallow` is set; then the history says so in its flags.
 */
export function openHistory(path: string, options: HistoryOptions): OpenHistory {
  return readingFiles(path, () => new GitHistory(path, openRepository(path, options), options));
}
