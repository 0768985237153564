import { expect, it, onTestFinished } from 'vitest';
import { plainScope } from '../../src/model/measurement.js';
import { openReadable, type Readable } from '../../src/store/readable.js';
import { madeHistory } from './made-history.js';
import { contents, load, storeFile } from './opened.js';

const everything = plainScope('sample');

const at = (iso: string) => ({ time: Date.parse(iso) / 1000, zone: 0 });

async function opened(): Promise<Readable & { file: string }> {
  const file = storeFile();
  const history = madeHistory(
    [
      { id: 'c', parents: ['b'], committer: { ...at('2014-12-31T10:00:00Z'), name: 'Bob', email: 'b@x.example' } },
      { id: 'b', parents: ['a'], committer: at('2014-07-01T00:00:00Z') },
      { id: 'a', committer: at('2013-06-30T23:59:59Z') },
    ],
    { 'refs/heads/main': 'c' },
  );
  await load(file, history);
  const readable = openReadable(file);
  onTestFinished(() => readable.close());
  return Object.assign(readable, { file });
}

it("runs the thesis's queries as they are printed", async () => {
  const readable = await opened();
  const rows = (sql: string) => readable.query(everything, sql, {}).rows;
  expect(
    rows(
      'SELECT COUNT(s.id) FROM scmlog s, people p WHERE s.committer_id=p.id AND YEAR(s.date)=2014 AND MONTH(s.date) IN (7,8,9,10,11,12);',
    ),
  ).toEqual([[2]]);
  expect(
    rows(
      'SELECT YEAR(date), MONTH(date), DAY(date), COUNT(*) FROM scmlog GROUP BY YEAR(date), MONTH(date), DAY(date);',
    ),
  ).toEqual([
    [2013, 6, 30, 1],
    [2014, 7, 1, 1],
    [2014, 12, 31, 1],
  ]);
  expect(rows('SELECT year(s.date) FROM scmlog s GROUP BY year(s.date);  ')).toEqual([[2013], [2014]]);
  expect(
    rows('SELECT COUNT(DISTINCT(p.id)) FROM scmlog s, people p WHERE s.committer_id=p.id  \nAND YEAR(s.date)=2014;'),
  ).toEqual([[2]]);
});

it("takes MySQL's texts in double quotes, but leaves quoted names", async () => {
  const readable = await opened();
  const { columns, rows } = readable.query(
    everything,
    `SELECT DATE_FORMAT(s.date, "%Y-%m") AS "the month", COUNT(*), CONCAT("a ""b"" 'c'", "%Y-%m") FROM scmlog s
       WHERE "date" > "2013-12-31" -- "not a text"
       GROUP BY "the month"`,
    {},
  );
  expect(columns.slice(0, 2)).toEqual(['the month', 'COUNT(*)']);
  expect(rows).toEqual([
    ['2014-07', 1, `a "b" 'c'%Y-%m`],
    ['2014-12', 1, `a "b" 'c'%Y-%m`],
  ]);
});

it.each([
  'INSERT INTO people (name) VALUES (1)',
  'REPLACE INTO people (id) VALUES (1)',
  'DELETE FROM scmlog',
  'delete from main.scmlog',
  'DELETE FROM people RETURNING id',
  '/* SELECT */ UPDATE main.people SET name = 1 RETURNING 1',
  'WITH x AS (SELECT 1) INSERT INTO people (id) SELECT * FROM x',
  'WITH x AS (SELECT 1) INSERT INTO main.people (id) SELECT 9 FROM x RETURNING 1',
  'WITH x AS (SELECT 1) DELETE FROM main.people',
  'PRAGMA user_version',
  'PRAGMA user_version = 7',
  "ATTACH 'x.db' AS x",
  'DETACH main',
  'CREATE TABLE x (a)',
  'CREATE TEMP TABLE x AS SELECT 1',
  'DROP VIEW scmlog',
  'BEGIN',
  'VACUUM',
  "VACUUM INTO 'copy.db'",
])('refuses to write: %s', async (sql) => {
  const readable = await opened();
  const before = contents(readable.file);
  const refusal = expect.objectContaining({
    code: 'query-writes',
    message: expect.stringMatching(/^a query may only read: /),
  });
  expect(() => readable.columns(sql)).toThrow(refusal);
  expect(() => readable.query(everything, sql, {})).toThrow(refusal);
  expect(contents(readable.file)).toEqual(before);
});

it.each([
  ['SELECT 1; DELETE FROM main.scmlog', 'more than one'],
  ['SELECT 1; SELECT 2', 'more than one'],
  ['SELEC 1', 'near "SELEC": syntax error'],
  ['SELECT nope FROM scmlog', 'no such column: nope'],
  ['SELECT * FROM nowhere', 'no such table: nowhere'],
  ['SELECT YEAR(1, 2)', 'YEAR'],
  ['', 'empty'],
  [' -- only this\n;', 'empty'],
  ['SELECT ?', ':name'],
  ['SELECT @x', ':name'],
  ["SELECT 'open", 'unrecognized token'],
])('tells what is wrong with %j', async (sql, message) => {
  const readable = await opened();
  const expected = expect.objectContaining({ code: 'bad-query', message: expect.stringContaining(message) });
  expect(() => readable.query(everything, sql, {})).toThrow(expected);
  expect(() => readable.columns(sql)).toThrow(expected);
});

it('fills parameters, and names those that are missing', async () => {
  const readable = await opened();
  const sql = "SELECT :year, :name, typeof(:year), ':text', :as_of FROM scmlog LIMIT :n";
  const params = { year: 2014, name: "'; DROP", n: 1, unused: null };
  expect(readable.query({ ...everything, asOf: '2014-12-31' }, sql, params).rows).toEqual([
    [2014, "'; DROP", 'integer', ':text', '2014-12-31'],
  ]);
  expect(readable.query(everything, 'SELECT :x', { x: null }).rows).toEqual([[null]]);
  expect(() => readable.query(everything, sql, { name: 'x', n: 1 })).toThrow(
    expect.objectContaining({ code: 'bad-query', message: 'no value for :year, :as_of' }),
  );
  expect(() => readable.query(everything, 'SELECT :toString', {})).toThrow(
    expect.objectContaining({ code: 'bad-query' }),
  );
});

it('names columns without running the query, and keeps equal names apart by place', async () => {
  const readable = await opened();
  const sql = 'SELECT s.id, p.id, COUNT(*) AS n FROM scmlog s, people p WHERE YEAR(s.date) = :year';
  expect(readable.columns(sql)).toEqual(['id', 'id', 'n']);
  expect(readable.query(everything, sql, { year: 2013 }).columns).toEqual(['id', 'id', 'n']);
});

it('says which projects there are', async () => {
  const readable = await opened();
  expect(readable.projects()).toEqual([
    {
      name: 'sample',
      url: 'https://example.org/sample.git',
      layer: null,
      tags: [],
      succeededBy: null,
      refs: 'branches',
      flags: [],
      head: 'refs/heads/main',
      tip: expect.stringMatching(/^63/),
      branches: 1,
      tagCount: 0,
      commits: 3,
      actions: 0,
      compat: 'default',
      differences: expect.arrayContaining([{ fault: 'zone', rows: 0, commits: 0 }]),
      collectedAt: '2020-01-02 03:04:05',
    },
  ]);
  expect(() => readable.query({ ...everything, project: 'none' }, 'SELECT 1', {})).toThrow(
    expect.objectContaining({ code: 'unknown-project' }),
  );
});
