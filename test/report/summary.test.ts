import { expect, test } from 'vitest';
import type { Measurement, Value } from '../../src/model/measurement.js';
import type { Result } from '../../src/model/result.js';
import { overall, summarize } from '../../src/report/summary.js';
import { facts, sampleResult, scope } from './fixture.js';

function one(query: string, columns: string[], rows: Value[][]): Measurement {
  return { query, scope: scope('alpha'), params: {}, columns, rows };
}

function made(sixMonths: number | null, extra: Partial<Result> = {}): Result {
  return sampleResult({
    projects: [facts('alpha')],
    measurements: [
      one('overview/facts', ['first_commit', 'last_commit', 'commits'], [['2005-01-01', '2014-12-30', 1000]]),
      one('activity/commits-six-months', ['commits'], [[sixMonths]]),
      one(
        'activity/committers-per-year',
        ['year', 'committers'],
        [
          [2012, 4],
          [2013, 6],
          [2014, 2],
        ],
      ),
    ],
    ...extra,
  });
}

const only = (result: Result) => summarize(result, facts('alpha'));

test('the verdict holds the half-year against the project itself', () => {
  expect(only(made(50)).verdict).toBe('Steady: close to its own average of 50 per half-year.');
  expect(only(made(80)).activity).toBe('busier');
  expect(only(made(25)).activity).toBe('slower');
  expect(only(made(3)).verdict).toMatch(/^Much slower/);
  expect(only(made(0)).verdict).toBe(
    'Silent: no commit in the six months to 31 December 2014; its last commit is of 30 December 2014.',
  );
});

test('what is not known is not 0', () => {
  const unknown = only(made(null));
  expect(unknown.sixMonths).toBeNull();
  expect(unknown.verdict).toBe('How active it was in the six months to 31 December 2014 is not known.');
  const bare = only(made(5, { measurements: [] }));
  expect([bare.commits, bare.committersPerYear, bare.firstCommit, bare.lastCommit]).toEqual([null, null, null, null]);
});

test('a year that is not over does not lower the mean of committers', () => {
  expect(only(made(50)).committersPerYear).toBe(4);
  expect(only(made(50, { asOf: '2014-06-30' })).committersPerYear).toBe(5);
  expect(only(made(50, { asOf: '2012-06-30' })).committersPerYear).toBe(4);
});

test('one sentence for all, for any number of projects', () => {
  const three = sampleResult();
  const summaries = three.projects.map((project) => summarize(three, project));
  expect(overall(summaries, three.asOf)).toMatch(
    /^All 3 projects were active in the six months to 31 December 2014, from/,
  );
  expect(overall([only(made(7))], '2014-12-31')).toBe('alpha had 7 commits in the six months to 31 December 2014.');
  expect(overall([only(made(0)), only(made(7))], '2014-12-31')).toContain('1 of 2 projects were active');
  expect(overall([], '2014-12-31')).toBe('Nothing has been collected yet.');
});
