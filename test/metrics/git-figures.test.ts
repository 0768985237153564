import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { measure } from '../../src/metrics/run.js';
import type { Value } from '../../src/model/measurement.js';
import type { Readable } from '../../src/store/readable.js';
import { TestRepository, type Person } from '../fixtures/repository.js';
import { shippedCatalogue } from './catalogue-files.js';
import { distinct, GitFigures, groups, half } from './git-figures.js';
import { collected, scopeOf } from './sample-store.js';

const repos = process.env['HEALTH_REPOS'];
const REAL = ['corosync', 'drbd', 'pacemaker'];
const there = repos !== undefined && REAL.every((name) => existsSync(join(repos, name)));
const BUILT = 'built';

const catalogue = shippedCatalogue();
const folder = mkdtempSync(join(tmpdir(), 'stack-health-'));
let readable: Readable;

/** A history of two years: six people in different zones, work put in late and by others, merges, moved files. */
function build(dir: string): void {
  const repo = new TestRepository(dir);
  const people = ['Ann', 'Ben', 'Cem', 'Dee', 'Eve', 'Fay'].map((name): Person => ({
    name,
    email: `${name.toLowerCase()}@example.org`,
  }));
  const zones = ['+0000', '+0530', '-0800', '+0200', '+1300', '-0330'];
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((seed / 2_147_483_648) * below);
  };
  let seconds = Date.UTC(2012, 10, 1) / 1000;
  for (let i = 0; i < 150; i++) {
    seconds += random(10 * 86_400);
    const who = Math.min(random(6), random(6));
    const author = people[who]!;
    const committer = random(4) === 0 ? people[0]! : author;
    const authorDate = `${seconds - (random(3) > 0 ? random(40 * 86_400) : 0)} ${zones[who]}`;
    const when = { author, committer, date: `${seconds} ${zones[random(6)]}`, authorDate };
    if (i % 20 === 12) repo.git('checkout', '--quiet', '-b', `side${i}`);
    if (i % 20 === 16) {
      repo.git('checkout', '--quiet', 'main');
      // A merge that changes a file itself.
      repo.git('merge', '--quiet', '--no-ff', '--no-commit', '-X', 'ours', `side${i - 4}`);
      repo.commit({ ...when, files: { 'lib/README': `merged ${i}\n` } });
      continue;
    }
    if (i % 30 === 29) {
      repo.git('mv', `src/part${i % 5}.c`, `lib/moved${i}.c`);
      repo.commit(when);
      continue;
    }
    const text = `${i}\n${'line of the file\n'.repeat(20)}`;
    repo.commit({
      ...when,
      files: {
        [`src/part${i % 5}.c`]: text,
        ...(random(2) === 0 ? { [`src/part${i % 5}.h`]: text } : {}),
        'lib/README': text,
      },
    });
  }
}

beforeAll(async () => {
  build(join(folder, BUILT));
  const real = there ? Object.fromEntries(REAL.map((name) => [name, join(repos ?? '', name)])) : {};
  readable = await collected(folder, { [BUILT]: join(folder, BUILT), ...real }, true);
}, 120_000);
afterAll(() => {
  readable.close();
  rmSync(folder, { recursive: true, force: true });
});

const why = there ? '' : ' (the real ones skipped: HEALTH_REPOS names no folder with corosync, drbd and pacemaker)';
const CASES: [project: string, asOf: string][] = [
  [BUILT, '2014-06-30'],
  [BUILT, '2030-01-01'],
  ...(there ? REAL.map((name): [string, string] => [name, '2014-12-31']) : []),
  ...(there ? [['pacemaker', '2022-03-15'] as [string, string]] : []),
];

function names(list: readonly { author: string }[]): Set<string> {
  return new Set(list.map(({ author }) => author));
}

/** Weekday, 1 for Monday, and hour. */
function clock({ authorDate }: { authorDate: string }): string {
  const day = new Date(`${authorDate.slice(0, 10)}T00:00:00Z`).getUTCDay();
  return `${((day + 6) % 7) + 1} ${authorDate.slice(11, 13)}`;
}

/** Percent that waited for more than a day, to a tenth. */
function over(list: readonly { waited: number }[]): number {
  return Math.round((1000 * list.filter(({ waited }) => waited > 86_400).length) / list.length) / 10;
}

/** Of what commits waited, nothing where a clock was wrong. */
function medianDays(list: readonly { waited: number }[]): number {
  const sorted = list.map(({ waited }) => Math.max(0, waited) / 86_400).sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

describe.each(CASES)(`%s on %s: metrics are what git log says${why}`, (project, asOf) => {
  let git: GitFigures;
  beforeAll(() => {
    git = new GitFigures(project === BUILT ? join(folder, BUILT) : join(repos ?? '', project), asOf);
  }, 60_000);

  const rows = (id: string, params: Record<string, Value> = {}): Record<string, Value>[] => {
    const one = measure(readable, catalogue, catalogue.query(id), scopeOf(project, { asOf }), params);
    return one.rows.map((row) => Object.fromEntries(one.columns.map((column, i) => [column, row[i] ?? null])));
  };

  test('committers and authors a year', () => {
    const authors = groups(git.authored, ({ authorDate }) => authorDate.slice(0, 4));
    const committers = groups(git.authored, ({ date }) => date.slice(0, 4));
    const ours = rows('people/committers-and-authors');
    expect(ours.filter((row) => row['authors'] !== 0).map((row) => [`${row['year']}`, row['authors']])).toEqual(
      authors.map(([year, list]) => [year, distinct(list, ({ author }) => author)]),
    );
    expect(ours.filter((row) => row['committers'] !== 0).map((row) => [`${row['year']}`, row['committers']])).toEqual(
      committers.map(([year, list]) => [year, distinct(list, ({ committer }) => committer)]),
    );
  });

  test('who is active, new, kept, returned, inactive', () => {
    const now = names(git.lastYear());
    const before = names(git.lastYear(1));
    const ever = names(git.authored);
    const recent = new Set(git.lastYear());
    const earlier = names(git.authored.filter((one) => !recent.has(one)));
    const of = (test: (name: string) => boolean): number => [...ever].filter(test).length;
    expect(rows('people/active-contributors')).toEqual([
      {
        contributors: now.size,
        year_before: before.size,
        new_contributors: of((name) => !earlier.has(name)),
        kept: of((name) => now.has(name) && before.has(name)),
        returned: of((name) => now.has(name) && !before.has(name) && earlier.has(name)),
        inactive: of((name) => !now.has(name)),
        ever: ever.size,
      },
    ]);
  });

  test('absence factor and onion layers', () => {
    const shares = groups(git.lastYear(), ({ author }) => author).map(([, list]) => list.length);
    const [ours] = rows('people/absence-factor');
    expect(ours).toMatchObject({
      absence_factor: half(shares),
      contributors: shares.length,
      commits: shares.reduce((sum, n) => sum + n, 0),
    });
    if (asOf > '2026') expect(ours?.['absence_factor_ever']).toBe(half(git.shortlog()));
    const sorted = shares.toSorted((a, b) => b - a);
    const total = sorted.reduce((sum, n) => sum + n, 0);
    const upTo = (share: number): number => {
      let sum = 0;
      return sorted.filter((n) => (sum += n) - n < share * total).length;
    };
    if (total === 0) return;
    expect(rows('people/onion-layers')[0]).toMatchObject({
      core: upTo(0.8),
      regular: upTo(0.95) - upTo(0.8),
      casual: shares.length - upTo(0.95),
    });
  });

  test('commits, days and hours', () => {
    expect(rows('activity/commits-last-year')[0]).toEqual({
      commits: git.lastYear().length,
      year_before: git.lastYear(1).length,
      active_days: distinct(git.lastYear(), ({ authorDate }) => authorDate.slice(0, 10)),
    });
    expect(rows('activity/active-days-per-year').map(({ year, active_days: days }) => [`${year}`, days])).toEqual(
      groups(git.authored, ({ authorDate }) => authorDate.slice(0, 4)).map(([year, list]) => [
        year,
        distinct(list, ({ authorDate }) => authorDate.slice(0, 10)),
      ]),
    );
    expect(
      rows('activity/weekday-and-hour', { months: 12 }).map(({ weekday, hour, commits }) => [
        `${weekday} ${String(hour).padStart(2, '0')}`,
        commits,
      ]),
    ).toEqual(groups(git.lastYear(), clock).map(([key, list]) => [key, list.length]));
  });

  test('merges and waiting', () => {
    const years = groups(git.commits, ({ date }) => date.slice(0, 4));
    expect(rows('activity/merge-share').map(({ year, commits, merges }) => [`${year}`, commits, merges])).toEqual(
      years.map(([year, list]) => [year, list.length, list.filter(({ merge }) => merge).length]),
    );
    const waits = rows('activity/author-to-commit');
    expect(waits.map((row) => [`${row['year']}`, row['over_a_day_percent']])).toEqual(
      years.map(([year, list]) => [year, over(list)]),
    );
    for (const [i, [year, list]] of years.entries()) {
      expect(Math.abs(Number(waits[i]?.['median_days']) - medianDays(list)), year).toBeLessThan(0.006);
    }
  });

  test('files changed most', () => {
    const touched = git.lastYear().filter(({ merge }) => !merge);
    const changes = touched.flatMap((one) => one.paths.map((path) => ({ path, author: one.author })));
    const most = groups(changes, ({ path }) => path)
      .map(([path, list]) => ({ path, commits: list.length, contributors: distinct(list, ({ author }) => author) }))
      .sort((a, b) => b.commits - a.commits || b.contributors - a.contributors || (a.path < b.path ? -1 : 1));
    const ours = rows('code/hot-files').map(({ path, commits, contributors }) => ({ path, commits, contributors }));
    expect(ours).toEqual(most.slice(0, 20));
  });
});

// Files that a merge alone removed have no action that says so, and stay counted.
test.skipIf(!there).each(REAL)('age counts the files that the default branch of %s has, and few more', (project) => {
  const asOf = '2030-01-01';
  const scope = scopeOf(project, { asOf, refs: 'default' });
  const { rows } = measure(readable, catalogue, catalogue.query('code/age'), scope, {});
  const files = rows.reduce((sum, [, count]) => sum + Number(count), 0);
  const there = new GitFigures(join(repos ?? '', project), asOf).files();
  expect(files).toBeGreaterThanOrEqual(there);
  expect(files).toBeLessThan(there * 1.1);
});

test('age counts the files there are', () => {
  const repo = new TestRepository(join(folder, 'other'));
  repo.commit({ files: { 'a/b.c': '1\n', 'a/c.c': '2\n', d: '3\n' }, date: '1300000000 +0000' });
  repo.commit({ files: { 'a/c.c': null, e: '4\n' }, date: '1400000000 +0000' });
  repo.git('mv', 'd', 'f');
  repo.commit({ date: '1410000000 +0000' });
  return collected(mkdtempSync(join(folder, 'age-')), { other: repo.dir }, true).then((store) => {
    const scope = scopeOf('other', { asOf: '2014-12-31' });
    const ages = measure(store, catalogue, catalogue.query('code/age'), scope, {});
    store.close();
    const files = repo.git('ls-tree', '-r', '--name-only', 'HEAD').split('\n');
    expect(files).toEqual(['a/b.c', 'e', 'f']);
    expect(ages.rows).toEqual([
      [0, 2, 66.7],
      [3, 1, 33.3],
    ]);
  });
});
