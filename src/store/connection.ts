import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type Database from 'better-sqlite3';
import { makeFolder } from '../files/folder.js';
import { HealthError } from '../model/error.js';
import Driver from './driver.js';
import { inspect, migrate } from './migrations.js';
import { storeError } from './sqlite-errors.js';

const BUSY_MILLISECONDS = 5000;
// Pages a transaction changes stay in memory up to this size: spilling them early would lock readers out.
const CACHE_KIB = 262_144;
const PAGE_BYTES = 16_384;

/** Opens the store for writing; makes folder, file and tables where they are missing. */
export function openWritable(file: string): Database.Database {
  let db: Database.Database | undefined;
  try {
    makeFolder(dirname(file));
    // SQLite falls back to reading when it may not write; better to hear it now than at the first row.
    closeSync(openSync(file, 'a'));
    checkFile(file);
    db = new Driver(file, { timeout: BUSY_MILLISECONDS });
    // Of a new file; fewer and larger pages are written in less time.
    db.pragma(`page_size = ${PAGE_BYTES}`);
    db.pragma(`cache_size = -${CACHE_KIB}`);
    // A rollback journal, not WAL: nothing is left beside the file after closing, and read-only places stay readable.
    inspect(db, file);
    db.pragma('journal_mode = delete');
    db.pragma('synchronous = full');
    db.pragma('temp_store = memory');
    migrate(db, file);
    return db;
  } catch (error) {
    db?.close();
    throw storeError(error, file);
  }
}

/** Opens a store that exists, for reading only. HealthError no-store, store-newer or store-damaged. */
export function openForReading(file: string): Database.Database {
  if (!existsSync(file)) throw noStore(file);
  checkFile(file);
  if (statSync(file).size === 0) throw noStore(file);
  let db: Database.Database | undefined;
  try {
    finishRollback(file);
    db = new Driver(file, { readonly: true, fileMustExist: true, timeout: BUSY_MILLISECONDS });
    db.pragma('temp_store = memory');
    const state = inspect(db, file);
    if (state === 'empty') throw noStore(file);
    if (state === 'older') {
      throw new HealthError('store-damaged', `${file}: made by an older version of this program`, {
        hint: 'Run health collect once: it brings the store up to date.',
      });
    }
    return db;
  } catch (error) {
    db?.close();
    throw storeError(error, file);
  }
}

/** A collect that was killed leaves its journal; whoever opens the file for writing next brings the old state back. */
function finishRollback(file: string): void {
  if (!existsSync(`${file}-journal`)) return;
  const db = new Driver(file, { fileMustExist: true, timeout: BUSY_MILLISECONDS });
  try {
    db.pragma('schema_version');
  } finally {
    db.close();
  }
}

function checkFile(file: string): void {
  if (statSync(file).isFile()) return;
  throw new HealthError('store-damaged', `${file}: a store is a file, and this is none`, {
    hint: 'Name a file with --store.',
  });
}

function noStore(file: string): HealthError {
  return new HealthError('no-store', `${file}: there is no store yet`, { hint: 'Run health collect first.' });
}
