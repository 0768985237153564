import { expect, it } from 'vitest';
import { parseDate } from '../../src/store/mysql-date.js';
import { monthRows, weekRows } from '../../src/store/periods.js';
import { openReadable } from '../../src/store/readable.js';
import { madeHistory, project } from './made-history.js';
import { plainScope } from '../../src/model/measurement.js';
import { load, rows, storeFile } from './opened.js';

const day = (text: string) => parseDate(text)!;

it('lists the months without a hole, numbered year * 12 + month', () => {
  expect(monthRows(day('2011-11-30'), day('2012-02-01'), false)).toEqual([
    [24143, 2011, 11, '2011-11-01'],
    [24144, 2011, 12, '2011-12-01'],
    [24145, 2012, 1, '2012-01-01'],
    [24146, 2012, 2, '2012-02-01'],
  ]);
  expect(monthRows(day('2011-12-01'), day('2012-01-31'), true).map(([, , , date]) => date)).toEqual([
    '2011-12-01',
    '2012-1-01',
  ]);
});

it('lists the weeks by their Sundays, numbered year * 53 + week', () => {
  expect(weekRows(day('2011-12-20'), day('2012-01-09'), false)).toEqual([
    [106634, 2011, 51, '2011-12-18'],
    [106635, 2011, 52, '2011-12-25'],
    // 2012 begins on a Sunday; 2011 has no week 53.
    [106637, 2012, 1, '2012-01-01'],
    [106638, 2012, 2, '2012-01-08'],
  ]);
  // Days before a year's first Sunday are of the last week of the year before.
  expect(weekRows(day('2014-01-02'), day('2014-01-02'), false)).toEqual([[2013 * 53 + 52, 2013, 52, '2013-12-29']]);
  expect(weekRows(day('2017-12-31'), day('2017-12-31'), false)).toEqual([[2017 * 53 + 53, 2017, 53, '2017-12-31']]);
});

it('strict begins and ends with the ISO week of the calendar year, as CVSAnalY does', () => {
  // 2012-01-01 is in the ISO week 52 of 2011: nearly a year is missing.
  const rows = weekRows(day('2012-01-01'), day('2013-01-10'), true);
  expect(rows[0]).toEqual([2012 * 53 + 52, 2012, 52, '12-12-23']);
  expect(rows.at(-1)).toEqual([2013 * 53 + 2, 2013, 2, '13-01-13']);
  // 2014-12-31 is in the ISO week 1 of 2015.
  expect(weekRows(day('2014-12-01'), day('2014-12-31'), true)).toEqual([]);
});

const history = (id: string, time: number) =>
  madeHistory([{ id, committer: { time, zone: 0 } }], { 'refs/heads/main': id });

it('covers all projects of the store, and in a scope the time of its commits', async () => {
  const file = storeFile();
  await load(file, history('a', Date.UTC(2010, 11, 24) / 1000), { project: project('old') });
  expect(rows(file, 'select id, date from months')).toEqual([[24132, '2010-12-01']]);
  await load(file, history('b', Date.UTC(2011, 1, 24) / 1000), { project: project('new') });
  expect(rows(file, 'select date from months')).toEqual([['2010-12-01'], ['2011-01-01'], ['2011-02-01']]);
  expect(rows(file, 'select count(*) from weeks')).toEqual([[10]]);
  const store = openReadable(file);
  const seen = (name: string, sql: string) => store.query(plainScope(name), sql, {}).rows;
  expect(seen('old', 'select date from months')).toEqual([['2010-12-01']]);
  expect(seen('old', 'select date from weeks')).toEqual([['2010-12-19']]);
  expect(seen('new', 'select date from months')).toEqual([['2011-02-01']]);
  expect(seen('new', 'select date from weeks')).toEqual([['2011-02-20']]);
  store.close();
});

it('writes CVSAnalY\u2019s texts only where every project is strict', async () => {
  const file = storeFile();
  const a = history('a', Date.UTC(2010, 0, 24) / 1000);
  await load(file, a, { project: project('old'), options: { compat: 'strict' } });
  expect(rows(file, 'select date from months')).toEqual([['2010-1-01']]);
  expect(rows(file, 'select date from weeks')).toEqual([['10-01-17']]);
  await load(file, history('b', Date.UTC(2010, 0, 25) / 1000), { project: project('new') });
  expect(rows(file, 'select date from months')).toEqual([['2010-01-01']]);
});

it('leaves dates beyond the calendar out', async () => {
  const file = storeFile();
  await load(file, history('a', 400_000_000_000));
  expect(rows(file, 'select date from months')).toEqual([]);
});
