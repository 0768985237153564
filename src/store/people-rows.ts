import type Database from 'better-sqlite3';
import type { CommitRecord, Signature } from '../model/record.js';
import { statements } from './dialect.js';
import { IdCounter } from './id-counter.js';
import { RowWriter } from './row-writer.js';

/** Ids of people: one row an exact pair of name and address, shared by the store's repositories as in CVSAnalY. */
export class PeopleRows {
  /** By name, then by address. */
  readonly #ids = new Map<string, Map<string, number>>();
  readonly #counter: IdCounter;
  readonly #strict: boolean;
  readonly writer: RowWriter;

  constructor(db: Database.Database, strict: boolean) {
    this.#strict = strict;
    const { sql } = statements.selectFrom('people').select(['id', 'name', 'email']).orderBy('id', 'desc').compile();
    for (const { id, name, email } of db.prepare<[], { id: number; name: string; email: string }>(sql).all()) {
      this.#named(name).set(email, id);
    }
    this.#counter = new IdCounter(db, 'people');
    this.writer = new RowWriter(db, 'people', ['id', 'name', 'email']);
  }

  /** Committer before author. `strict`: an author of the committer's name is the committer, whatever the address. */
  ids({ committer, author }: CommitRecord): { committer: number; author: number } {
    const committerId = this.#id(committer);
    const same = this.#strict && author.name === committer.name;
    return { committer: committerId, author: same ? committerId : this.#id(author) };
  }

  #id({ name, email }: Signature): number {
    const named = this.#named(name);
    let id = named.get(email);
    if (id === undefined) {
      id = this.#counter.next();
      named.set(email, id);
      this.writer.push(id, name, email);
    }
    return id;
  }

  #named(name: string): Map<string, number> {
    let named = this.#ids.get(name);
    if (named === undefined) this.#ids.set(name, (named = new Map()));
    return named;
  }
}
