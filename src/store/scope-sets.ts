import type Database from 'better-sqlite3';
import { statements } from './dialect.js';
import { releaseTags } from './release-tags.js';

/** Temporary tables, made once for what they hold. */
export class ScopeSets {
  readonly #db: Database.Database;
  readonly #tables = new Map<string, string>();
  #count = 0;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Name of the temporary table with these commits. */
  commits(key: string, ids: () => Iterable<number>): string {
    return this.once(key, 'health_set', (table) => {
      const create = statements.schema.createTable(table).temporary();
      this.#db.exec(create.addColumn('id', 'integer', (column) => column.primaryKey()).compile().sql);
      const insert = this.#db.prepare<[number]>(`insert into temp.${table} (id) values (?)`);
      this.#db.transaction(() => {
        for (const id of ids()) insert.run(id);
      })();
    });
  }

  /**
   * Name of the temporary table with what queries ask of a project's commits, without the messages that make scmlog wide:
   * both people, both dates, both as seconds since 1970 UTC, and whether it is a merge. `within`: a table of the only
   * commits to look at.
   */
  commitFacts(repository: number, strict: boolean, within: string | null): string {
    return this.once(`facts ${repository}`, 'health_facts', (table) => {
      this.#db.exec(`create temporary table ${table} (id integer primary key, committer_id integer, author_id integer,
        date, author_date, at integer, author_at integer, merge integer)`);
      this.#db.exec(`insert into temp.${table} select s.id, s.committer_id, s.author_id, s.date, s.author_date,
        ${unixTime('s.date', 's.date_tz', strict)}, ${unixTime('s.author_date', 's.author_date_tz', strict)},
        (select count(*) > 1 from main.commit_graph g where g.commit_id = s.id)
        from main.scmlog s where s.repository_id = ${repository}${
          within === null ? '' : ` and s.id in (select id from temp.${within})`
        } order by s.id`);
    });
  }

  /** Name of the temporary table with the tags of a project that name releases. `from`: tables with its tags. */
  releases(repository: number, from = { tags: 'main.tags', revisions: 'main.tag_revisions' }): string {
    return this.once(`releases ${repository}`, 'health_tagged', (table) => {
      this.#db.exec(
        `create temporary table ${table} (tag, commit_id integer, version, major, minor, patch, pre integer, scheme)`,
      );
      const tagged = this.#db
        .prepare<[number], [string, number]>(
          `select t.name, r.commit_id from ${from.revisions} r join ${from.tags} t on t.id = r.tag_id
           where r.commit_id in (select id from main.scmlog where repository_id = ?) order by t.name`,
        )
        .raw()
        .all(repository);
      const commits = new Map(tagged);
      const insert = this.#db.prepare(`insert into temp.${table} values (?, ?, ?, ?, ?, ?, ?, ?)`);
      for (const { tag, version, major, minor, patch, pre, scheme } of releaseTags([...commits.keys()])) {
        const numbers = [major, minor, patch].map((part) => (part === null ? null : BigInt(part)));
        insert.run(tag, commits.get(tag), version, ...numbers, pre ? 1 : 0, scheme);
      }
    });
  }

  /**
   * Name of the temporary table with the changes to files of these commits (a table as of `commitFacts`). Its indexes: for
   * the changes of some commits, and for the last change of every file.
   */
  changes(repository: number, commits: string): string {
    const key = `changes ${repository}`;
    // The largest by far, and a report comes to each project once.
    for (const other of this.#tables.keys()) if (other.startsWith('changes ') && other !== key) this.#drop(other);
    return this.once(key, 'health_changes', (table) => {
      this.#db.exec(`create temporary table ${table}
        (action_id integer primary key, commit_id integer, type, file_id integer)`);
      // CROSS JOIN: from the project's commits to their actions, not through the actions of every project.
      this.#db.exec(`insert into temp.${table} select a.id, a.commit_id, a.type, a.file_id
        from temp.${commits} c cross join main.actions a on a.commit_id = c.id order by a.id`);
      this.#db.exec(`create index temp.${table}_commit on ${table} (commit_id)`);
      this.#db.exec(`create index temp.${table}_file on ${table} (file_id, action_id, commit_id)`);
    });
  }

  /** Name of the temporary table with the first path of each file of a project. */
  firstPaths(repository: number): string {
    return this.once(`paths ${repository}`, 'health_first', (table) => {
      this.#db.exec(`create temporary table ${table} (file_id integer primary key, path)`);
      this.#db.exec(`insert or ignore into temp.${table} select l.file_id, l.file_path from main.file_links l
        where l.commit_id in (select id from main.scmlog where repository_id = ${repository}) order by l.id`);
    });
  }

  /** Name of the temporary table with these rows; `columns` as CREATE TABLE takes them. */
  rows(key: string, columns: string, rows: readonly (string | number)[][]): string {
    return this.once(key, 'health_rows', (table) => {
      this.#db.exec(`create temporary table ${table} (${columns})`);
      const places = columns.split(',').map(() => '?');
      const insert = this.#db.prepare(`insert into temp.${table} values (${places.join(', ')})`);
      this.#db.transaction(() => {
        for (const row of rows) insert.run(...row.map((cell) => (typeof cell === 'number' ? BigInt(cell) : cell)));
      })();
    });
  }

  isEmpty(table: string): boolean {
    return this.#db.prepare(`select 1 from temp.${table} limit 1`).get() === undefined;
  }

  clear(): void {
    for (const key of this.#tables.keys()) this.#drop(key);
  }

  #drop(key: string): void {
    this.#db.exec(`drop table temp.${this.#tables.get(key)}`);
    this.#tables.delete(key);
  }

  /** Name of the temporary table of this key; `make` fills it the first time. */
  once(key: string, prefix: string, make: (table: string) => void): string {
    let table = this.#tables.get(key);
    if (table === undefined) {
      this.#count += 1;
      table = `${prefix}_${this.#count}`;
      make(table);
      this.#tables.set(key, table);
    }
    return table;
  }
}

/** SQL for seconds since 1970 UTC. Strict zones are hours and minutes as a decimal number (-0330: -330), times 36. */
function unixTime(date: string, zone: string, strict: boolean): string {
  const seconds = strict ? `(${zone} / 3600 * 3600 + ${zone} % 3600 / 36 * 60)` : `coalesce(${zone}, 0)`;
  return `cast(strftime('%s', ${date}) as integer) - ${seconds}`;
}
