import type { Value } from '../model/measurement.js';
import { visible } from '../model/text.js';

/** What stands where a figure is not known; never a 0. */
export const UNKNOWN = '\u2013';

const THIN = '\u202f';
const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const YEAR_COLUMN = /(^|_)(year|id|day|month|week|weekday|hour)($|\()/i;

/** A number with narrow spaces that don't break between thousands and at most `digits` decimals; `UNKNOWN` for null. */
export function number(value: number | null, digits = 2): string {
  if (value === null || !Number.isFinite(value)) return UNKNOWN;
  const factor = 10 ** digits;
  const rounded = Math.round(Math.abs(value) * factor) / factor;
  const [whole = '0', fraction] = String(rounded).split('.');
  if (whole.includes('e')) return String(value);
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN);
  const sign = value < 0 && rounded !== 0 ? '\u2212' : '';
  return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** True for columns of years, months, ids: numbers that say which one, not how many. */
export function isCalendar(column: string): boolean {
  return YEAR_COLUMN.test(column);
}

/** One cell of a table: years and the like are never grouped, unknown is a dash. */
export function cell(value: Value, column: string): string {
  if (value === null) return UNKNOWN;
  if (typeof value === 'string') return visible(value);
  return isCalendar(column) ? String(value) : number(value, 3);
}

/** `2014-12-31` (or a time that starts so) as `31 December 2014`; other text as it is. */
export function longDay(day: string | null): string {
  if (day === null) return UNKNOWN;
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(day);
  const month = MONTHS[Number(match?.[2]) - 1];
  return match && month ? `${Number(match[3])} ${month} ${match[1]}` : visible(day);
}

/** `commits_per_year` as `commits per year`. */
export function words(column: string): string {
  return visible(column).replaceAll('_', ' ');
}

/** A title within a sentence: `Active weeks` as `active weeks`, but `LFX health points` as it is. */
export function inSentence(title: string): string {
  return /\p{Lu}\p{L}*\p{Lu}/u.test(title) ? title : title.toLowerCase();
}

/** `one commit`, `2 commits`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return value === 1 ? `1 ${one}` : `${number(value)} ${many}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function list(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
