import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../src/metrics/catalogue.js';
import { HealthError } from '../../src/model/error.js';

const HEADER = ['-- title: Commits', '-- question: How many?', '-- unit: commits', '-- better: up', '-- source: here'];
const SQL = 'SELECT COUNT(*) AS n FROM scmlog\n';

function file(...lines: string[]): string {
  return [...HEADER, ...lines, SQL].join('\n');
}

function errorOf(text: string, options?: { strict: boolean }): HealthError {
  try {
    parseQuery('a/b.sql', text, options);
  } catch (error) {
    if (error instanceof HealthError) return error;
    throw error;
  }
  throw new Error('the file was taken');
}

describe('parseQuery', () => {
  test('reads every key, and leaves the SQL as it is', () => {
    const sql =
      "SELECT COUNT(*)\n  -- a comment, with :none and title: none\nFROM scmlog WHERE date > :since AND x <> 'XXXX';\n";
    const text = [
      ...HEADER,
      "-- param since = '2014-01-01': the first day: inclusive",
      '-- trap: the first',
      '--   goes on here',
      '-- trap: the second',
      sql,
    ].join('\n');
    expect(parseQuery('activity/some.sql', text)).toEqual({
      id: 'activity/some',
      title: 'Commits',
      question: 'How many?',
      unit: 'commits',
      better: 'up',
      headline: null,
      band: [],
      window: null,
      params: [{ name: 'since', default: '2014-01-01', help: 'the first day: inclusive' }],
      source: 'here',
      traps: ['the first goes on here', 'the second'],
      standsFor: null,
      each: null,
      sql,
      sha256: createHash('sha256').update(text).digest('hex'),
    });
  });

  test('reads what the figure in short is, and what time it covers', () => {
    const info = parseQuery('a/b.sql', file('-- headline: n', '-- window: the last', '--   90 days'));
    expect(info).toMatchObject({ headline: 'n', window: 'the last 90 days' });
  });

  test('takes a number as a number, a text in quotes as text, and no default as none', () => {
    const sql = 'SELECT :a, :b, :c, :d, :e';
    const header = [
      '-- param a = 3: x',
      "-- param b = '3': x",
      '-- param c: x',
      '-- param d = -0.5: x',
      "-- param e = 'it''s: so': x",
    ];
    const defaults = parseQuery('a/b.sql', [...header, sql].join('\n')).params.map((param) => param.default);
    expect(defaults).toEqual([3, '3', null, -0.5, "it's: so"]);
  });

  test('a file of a user needs no header: its name is the title, its parameters those it uses', () => {
    const text = '-- a plain comment\nSELECT :year, :as_of FROM scmlog -- :not\n';
    const info = parseQuery('/home/someone/My query.sql', text);
    expect(info).toMatchObject({ id: 'My query', title: 'My query', better: 'neither', traps: [], sql: text });
    expect(info.params).toEqual([{ name: 'year', help: '', default: null }]);
    expect(parseQuery('-', 'SELECT 1').id).toBe('stdin');
  });

  test('line ends of Windows and a byte order mark do no harm', () => {
    const info = parseQuery('a/b.sql', `\ufeff${file()}`.replaceAll('\n', '\r\n'));
    expect(info).toMatchObject({ title: 'Commits', source: 'here', sql: SQL });
  });

  test.each([
    ['an unknown key', file('-- colour: red'), 'a/b.sql:6: unknown header key "colour"'],
    ['a line without a key', file('-- just words'), 'a/b.sql:6: a header line must read "-- key: value"'],
    ['an empty value', file('-- trap:'), 'a/b.sql:6: "trap" is empty'],
    ['a key given twice', file('-- title: Again'), 'a/b.sql:6: "title" is given twice'],
    ['a headline of two columns', file('-- headline: n, m'), 'a/b.sql:6: "headline" must be the name of one column'],
    ['two headlines', file('-- headline: n', '-- headline: m'), 'a/b.sql:7: "headline" is given twice'],
    [
      'a bad direction',
      file().replace('better: up', 'better: more'),
      'a/b.sql:4: "better" must be up, down, neither, not "more"',
    ],
    [
      'a parameter without help',
      file('-- param x'),
      'a/b.sql:6: a parameter must read "-- param NAME = default: help"',
    ],
    [
      'a parameter declared twice',
      file('-- param x = 1: a', '-- param x = 2: b'),
      'a/b.sql:7: parameter "x" is declared twice',
    ],
    [
      'a parameter never used',
      file('-- param x = 1: a'),
      'a/b.sql: parameter "x" is declared but the SQL does not use it',
    ],
    [
      'the day of the report declared',
      file('-- param as_of = 1: a'),
      'a/b.sql:6: "as_of" is given to every query; it must not be declared',
    ],
    [
      'a parameter never declared',
      file().replace('scmlog', 'scmlog\nWHERE id = :id'),
      'a/b.sql:7: parameter "id" is not declared',
    ],
    [
      'a parameter without a name',
      file().replace('scmlog', 'scmlog\n\nWHERE id = ?'),
      'a/b.sql:8: parameters need names',
    ],
    ['an each that is none', file('-- each: XXXX thesis/years'), 'a/b.sql:6: must read "-- each: PARAM from theme/id"'],
    [
      'an each of nothing',
      file('-- each: XXXX from thesis/years'),
      'a/b.sql:6: "XXXX" is not declared: add a line "-- param XXXX: help"',
    ],
    ['no SQL', `${HEADER.join('\n')}\n-- trap: x\n;  /* nothing */`, 'a/b.sql:7: there is no SQL'],
    ['nothing at all', '', 'a/b.sql:1: there is no SQL'],
  ])('refuses %s', (_, text, message) => {
    const error = errorOf(text);
    expect(error.code).toBe('bad-query');
    expect(error.message).toBe(message);
  });

  test('a file of the catalogue must say what it is', () => {
    expect(errorOf(SQL, { strict: true }).message).toBe('a/b.sql: the header lacks a line "-- title: …"');
    expect(errorOf(file().replace('-- source: here\n', ''), { strict: true }).message).toMatch(
      /lacks a line "-- source/,
    );
  });
});
