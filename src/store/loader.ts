import type Database from 'better-sqlite3';
import { HealthError } from '../model/error.js';
import type { HistoryOutline } from '../model/history.js';
import type { CommitChange } from '../model/record.js';
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
}

/**
 * Writes the commits of an outline that are not stored yet, fed oldest first. Ids go up in that order, the exact reverse
 * of the log's, so parents have smaller ids than their children.
 */
export class Loader {
  /** For each rev of the outline. */
  readonly ids: Float64Array;
  readonly #outline: HistoryOutline;
  readonly #branches: readonly string[];
  readonly #commits: CommitRows;
  readonly #actions: ActionRows;
  /** Positions of the commits to come, in the order they must come. */
  readonly #expected: number[] = [];
  #done = 0;

  constructor(db: Database.Database, options: LoaderOptions) {
    const { outline, stored, repository, strict } = options;
    this.#outline = outline;
    this.#branches = options.branches;
    this.#commits = new CommitRows(db, repository, strict);
    this.#actions = new ActionRows(db, repository, strict);
    if (stored.size > 0) this.#actions.restore();
    this.ids = new Float64Array(outline.revs.length);
    const counter = new IdCounter(db, 'scmlog');
    for (let i = outline.revs.length - 1; i >= 0; i -= 1) {
      const known = stored.get(outline.revs[i]!);
      this.ids[i] = known ?? counter.next();
      if (known === undefined) this.#expected.push(i);
    }
  }

  get expected(): number {
    return this.#expected.length;
  }

  get done(): number {
    return this.#done;
  }

  get actions(): number {
    return this.#actions.written;
  }

  get people(): number {
    return this.#commits.people.writer.written;
  }

  get rows(): number {
    return [...this.#commits.writers, ...this.#actions.writers].reduce((sum, writer) => sum + writer.written, 0);
  }

  write(changes: readonly CommitChange[]): void {
    for (const change of changes) {
      const position = this.#expected[this.#done];
      if (position === undefined || this.#outline.revs[position] !== change.commit.rev) {
        throw new HealthError('failed', `commit ${change.commit.rev} came out of order`);
      }
      this.#done += 1;
      const id = this.ids[position]!;
      const parents = this.#outline.parents[position]!.map((parent) => this.ids[parent]!);
      this.#commits.write(id, change, parents);
      this.#actions.write(id, this.#branches[position]!, change.actions);
    }
  }

  /** Call once, when all commits came; returns the rows of path state written. */
  finish(): void {
    if (this.#done !== this.#expected.length) {
      throw new HealthError('failed', `only ${this.#done} of ${this.#expected.length} commits were read`);
    }
    for (const writer of [...this.#commits.writers, ...this.#actions.writers]) writer.flush();
    if (this.#done > 0) this.#actions.save().flush();
  }
}
