import { expect, test } from 'vitest';
import { renderCsv } from '../../src/report/csv.js';
import { csvText } from '../../src/model/csv-text.js';
import { sampleResult, UNSEEN } from './fixture.js';

test('quotes, commas and line ends follow RFC 4180', () => {
  expect(
    csvText(
      ['a', 'b "c"'],
      [
        ['x,y', 'say "hi"'],
        ['two\nlines', 3.5],
      ],
    ),
  ).toBe('a,"b ""c"""\r\n"x,y","say ""hi"""\r\n"two\nlines",3.5\r\n');
});

test('unknown is an empty field, not a 0', () => {
  expect(csvText(['a', 'b'], [[null, 0], [1]])).toBe('a,b\r\n,0\r\n1,\r\n');
});

test('text that a spreadsheet would run is made inert; numbers stay numbers', () => {
  const rows = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', 'a=1', -5].map((value) => [value]);
  expect(csvText(['x'], rows).split('\r\n').slice(1, -1)).toEqual([
    "'=1+1",
    "'+1",
    "'-1",
    "'@SUM(A1)",
    "'\t=1",
    'a=1',
    '-5',
  ]);
});

test('one file for each query, the project in front', () => {
  const files = renderCsv(sampleResult());
  expect([...files.keys()]).toContain('activity-commits-per-day.csv');
  expect(files.get('activity-commits-six-months.csv')).toMatch(
    /^project,commits\r\nalpha,\d+\r\nbeta-disk,\d+\r\ngamma,\d+\r\n$/,
  );
  const people = files.get('people-top.csv') ?? '';
  expect(people).toContain(`"'=HYPERLINK(""http://example.invalid"",""x"")"`);
  expect(people).not.toMatch(UNSEEN);
});

test('names of files are safe and none is written over', () => {
  const [measurement] = sampleResult().measurements;
  if (!measurement) throw new Error('the fixture has measurements');
  const measurements = ['../../etc/x', '..-..-etc-x', 'A/b', 'a/B', '///'].map((query) => ({ ...measurement, query }));
  const names = [...renderCsv(sampleResult({ measurements, queries: [], charts: [] })).keys()];
  expect(names).toEqual(['etc-x.csv', 'etc-x-2.csv', 'A-b.csv', 'a-B-2.csv', 'unnamed.csv']);
});

test('a replica says so in every row', () => {
  const result = sampleResult();
  result.study.replica = true;
  for (const text of renderCsv(result).values()) {
    const [head, ...rows] = text.trimEnd().split('\r\n');
    expect(head).toMatch(/^project,history,/);
    for (const row of rows) expect(row).toMatch(/^[\w-]+,replica,/);
  }
});
