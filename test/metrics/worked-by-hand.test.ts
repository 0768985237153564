import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { measure } from '../../src/metrics/run.js';
import { noIdentityRules } from '../../src/model/identities.js';
import type { Scope, Value } from '../../src/model/measurement.js';
import type { Readable, ReadableOptions } from '../../src/store/readable.js';
import { ada, bob, temporaryFolder, TestRepository } from '../fixtures/repository.js';
import { shippedCatalogue } from './catalogue-files.js';
import { collected, scopeOf } from './sample-store.js';

const catalogue = shippedCatalogue();

function figures(
  readable: Readable,
  id: string,
  over: Partial<Scope>,
  params: Record<string, Value> = {},
): Record<string, Value> {
  const { columns, rows } = measure(readable, catalogue, catalogue.query(id), scopeOf('one', over), params);
  expect(rows).toHaveLength(1);
  return Object.fromEntries(columns.map((column, i) => [column, rows[0]?.[i] ?? null]));
}

/** So many commits by each of some people, all of 2014. */
async function byShares(shares: readonly number[]): Promise<Readable> {
  const folder = temporaryFolder();
  const repo = new TestRepository(join(folder, 'one'));
  let clock = Date.UTC(2014, 0, 1, 12) / 1000;
  const commits = shares.flatMap((count, person) =>
    Array.from({ length: count }, () => {
      const who = `Person ${person} <person${person}@example.org> ${(clock += 60)} +0000`;
      return `commit refs/heads/main\nauthor ${who}\ncommitter ${who}\ndata 1\nx\n`;
    }),
  );
  execFileSync('git', ['-C', repo.dir, 'fast-import', '--quiet'], { input: commits.join('') });
  return collected(folder, { one: repo.dir });
}

describe('the absence factor', () => {
  test.each([
    ["CHAOSS's example", [1000, 202, 90, 33, 332, 343, 42, 433], { absence_factor: 2, over_threshold: 2 }],
    ['two with half each', [7, 7], { absence_factor: 1, over_threshold: 2 }],
    ['one alone', [3], { absence_factor: 1, over_threshold: 1, top_percent: 100 }],
    ['four alike', [5, 5, 5, 5], { absence_factor: 2, over_threshold: 3, top_percent: 25 }],
  ])('of %s', async (_, shares, expected) => {
    const readable = await byShares(shares);
    const commits = shares.reduce((sum, n) => sum + n, 0);
    expect(figures(readable, 'people/absence-factor', { asOf: '2014-12-31' })).toMatchObject({
      ...expected,
      absence_factor_ever: expected.absence_factor,
      contributors: shares.length,
      commits,
    });
    // Everybody at 100 %; nobody in a year without commits.
    const all = figures(readable, 'people/absence-factor', { asOf: '2014-12-31' }, { threshold: 100 });
    expect([all['absence_factor'], all['over_threshold']]).toEqual([shares.length, null]);
    expect(figures(readable, 'people/absence-factor', { asOf: '2016-12-31' })).toMatchObject({
      absence_factor: null,
      contributors: 0,
      commits: 0,
      absence_factor_ever: expected.absence_factor,
    });
    readable.close();
  });
});

test.each([
  [[80, 15, 5], { core: 1, regular: 1, casual: 1 }],
  [[79, 1, 15, 5], { core: 2, regular: 1, casual: 1 }],
  [[40, 39, 16, 3, 2], { core: 3, regular: 0, casual: 2 }],
])('layers of the onion: %j', async (shares, expected) => {
  const readable = await byShares(shares);
  expect(figures(readable, 'people/onion-layers', { asOf: '2014-12-31' })).toMatchObject(expected);
  const { rows } = measure(readable, catalogue, catalogue.query('people/onion-layers-per-year'), scopeOf('one'), {
    as_of: '2014-12-31',
  });
  expect(rows).toEqual([[2014, ...Object.values(expected)]]);
  readable.close();
});

/** Seven commits, two people, two releases and a candidate; the report's day is the last of 2014. */
async function small(options: ReadableOptions = {}): Promise<Readable> {
  const folder = temporaryFolder();
  const repo = new TestRepository(join(folder, 'one'));
  const on = (day: string, author = ada): string => repo.commit({ author, date: `${day}T12:00:00+0000` });
  on('2012-12-31');
  on('2014-06-01', bob);
  repo.git('tag', 'v1.0.0');
  on('2014-09-01', bob);
  on('2014-10-20');
  on('2014-12-05');
  on('2014-12-06', bob);
  repo.git('tag', 'v1.1.0');
  on('2014-12-20');
  repo.git('tag', 'v1.2.0-rc1');
  return collected(folder, { one: repo.dir }, false, options);
}

const asOf = '2014-12-31';
const organizations = [
  { domain: 'example.org', organization: 'First', from: null, until: null },
  { domain: 'example.net', organization: 'Second', from: null, until: null },
];

describe('published scores, worked by hand', () => {
  test('criticality', async () => {
    const readable = await small({
      identities: { ...noIdentityRules, personalDomains: ['example.org', 'example.net'] },
    });
    // 730 days are 24 months of 30 days; 11 days are none; 6 commits in 52 weeks; 1.2.0-rc1 is no release.
    //   created_since   1   ln(1 + 24) / ln(121)      = 0.671190
    //   updated_since   1   ln(1 + 120 - 0) / ln(121) = 1
    //   contributors    2   ln(1 + 2) / ln(5001)      = 0.128984
    //   organisations       unknown: drops out of both sums
    //   commits a week  1   ln(1 + 6/52) / ln(1001)   = 0.015806
    //   releases      0.5   ln(1 + 2) / ln(27)        = 0.333333
    // (0.671190 + 1 + 0.257969 + 0.015806 + 0.166667) / 5.5 = 0.383933
    expect(figures(readable, 'scores/criticality', { asOf })).toEqual({
      score: 0.38393,
      weights_used: 5.5,
      created_since: 24,
      updated_since: 0,
      contributor_count: 2,
      org_count: null,
      commit_frequency: 0.12,
      recent_release_count: 2,
    });
    readable.close();
  });

  test('criticality, organisations known', async () => {
    const readable = await small({ identities: { ...noIdentityRules, organizations } });
    // As above, and ln(1 + 2) / ln(11) = 0.458157: (2.111632 + 0.458157) / 6.5 = 0.395352
    expect(figures(readable, 'scores/criticality', { asOf, identity: 'merged', mailmap: true })).toMatchObject({
      score: 0.39535,
      weights_used: 6.5,
      org_count: 2,
    });
    readable.close();
  });

  test('Maintained', async () => {
    const readable = await small();
    // Commits from 3 October to 31 December: 4, of 12 for the full score: floor(40 / 12).
    expect(figures(readable, 'scores/maintained', { asOf })).toEqual({
      score: 3,
      commits_of_90_days: 4,
      age_days: 730,
    });
    // On 14 December there were 3 in the 90 days, from 16 September on: floor(30 / 12).
    expect(figures(readable, 'scores/maintained', { asOf: '2014-12-14' })['score']).toBe(2);
    // Younger than 90 days: 0, whatever was done.
    expect(figures(readable, 'scores/maintained', { asOf: '2013-01-15' })).toEqual({
      score: 0,
      commits_of_90_days: 1,
      age_days: 15,
    });
    readable.close();
    const busy = await byShares([30]);
    expect(figures(busy, 'scores/maintained', { asOf: '2014-01-01' })['score']).toBe(0);
    expect(figures(busy, 'scores/maintained', { asOf: '2014-03-31' })).toEqual({
      score: 0,
      commits_of_90_days: 30,
      age_days: 89,
    });
    // On the 90th day the only day with commits falls out of the window.
    expect(figures(busy, 'scores/maintained', { asOf: '2014-04-01' })).toEqual({
      score: 0,
      commits_of_90_days: 0,
      age_days: 90,
    });
    busy.close();
  });

  test('LFX points', async () => {
    const readable = await small({
      identities: { ...noIdentityRules, personalDomains: ['example.org', 'example.net'] },
    });
    // Three commits each in the year: one has 50 %, so it takes two for 51 %: 1 point. Two contributors since 3 October:
    // 1 point. Of one contributor in the 90 days before, one is still there: 5 points. Three active days of 30: none.
    expect(figures(readable, 'scores/lfx', { asOf })).toMatchObject({
      percent: 35,
      points: 7,
      possible: 20,
      dependency: 2,
      dependency_points: 1,
      organization_points: null,
      quarterly_contributors: 2,
      contributor_points: 1,
      quarterly_retention_percent: 100,
      retention_points: 5,
      active_days_of_30: 3,
      day_points: 0,
    });
    readable.close();
    const known = await small({ identities: { ...noIdentityRules, organizations } });
    expect(figures(known, 'scores/lfx', { asOf, identity: 'merged', mailmap: true })).toMatchObject({
      points: 8,
      possible: 25,
      organization_dependency: 2,
      organization_points: 1,
    });
    known.close();
  });
});

describe('the elephant factor', () => {
  test('counts organisations, and leaves what is unknown between two bounds', async () => {
    const both = await small({ identities: { ...noIdentityRules, organizations } });
    const merged = { asOf, identity: 'merged', mailmap: true } as const;
    expect(figures(both, 'people/elephant-factor', merged)).toEqual({
      elephant_factor: 1,
      at_least: 1,
      at_most: 1,
      organizations: 2,
      effective_organizations: 2,
      commits: 6,
      known_percent: 100,
    });
    expect(figures(both, 'people/elephant-factor', merged, { threshold: 51 })).toMatchObject({
      elephant_factor: 2,
      at_least: 2,
      at_most: 2,
    });
    both.close();
    const half = await small({
      identities: { ...noIdentityRules, organizations: organizations.slice(0, 1), personalDomains: ['example.net'] },
    });
    expect(figures(half, 'people/elephant-factor', merged, { threshold: 51 })).toMatchObject({
      elephant_factor: null,
      at_least: 1,
      at_most: 2,
      known_percent: 50,
    });
    expect(figures(half, 'people/elephant-factor', merged, { least_known: 50 })['elephant_factor']).toBe(1);
    half.close();
  });
});

test('burstiness is -1 for a clock, and unknown for a few commits', async () => {
  const readable = await byShares([40]);
  expect(figures(readable, 'activity/burstiness', { asOf })).toMatchObject({ burstiness: -1, intervals: 39 });
  readable.close();
  const few = await small();
  expect(figures(few, 'activity/burstiness', { asOf })).toMatchObject({ burstiness: null, burstiness_ever: null });
  few.close();
});
