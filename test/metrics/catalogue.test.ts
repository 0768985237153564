import { expect, test } from 'vitest';
import { parseCatalogue } from '../../src/metrics/catalogue.js';
import { HealthError } from '../../src/model/error.js';
import { shippedCatalogue } from './catalogue-files.js';

const HEADER = ['-- title: T', '-- question: Q?', '-- unit: u', '-- better: up', '-- source: s'].join('\n');
const query = (path: string, sql = 'SELECT 1', more = ''): { path: string; text: string } => ({
  path,
  text: `${HEADER}\n${more}${sql}`,
});

function refusal(work: () => unknown): Pick<HealthError, 'code' | 'message' | 'hint'> {
  try {
    work();
  } catch (error) {
    if (error instanceof HealthError) return { code: error.code, message: error.message, hint: error.hint };
    throw error;
  }
  throw new Error('it was taken');
}

test('queries come sorted, charts beside them, other files are passed over', () => {
  const catalogue = parseCatalogue([
    query('b/two.sql'),
    { path: 'b/two.compare.vl.json', text: '{"b": 1}' },
    { path: 'b/two.vl.json', text: '{"a": 1}' },
    query('a/one.sql'),
    { path: 'a/notes.md', text: 'x' },
  ]);
  expect(catalogue.queries.map(({ id }) => id)).toEqual(['a/one', 'b/two']);
  expect(catalogue.specs.get('b/two')).toEqual({
    file: 'queries/b/two.vl.json',
    spec: { a: 1 },
    compare: { file: 'queries/b/two.compare.vl.json', spec: { b: 1 } },
  });
  expect(catalogue.query('a/one').title).toBe('T');
});

test('an unknown query is answered with those it may mean', () => {
  const catalogue = shippedCatalogue();
  expect(refusal(() => catalogue.query('thesis/six-months-commits'))).toMatchObject({
    code: 'unknown-query',
    message: 'there is no query "thesis/six-months-commits"',
    hint: expect.stringContaining('thesis/six-month-commits') as string,
  });
  expect(refusal(() => catalogue.query('zz')).hint).toMatch(/^There are .*overview\/facts/);
});

test.each([
  [
    'a header that says too little',
    [{ path: 'a/x.sql', text: '-- title: T\nSELECT 1' }],
    'bad-query',
    'queries/a/x.sql: the header lacks a line "-- question: …"',
  ],
  [
    'a chart without a query',
    [{ path: 'a/x.vl.json', text: '{}' }],
    'bad-chart',
    'queries/a/x.vl.json: there is no query beside it (a/x.sql)',
  ],
  [
    'a comparison without a chart',
    [query('a/x.sql'), { path: 'a/x.compare.vl.json', text: '{}' }],
    'bad-chart',
    'queries/a/x.compare.vl.json: there is no chart for a single project beside it',
  ],
  [
    'a chart that is no JSON',
    [query('a/x.sql'), { path: 'a/x.vl.json', text: '[]' }],
    'bad-chart',
    'queries/a/x.vl.json: must be a JSON object',
  ],
  [
    'an each of no query',
    [query('a/x.sql', 'SELECT XXXX', '-- param XXXX: y\n-- each: XXXX from a/none\n')],
    'bad-query',
    'queries/a/x.sql: each: XXXX from a/none: there is no such query',
  ],
  [
    'an each of itself',
    [query('a/x.sql', 'SELECT XXXX', '-- param XXXX: y\n-- each: XXXX from a/x\n')],
    'bad-query',
    'queries/a/x.sql: each: XXXX from a/x: that query is itself run for each of another',
  ],
])('%s is refused', (_, files, code, message) => {
  expect(refusal(() => parseCatalogue(files))).toMatchObject({ code, message });
});
