import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseQuery } from '../../src/metrics/catalogue.js';
import { measure, queryColumns } from '../../src/metrics/run.js';
import { HealthError } from '../../src/model/error.js';
import type { Measurement, Scope, Value } from '../../src/model/measurement.js';
import type { Readable } from '../../src/store/readable.js';
import { shippedCatalogue } from './catalogue-files.js';
import { catalogueOf, sampleStore, scopeOf } from './sample-store.js';

let folder: string;
let readable: Readable;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stack-health-'));
  readable = await sampleStore(folder);
});
afterAll(() => {
  readable.close();
  rmSync(folder, { recursive: true, force: true });
});

const shipped = shippedCatalogue();

function run(id: string, params: Record<string, Value> = {}, scope: Scope = scopeOf('alpha')): Measurement {
  return measure(readable, shipped, shipped.query(id), scope, params);
}

function own(text: string, params: Record<string, Value> = {}, scope: Scope = scopeOf('alpha')): Measurement {
  return measure(readable, shipped, parseQuery('mine.sql', text), scope, params);
}

function refusal(work: () => unknown): Pick<HealthError, 'code' | 'message' | 'hint'> {
  try {
    work();
  } catch (error) {
    if (error instanceof HealthError) return { code: error.code, message: error.message, hint: error.hint };
    throw error;
  }
  throw new Error('it was taken');
}

function eachOf(query: string): string {
  return `-- param Y: y\n-- each: Y from ${query}\nSELECT COUNT(*) FROM scmlog WHERE YEAR(date) < Y`;
}

describe('each', () => {
  const columns = ['year', 'COUNT(DISTINCT(p.id))'];

  test('runs a query for every value of another one', () => {
    expect(run('thesis/active-committers')).toMatchObject({
      query: 'thesis/active-committers',
      params: {},
      columns,
      rows: [
        [2011, 1],
        [2013, 2],
        [2014, 3],
        [2015, 1],
      ],
    });
  });

  test('looks at both queries in the same scope', () => {
    const scope = scopeOf('alpha', { asOf: '2013-12-31', identity: 'name' });
    expect(run('thesis/active-committers', {}, scope).rows).toEqual([
      [2011, 1],
      [2013, 1],
    ]);
  });

  test('runs once for a value that is given', () => {
    expect(run('thesis/active-committers', { XXXX: '2014' })).toMatchObject({
      params: { XXXX: 2014 },
      columns,
      rows: [[2014, 3]],
    });
    expect(run('thesis/active-committers', { XXXX: 2012 }).rows).toEqual([[2012, 0]]);
  });

  test('has columns even where there is nothing to run for', () => {
    const scope = scopeOf('alpha', { asOf: '1999-12-31' });
    expect(run('thesis/active-committers', {}, scope)).toMatchObject({ columns, rows: [] });
    expect(queryColumns(readable, shipped, shipped.query('thesis/active-committers'))).toEqual(columns);
  });

  test("a column of the query's own keeps its name", () => {
    const catalogue = catalogueOf({
      'a/years': 'SELECT DISTINCT YEAR(date) FROM scmlog ORDER BY 1',
      'a/each':
        '-- param YY: y\n-- each: YY from a/years\nSELECT :YY + 0 AS year, COUNT(*) AS n FROM scmlog WHERE YEAR(date) = YY',
    });
    expect(measure(readable, catalogue, catalogue.query('a/each'), scopeOf('beta'), {})).toMatchObject({
      columns: ['YY', 'year', 'n'],
      rows: [
        [2013, 2013, 2],
        [2014, 2014, 3],
      ],
    });
  });

  test("works in a user's own file, and is refused for what it cannot mean", () => {
    expect(own(eachOf('thesis/years')).rows).toEqual([
      [2011, 0],
      [2013, 1],
      [2014, 3],
      [2015, 8],
    ]);
    expect(refusal(() => own(eachOf('thesis/none')))).toMatchObject({ code: 'unknown-query' });
    expect(refusal(() => own(eachOf('thesis/active-committers')))).toMatchObject({ code: 'bad-query' });
  });
});

describe('parameters', () => {
  const text =
    "-- param least = 2: the fewest\n-- param name = 'x': a name\nSELECT :least, TYPEOF(:least), :name, TYPEOF(:name)";

  test('are defaults unless given; numbers are numbers, and a text stays one', () => {
    expect(own(text)).toMatchObject({ params: { least: 2, name: 'x' }, rows: [[2, 'integer', 'x', 'text']] });
    expect(own(text, { least: '-3.5', name: '007' })).toMatchObject({
      params: { least: -3.5, name: '007' },
      rows: [[-3.5, 'real', '007', 'text']],
    });
    expect(own(text, { name: '12' }).rows[0]?.[3]).toBe('text');
    expect(own('SELECT TYPEOF(:x), TYPEOF(:y)', { x: '12', y: '2014-12-31' }).rows).toEqual([['integer', 'text']]);
    expect(own('SELECT TYPEOF(:x)', { x: '12345678901234567890' }).rows).toEqual([['text']]);
  });

  test('that a query does not know are refused, naming those it does', () => {
    expect(refusal(() => own(text, { most: '1' }))).toEqual({
      code: 'bad-usage',
      message: 'query mine: there is no parameter "most"',
      hint: 'It takes least (the fewest), name (a name).',
    });
    expect(refusal(() => run('thesis/years', { XXXX: 1 })).hint).toBe('It takes none.');
    expect(refusal(() => own(text, { toString: '1' })).code).toBe('bad-usage');
  });

  test('without a value, or with a text for a number, are refused', () => {
    expect(refusal(() => own('SELECT :year')).message).toBe(
      'query mine: parameter "year" needs a value (--param year=…)',
    );
    expect(refusal(() => own(text, { least: 'many' })).message).toBe(
      'query mine: parameter "least" must be a number, not "many"',
    );
  });

  test("the day is the one given, else the scope's; it is recorded where it counts", () => {
    const scope = scopeOf('alpha', { asOf: '2014-12-31' });
    expect(own('SELECT :as_of', {}, scope)).toMatchObject({ params: { as_of: '2014-12-31' }, rows: [['2014-12-31']] });
    expect(own('SELECT :as_of', { as_of: '2014-01-01' }, scope).rows).toEqual([['2014-01-01']]);
    expect(run('thesis/years', { as_of: '2014-01-01' }).params).toEqual({});
    expect(refusal(() => own('SELECT :as_of')).code).toBe('bad-usage');
  });

  test('carry no SQL', () => {
    expect(own('SELECT COUNT(*) FROM scmlog WHERE rev = :x', { x: "' OR 1=1 --" }).rows).toEqual([[0]]);
    expect(run('thesis/active-committers', { XXXX: '2014 OR 1=1' }).rows).toEqual([['2014 OR 1=1', 0]]);
  });
});

test('a query that writes is refused, one that is wrong says so', () => {
  expect(refusal(() => own('DELETE FROM scmlog')).code).toBe('query-writes');
  expect(refusal(() => own('SELECT nothing FROM scmlog'))).toMatchObject({
    code: 'bad-query',
    message: expect.stringContaining('nothing') as string,
  });
});
