import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { versionStanding } from '../../src/metrics/deployed.js';
import type { VersionStanding } from '../../src/model/deployment.js';
import type { Readable } from '../../src/store/readable.js';
import { temporaryFolder, TestRepository } from '../fixtures/repository.js';
import { collected } from './sample-store.js';

const noon = (day: string): { date: string } => ({ date: `${day}T12:00:00+0000` });

function commits(repo: TestRepository, ...days: string[]): void {
  for (const day of days) repo.commit(noon(day));
}

/**
 * 1.0 on main; 1.0.1 and 1.0.2 on a branch of their own, which goes on after its last release; 1.1.0 and 2.0.0 on main,
 * with a candidate for 2.1.0 after them, and tags that name no release.
 */
function branched(dir: string): void {
  const repo = new TestRepository(dir);
  commits(repo, '2010-01-01', '2010-02-01');
  repo.git('tag', 'v1.0.0');
  repo.git('checkout', '--quiet', '-b', 'stable-1.0');
  commits(repo, '2010-03-01');
  repo.git('tag', 'v1.0.1');
  commits(repo, '2011-03-01', '2011-04-01');
  repo.git('tag', 'v1.0.2');
  commits(repo, '2012-01-15');
  repo.git('checkout', '--quiet', 'main');
  commits(repo, '2010-06-01', '2010-07-01', '2010-08-01');
  repo.git('tag', 'v1.1.0');
  commits(repo, '2011-02-01');
  repo.git('tag', '-a', '-m', 'Two', 'v2.0.0');
  commits(repo, '2011-12-01');
  repo.git('tag', 'v2.1.0-rc1');
  repo.git('tag', 'nightly-build');
}

async function store(build: (dir: string) => void): Promise<Readable> {
  const folder = temporaryFolder();
  build(join(folder, 'one'));
  return collected(folder, { one: join(folder, 'one') });
}

function standing(readable: Readable, version: string, day: string): VersionStanding {
  const found = versionStanding(readable, 'one', version, day);
  expect(found.reason).toBeNull();
  return found.standing!;
}

describe('a version that is deployed', () => {
  test('is held against its series and against the newest', async () => {
    const readable = await store(branched);
    const found = standing(readable, 'one-1.0-3.el6', '2012-06-01');
    expect(found.used).toEqual({ tag: 'v1.0.0', version: '1.0.0', date: '2010-02-01' });
    expect(found.series).toMatchObject({
      name: '1.0',
      branch: 'stable-1.0',
      behind: { to: { tag: 'v1.0.2' }, releases: 2, commits: 3, days: 424 },
      recentReleases: 0,
      recentCommits: 1,
      commitsAhead: 4,
      fixes: 'commits',
    });
    // 1.0.1 and 1.0.2 are above 1.0.0 too.
    expect(found.newest).toMatchObject({ to: { tag: 'v2.0.0' }, releases: 4, commits: 4, days: 365 });
    expect(found.libyears).toBeCloseTo(365 / 365.25, 10);
    readable.close();
  });

  test('as the days go by', async () => {
    const readable = await store(branched);
    const on = (day: string) => standing(readable, '1.0.0', day).series;
    expect(on('2011-04-01')).toMatchObject({ fixes: 'releases', recentReleases: 1 });
    expect(on('2011-03-31').commitsAhead).toBe(2);
    // Commits of the day after, and a tag of that day, are not there yet.
    expect(on('2011-03-31')).toMatchObject({
      fixes: 'commits',
      recentReleases: 0,
      behind: { releases: 1, commits: 1 },
    });
    expect(on('2013-06-01')).toMatchObject({ fixes: 'none', recentCommits: 0 });
    expect(standing(readable, '1.0.0', '2010-06-30').newest).toMatchObject({ to: { tag: 'v1.0.1' }, releases: 1 });
    readable.close();
  });

  test('of a series that main left without a branch', async () => {
    const readable = await store(branched);
    expect(standing(readable, '1.1', '2012-06-01').series).toMatchObject({
      name: '1.1',
      branch: null,
      behind: { to: { tag: 'v1.1.0' }, releases: 0, commits: 0, days: 0 },
      recentCommits: null,
      commitsAhead: null,
      fixes: null,
    });
    readable.close();
  });

  test('the newest is behind nothing; a candidate is behind its release, and ahead of the last', async () => {
    const readable = await store(branched);
    const nothing = { releases: 0, commits: 0, days: 0 };
    expect(standing(readable, '2.0', '2011-11-30')).toMatchObject({
      series: { branch: 'main', behind: nothing },
      libyears: 0,
    });
    const candidate = standing(readable, '2.1.0rc1', '2012-06-01');
    expect(candidate).toMatchObject({ used: { tag: 'v2.1.0-rc1' }, newest: nothing, libyears: 0 });
    readable.close();
  });

  test('the branch with its number in the name is its own; of others the one that moved last; the default before all', async () => {
    const readable = await store((dir) => {
      branched(dir);
      const repo = new TestRepository(dir);
      repo.git('checkout', '--quiet', '-b', 'a-fix', 'v1.0.2');
      commits(repo, '2012-03-01');
      repo.git('checkout', '--quiet', '-b', 'aa-fix', 'v2.0.0');
      commits(repo, '2012-03-15');
      repo.git('checkout', '--quiet', '-b', 'b-fix', 'v2.0.0');
      commits(repo, '2012-04-01', '2012-04-02');
      repo.git('checkout', '--quiet', 'main');
    });
    const branch = (version: string) => standing(readable, version, '2012-06-01').series.branch;
    expect([branch('1.0.0'), branch('2.0.0')]).toEqual(['stable-1.0', 'b-fix']);
    // Before the candidate for 2.1 was on main, that was where 2.0 went on.
    expect(standing(readable, '2.0.0', '2011-11-30').series.branch).toBe('main');
    readable.close();
  });

  test('candidates are no releases that one is behind', async () => {
    const readable = await store((dir) => {
      const repo = new TestRepository(dir);
      for (const tag of ['v1.0.0', 'v1.0.1-rc1', 'v1.0.1-rc2', 'v1.0.1', 'v1.1.0-rc1', 'v1.1.0']) {
        repo.commit();
        repo.git('tag', tag);
      }
    });
    expect(standing(readable, '1.0.0', '2015-01-01')).toMatchObject({
      series: { behind: { releases: 1, commits: 3 }, recentReleases: 2 },
      newest: { releases: 2, commits: 5 },
    });
    readable.close();
  });

  test('a higher version that is the older one makes no negative age', async () => {
    const readable = await store((dir) => {
      const repo = new TestRepository(dir);
      commits(repo, '2012-01-01');
      repo.git('tag', 'v2.0.0');
      commits(repo, '2012-05-01');
      repo.git('tag', 'v1.5.9');
    });
    expect(standing(readable, '1.5.9', '2013-01-01')).toMatchObject({
      newest: { days: -121, releases: 1 },
      libyears: 0,
    });
    readable.close();
  });

  test('numbers go by day where years and plain versions follow each other', async () => {
    const readable = await store((dir) => {
      const repo = new TestRepository(dir);
      for (const [day, tag] of [
        ['2010-05-01', '2010.05'],
        ['2012-05-01', 'v1.0.0'],
        ['2013-05-01', 'v1.1.0'],
      ] as const) {
        commits(repo, day);
        repo.git('tag', tag);
      }
    });
    expect(standing(readable, '2010.05', '2014-01-01').newest).toMatchObject({ to: { tag: 'v1.1.0' }, releases: 2 });
    readable.close();
  });

  test('what is unknown has a reason', async () => {
    const readable = await store(branched);
    const reason = (version: string, day = '2012-06-01') => versionStanding(readable, 'one', version, day).reason;
    expect(reason('1.0.7')).toBe('no tag of one up to 2012-06-01 is version 1.0.7; the nearest is v1.0.2');
    expect(reason('0.1')).toContain('the nearest is v1.0.0');
    expect(reason('newest')).toBe('"newest" can\'t be read as a version');
    expect(reason('1.0.2', '2010-12-31')).toContain('the nearest is v1.0.1');
    expect(reason('1.0.0', '2009-12-31')).toBe('no tag of one reads as a release up to 2009-12-31');
    // A candidate is not its release.
    expect(reason('2.0.0-rc1')).toContain('the nearest is v1.1.0');
    readable.close();
  });
});

const repos = process.env['HEALTH_REPOS'] ?? '';
const names = ['corosync', 'drbd', 'pacemaker'];
const there = repos !== '' && names.every((name) => existsSync(join(repos, name)));
const why = there ? '' : ' (skipped: HEALTH_REPOS names no folder with corosync, drbd and pacemaker)';

/** Read off `git for-each-ref refs/tags`, `git branch -a --contains` and the tagged commits' dates by hand. */
const WORKED = [
  {
    name: 'corosync',
    version: '1.4.5',
    used: 'v1.4.5',
    series: { name: '1.4', branch: 'flatiron-1.4', fixes: 'none', to: 'v1.4.10', releases: 5, days: 2083 },
    newest: { to: 'v3.1.10', days: 4721 },
  },
  {
    name: 'drbd',
    version: '8.4.3',
    used: 'drbd-8.4.3',
    // 8.4.4, 5, 6, 7, 9, 10 and 11: of 8.4.8 there is only a candidate.
    series: { name: '8.4', branch: 'master', fixes: 'none', to: 'drbd-8.4.11', releases: 7, days: 1906 },
    newest: { to: 'drbd-8.4.11', days: 1906 },
  },
  {
    name: 'pacemaker',
    version: '1.1.10-14.el6_5.3',
    used: 'Pacemaker-1.1.10',
    series: { name: '1.1', branch: '1.1', fixes: 'none', to: 'Pacemaker-1.1.24', releases: 14, days: 2687 },
    newest: { to: 'Pacemaker-3.0.2', days: 4693 },
  },
];

describe.skipIf(!there)(`the thesis's versions on the real repositories, June 2026${why}`, () => {
  test.each(WORKED)('$name $version', { timeout: 120_000 }, async ({ name, version, used, series, newest }) => {
    const dir = join(repos, name);
    const count = (from: string, to: string): number =>
      Number(execFileSync('git', ['-C', dir, 'rev-list', '--count', `${from}..${to}`], { encoding: 'utf8' }));
    const readable = await collected(temporaryFolder(), { [name]: dir });
    const { standing, reason } = versionStanding(readable, name, version, '2026-06-30');
    expect(reason).toBeNull();
    expect(standing).toMatchObject({
      used: { tag: used },
      series: {
        name: series.name,
        branch: series.branch,
        fixes: series.fixes,
        recentReleases: 0,
        recentCommits: 0,
        behind: {
          to: { tag: series.to },
          releases: series.releases,
          days: series.days,
          commits: count(used, series.to),
        },
        commitsAhead: count(used, series.branch),
      },
      newest: { to: { tag: newest.to }, days: newest.days, commits: count(used, newest.to) },
    });
    readable.close();
  });
});
