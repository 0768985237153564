import { expect, it } from 'vitest';
import { byteSize, count, counted, duration } from '../../src/cli/amount.js';
import { wantsColor } from '../../src/cli/printer.js';
import { ProgressLine } from '../../src/cli/progress-line.js';
import { chooseForms, slug } from '../../src/cli/report-forms.js';
import { cutLine, tableText, textWidth } from '../../src/cli/table.js';

it('sets columns in line, numbers to the right, nothing where nothing is known', () => {
  const text = tableText(
    ['name', 'n'],
    [
      ['a', 1],
      ['漢字', 1000],
      ['e\u0301', null],
    ],
  );
  expect(text).toBe('name     n\na        1\n漢字  1000\ne\u0301');
});

it('keeps hostile cells on their line', () => {
  expect(tableText(['x'], [['a\n\u001b[2J\u202eb']])).toBe('x\na \\u{1b}[2J\\u{202e}b');
});

it('cuts by what is seen, not by characters', () => {
  expect(cutLine('abcdef', 6)).toBe('abcdef');
  expect(cutLine('abcdefg', 6)).toBe('abcde…');
  expect(cutLine('漢字漢字', 6)).toBe('漢字…');
  expect(textWidth(cutLine('漢字漢字', 6))).toBeLessThanOrEqual(6);
});

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [123_456, '123 kB'],
  [999_999, '1.0 MB'],
  [12_345_678, '12.3 MB'],
  [5e15, '5000 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(byteSize(bytes)).toBe(text);
});

it('counts and times as people do', () => {
  expect([count(0), count(999), count(1000), count(1_234_567)]).toEqual(['0', '999', '1,000', '1,234,567']);
  expect([counted(1, 'commit'), counted(0, 'commit')]).toEqual(['1 commit', '0 commits']);
  expect([duration(0.4), duration(59.6), duration(200), duration(7500)]).toEqual([
    '0 s',
    '1 min 0 s',
    '3 min 20 s',
    '2 h 5 min',
  ]);
});

it.each<[boolean, boolean, Record<string, string>, boolean]>([
  [true, true, {}, true],
  [false, true, {}, false],
  [true, false, {}, false],
  [true, true, { NO_COLOR: '1' }, false],
  [true, true, { NO_COLOR: '' }, true],
  [true, true, { TERM: 'dumb' }, false],
  [false, true, { FORCE_COLOR: '1' }, true],
  [false, false, { FORCE_COLOR: '1' }, false],
  [false, true, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  [true, true, { FORCE_COLOR: '0' }, false],
])('colour: terminal %s, --color %s, %j: %s', (isTTY, color, env, expected) => {
  expect(wantsColor({ isTTY }, color, env)).toBe(expected);
});

it('a line of progress tells amounts, rate and what is left', () => {
  const line = new ProgressLine('drbd');
  expect(line.text(6, 0)).toBe('drbd    waiting');
  line.update({ project: 'drbd', stage: 'fetch', bytes: 1500, done: 10, total: 100 }, 0);
  expect(line.text(6, 0.5)).toBe('drbd    fetching  1.5 kB  10/100 objects');
  line.update({ project: 'drbd', stage: 'fetch', done: 60 }, 2);
  expect(line.text(6, 2)).toBe('drbd    fetching  1.5 kB  60/100 objects  2 s left');
  line.update({ project: 'drbd', stage: 'load', done: 0, total: 1000, rows: 0 }, 3);
  line.update({ project: 'drbd', stage: 'load', done: 100, total: 1000, rows: 5000 }, 5);
  expect(line.text(4, 5)).toBe('drbd  loading  100/1,000 commits  2,500 rows/s  18 s left');
  line.update({ project: 'drbd', stage: 'done' }, 9);
  expect(line.text(4, 9)).toBe('drbd  done');
});

it.each([
  ['our-stack', 'our-stack'],
  ['Our <own> stack!', 'Our-own-stack'],
  ['../../etc/passwd', 'etc-passwd'],
  ['Größe', 'Große'.replace('ß', '-')],
  ['漢字', 'study'],
  ['nul', 'study-nul'],
  ['', 'study'],
])('a study called %j makes files called %s', (name, expected) => {
  expect(slug(name)).toBe(expected);
});

it.each<[Parameters<typeof chooseForms>, ReturnType<typeof chooseForms>]>([
  [[{}, false, null, 's'], { html: 'reports/s.html' }],
  [[{}, false, 'x.htm', 's'], { html: 'x.htm' }],
  [[{}, true, null, 's'], { json: '-' }],
  [[{}, true, 'x.json', 's'], { json: 'x.json' }],
  [[{ html: true }, true, null, 's'], { html: 'reports/s.html', json: 'reports/s.json' }],
  [[{ html: true, md: true }, false, 'd', 's'], { html: 'd/s.html', md: 'd/s.md' }],
  [[{ csv: 'c' }, false, null, 's'], { csv: 'c' }],
  [[{ csv: 'c' }, true, null, 's'], { csv: 'c', json: 'reports/s.json' }],
  [[{ md: true, svg: 'v' }, false, 'x.md', 's'], { md: 'x.md', svg: 'v' }],
])('forms %j are %j', (args, expected) => {
  expect(chooseForms(...args)).toEqual(expected);
});
