import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Value } from '../../src/model/measurement.js';
import { packColumn, packTable, unpackColumn, unpackTable } from '../../src/report/payload.js';

const value = fc.oneof(
  fc.constantFrom<Value>(null, 'a', 'b', '2014-02-28', '2014-02-30', '2000-01-01', ''),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
);

test('a column reads back as it was, whatever it holds', () => {
  fc.assert(
    fc.property(fc.array(value), (values) => {
      expect(unpackColumn(JSON.parse(JSON.stringify(packColumn(values))))).toEqual(values);
    }),
  );
});

test('days and years take a few bytes a row', () => {
  const days = Array.from({ length: 1000 }, (_, i) =>
    new Date(Date.UTC(2004, 0, 1 + 3 * i)).toISOString().slice(0, 10),
  );
  const years = days.map((day) => Number(day.slice(0, 4)));
  expect(JSON.stringify(packColumn(days)).length).toBeLessThan(2100);
  expect(JSON.stringify(packColumn(years)).length).toBeLessThan(2100);
  expect(unpackColumn(packColumn(days))).toEqual(days);
});

test('a table without rows, and one with short rows', () => {
  expect(unpackTable(packTable(0, ['a', 'b'], []))).toEqual([]);
  expect(unpackTable(packTable(0, ['a', 'b'], [[1], [2, 'x']]))).toEqual([
    [1, null],
    [2, 'x'],
  ]);
});
