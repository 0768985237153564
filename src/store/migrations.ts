import { randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import { HealthError } from '../model/error.js';
import { writeFileTypes } from './file-type-rows.js';
import { writePeriods } from './period-rows.js';
import {
  createSpeedIndexes,
  cvsanalySchema,
  dropSpeedIndexes,
  missingCvsanalyTables,
  missingOwnSchema,
  ownSchema,
} from './schema-statements.js';

/** "shst", so that `file` and a look at the header tell whose database this is. */
const APPLICATION_ID = 0x73687374;

/** One entry a schema version, applied in order; PRAGMA user_version counts them. Never change one that was released. */
const MIGRATIONS: ((db: Database.Database) => string[])[] = [
  () => [...cvsanalySchema(), ...ownSchema(), ...createSpeedIndexes()],
  // Renames: a project's row tells whether its actions have them. Files made before lack the column.
  missingOwnSchema,
  // Another index on commits: the last migration makes all of them.
  () => [],
  // The tables of CVSAnalY's extensions, lines, and where --compat strict makes a difference.
  (db) => [...missingCvsanalyTables(db), ...missingOwnSchema(db), ...dropSpeedIndexes(), ...createSpeedIndexes()],
  // Identities: mailmaps, and the key of pseudonyms.
  (db) => [...missingOwnSchema(db), newSalt()],
  // The ledger: how refs moved, and successors.
  missingOwnSchema,
  // Paths are looked up by an index of their own.
  () => [...dropSpeedIndexes(), ...createSpeedIndexes()],
  // Runs that are kept, and alarms.
  missingOwnSchema,
];

/** What all migrations come to where there is nothing yet. */
function fresh(): string[] {
  return [...cvsanalySchema(), ...ownSchema(), newSalt(), ...createSpeedIndexes()];
}

function newSalt(): string {
  return `insert into health_salt (salt) values ('${randomBytes(32).toString('hex')}')`;
}

/** What goes into tables that a migration made, where it can be told from the others. */
function fill(db: Database.Database): void {
  writeFileTypes(db, { action: 0, link: 0 });
  writePeriods(db);
}

const SCHEMA_VERSION = MIGRATIONS.length;

/** How a file stands to this program: `empty` has no table at all. */
export function inspect(db: Database.Database, file: string): 'empty' | 'older' | 'current' {
  const application = pragma(db, 'application_id');
  const version = pragma(db, 'user_version');
  const count = db.prepare<[], { n: number }>('select count(*) as n from sqlite_schema').get()!.n;
  if (count === 0 && application === 0 && version === 0) return 'empty';
  if (application !== APPLICATION_ID) {
    throw new HealthError('store-damaged', `${file}: this SQLite database was not made by this program`, {
      hint: 'Name another file with --store; this one is left as it is.',
    });
  }
  if (version > SCHEMA_VERSION) {
    throw new HealthError(
      'store-newer',
      `${file}: made by a newer version (schema ${version}, known ${SCHEMA_VERSION})`,
      {
        hint: 'Update this program, or name another file with --store.',
      },
    );
  }
  return version === SCHEMA_VERSION ? 'current' : 'older';
}

/** Brings an empty or older file to the current schema, all of it or nothing. */
export function migrate(db: Database.Database, file: string): void {
  if (inspect(db, file) === 'current') return;
  const upgrade = db.transaction(() => {
    // Looked at again under the lock: another process may have been faster.
    const state = inspect(db, file);
    if (state === 'current') return;
    if (state === 'empty') db.exec(fresh().join(';\n'));
    else {
      for (const migration of MIGRATIONS.slice(pragma(db, 'user_version'))) {
        for (const statement of migration(db)) db.exec(statement);
      }
      fill(db);
    }
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
  });
  upgrade.immediate();
}

function pragma(db: Database.Database, name: string): number {
  return Number(db.pragma(name, { simple: true }));
}
