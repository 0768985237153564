import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import Driver from '../../src/store/driver.js';
import { expect, it } from 'vitest';
import { openReadable } from '../../src/store/readable.js';
import { openStore } from '../../src/store/store.js';
import { storeError } from '../../src/store/sqlite-errors.js';
import { temporaryFolder } from '../fixtures/repository.js';
import { madeHistory } from './made-history.js';
import { contents, load, raw, storeFile } from './opened.js';

const history = () => madeHistory([{ id: 'a', actions: [{ status: 'A', path: 'x' }] }], { 'refs/heads/main': 'a' });

it('makes the folders it needs and leaves nothing beside the file', async () => {
  const file = join(temporaryFolder(), 'deep', 'er', 'health.sqlite');
  await load(file, history());
  expect(readdirSync(dirname(file))).toEqual(['health.sqlite']);
});

it('tells when there is no store', () => {
  const file = storeFile();
  expect(() => openReadable(file)).toThrow(expect.objectContaining({ code: 'no-store' }));
  writeFileSync(file, '');
  expect(() => openReadable(file)).toThrow(expect.objectContaining({ code: 'no-store' }));
  expect(existsSync(`${file}-journal`)).toBe(false);
});

it('refuses what is no SQLite file, a foreign database, and a damaged store', async () => {
  const text = storeFile();
  writeFileSync(text, 'This is a letter, not a database. '.repeat(100));
  const foreign = storeFile();
  const db = new Driver(foreign);
  db.exec('create table scmlog (id integer primary key)');
  db.close();
  const damaged = storeFile();
  await load(damaged, history());
  writeFileSync(damaged, readFileSync(damaged).fill(0xff, 100, 4000));
  for (const file of [text, foreign, damaged]) {
    const before = readFileSync(file);
    expect(() => openStore(file)).toThrow(expect.objectContaining({ code: 'store-damaged' }));
    expect(() => openReadable(file)).toThrow(expect.objectContaining({ code: 'store-damaged' }));
    expect(readFileSync(file).equals(before)).toBe(true);
  }
});

it('makes at once what all migrations come to one after the other', () => {
  const [made, upgraded] = [storeFile(), storeFile()];
  openStore(made).close();
  const fresh = raw(made);
  const { application_id: application } = fresh.prepare('pragma application_id').get() as { application_id: number };
  // As a file of version 0 would be: there was none, but it has none of the tables either.
  const old = new Driver(upgraded);
  old.exec(`create table other (x); pragma application_id = ${application}`);
  old.close();
  openStore(upgraded).close();
  const schema = (db: Database.Database) =>
    db.prepare("select type, name, tbl_name, sql from sqlite_schema where name <> 'other' order by 1, 2").all();
  const stepwise = raw(upgraded);
  expect(schema(fresh)).toEqual(schema(stepwise));
  expect(schema(fresh).length).toBeGreaterThan(40);
  const version = 'pragma user_version';
  expect(fresh.prepare(version).get()).toEqual(stepwise.prepare(version).get());
  const salts = 'select length(salt) as length from health_salt';
  expect(fresh.prepare(salts).all()).toEqual(stepwise.prepare(salts).all());
  for (const db of [fresh, stepwise]) db.close();
});

it('refuses a store of a newer version and leaves it alone', async () => {
  const file = storeFile();
  await load(file, history());
  const db = raw(file);
  db.pragma('user_version = 99');
  db.close();
  expect(() => openStore(file)).toThrow(expect.objectContaining({ code: 'store-newer' }));
  expect(() => openReadable(file)).toThrow(expect.objectContaining({ code: 'store-newer' }));
});

it('tells when a folder or file stands in the way', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'store.sqlite'));
  for (const file of [join(folder, 'file', 'health.sqlite'), join(folder, 'store.sqlite')]) {
    expect(() => openStore(file)).toThrow(expect.objectContaining({ code: 'not-writable' }));
  }
});

it('tells when file or folder may not be written, and still reads there', async () => {
  const file = storeFile();
  await load(file, history());
  const folder = dirname(file);
  chmodSync(file, 0o444);
  chmodSync(folder, 0o555);
  // Rights don't bind root: be somebody else for a moment.
  const root = process.getuid?.() === 0;
  try {
    if (root) process.seteuid!(65_534);
    expect(() => openStore(file)).toThrow(expect.objectContaining({ code: 'not-writable' }));
    expect(() => openStore(join(folder, 'new.sqlite'))).toThrow(expect.objectContaining({ code: 'not-writable' }));
    const readable = openReadable(file);
    expect(readable.projects().map(({ name }) => name)).toEqual(['sample']);
    readable.close();
  } finally {
    if (root) process.seteuid!(0);
    chmodSync(folder, 0o755);
  }
});

it('tells when another program writes', { timeout: 30_000 }, async () => {
  const file = storeFile();
  await load(file, history());
  const other = raw(file);
  other.exec('begin immediate');
  const store = openStore(file);
  await expect(
    store.recordFailure({ project: 'x', code: 'failed', message: '', toolVersion: '0', now: '2020-01-01 00:00:00' }),
  ).rejects.toMatchObject({ code: 'store-busy' });
  other.exec('rollback');
  store.close();
});

it('tells when the disk is full, and keeps the old state', async () => {
  const file = storeFile();
  await load(file, history());
  const before = contents(file);
  const db = raw(file);
  db.pragma('max_page_count = 1');
  let full: unknown;
  try {
    db.exec(`begin; create table big (a); insert into big values (zeroblob(1000000)); commit`);
  } catch (error) {
    full = error;
  }
  expect(storeError(full, file)).toMatchObject({ code: 'disk-full' });
  db.close();
  expect(contents(file)).toEqual(before);
  expect(storeError(Object.assign(new Error(), { code: 'ENOSPC' }), file)).toMatchObject({ code: 'disk-full' });
});

it('goes on from a file that was only just made', async () => {
  const file = storeFile();
  writeFileSync(file, '');
  expect(await load(file, history())).toMatchObject({ mode: 'new', commits: 1 });
});
