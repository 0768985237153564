import type Database from 'better-sqlite3';
import { statements } from './dialect.js';
import type { OwnTables } from './schema-own.js';
import type { Cell } from './row-writer.js';

export type CollectRow = Omit<OwnTables['health_collects'], 'id'>;

/** Adds a collect to the record of all that ended. */
export function writeCollect(db: Database.Database, row: CollectRow): void {
  const { sql, parameters } = statements
    .insertInto('health_collects')
    .values(row as never)
    .compile();
  db.prepare<Cell[]>(sql).run(...(parameters as Cell[]));
}

/** Id of the project's last collect that changed or confirmed its rows: what tells two states apart. 0: none. */
export function lastCollect(db: Database.Database, project: string): number {
  const { sql } = statements
    .selectFrom('health_collects')
    .select('id')
    .where('project', '=', '')
    .where('status', '=', '')
    .orderBy('id', 'desc')
    .limit(1)
    .compile();
  return db.prepare<[string, string, number], { id: number }>(sql).get(project, 'done', 1)?.id ?? 0;
}
