import type Database from 'better-sqlite3';
import { sql } from 'kysely';
import { statements } from './dialect.js';
import type { CvsanalyTables } from './schema.js';

type TableWithId = Exclude<keyof CvsanalyTables, 'commit_graph'>;

/** Hands out a table's ids in order, after those it has. Only for use inside the writing transaction. */
export class IdCounter {
  #last: number;

  constructor(db: Database.Database, table: TableWithId) {
    const { sql: text } = statements
      .selectFrom(table)
      .select(sql<number>`coalesce(max(id), 0)`.as('last'))
      .compile();
    this.#last = db.prepare<[], { last: number }>(text).get()!.last;
  }

  next(): number {
    this.#last += 1;
    return this.#last;
  }
}
