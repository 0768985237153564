import type Database from 'better-sqlite3';
import { sql } from 'kysely';
import { statements } from './dialect.js';

/** Temporary tables of ids, made once for what they hold. */
export class ScopeSets {
  readonly #db: Database.Database;
  readonly #tables = new Map<string, string>();
  #count = 0;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** Name of the temporary table with these commits. */
  commits(key: string, ids: () => Iterable<number>): string {
    return this.#once(key, 'health_commits', (table) => {
      const create = statements.schema.createTable(table).temporary();
      this.#db.exec(create.addColumn('id', 'integer', (column) => column.primaryKey()).compile().sql);
      const insert = this.#db.prepare<[number]>(`insert into temp.${table} (id) values (?)`);
      this.#db.transaction(() => {
        for (const id of ids()) insert.run(id);
      })();
    });
  }

  /**
   * Name of the temporary table with the people of the scope whose scmlog view stands: `id`, and `keep`, the smallest id
   * of a person of the same name where `fold`, else the id itself.
   */
  people(key: string, fold: boolean): string {
    return this.#once(key, 'health_people', (table) => {
      const log = statements.withSchema('temp').selectFrom('scmlog');
      const used = log.select('committer_id as id').union(log.select('author_id as id'));
      const keep = fold ? sql<number>`min(p.id) over (partition by p.name)` : sql<number>`p.id`;
      const body = statements
        .withSchema('main')
        .selectFrom('people as p')
        .select(['p.id as id', keep.as('keep')])
        .where('p.id', 'in', used);
      const create = statements.schema.createTable(table).temporary();
      this.#db.exec(
        create
          .addColumn('id', 'integer', (column) => column.primaryKey())
          .addColumn('keep', 'integer')
          .compile().sql,
      );
      this.#db.exec(`insert into temp.${table} (id, keep) ${body.compile().sql}`);
    });
  }

  clear(): void {
    for (const table of this.#tables.values()) this.#db.exec(`drop table temp.${table}`);
    this.#tables.clear();
  }

  #once(key: string, prefix: string, make: (table: string) => void): string {
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
