import type Database from 'better-sqlite3';
import type { PathEntry, PathKind } from './path-state.js';

const COLUMNS = '(repository_id, branch_id, state, path, file_id, moved_from)';

/** The paths of a project's branches as the last collect left them, each read when it is asked for. */
export class StoredPaths {
  readonly #repository: number;
  readonly #find: Database.Statement<[number, number, PathKind, string], PathEntry>;
  readonly #links: Database.Statement<[number], number>;
  readonly #write: Database.Statement<[number, number, PathKind, string, number, string | null]>;
  readonly #remove: Database.Statement<[number, number, PathKind, string]>;

  constructor(db: Database.Database, repository: number) {
    this.#repository = repository;
    const place = 'repository_id = ? and branch_id = ? and state = ? and path = ?';
    this.#find = db.prepare(
      `select file_id as file, moved_from as "from", rowid as "order" from health_paths where ${place}`,
    );
    this.#links = db
      .prepare<[number], number>('select count(*) from (select 1 from file_links where file_id = ? limit 2)')
      .pluck();
    // In its old place where it is there: of moved paths the first to be moved comes first.
    this.#write = db.prepare(
      `insert into health_paths ${COLUMNS} values (?, ?, ?, ?, ?, ?)
       on conflict (repository_id, branch_id, state, path)
       do update set file_id = excluded.file_id, moved_from = excluded.moved_from`,
    );
    this.#remove = db.prepare(`delete from health_paths where ${place}`);
  }

  find(branch: number, kind: PathKind, path: string): PathEntry | undefined {
    return this.#find.get(this.#repository, branch, kind, path);
  }

  /** Whether a file had more than one path. */
  isMoved(file: number): boolean {
    return this.#links.get(file) === 2;
  }

  /** `file`: null where the path is of this kind no more. */
  write(branch: number, kind: PathKind, path: string, file: number | null, from: string | null): void {
    if (file === null) this.#remove.run(this.#repository, branch, kind, path);
    else this.#write.run(this.#repository, branch, kind, path, file, from);
  }
}
