import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { StoreTables } from './schema.js';

/**
 * Writes the store's statements; it never runs one. Bulk work goes through prepared statements of better-sqlite3, which
 * kysely's own driver would repeat the compiling for, at several times the cost.
 */
export const statements = new Kysely<StoreTables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});
