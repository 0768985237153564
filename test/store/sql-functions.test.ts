import { expect, it } from 'vitest';
import Driver from '../../src/store/driver.js';
import { registerFunctions } from '../../src/store/sql-functions.js';

const db = new Driver(':memory:');
registerFunctions(db);

function value(sql: string): unknown {
  return db.prepare(`select ${sql}`).pluck().get();
}

// What MySQL gives; weeks and day counts as its manual's examples have them.
it.each([
  ["YEAR('2014-07-09 01:02:03')", 2014],
  ["year('2014-07-09')", 2014],
  ["MONTH('2014-07-09')", 7],
  ["DAY('2014-07-09')", 9],
  ["DAYOFMONTH('2007-02-03')", 3],
  ["HOUR('2014-07-09 10:05:03')", 10],
  ["MINUTE('2008-02-03 10:05:03')", 5],
  ["SECOND('2008-02-03 10:05:03')", 3],
  ["HOUR('2014-07-09')", 0],
  ["QUARTER('2008-04-01')", 2],
  ["QUARTER('2008-12-31')", 4],
  ["WEEK('2008-02-20')", 7],
  ["WEEK('2000-01-01')", 0],
  ["WEEK('2008-12-31')", 52],
  ["WEEKDAY('2008-02-03 22:23:00')", 6],
  ["WEEKDAY('2007-11-06')", 1],
  ["DAYOFWEEK('2007-02-03')", 7],
  ["DAYOFYEAR('2007-02-03')", 34],
  ["DAYOFYEAR('2012-12-31')", 366],
  ["LAST_DAY('2004-02-05')", '2004-02-29'],
  ["LAST_DAY('2004-01-01 01:01:01')", '2004-01-31'],
  ["TO_DAYS('2007-10-07')", 733_321],
  ["TO_DAYS('1970-01-01')", 719_528],
  ["UNIX_TIMESTAMP('2015-11-13 10:20:19')", 1_447_410_019],
  ["DATEDIFF('2007-12-31 23:59:59','2007-12-30')", 1],
  ["DATEDIFF('2010-11-30 23:59:59','2010-12-31')", -31],
  ["DATE_FORMAT('2009-10-04 22:23:00', '%W %M %Y')", 'Sunday October 2009'],
  ["DATE_FORMAT('2007-10-04 22:23:00', '%H:%i:%s')", '22:23:00'],
  ["DATE_FORMAT('1900-10-04 22:23:00', '%D %y %a %d %m %b %j')", '4th 00 Thu 04 10 Oct 277'],
  ["DATE_FORMAT('1997-10-04 22:23:00', '%H %k %I %r %T %S %w')", '22 22 10 10:23:00 PM 22:23:00 00 6'],
  ["DATE_FORMAT('1999-01-01', '%X %V')", '1998 52'],
  ["DATE_FORMAT('1999-01-01', '%x %v %u %U')", '1998 53 00 00'],
  ["DATE_FORMAT('2008-12-31', '%x %v')", '2009 01'],
  ["DATE_FORMAT('2014-01-02 00:05:06.1234', '%c/%e %l %h %p %f %%%q')", '1/2 12 12 AM 123400 %q'],
  [
    "DATE_FORMAT('2014-01-11', '%D')||DATE_FORMAT('2014-01-21', '%D')||DATE_FORMAT('2014-01-22', '%D')||DATE_FORMAT('2014-01-03', '%D')",
    '11th21st22nd3rd',
  ],
  ['IF(1, 2, 3)', 2],
  ['IF(NULL, 2, 3)', 3],
  ["IF(0, 'a', 'b')", 'b'],
  ['IF(1.0, 6.0, 0) / 4', 1.5],
  ["CONCAT('a', 1, 'b')", 'a1b'],
  ["CONCAT('a', NULL, 'b')", null],
  ["CONCAT_WS('-', 'a', NULL, 'b')", 'a-b'],
  ["CONCAT_WS(NULL, 'a')", null],
  ["CONCAT(YEAR('2014-07-09'), '-', MONTH('2014-07-09'))", '2014-7'],
  ["YEAR('2014-07-09') || ''", '2014'],
  ["LEFT('foobarbar', 5)", 'fooba'],
  ["RIGHT('foobarbar', 4)", 'rbar'],
  ["RIGHT('a', 0) || LEFT('a', -1)", ''],
  ["LEFT('été', 2)", 'ét'],
])('%s', (sql, expected) => {
  expect(value(sql)).toBe(expected);
});

const ONE_DATE =
  'YEAR MONTH DAY DAYOFMONTH HOUR MINUTE SECOND QUARTER WEEK WEEKDAY DAYOFWEEK DAYOFYEAR TO_DAYS UNIX_TIMESTAMP LAST_DAY';

it.each(ONE_DATE.split(' '))('%s gives NULL for NULL and for what is no date', (name) => {
  for (const date of ['NULL', "''", "'soon'", "'2014-02-30'", "'2014-13-01'", "'2014-01-01 25:00:00'"]) {
    expect(value(`${name}(${date})`)).toBeNull();
  }
});

it('gives NULL where another argument is NULL', () => {
  for (const sql of [
    "DATE_FORMAT(NULL, '%Y')",
    "DATE_FORMAT('2014-01-01', NULL)",
    "DATEDIFF(NULL, '2014-01-01')",
    "DATEDIFF('2014-01-01', NULL)",
    'LEFT(NULL, 1)',
    "LEFT('a', NULL)",
    "RIGHT('a', NULL)",
    'RIGHT(NULL, 1)',
  ]) {
    expect([sql, value(sql)]).toEqual([sql, null]);
  }
});

// Not of MySQL, and only there because of how SQLite was built: queries under queries/ rest on them.
it.each([
  ['SELECT MEDIAN(value) FROM (SELECT 1 AS value UNION ALL SELECT NULL UNION ALL SELECT 2)', 1.5],
  ['SELECT PERCENTILE(value, 90) FROM (SELECT 0 AS value UNION ALL SELECT 10)', 9],
  ['SELECT MEDIAN(1) WHERE 0', null],
  ['SELECT ROUND(LN(121), 6)', 4.795791],
  ['SELECT LN(0)', null],
  ['SELECT SQRT(9)', 3],
  ["SELECT DATE('2014-08-31', '-6 months', 'floor')", '2014-02-28'],
])('%s', (sql, expected) => {
  expect(db.prepare(sql).pluck().get()).toBe(expected);
});

it('counts whole numbers as such', () => {
  expect(value("typeof(YEAR('2014-01-01')) || typeof(DATEDIFF('2014-01-01', '2013-01-01'))")).toBe('integerinteger');
});
