import { HealthError } from '../../model/error.js';
import type { CommitRecord } from '../../model/record.js';
import { PARENTS } from '../kernel/kernel.js';
import type { ObjectDatabase } from '../objects/object-database.js';
import { OID_BYTES } from '../objects/object-id.js';
import { ObjectType } from '../objects/object-type.js';
import { afterLinks, commitLinks, commitTime, parseCommit } from './commit-object.js';
import { PlainRecords } from './plain-record.js';

/** A commit that is not as git writes them, or doesn't lie where most do. */
const UNUSUAL = -1;

/** How a commit hangs together with others; all objects by number. */
export interface CommitLinks {
  parents: number[];
  /** Seconds since 1970, as git's walk orders by them. */
  time: number;
}

/** Reads commits, with the parents that grafts and a shallow clone's edge give them. */
export class CommitReader {
  readonly #objects: ObjectDatabase;
  readonly #grafts: ReadonlyMap<string, readonly string[]>;
  readonly #plain: PlainRecords;

  constructor(objects: ObjectDatabase, grafts: ReadonlyMap<string, readonly string[]>) {
    this.#objects = objects;
    this.#grafts = grafts;
    this.#plain = new PlainRecords(objects.kernel);
  }

  /** Whether commits have the parents they were made with. */
  get isPlain(): boolean {
    return this.#grafts.size === 0;
  }

  links(commit: number): CommitLinks {
    const count = this.#grafts.size === 0 ? this.#objects.links(commit) : UNUSUAL;
    if (count !== UNUSUAL) return this.#plainLinks(commit, count);
    const objects = this.#objects;
    objects.release();
    const { bytes, start, end } = objects.read(commit, ObjectType.commit);
    const grafted = this.#graft(commit);
    let parents: number[] = [];
    const after = commitLinks(bytes, start, end, (oid, parent) => {
      if (parent >= 0 && grafted === undefined) parents.push(this.#parent(objects.find(oid, 0), commit, oid));
    });
    if (after < 0) throw this.#malformed(commit);
    if (grafted !== undefined) {
      parents = grafted.map((rev) => this.#parent(objects.findRev(rev), commit, Buffer.from(rev, 'hex')));
    }
    return { parents, time: commitTime(bytes, after, end) };
  }

  /** The commit's tree; a HealthError when it is missing. */
  tree(commit: number): number {
    const objects = this.#objects;
    let tree = objects.tree(commit);
    if (tree < 0) {
      const { bytes, start, end } = objects.read(commit, ObjectType.commit);
      const take = (oid: Uint8Array, parent: number): unknown => parent < 0 && (tree = objects.find(oid, 0));
      if (commitLinks(bytes, start, end, take) < 0) throw this.#malformed(commit);
    }
    if (tree >= 0) return tree;
    throw new HealthError('missing-object', `the tree of commit ${objects.rev(commit)} is missing`, {
      hint: objects.missingHint(
        'a partial clone without trees (--filter=tree:0) cannot be read; otherwise check with git fsck',
      ),
    });
  }

  /** `known`: rev and parents, where they were read already. */
  record(commit: number, known?: { rev: string; parents: string[] }): CommitRecord {
    const objects = this.#objects;
    const { commits } = objects;
    const given = known ?? this.#named(commit);
    const said = given !== null && objects.findCommit(commit) ? this.#plain.read(commits.start, commits.end) : null;
    if (given !== null && said !== null) {
      const { author, committer, message } = said;
      return { rev: given.rev, parents: given.parents, author, committer, message };
    }
    objects.release();
    const { bytes, start, end } = objects.read(commit, ObjectType.commit);
    if (known !== undefined) return parseCommit(bytes, afterLinks(bytes, start, end), end, known.rev, known.parents);
    const parents: string[] = [];
    const after = commitLinks(bytes, start, end, (oid, parent) => {
      if (parent >= 0) parents.push(Buffer.from(oid).toString('hex'));
    });
    if (after < 0) throw this.#malformed(commit);
    return parseCommit(bytes, after, end, objects.rev(commit), this.#graft(commit) ?? parents);
  }

  /** Its own id and its parents'; null where it is unusual, or there are grafts. */
  #named(commit: number): { rev: string; parents: string[] } | null {
    const count = this.#grafts.size === 0 ? this.#objects.links(commit) : UNUSUAL;
    if (count === UNUSUAL) return null;
    const { bytes, links } = this.#objects.kernel;
    const parents: string[] = [];
    for (let i = 0; i < count; i++) {
      const at = links + PARENTS + i * OID_BYTES;
      parents.push(bytes.toString('hex', at, at + OID_BYTES));
    }
    return { rev: this.#objects.rev(commit), parents };
  }

  #plainLinks(commit: number, count: number): CommitLinks {
    const objects = this.#objects;
    const { bytes, links, doubles } = objects.kernel;
    const time = doubles[links >> 3];
    if (count === 0) return { parents: [], time };
    const parent = (i: number): number =>
      this.#parent(objects.parent(i), commit, bytes, links + PARENTS + i * OID_BYTES);
    // An empty array makes room for many with its first number; most commits have one parent.
    const parents = [parent(0)];
    for (let i = 1; i < count; i++) parents.push(parent(i));
    return { parents, time };
  }

  #malformed(commit: number): HealthError {
    return this.#objects.corrupt(commit, 'it does not begin like a commit');
  }

  #graft(commit: number): readonly string[] | undefined {
    return this.#grafts.size === 0 ? undefined : this.#grafts.get(this.#objects.rev(commit));
  }

  #parent(parent: number, child: number, oid: Uint8Array, at = 0): number {
    if (parent >= 0) return parent;
    const rev = Buffer.from(oid.subarray(at, at + OID_BYTES)).toString('hex');
    throw new HealthError('missing-object', `commit ${rev}, a parent of ${this.#objects.rev(child)}, is missing`, {
      hint: this.#objects.missingHint('check the repository with git fsck, or delete it and fetch it again'),
    });
  }
}
