import type Database from 'better-sqlite3';
import { statements } from './dialect.js';
import type { StoreTables } from './schema.js';

export type Cell = string | number | null;

// A statement of so many rows costs four fifths of as many statements of one row; more rows gain nothing.
const ROWS_A_STATEMENT = 50;

/** Inserts rows in bulk: collects them and writes many with one prepared statement. Call `flush` at the end. */
export class RowWriter {
  readonly #many: Database.Statement<Cell[]>;
  readonly #one: Database.Statement<Cell[]>;
  readonly #width: number;
  /** Of one statement; those before `#filled` are of rows to be written. */
  readonly #cells: Cell[];
  #filled = 0;
  written = 0;

  constructor(db: Database.Database, table: keyof StoreTables, columns: readonly string[]) {
    this.#width = columns.length;
    this.#cells = Array.from({ length: this.#width * ROWS_A_STATEMENT }, () => null);
    this.#one = db.prepare<Cell[]>(insertStatement(table, columns, 1));
    this.#many = db.prepare<Cell[]>(insertStatement(table, columns, ROWS_A_STATEMENT));
  }

  push(...row: Cell[]): void {
    const cells = this.#cells;
    let at = this.#filled;
    for (let i = 0; i < row.length; i += 1) cells[at++] = row[i]!;
    this.written += 1;
    if (at === cells.length) {
      // As arguments: better-sqlite3 takes them faster than it does the elements of an array.
      this.#many.run(...cells);
      at = 0;
    }
    this.#filled = at;
  }

  flush(): void {
    for (let i = 0; i < this.#filled; i += this.#width) this.#one.run(...this.#cells.slice(i, i + this.#width));
    this.#filled = 0;
  }
}

function insertStatement(table: keyof StoreTables, columns: readonly string[], rows: number): string {
  const row = Object.fromEntries(columns.map((column) => [column, 0]));
  const insert = statements.insertInto(table).values(Array.from({ length: rows }, () => row) as never);
  return insert.compile().sql;
}
