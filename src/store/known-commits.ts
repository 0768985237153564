import type Database from 'better-sqlite3';
import { wallTime } from '../model/date.js';
import type { KnownHistory } from '../model/history.js';
import type { CommitRecord } from '../model/record.js';

/** A project's stored commits, each looked up when it is asked for: by its date, which has an index, then by its rev. */
export class KnownCommits implements KnownHistory {
  readonly ends: readonly string[];
  readonly tips: ReadonlySet<string>;
  /** Ids of those that were asked for and are there, and of the commits refs stood at. */
  readonly ids: Map<string, number>;
  readonly #at: Database.Statement<[repository: number, date: string, rev: string], number>;
  readonly #repository: number;

  constructor(db: Database.Database, repository: number) {
    this.#repository = repository;
    this.#at = db
      .prepare<[number, string, string], number>(
        'select id from scmlog where repository_id = ? and date = ? and rev = ?',
      )
      .pluck();
    // Whatever has no children has a ref, else it would not have been collected.
    const tips = db
      .prepare<[number], [rev: string, id: number, isEnd: number]>(
        `select s.rev, s.id, not exists (select 1 from commit_graph g where g.parent_id = s.id)
         from health_refs r join scmlog s on s.id = r.commit_id where r.repository_id = ? group by s.id`,
      )
      .raw()
      .all(repository);
    this.ends = tips.filter(([, , isEnd]) => isEnd === 1).map(([rev]) => rev);
    this.tips = new Set(tips.map(([rev]) => rev));
    this.ids = new Map(tips.map(([rev, id]) => [rev, id]));
  }

  has({ rev, committer }: CommitRecord): boolean {
    if (this.ids.has(rev)) return true;
    const id = this.#at.get(this.#repository, wallTime(committer.time, committer.zone), rev);
    if (id !== undefined) this.ids.set(rev, id);
    return id !== undefined;
  }
}
