/** A name, an address and a moment, as a commit object carries them for its author and its committer. */
export interface Signature {
  name: string;
  email: string;
  /** Seconds since 1970-01-01 UTC. */
  time: number;
  /** Seconds east of UTC: +0530 is 19800. */
  zone: number;
}

/** One commit object. Texts are decoded: the commit's own encoding header, else UTF-8, else ISO-8859-15. */
export interface CommitRecord {
  /** 40 hexadecimal digits. */
  rev: string;
  /** In the order of the commit object. */
  parents: string[];
  author: Signature;
  committer: Signature;
  /** As the commit object holds it, not yet laid out as CVSAnalY does. */
  message: string;
}

/**
 * One line of `git log --name-status -c` for a commit.
 * `status` is A, M, D, T, R or C; for a merge one such letter for each parent, joined (`MM`, `AM`): git lists
 * a path of a merge only when it differs from every parent.
 */
export interface ActionRecord {
  status: string;
  path: string;
  /** Where a rename or copy came from. */
  from?: string;
  /** Where lines are counted; not for merges, of which git log tells none. */
  lines?: LineCount;
}

/** Lines of a changed file, as `git log --numstat` tells them; null: a content could not be read. */
export type LineCount = readonly [added: number, removed: number] | 'binary' | null;

/** A commit with its actions, in git's printed order. */
export interface CommitChange {
  commit: CommitRecord;
  actions: ActionRecord[];
  /** Where lines are counted: those of all files that are not binary. Null: of some it is not known. */
  lines?: readonly [added: number, removed: number] | null;
}

export type RefKind = 'branch' | 'remote' | 'tag';

export interface RefRecord {
  /** In full: `refs/heads/main`, `refs/remotes/origin/main`, `refs/tags/v1`. */
  name: string;
  kind: RefKind;
  /** What the ref holds: for an annotated tag, the tag object. */
  oid: string;
  /** The commit behind it, tags peeled. */
  commit: string;
}
