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
  /** Ids of the commits that are there already. */
  stored: ReadonlyMap<string, number>;
  /** Actions of the stored commits by id, to be written anew in their place among the others; null: they stay. */
  replay: ReadonlyMap<number, ActionRecord[]> | null;
}

/**
 * Writes the commits of an outline that are not stored yet, fed oldest first. Ids go up in that order, the exact reverse
 * of the log's, so parents have smaller ids than their children.
 */
export class Loader {
  /** For each rev of the outline. */
  readonly ids: Float64Array;
  /** Commits to come. */
  readonly expected: number;
  readonly #outline: HistoryOutline;
  readonly #branches: readonly string[];
  readonly #stored: ReadonlyMap<string, number>;
  readonly #replay: ReadonlyMap<number, ActionRecord[]> | null;
  readonly #commits: CommitRows;
  readonly #actions: ActionRows;
  /** In the outline; goes down. */
  #position: number;
  #done = 0;
  #newActions = 0;

  constructor(db: Database.Database, options: LoaderOptions) {
    const { outline, stored, repository, strict } = options;
    this.#outline = outline;
    this.#branches = options.branches;
    this.#stored = stored;
    this.#replay = options.replay;
    this.#commits = new CommitRows(db, repository, strict);
    this.#actions = new ActionRows(db, repository, strict);
    if (stored.size > 0 && this.#replay === null) this.#actions.restore();
    this.#position = outline.revs.length - 1;
    this.ids = new Float64Array(outline.revs.length);
    const counter = new IdCounter(db, 'scmlog');
    let expected = 0;
    for (let i = this.#position; i >= 0; i -= 1) {
      const known = stored.get(outline.revs[i]!);
      this.ids[i] = known ?? counter.next();
      if (known === undefined) expected += 1;
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
    if (this.#done > 0 || this.#replay) this.#actions.save().flush();
  }

  #passStored(): void {
    for (; this.#position >= 0; this.#position -= 1) {
      if (!this.#stored.has(this.#outline.revs[this.#position]!)) return;
      const id = this.ids[this.#position]!;
      const records = this.#replay?.get(id);
      if (records) this.#actions.write(id, this.#branches[this.#position]!, records);
    }
  }
}
