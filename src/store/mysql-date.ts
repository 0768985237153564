/** A date as MySQL reads one from text: the parts, and what a day of the calendar says. */
export interface DateParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  microsecond: number;
}

const TEXT = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,6})\d*)?)?)?\s*$/;
const DAY_MILLISECONDS = 86_400_000;
// Day 719528 of MySQL's count is 1970-01-01.
const EPOCH_DAYS = 719_528;

/** Null for what is no date, as MySQL has it. */
export function parseDate(value: unknown): DateParts | null {
  const match = TEXT.exec(String(value));
  if (!match) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const microsecond = Number((match[7] ?? '').padEnd(6, '0'));
  const valid = month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  if (!valid || hour > 23 || minute > 59 || second > 59) return null;
  return { year, month, day, hour, minute, second, microsecond };
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** MySQL's TO_DAYS: days since year 0. */
export function dayNumber({ year, month, day }: DateParts): number {
  return utc(year, month, day) / DAY_MILLISECONDS + EPOCH_DAYS;
}

/** Seconds since 1970, the text taken as UTC. */
export function unixTime(date: DateParts): number {
  return (dayNumber(date) - EPOCH_DAYS) * 86_400 + date.hour * 3600 + date.minute * 60 + date.second;
}

/** 0 for Sunday. */
export function weekday(date: DateParts): number {
  return new Date(utc(date.year, date.month, date.day)).getUTCDay();
}

export function dayOfYear(date: DateParts): number {
  return dayNumber(date) - dayNumber({ ...date, month: 1, day: 1 }) + 1;
}

/**
 * Week of the year, MySQL's modes: `monday` starts weeks on Monday and counts the first week with four days or more of
 * the year as the first, else the one with the year's first Sunday. `whole`: 1 to 53, days before the first week belong
 * to the year before; else they are week 0.
 */
export function week(date: DateParts, monday: boolean, whole: boolean): { year: number; week: number } {
  const first = firstWeekStart(date.year, monday);
  const day = dayNumber(date);
  if (day < first) {
    if (!whole) return { year: date.year, week: 0 };
    return { year: date.year - 1, week: weeksBetween(firstWeekStart(date.year - 1, monday), day) };
  }
  // The last days of December may belong to the next year's first week: by ISO, only with `whole`.
  if (whole && day >= firstWeekStart(date.year + 1, monday)) return { year: date.year + 1, week: 1 };
  return { year: date.year, week: weeksBetween(first, day) };
}

function weeksBetween(first: number, day: number): number {
  return Math.floor((day - first) / 7) + 1;
}

/** Day number on which the first week of a year starts. */
function firstWeekStart(year: number, monday: boolean): number {
  const newYear = { year, month: 1, day: 1, hour: 0, minute: 0, second: 0, microsecond: 0 };
  const start = dayNumber(newYear);
  const sunday = weekday(newYear);
  if (!monday) return start + ((7 - sunday) % 7);
  const sinceMonday = (sunday + 6) % 7;
  return sinceMonday <= 3 ? start - sinceMonday : start + 7 - sinceMonday;
}

function utc(year: number, month: number, day: number): number {
  // Date.UTC takes years below 100 for 1900 and later.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}
