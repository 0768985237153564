import { expect, test } from 'vitest';
import { withUnit } from '../../src/report/headlines.js';
import { cell, inSentence, list, longDay, number, UNKNOWN, words } from '../../src/report/figure-text.js';

test('thin spaces between thousands; unknown is never a 0', () => {
  expect(number(1234567)).toBe('1\u202f234\u202f567');
  expect(number(-1234.567)).toBe('\u22121\u202f234.57');
  expect(number(0)).toBe('0');
  expect(number(-0.001)).toBe('0');
  expect(number(null)).toBe(UNKNOWN);
  expect(number(Number.NaN)).toBe(UNKNOWN);
});

test('years are not grouped, in whatever way a query names them', () => {
  for (const column of ['year', 'YEAR(date)', 'year(s.date)', 'first_year']) expect(cell(2014, column)).toBe('2014');
  expect(cell(2014, 'commits')).toBe('2\u202f014');
  expect(cell(2014, 'COUNT(*)')).toBe('2\u202f014');
  expect(cell(null, 'year')).toBe(UNKNOWN);
  expect(cell('x\u0000', 'name')).toBe('x\\u{0}');
});

test('days, lists and column names in words', () => {
  expect(longDay('2014-12-31')).toBe('31 December 2014');
  expect(longDay('2014-12-31 10:00:00')).toBe('31 December 2014');
  expect(longDay('soon')).toBe('soon');
  expect(longDay(null)).toBe(UNKNOWN);
  expect(list(['a', 'b', 'c'])).toBe('a, b and c');
  expect(words('days_silent')).toBe('days silent');
});

test('titles and units within a sentence', () => {
  expect(inSentence('Active weeks')).toBe('active weeks');
  expect(inSentence('LFX health points')).toBe('LFX health points');
  expect(inSentence('OpenSSF criticality score, from git')).toBe('OpenSSF criticality score, from git');
  expect(withUnit(1, 'contributors')).toBe('1 contributor');
  expect(withUnit(1, 'percent of weeks')).toBe('1 percent of weeks');
  expect(withUnit(2, 'contributors')).toBe('2 contributors');
  expect(withUnit(0.5, '-1 to 1')).toBe('0.5');
});
