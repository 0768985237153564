import type { DateParts } from './mysql-date.js';

/** One row of CVSAnalY's `months` or `weeks`: id, year, month or week, and the day it begins on. */
export type PeriodRow = readonly [id: number, year: number, part: number, date: string];

const MONTHS_A_YEAR = 12;
/** CVSAnalY numbers weeks as if each year had so many. */
const WEEKS_A_YEAR = 53;
const DAY_MILLISECONDS = 86_400_000;

/**
 * Every month from the first to the last day, those without a commit too. `strict`: the day is written `2012-1-01`, as
 * CVSAnalY does, which neither sorts nor compares with other dates.
 */
export function monthRows(first: DateParts, last: DateParts, strict: boolean): PeriodRow[] {
  const rows: PeriodRow[] = [];
  const end = last.year * MONTHS_A_YEAR + last.month;
  for (let id = first.year * MONTHS_A_YEAR + first.month; id <= end; id += 1) {
    const month = ((id - 1) % MONTHS_A_YEAR) + 1;
    const year = Math.floor((id - 1) / MONTHS_A_YEAR);
    rows.push([id, year, month, strict ? `${year}-${month}-01` : `${digits(year, 4)}-${digits(month, 2)}-01`]);
  }
  return rows;
}

/**
 * Every week from the first to the last day. A week begins on its Sunday and belongs to the year of that Sunday; the
 * first of a year is the one that begins on its first Sunday.
 *
 * `strict`: CVSAnalY takes where to begin and to end from the ISO week and the calendar year of the two days, so weeks
 * may be missing at either end (the ISO week of 1 January may be 52, that of 31 December 1), and writes `12-01-01`.
 */
export function weekRows(first: DateParts, last: DateParts, strict: boolean): PeriodRow[] {
  const rows: PeriodRow[] = [];
  const start = strict ? first.year * WEEKS_A_YEAR + isoWeek(first) : sundayWeek(first);
  const end = strict ? last.year * WEEKS_A_YEAR + isoWeek(last) : sundayWeek(last);
  for (let id = start; id <= end; id += 1) {
    const week = ((id - 1) % WEEKS_A_YEAR) + 1;
    const year = Math.floor((id - 1) / WEEKS_A_YEAR);
    const sunday = new Date(firstSunday(year) + (week - 1) * 7 * DAY_MILLISECONDS);
    if (sunday.getUTCFullYear() > year) continue;
    const day = `${digits(sunday.getUTCMonth() + 1, 2)}-${digits(sunday.getUTCDate(), 2)}`;
    rows.push([id, year, week, `${strict ? digits(year % 100, 2) : digits(year, 4)}-${day}`]);
  }
  return rows;
}

/** Milliseconds since 1970 of the day a year's first Sunday is. */
function firstSunday(year: number): number {
  const day = midnight(year, 1, 1);
  return day + ((7 - new Date(day).getUTCDay()) % 7) * DAY_MILLISECONDS;
}

function sundayWeek({ year, month, day }: DateParts): number {
  const time = midnight(year, month, day);
  const sunday = time - new Date(time).getUTCDay() * DAY_MILLISECONDS;
  const its = new Date(sunday).getUTCFullYear();
  return its * WEEKS_A_YEAR + (sunday - firstSunday(its)) / (7 * DAY_MILLISECONDS) + 1;
}

/** ISO 8601: the week of the year that has the day's Thursday. */
function isoWeek({ year, month, day }: DateParts): number {
  const time = midnight(year, month, day);
  const thursday = time + (4 - (new Date(time).getUTCDay() || 7)) * DAY_MILLISECONDS;
  const start = midnight(new Date(thursday).getUTCFullYear(), 1, 1);
  return Math.floor((thursday - start) / (7 * DAY_MILLISECONDS)) + 1;
}

function midnight(year: number, month: number, day: number): number {
  // Date.UTC takes years below 100 for 1900 and later.
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

function digits(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
