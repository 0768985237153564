import type Database from 'better-sqlite3';
import { HealthError } from '../model/error.js';
import type { HistoryOutline } from '../model/history.js';
import type { ActionRecord, CommitChange } from '../model/record.js';
import { ActionRows } from './action-rows.js';
import { CommitRows } from './commit-rows.js';
import { IdCounter } from './id-counter.js';

export interface LoaderOptions {
  repository: number;
  strict: boolean;
  outline: HistoryOutline;
  /** For each rev of the outline. */
  branches: readonly string[];
  /** Ids of the commits that stay; null: all rows are made anew. */
  known: ReadonlyMap<string, number> | null;
  /** Actions of the stored commits by id, to be written anew in their place among the others; null: they stay. */
  replay: ReadonlyMap<number, ActionRecord[]> | null;
}

/**
 * Writes the commits of an outline that are not stored yet, fed oldest first. Ids go up in that order, the exact reverse
 * of the log's, so parents have smaller ids than their children.
 */
export class Loader {
  /** For each rev of the outline, and each known one below them. */
  readonly ids: Float64Array;
  /** Commits to come. */
  readonly expected: number;
  readonly #outline: HistoryOutline;
  readonly #branches: readonly string[];
  readonly #known: ReadonlyMap<string, number>;
  readonly #replay: ReadonlyMap<number, ActionRecord[]> | null;
  readonly #commits: CommitRows;
  readonly #actions: ActionRows;
  /** In the outline; goes down. */
  #position: number;
  #done = 0;
  #newActions = 0;

  constructor(db: Database.Database, options: LoaderOptions) {
    const { outline, known, repository, strict } = options;
    this.#outline = outline;
    this.#branches = options.branches;
    this.#known = known ?? new Map();
    this.#replay = options.replay;
    this.#commits = new CommitRows(db, repository, strict);
    this.#actions = new ActionRows(db, repository, strict, known !== null && options.replay === null);
    const { revs, below = [] } = outline;
    this.#position = revs.length - 1;
    this.ids = new Float64Array(revs.length + below.length);
    for (const [i, rev] of below.entries()) this.ids[revs.length + i] = this.#knownId(rev);
    const counter = new IdCounter(db, 'scmlog');
    let expected = 0;
    for (let i = this.#position; i >= 0; i -= 1) {
      const id = this.#known.get(revs[i]!);
      this.ids[i] = id ?? counter.next();
      if (id === undefined) expected += 1;
    }
    this.expected = expected;
  }

  get done(): number {
    return this.#done;
  }

  /** Of the commits that came; what was replayed doesn't count. */
  get newActions(): number {
    return this.#newActions;
  }

  get people(): number {
    return this.#commits.people.writer.written;
  }

  get rows(): number {
    return [...this.#commits.writers, ...this.#actions.writers].reduce((sum, writer) => sum + writer.written, 0);
  }

  write(changes: readonly CommitChange[]): void {
    for (const change of changes) {
      this.#passStored();
      const position = this.#position;
      if (this.#outline.revs[position] !== change.commit.rev) {
        throw new HealthError('failed', `commit ${change.commit.rev} came out of order`);
      }
      const id = this.ids[position]!;
      const parents = this.#outline.parents[position]!.map((parent) => this.ids[parent]!);
      this.#commits.write(id, change, parents);
      const before = this.#actions.written;
      this.#actions.write(id, this.#branches[position]!, change.actions);
      this.#newActions += this.#actions.written - before;
      this.#position -= 1;
      this.#done += 1;
    }
  }

  /** Call once, when all commits came. */
  finish(): void {
    this.#passStored();
    if (this.#position >= 0) {
      throw new HealthError('failed', `only ${this.#done} of ${this.expected} commits were read`);
    }
    for (const writer of [...this.#commits.writers, ...this.#actions.writers]) writer.flush();
    this.#actions.save();
  }

  #passStored(): void {
    for (; this.#position >= 0; this.#position -= 1) {
      if (!this.#known.has(this.#outline.revs[this.#position]!)) return;
      const id = this.ids[this.#position]!;
      const records = this.#replay?.get(id);
      if (records) this.#actions.write(id, this.#branches[this.#position]!, records);
    }
  }

  #knownId(rev: string): number {
    const id = this.#known.get(rev);
    if (id === undefined) throw new HealthError('failed', `commit ${rev} is not in the store`);
    return id;
  }
}
