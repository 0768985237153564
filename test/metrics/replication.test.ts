import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { replicate } from '../../src/metrics/replication.js';
import { trialScopes } from '../../src/metrics/trials.js';
import type { PublishedFigure, PublishedStudy } from '../../src/model/published.js';
import type { Replication } from '../../src/model/result.js';
import type { Readable } from '../../src/store/readable.js';
import { shippedCatalogue } from './catalogue-files.js';
import { catalogueOf, sampleStore } from './sample-store.js';

let folder: string;
let readable: Readable;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stack-health-'));
  readable = await sampleStore(folder);
});
afterAll(() => {
  readable.close();
  rmSync(folder, { recursive: true, force: true });
});

const catalogue = shippedCatalogue();

const COMMITS: PublishedFigure = {
  figure: '1',
  title: 'Commits',
  project: 'alpha',
  value: 4,
  query: 'thesis/six-month-commits',
  reduce: 'only',
  vary: ['refs', 'merged_by', 'identity'],
  remarkReproduced: 'A remark.',
  remarkNotReproduced: 'No choice explains it.',
};
const MEAN: PublishedFigure = {
  ...COMMITS,
  figure: '2',
  title: 'Committers',
  query: 'thesis/active-committers',
  reduce: 'mean',
  vary: ['identity', 'refs', 'rounding'],
  remarkReproduced: null,
};

function study(...published: PublishedFigure[]): PublishedStudy {
  return {
    id: 'sample',
    name: 'Sample',
    projects: [],
    stack: null,
    trials: {
      identity: ['name-email', 'name'],
      refs: ['branches', 'default'],
      mergedBy: [null, '2014-12-31', '2015-03-01'],
      asOf: ['2014-12-31'],
      rounding: ['exact', 'truncated', 'rounded'],
    },
    published,
  };
}

function held(published: PublishedFigure, asOf: string | null = null): Replication {
  const [replication] = replicate(readable, catalogue, study(published), ['alpha', 'beta'], asOf);
  if (!replication) throw new Error('nothing came back');
  return replication;
}

describe('a figure', () => {
  test('that the plain count gives needs no other rule and no remark', () => {
    expect(held(COMMITS)).toMatchObject({
      figure: '1',
      project: 'alpha',
      published: 4,
      ours: 4,
      reproducedBy: {
        scope: { project: 'alpha', refs: 'branches', identity: 'name-email', asOf: '2014-12-31', mergedBy: null },
        rounding: 'exact',
        rule: 'every branch; people by name and address; commits up to 2014-12-31',
      },
      note: null,
    });
  });

  test('is reproduced by the plainest rule that gives it', () => {
    // The branch that was merged in 2015 is not in what main held in 2014; `next` never was.
    const replication = held({ ...COMMITS, value: 2 });
    expect(replication).toMatchObject({
      ours: 4,
      reproducedBy: { scope: { refs: 'default', mergedBy: '2014-12-31' }, value: 2, equal: true },
      note: 'A remark.',
    });
    expect(replication.nearest).toBe(replication.reproducedBy);
    expect(held({ ...COMMITS, value: 3 }).reproducedBy?.scope).toMatchObject({ refs: 'default', mergedBy: null });
  });

  test('that nothing gives is said to be not reproduced, with the nearest', () => {
    const replication = held({ ...COMMITS, value: 82 });
    expect(replication.reproducedBy).toBeNull();
    expect(replication.nearest).toMatchObject({ value: 4, scope: { refs: 'branches', identity: 'name-email' } });
    expect(replication.trials).toHaveLength(8);
    expect(replication.note).toBe('None of the 8 ways of counting that were tried gives 82. No choice explains it.');
    expect(held({ ...COMMITS, value: 82, vary: [], remarkNotReproduced: null }).note).toBe(
      'The one way of counting that was tried does not give 82.',
    );
  });

  test('that is a mean is rounded in each way, after identity and before refs', () => {
    // 2011: 1, 2013: Ada twice, 2014: Ada, Bob, Carol.
    const { trials } = held({ ...MEAN, value: 99 });
    expect(
      trials.map(({ value, rounding, rounded }) => [Number(value.toFixed(2)), rounding, Number(rounded.toFixed(2))]),
    ).toEqual([
      [2, 'exact', 2],
      [2, 'truncated', 2],
      [2, 'rounded', 2],
      [1.67, 'exact', 1.67],
      [1.67, 'truncated', 1],
      [1.67, 'rounded', 2],
      [1.67, 'exact', 1.67],
      [1.67, 'truncated', 1],
      [1.67, 'rounded', 2],
      [1.33, 'exact', 1.33],
      [1.33, 'truncated', 1],
      [1.33, 'rounded', 1],
    ]);
    expect(held({ ...MEAN, value: 1 }).reproducedBy).toMatchObject({
      scope: { identity: 'name', refs: 'branches' },
      rule: 'every branch; people by name alone; commits up to 2014-12-31; mean truncated',
    });
  });

  test('never looks past the day of the report', () => {
    expect(held(COMMITS, '2014-07-31')).toMatchObject({ ours: 2, reproducedBy: null });
    expect(held(COMMITS, '2020-01-01').reproducedBy?.scope.asOf).toBe('2014-12-31');
  });

  test('of a project that is not there is left out', () => {
    expect(
      replicate(readable, catalogue, study(COMMITS, { ...COMMITS, project: 'gamma' }), ['alpha'], null),
    ).toHaveLength(1);
  });

  test('of nothing counted is unknown: the figure is left out', () => {
    expect(replicate(readable, catalogue, study(MEAN), ['alpha'], '1999-12-31')).toEqual([]);
  });

  test('whose query gives no number is an error of the query', () => {
    const odd = catalogueOf({ 'a/text': "SELECT 'x' AS n", 'a/two': 'SELECT 1 AS n UNION SELECT 2' });
    const hold = (query: string) => () => replicate(readable, odd, study({ ...COMMITS, query }), ['alpha'], null);
    expect(hold('a/text')).toThrow('figure 1: query a/text must return a single row that ends in a number');
    expect(hold('a/two')).toThrow(/must return a single row/);
  });
});

test('the rule that gives the figures of all projects is named', () => {
  const beta: PublishedFigure = { ...MEAN, project: 'beta', value: 1 };
  const [first, second] = replicate(readable, catalogue, study({ ...MEAN, value: 1 }, beta), ['alpha', 'beta'], null);
  const rule = 'every branch; people by name alone; commits up to 2014-12-31; mean truncated';
  for (const one of [first, second]) {
    expect(one?.reproducedBy?.rule).toBe(rule);
    expect(one?.note).toBe("The same rule gives all 2 projects' figures.");
  }
  const [apart] = replicate(
    readable,
    catalogue,
    study({ ...MEAN, value: 1 }, { ...beta, value: 7 }),
    ['alpha', 'beta'],
    null,
  );
  expect(apart?.note).toBeNull();
});

test('a day of merging goes with the default branch only, and the same scope is tried once', () => {
  const trials = { ...study().trials, asOf: ['2014-12-31', null], mergedBy: [null, '2014-12-31'] };
  const figure: PublishedFigure = { ...COMMITS, vary: ['as_of', 'merged_by', 'refs'] };
  const scopes = trialScopes(figure, trials, '2014-12-31').map(({ refs, mergedBy }) => [refs, mergedBy]);
  expect(scopes).toEqual([
    ['branches', null],
    ['default', null],
    ['default', '2014-12-31'],
  ]);
  // Fewer departures from the plain count come first.
  expect(trialScopes(figure, trials, null).map(({ refs, mergedBy, asOf }) => [refs, mergedBy, asOf])).toEqual([
    ['branches', null, '2014-12-31'],
    ['default', null, '2014-12-31'],
    ['branches', null, null],
    ['default', '2014-12-31', '2014-12-31'],
    ['default', null, null],
    ['default', '2014-12-31', null],
  ]);
});
