import type Database from 'better-sqlite3';
import { wallTime } from '../model/date.js';
import type { CommitChange } from '../model/record.js';
import { isLost } from './action-types.js';
import { layoutMessage } from './message-layout.js';
import { IdCounter } from './id-counter.js';
import { DifferenceRows } from './difference-rows.js';
import { PeopleRows } from './people-rows.js';
import { RowWriter } from './row-writer.js';
import { cvsanalyColumns } from './schema.js';

/** Writes scmlog, people and commit_graph. */
export class CommitRows {
  readonly people: PeopleRows;
  readonly writers: RowWriter[];
  readonly #log: RowWriter;
  readonly #graph: RowWriter;
  readonly #lines: RowWriter;
  readonly #lineIds: IdCounter;
  readonly #differences: DifferenceRows;
  readonly #repository: number;
  readonly #strict: boolean;

  constructor(db: Database.Database, repository: number, strict: boolean) {
    this.#repository = repository;
    this.#strict = strict;
    this.people = new PeopleRows(db, strict);
    this.#log = new RowWriter(db, 'scmlog', ['id', ...Object.keys(cvsanalyColumns.scmlog)]);
    this.#graph = new RowWriter(db, 'commit_graph', ['commit_id', 'parent_id']);
    this.#lines = new RowWriter(db, 'commits_lines', ['id', 'commit_id', 'added', 'removed']);
    this.#lineIds = new IdCounter(db, 'commits_lines');
    this.#differences = new DifferenceRows(db);
    this.writers = [this.people.writer, this.#log, this.#graph, this.#lines, this.#differences.writer];
  }

  /** `parents`: ids, in the commit's order. */
  write(id: number, { commit, actions, lines }: CommitChange, parents: readonly number[]): void {
    const people = this.people.ids(commit);
    const { committer, author } = commit;
    let message = layoutMessage(commit.message);
    if (this.#strict) {
      for (const { status, path } of actions) if (isLost(status)) message += `${status}\t${path}\n`;
    }
    const committed = wallTime(committer.time, committer.zone);
    const isOneMoment = author.time === committer.time && author.zone === committer.zone;
    this.#log.push(
      id,
      commit.rev,
      people.committer,
      people.author,
      committed,
      this.#zone(committer.zone),
      isOneMoment ? committed : wallTime(author.time, author.zone),
      this.#zone(author.zone),
      message,
      0,
      this.#repository,
    );
    for (const parent of parents) this.#graph.push(id, parent);
    if (lines !== undefined) this.#lines.push(this.#lineIds.next(), id, lines?.[0] ?? null, lines?.[1] ?? null);
    const isWrong = strictZone(committer.zone) !== committer.zone || strictZone(author.zone) !== author.zone;
    if (isWrong) this.#differences.note(id, 'zone', 1);
    if (author.name === committer.name && author.email !== committer.email) this.#differences.note(id, 'author', 1);
    this.#differences.noteActions(id, actions);
  }

  #zone(seconds: number): number {
    return this.#strict ? strictZone(seconds) : seconds;
  }
}

/** CVSAnalY's arithmetic: +0530 as the number 530, times 36. Right for whole hours only. */
function strictZone(seconds: number): number {
  const minutes = Math.trunc(seconds / 60);
  return (Math.trunc(minutes / 60) * 100 + (minutes % 60)) * 36;
}
