import type Database from 'better-sqlite3';
import { statements } from './dialect.js';
import type { StoreTables } from './schema.js';

export type Cell = string | number | null;

// A statement of so many rows costs four fifths of as many statements of one row; more rows gain nothing.
const ROWS_A_STATEMENT = 50;

/** Inserts rows in bulk: collects them and writes many with one prepared statement. Call `flush` at the end. */
export class RowWriter {
  readonly #db: Database.Database;
  /** Of one row. */
  readonly #insert: string;
  readonly #width: number;
  /** Of one statement; those before `#filled` are of rows to be written. */
  readonly #cells: Cell[];
  #many: Database.Statement<Cell[]> | null = null;
  #filled = 0;
  written = 0;

  constructor(db: Database.Database, table: keyof StoreTables, columns: readonly string[]) {
    this.#db = db;
    this.#insert = insertStatement(table, columns);
    this.#width = columns.length;
    this.#cells = Array.from({ length: this.#width * ROWS_A_STATEMENT }, () => null);
  }

  push(...row: Cell[]): void {
    const cells = this.#cells;
    let at = this.#filled;
    for (let i = 0; i < row.length; i += 1) cells[at++] = row[i]!;
    this.written += 1;
    if (at === cells.length) {
      this.#many ??= this.#prepare(ROWS_A_STATEMENT);
      // As arguments: better-sqlite3 takes them faster than it does the elements of an array.
      this.#many.run(...cells);
      at = 0;
    }
    this.#filled = at;
  }

  flush(): void {
    const rows = this.#filled / this.#width;
    if (rows > 0) this.#prepare(rows).run(...this.#cells.slice(0, this.#filled));
    this.#filled = 0;
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
