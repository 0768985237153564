import { join } from 'node:path';
import { HealthError } from '../model/error.js';
import type { History, HistoryOutline, KnownHistory, LossListener, RefChoice, RefSnapshot } from '../model/history.js';
import type { Mailmap } from '../model/identities.js';
import type { ActionRecord, CommitChange, CommitRecord, RefRecord } from '../model/record.js';
import { CommitReader } from './commits/commit-reader.js';
import { type CommitWalk, walkCommits } from './commits/commit-walk.js';
import { peelToCommit } from './commits/peel.js';
import { walkNear } from './commits/near-walk.js';
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
/** So many new commits are kept from the look at what is new. */
const MOST_FRESH = 1000;

/** A history read straight from a repository's files. What `snapshot` saw first holds until it is closed. */
class GitHistory implements History {
  readonly #path: string;
  readonly #repository: Repository;
  readonly #options: HistoryOptions;
  #opened: Readers | null = null;
  #list: RefList | null = null;
  #snapshot: RefSnapshot | null = null;
  #outline: HistoryOutline | null = null;
  #walked: CommitWalk | null = null;
  /** The trees of the walk's commits, by number; -1: not looked for yet. */
  #trees = new Int32Array(0);
  /** Commits read to see whether they are new, until they are asked for. */
  readonly #fresh = new Map<string, CommitRecord>();
  /** Where in the outline the commit asked for last is. */
  #position = 0;

  constructor(path: string, options: HistoryOptions) {
    this.#path = path;
    this.#repository = openRepository(path, options);
    this.#options = options;
  }

  snapshot(): RefSnapshot {
    return (this.#snapshot ??= readingFiles(this.#path, () => this.#readSnapshot()));
  }

  outline(): HistoryOutline {
    return (this.#outline ??= readingFiles(this.#path, () => this.#readOutline()));
  }

  recent(known: KnownHistory): HistoryOutline | null {
    const snapshot = this.snapshot();
    return readingFiles(this.#path, () => {
      const { objects, commits } = this.#readers;
      const has = new Map<number, boolean>();
      const isStored = (commit: CommitRecord): boolean => {
        const is = known.has(commit);
        if (!is && this.#fresh.size < MOST_FRESH) this.#fresh.set(commit.rev, commit);
        return is;
      };
      const isKnown = (commit: number): boolean => {
        let is = has.get(commit);
        // Most refs stand where they stood: their commits need not be read.
        if (is === undefined) is = known.tips.has(objects.rev(commit)) || isStored(commits.record(commit));
        has.set(commit, is);
        return is;
      };
      const ends = known.ends.map((rev) => objects.findRev(rev));
      const walk = ends.includes(-1)
        ? null
        : walkRecent((commit) => commits.links(commit), this.#tips(snapshot.refs), isKnown, ends);
      if (walk === null) return null;
      const revs = (some: readonly number[]): string[] => some.map((commit) => objects.rev(commit));
      return { ...snapshot, revs: revs(walk.commits), parents: walk.parents, below: revs(walk.below) };
    });
  }

  commit(rev: string): CommitRecord {
    return readingFiles(this.#path, () => {
      const fresh = this.#fresh.get(rev);
      if (fresh !== undefined) {
        this.#fresh.delete(rev);
        return fresh;
      }
      const at = this.#at(rev);
      const { commits } = this.#readers;
      if (at < 0 || this.#walked === null || this.#outline === null) return commits.record(this.#find(rev));
      const { revs, parents } = this.#outline;
      return commits.record(this.#walked.commits[at], {
        rev,
        parents: parents[at].map((parent) => revs[parent]),
      });
    });
  }

  actions(rev: string, lost?: LossListener): ActionRecord[] {
    return this.changes(rev, lost).actions;
  }

  changes(rev: string, lost?: LossListener): Pick<CommitChange, 'actions' | 'lines'> {
    return readingFiles(this.#path, () => {
      const { objects, lines } = this.#readers;
      return objects.losses.during(lost, () => {
        try {
          return this.#compare(rev);
        } catch (error) {
          if (!objects.losses.take(error)) throw error;
          return lines ? { actions: [], lines: null } : { actions: [] };
        }
      });
    });
  }

  mailmap(): Mailmap | null {
    const { refs, head } = this.snapshot();
    const tip = refs.find(({ name }) => name === head)?.commit;
    if (tip === undefined) return null;
    return readingFiles(this.#path, () => {
      const { objects, trees, commits } = this.#readers;
      return mailmapFile(objects, trees, commits.tree(this.#find(tip)));
    });
  }

  close(): void {
    this.#opened?.objects.close();
  }

  /** Made when the first object is asked for: where refs alone tell that nothing is new, no pack is opened. */
  get #readers(): Readers {
    return (this.#opened ??= openReaders(this.#repository, this.#options));
  }

  #compare(rev: string): Pick<CommitChange, 'actions' | 'lines'> {
    const { after, before } = this.#treesOf(rev);
    const { treeDiff, mergeDiff, renames, lines } = this.#readers;
    if (before.length < 2) {
      const changes = treeDiff.changes(before[0] ?? -1, after);
      const actions = renames?.detector.detect(changes) ?? plain(changes);
      return lines ? { actions, lines: lines.count(actions, changes) } : { actions };
    }
    const changes = mergeDiff.changes(after, before);
    const actions = renames?.merges.detect(changes, after, before) ?? plain(changes);
    // As git log, which tells no lines of a merge.
    return lines ? { actions, lines: [0, 0] } : { actions };
  }

  /** A commit's tree and its parents'. */
  #treesOf(rev: string): { after: number; before: number[] } {
    const { objects, commits: reader } = this.#readers;
    objects.release();
    const at = this.#at(rev);
    if (at >= 0 && this.#walked !== null) {
      const walk = this.#walked;
      return { after: this.#treeAt(walk, at), before: walk.parents[at].map((parent) => this.#treeAt(walk, parent)) };
    }
    const commit = this.#find(rev);
    const { parents } = reader.links(commit);
    return { after: reader.tree(commit), before: parents.map((parent) => reader.tree(parent)) };
  }

  #treeAt({ commits }: CommitWalk, at: number): number {
    const trees = this.#trees;
    if (trees[at] < 0) trees[at] = this.#readers.commits.tree(commits[at]);
    return trees[at];
  }

  /** Where in the outline a commit is, when it is the one asked for last or the next older or newer; else -1. */
  #at(rev: string): number {
    if (this.#outline === null) return -1;
    const { revs } = this.#outline;
    let at = this.#position;
    if (revs[at] !== rev) at--;
    if (revs[at] !== rev) at = revs.length - 1;
    if (revs[at] !== rev) return -1;
    this.#position = at;
    return at;
  }

  #refs(): RefList {
    return (this.#list ??= listRefs(this.#repository, (oid, name) => this.#commitOf(oid, name)));
  }

  #readSnapshot(): RefSnapshot {
    const { refs, head, replaced } = this.#refs();
    if (refs.length === 0) {
      throw new HealthError('no-commits', `${this.#path} has no commits on any branch or tag`, {
        hint: 'a repository that was only just made, or whose fetch did not end, has none',
      });
    }
    const chosen = chooseRefs(refs, head, this.#options.refs, (from) => {
      const walk = this.#walk(from);
      return new Set(walk.commits.map((commit) => this.#readers.objects.rev(commit)));
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
    const { objects } = this.#readers;
    this.#walked = walk;
    this.#trees = new Int32Array(walk.commits.length).fill(-1);
    return { ...snapshot, revs: walk.commits.map((commit) => objects.rev(commit)), parents: walk.parents };
  }

  #walk(from: readonly RefRecord[]): CommitWalk {
    const { commits, objects } = this.#readers;
    const tips = this.#tips(from);
    const { near, count } = objects;
    const found = near && commits.isPlain ? walkNear(near, count, tips, (commit) => commits.links(commit)) : null;
    return found ?? walkCommits(commits, tips);
  }

  #tips(refs: readonly RefRecord[]): number[] {
    return this.#refs()
      .tips(refs)
      .map((rev) => {
        const tip = this.#readers.objects.findRev(rev);
        if (tip >= 0) return tip;
        // Known without being read, it may be missing; what of it, and whose, is told by looking now.
        for (const { oid, name, commit } of refs) if (commit === rev) peelToCommit(this.#readers.objects, oid, name);
        return this.#find(rev);
      });
  }

  /** The commit a ref's id leads to; null: to none. */
  #commitOf(oid: string, name: string): string | null {
    const known = this.#options.peeled?.get(oid);
    if (known !== undefined) return known;
    const { objects } = this.#readers;
    const commit = peelToCommit(objects, oid, name);
    return commit < 0 ? null : objects.rev(commit);
  }

  #find(rev: string): number {
    const commit = isOid(rev) ? this.#readers.objects.findRev(rev) : -1;
    if (commit < 0) throw new HealthError('missing-object', `${this.#path} has no commit ${rev}`);
    return commit;
  }
}

type Readers = ReturnType<typeof openReaders>;

/** What reads a repository's objects, and makes changes of them. */
function openReaders(repository: Repository, { renames = true, lines = false }: HistoryOptions) {
  const objects = new ObjectDatabase(join(repository.common, 'objects'), lines === false ? undefined : BLOB_CACHE);
  const trees = new TreeReader(objects);
  const treeDiff = new TreeDiff(trees);
  return {
    objects,
    commits: new CommitReader(objects, repository.grafts),
    trees,
    treeDiff,
    mergeDiff: new MergeDiff(trees, renames),
    lines: lines === false ? null : new CommitLines(objects, lines === 'plain'),
    renames: renames ? renameDetection(objects, treeDiff) : null,
  };
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
  /** Commits by ids of refs that led to them once, and always do: what stands there is not read. */
  peeled?: ReadonlyMap<string, string>;
}

/**
 * Opens the repository at `path`: a work tree, a linked worktree, a git folder or a bare repository. A shallow clone is
 * refused unless `allowShallow` is set; then the history says so in its flags.
 */
export function openHistory(path: string, options: HistoryOptions): History {
  return readingFiles(path, () => new GitHistory(path, options));
}
