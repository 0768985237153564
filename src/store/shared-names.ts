import type Database from 'better-sqlite3';
import { statements } from './dialect.js';
import { IdCounter } from './id-counter.js';
import { RowWriter } from './row-writer.js';

/** Ids of branch or tag names: one row a name, shared by the store's repositories as in CVSAnalY. */
export class SharedNames {
  readonly #ids = new Map<string, number>();
  readonly #counter: IdCounter;
  readonly writer: RowWriter;

  constructor(db: Database.Database, table: 'branches' | 'tags') {
    const { sql } = statements.selectFrom(table).select(['id', 'name']).orderBy('id', 'desc').compile();
    // Highest id first, so that of two equal names the first row made wins.
    for (const { id, name } of db.prepare<[], { id: number; name: string }>(sql).all()) this.#ids.set(name, id);
    this.#counter = new IdCounter(db, table);
    this.writer = new RowWriter(db, table, ['id', 'name']);
  }

  /** Undefined where nobody asked for its id yet. */
  find(name: string): number | undefined {
    return this.#ids.get(name);
  }

  id(name: string): number {
    let id = this.#ids.get(name);
    if (id === undefined) {
      id = this.#counter.next();
      this.#ids.set(name, id);
      this.writer.push(id, name);
    }
    return id;
  }
}
