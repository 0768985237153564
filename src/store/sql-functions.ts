import type Database from 'better-sqlite3';
import { formatDate } from './date-format.js';
import { dayNumber, dayOfYear, daysInMonth, parseDate, unixTime, week, weekday, type DateParts } from './mysql-date.js';

type SqlValue = string | number | bigint | Buffer | null;

/** MySQL's functions of one date that give a number. */
const NUMBERS: Record<string, (date: DateParts) => number> = {
  YEAR: (date) => date.year,
  MONTH: (date) => date.month,
  DAY: (date) => date.day,
  DAYOFMONTH: (date) => date.day,
  HOUR: (date) => date.hour,
  MINUTE: (date) => date.minute,
  SECOND: (date) => date.second,
  QUARTER: (date) => Math.ceil(date.month / 3),
  WEEK: (date) => week(date, false, false).week,
  WEEKDAY: (date) => (weekday(date) + 6) % 7,
  DAYOFWEEK: (date) => weekday(date) + 1,
  DAYOFYEAR: dayOfYear,
  TO_DAYS: dayNumber,
  UNIX_TIMESTAMP: unixTime,
};

/**
 * Registers the MySQL functions that SQLite lacks or has with another meaning; IF is SQLite's own, and the same. NULL in
 * gives NULL out; what is no date gives NULL too. Names are case-insensitive, as all of SQLite's.
 */
export function registerFunctions(db: Database.Database): void {
  // SQLite takes the number of arguments from the function: no default values here.
  const define = (name: string, work: (first: SqlValue, second: SqlValue) => SqlValue) =>
    db.function(name, { deterministic: true }, work);
  const defineList = (name: string, work: (...values: SqlValue[]) => SqlValue) =>
    db.function(name, { deterministic: true, varargs: true }, work);

  for (const [name, part] of Object.entries(NUMBERS)) {
    define(name, (value) => onDate(value, (date) => integer(part(date))));
  }
  define('DATE_FORMAT', (value: SqlValue, format: SqlValue) =>
    format === null ? null : onDate(value, (date) => formatDate(date, String(format))),
  );
  define('LAST_DAY', (value) => onDate(value, lastDay));
  define('DATEDIFF', (late: SqlValue, early: SqlValue) =>
    onDate(late, (a) => onDate(early, (b) => integer(dayNumber(a) - dayNumber(b)))),
  );
  define('LEFT', (text: SqlValue, count: SqlValue) =>
    text === null || count === null ? null : firstOf(characters(text), Number(count)),
  );
  define('RIGHT', (text: SqlValue, count: SqlValue) =>
    text === null || count === null ? null : lastOf(characters(text), Number(count)),
  );
  defineList('CONCAT', (...values) => (values.includes(null) ? null : values.map(String).join('')));
  defineList('CONCAT_WS', (separator: SqlValue, ...values) =>
    separator === null
      ? null
      : values
          .filter((value) => value !== null)
          .map(String)
          .join(String(separator)),
  );
}

function onDate<T extends SqlValue>(value: SqlValue | undefined, work: (date: DateParts) => T): T | null {
  const date = value === null || value === undefined ? null : parseDate(value);
  return date === null ? null : work(date);
}

/** A plain number would come back as SQLite's REAL, `2014.0` in a text. */
function integer(value: number): bigint {
  return BigInt(Math.trunc(value));
}

function lastDay(date: DateParts): string {
  const { year, month } = date;
  return formatDate({ ...date, day: daysInMonth(year, month) }, '%Y-%m-%d');
}

function characters(value: SqlValue | undefined): string[] {
  return [...String(value)];
}

function firstOf(list: string[], count: number): string {
  return list.slice(0, Math.max(0, count)).join('');
}

function lastOf(list: string[], count: number): string {
  return count > 0 ? list.slice(-count).join('') : '';
}
