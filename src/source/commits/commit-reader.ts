import { HealthError } from '../../model/error.js';
import type { CommitRecord } from '../../model/record.js';
import type { ObjectDatabase } from '../objects/object-database.js';
import { ObjectType } from '../objects/object-type.js';
import { afterLinks, commitLinks, commitTime, parseCommit } from './commit-object.js';

/** How a commit hangs together with others; all objects by number. */
export interface CommitLinks {
  /** -1 when the tree is missing. */
  tree: number;
  parents: number[];
  /** Seconds since 1970, as git's walk orders by them. */
  time: number;
}

/** Reads commits, with the parents that grafts and a shallow clone's edge give them. */
export class CommitReader {
  readonly #objects: ObjectDatabase;
  readonly #grafts: ReadonlyMap<string, readonly string[]>;

  constructor(objects: ObjectDatabase, grafts: ReadonlyMap<string, readonly string[]>) {
    this.#objects = objects;
    this.#grafts = grafts;
  }

  links(commit: number): CommitLinks {
    const objects = this.#objects;
    objects.release();
    const { bytes, start, end } = objects.read(commit, ObjectType.commit);
    let tree = -1;
    const grafted = this.#graft(commit);
    let parents: number[] = [];
    const after = commitLinks(bytes, start, end, (oid, parent) => {
      if (parent < 0) tree = objects.find(oid, 0);
      else if (grafted === undefined) {
        const object = this.#parent(objects.find(oid, 0), commit, oid);
        // An empty array makes room for many with its first number; most commits have one parent.
        if (parent === 0) parents = [object];
        else parents.push(object);
      }
    });
    if (after < 0) throw objects.corrupt(commit, 'it does not begin like a commit');
    if (grafted !== undefined) {
      parents = grafted.map((rev) => this.#parent(objects.findRev(rev), commit, Buffer.from(rev, 'hex')));
    }
    return { tree, parents, time: commitTime(bytes, after, end) };
  }

  /** The commit's tree; a HealthError when it is missing. */
  tree(commit: number): number {
    const { tree } = this.links(commit);
    if (tree >= 0) return tree;
    throw new HealthError('missing-object', `the tree of commit ${this.#objects.rev(commit)} is missing`, {
      hint: this.#objects.missingHint(
        'a partial clone without trees (--filter=tree:0) cannot be read; otherwise check with git fsck',
      ),
    });
  }

  /** `known`: rev and parents, where they were read already. */
  record(commit: number, known?: { rev: string; parents: string[] }): CommitRecord {
    const objects = this.#objects;
    objects.release();
    const { bytes, start, end } = objects.read(commit, ObjectType.commit);
    if (known !== undefined) return parseCommit(bytes, afterLinks(bytes, start, end), end, known.rev, known.parents);
    const parents: string[] = [];
    const after = commitLinks(bytes, start, end, (oid, parent) => {
      if (parent >= 0) parents.push(Buffer.from(oid).toString('hex'));
    });
    if (after < 0) throw objects.corrupt(commit, 'it does not begin like a commit');
    return parseCommit(bytes, after, end, objects.rev(commit), this.#graft(commit) ?? parents);
  }

  #graft(commit: number): readonly string[] | undefined {
    return this.#grafts.size === 0 ? undefined : this.#grafts.get(this.#objects.rev(commit));
  }

  #parent(parent: number, child: number, oid: Uint8Array): number {
    if (parent >= 0) return parent;
    const rev = Buffer.from(oid).toString('hex');
    throw new HealthError('missing-object', `commit ${rev}, a parent of ${this.#objects.rev(child)}, is missing`, {
      hint: this.#objects.missingHint('check the repository with git fsck, or delete it and fetch it again'),
    });
  }
}
