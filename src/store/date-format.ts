import { dayOfYear, week, weekday, type DateParts } from './mysql-date.js';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const two = (value: number) => String(value).padStart(2, '0');
const four = (value: number) => String(value).padStart(4, '0');
const hour12 = ({ hour }: DateParts) => ((hour + 11) % 12) + 1;
const half = ({ hour }: DateParts) => (hour < 12 ? 'AM' : 'PM');
const time = (hour: number, date: DateParts) => `${two(hour)}:${two(date.minute)}:${two(date.second)}`;

/** MySQL's DATE_FORMAT codes, names in English. */
const CODES: Record<string, (date: DateParts) => string> = {
  a: (date) => DAYS[weekday(date)]!.slice(0, 3),
  b: (date) => MONTHS[date.month - 1]!.slice(0, 3),
  c: (date) => String(date.month),
  D: (date) => `${date.day}${ordinal(date.day)}`,
  d: (date) => two(date.day),
  e: (date) => String(date.day),
  f: (date) => String(date.microsecond).padStart(6, '0'),
  H: (date) => two(date.hour),
  h: (date) => two(hour12(date)),
  I: (date) => two(hour12(date)),
  i: (date) => two(date.minute),
  j: (date) => String(dayOfYear(date)).padStart(3, '0'),
  k: (date) => String(date.hour),
  l: (date) => String(hour12(date)),
  M: (date) => MONTHS[date.month - 1]!,
  m: (date) => two(date.month),
  p: half,
  r: (date) => `${time(hour12(date), date)} ${half(date)}`,
  S: (date) => two(date.second),
  s: (date) => two(date.second),
  T: (date) => time(date.hour, date),
  U: (date) => two(week(date, false, false).week),
  u: (date) => two(week(date, true, false).week),
  V: (date) => two(week(date, false, true).week),
  v: (date) => two(week(date, true, true).week),
  W: (date) => DAYS[weekday(date)]!,
  w: (date) => String(weekday(date)),
  X: (date) => four(week(date, false, true).year),
  x: (date) => four(week(date, true, true).year),
  Y: (date) => four(date.year),
  y: (date) => two(date.year % 100),
};

/** A code that is none stands for its letter, as in MySQL. */
export function formatDate(date: DateParts, format: string): string {
  return format.replace(/%([\s\S])/g, (_, code: string) => CODES[code]?.(date) ?? code);
}

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][day % 10] ?? 'th';
}
