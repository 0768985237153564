import type Database from 'better-sqlite3';
import { statements } from './dialect.js';
import type { StoreTables } from './schema.js';

export type Cell = string | number | null;

// A statement of so many rows costs four fifths of as many statements of one row; more rows gain nothing.
const ROWS_A_STATEMENT = 50;

/** Inserts rows in bulk: collects them and writes many with one prepared statement. Call `flush` at the end. */
export class RowWriter {
  readonly #many: Database.Statement<[readonly Cell[]]>;
  readonly #one: Database.Statement<[readonly Cell[]]>;
  readonly #width: number;
  readonly #cells: Cell[] = [];
  written = 0;

  constructor(db: Database.Database, table: keyof StoreTables, columns: readonly string[]) {
    this.#width = columns.length;
    this.#one = db.prepare<[readonly Cell[]]>(insertStatement(table, columns, 1));
    this.#many = db.prepare<[readonly Cell[]]>(insertStatement(table, columns, ROWS_A_STATEMENT));
  }

  push(...row: Cell[]): void {
    for (const cell of row) this.#cells.push(cell);
    this.written += 1;
    if (this.#cells.length === this.#width * ROWS_A_STATEMENT) {
      this.#many.run(this.#cells);
      this.#cells.length = 0;
    }
  }

  flush(): void {
    for (let i = 0; i < this.#cells.length; i += this.#width) this.#one.run(this.#cells.slice(i, i + this.#width));
    this.#cells.length = 0;
  }
}

function insertStatement(table: keyof StoreTables, columns: readonly string[], rows: number): string {
  const row = Object.fromEntries(columns.map((column) => [column, 0]));
  const insert = statements.insertInto(table).values(Array.from({ length: rows }, () => row) as never);
  return insert.compile().sql;
}
