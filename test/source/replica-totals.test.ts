import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HealthError } from '../../src/model/error.js';
import { parseReplicaTotals } from '../../src/source/replica-totals.js';

const good = `format: 1
projects:
  - name: sample
    branch: main
    years:
      - { year: 2001, committers: 3, names: 2, main: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5] }
`;

test('reads totals', () => {
  const { projects } = parseReplicaTotals(good, 'x.yaml');
  expect(projects[0]?.years[0]?.main.at(-1)).toBe(5);
});

test('the built-in file names no address', () => {
  const text = readFileSync(new URL('../../data/studies/replica.yaml', import.meta.url), 'utf8');
  expect(text).not.toContain('@');
  expect(parseReplicaTotals(text, 'replica.yaml').projects.map(({ name }) => name)).toEqual([
    'corosync',
    'drbd',
    'pacemaker',
  ]);
});

test.each([
  ['no YAML', good.replace('format: 1', 'format: [')],
  ['another format', good.replace('format: 1', 'format: 2')],
  ['eleven months', good.replace('[1, 0,', '[1,')],
  ['a negative month', good.replace('[1, 0,', '[1, -1,')],
  ['more committers than commits', good.replace('0, 5]', '0, 0]')],
  ['three addresses a name', good.replace('names: 2', 'names: 1')],
  ['a name that is a path', good.replace('sample', '../sample')],
  ['an unknown key', `${good}more: 1\n`],
  ['no projects', 'format: 1\nprojects: []\n'],
  ['nothing', ''],
])('%s is bad configuration', (_, text) => {
  let error: unknown;
  try {
    parseReplicaTotals(text, 'x.yaml');
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(HealthError);
  expect(error).toMatchObject({ code: 'bad-config', message: expect.stringMatching(/^x\.yaml: [^\n]+$/) });
});
