import type Database from 'better-sqlite3';
import { HealthError } from '../model/error.js';
import { statements } from './dialect.js';
import type { StoreTables } from './schema.js';

export type Cell = string | number | null;

// A statement of so many rows costs half of as many statements of one row; more rows gain nothing.
const ROWS_A_STATEMENT = 50;

/**
 * Inserts rows in bulk: collects them and writes many with one prepared statement. Call `flush` at the end. Rows that
 * begin with an `id` come in its order, the table's next one each: SQLite numbers them so by itself, which is cheaper
 * than looking whether a given id is free.
 */
export class RowWriter {
  readonly #db: Database.Database;
  /** Of one row. */
  readonly #insert: string;
  readonly #width: number;
  /** 1 where a row begins with an id that SQLite gives too. */
  readonly #skipped: number;
  /** First cell of the last row. */
  #last: Cell = null;
  /** Of one statement; those before `#filled` are of rows to be written. */
  readonly #cells: Cell[];
  #many: Database.Statement<Cell[]> | null = null;
  #filled = 0;
  written = 0;

  /** `ids`: own where they need not be the table's next ones. */
  constructor(
    db: Database.Database,
    table: keyof StoreTables,
    columns: readonly string[],
    ids: 'next' | 'own' = 'next',
  ) {
    this.#db = db;
    this.#skipped = columns[0] === 'id' && ids === 'next' ? 1 : 0;
    this.#insert = insertStatement(table, columns.slice(this.#skipped));
    this.#width = columns.length - this.#skipped;
    this.#cells = Array.from({ length: this.#width * ROWS_A_STATEMENT }, () => null);
  }

  push(...row: Cell[]): void {
    const cells = this.#cells;
    let at = this.#filled;
    for (let i = this.#skipped; i < row.length; i += 1) cells[at++] = row[i]!;
    this.#last = row[0]!;
    this.written += 1;
    if (at === cells.length) {
      this.#many ??= this.#prepare(ROWS_A_STATEMENT);
      // As arguments: better-sqlite3 takes them faster than it does the elements of an array.
      this.#check(this.#many.run(...cells));
      at = 0;
    }
    this.#filled = at;
  }

  flush(): void {
    const rows = this.#filled / this.#width;
    if (rows > 0) this.#check(this.#prepare(rows).run(...this.#cells.slice(0, this.#filled)));
    this.#filled = 0;
  }

  #check({ lastInsertRowid: id }: Database.RunResult): void {
    if (this.#skipped === 0 || id === this.#last) return;
    throw new HealthError('failed', `row ${this.#last} came out of order: it would be row ${id}`);
  }

  #prepare(rows: number): Database.Statement<Cell[]> {
    const row = `, (${Array.from({ length: this.#width }, () => '?').join(', ')})`;
    return this.#db.prepare<Cell[]>(this.#insert + row.repeat(rows - 1));
  }
}

function insertStatement(table: keyof StoreTables, columns: readonly string[]): string {
  const row = Object.fromEntries(columns.map((column) => [column, 0]));
  return statements
    .insertInto(table)
    .values(row as never)
    .compile().sql;
}
