import { afterEach, beforeEach, expect, test } from 'vitest';
import type Database from 'better-sqlite3';
import Driver from '../../src/store/driver.js';
import { RowWriter } from '../../src/store/row-writer.js';

let db: Database.Database;

beforeEach(() => {
  db = new Driver(':memory:');
  db.exec('create table people (id integer primary key, name varchar, email varchar)');
  db.exec("insert into people values (7, 'Ada', 'ada@example.org')");
});

afterEach(() => {
  db.close();
});

test('writes all rows, however many, under their ids', () => {
  const writer = new RowWriter(db, 'people', ['id', 'name', 'email']);
  const rows = Array.from({ length: 123 }, (_, i) => [i + 8, `name ${i}`, i % 2 === 0 ? null : `${i}@example.org`]);
  for (const row of rows) writer.push(...row);
  writer.flush();
  writer.flush();
  expect(db.prepare('select * from people where id > 7').raw().all()).toEqual(rows);
  expect(writer.written).toBe(123);
});

test('writes no row under another id than its own', () => {
  const writer = new RowWriter(db, 'people', ['id', 'name', 'email']);
  writer.push(8, 'Grace', 'grace@example.org');
  writer.push(10, 'Alan', 'alan@example.org');
  expect(() => writer.flush()).toThrow('row 10 came out of order: it would be row 9');
});

test('keeps ids of another kind', () => {
  const writer = new RowWriter(db, 'people', ['id', 'name', 'email'], 'own');
  writer.push(200, 'Grace', 'grace@example.org');
  writer.push(100, 'Alan', 'alan@example.org');
  writer.flush();
  expect(db.prepare<[], number>('select id from people order by id').pluck().all()).toEqual([7, 100, 200]);
});
