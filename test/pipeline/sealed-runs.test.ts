import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { HealthError } from '../../src/model/error.js';
import type { Project, Study } from '../../src/model/project.js';
import type { Result } from '../../src/model/result.js';
import { diffRuns } from '../../src/pipeline/diff.js';
import { renderRun } from '../../src/pipeline/render.js';
import { buildResult, resultJson, since, writeReport } from '../../src/pipeline/report.js';
import { readRun } from '../../src/pipeline/run-file.js';
import { verify } from '../../src/pipeline/verify.js';
import { sealed } from '../../src/report/json.js';
import { ada, bob, temporaryFolder, TestRepository, type Person } from '../fixtures/repository.js';
import { gitHistory } from '../store/git-history.js';
import { project } from '../store/made-history.js';
import { load } from '../store/opened.js';

const eve: Person = { name: 'Eve Example', email: 'eve@example.com' };

let dir = '';
let store = '';
let study: Study;
let repository: TestRepository;
let sample: Project;

beforeEach(() => {
  dir = temporaryFolder();
  store = join(dir, 'health.sqlite');
  repository = new TestRepository(join(dir, 'repo'));
  sample = project('sample');
  study = { name: 'Sealed', projects: [sample], replicates: null, replica: false };
});

/** As a collect of that day of 2020 would load it. */
function collect(day: number, file = store): Promise<unknown> {
  return load(file, gitHistory(repository), { project: sample, options: { now: `2020-03-0${day} 00:00:00` } });
}

function measured(asOf: string | null = null): Result {
  return buildResult({ store, study, projects: [], asOf });
}

function written(result: Result, name = 'run.json'): string {
  const file = join(dir, name);
  writeFileSync(file, resultJson(result));
  return file;
}

function work(): void {
  repository.commit({ files: { 'a/one': '1\n', 'b/two': '2\n' }, date: '1560000000 +0200' });
  repository.git('tag', 'v1.0.0');
  repository.commit({ files: { 'a/one': '2\n' }, author: bob, date: '1570000000 +0000' });
  repository.git('checkout', '--quiet', '-b', 'topic');
  repository.commit({ files: { 'a/topic': '1\n' }, author: bob, committer: ada, date: '1575000000 +0000' });
  repository.git('checkout', '--quiet', 'main');
}

/** All that a later collect can bring without taking anything away. */
function moreWork(): void {
  repository.merge(['topic'], { date: '1581000000 +0000' });
  for (const [i, who] of [eve, eve, bob, ada].entries()) {
    repository.commit({
      files: { [`c/${i}`]: `${i}\n`, 'a/one': `later ${i}\n` },
      author: who,
      date: `${1_582_000_000 + i * 9000} +0530`,
    });
  }
  repository.git('mv', 'b/two', 'c/two');
  repository.commit({ author: eve, date: '1582500000 +0000' });
  repository.git('tag', 'v1.1.0');
  repository.git('tag', 'also', 'v1.0.0');
  repository.git('tag', '-a', '-m', 'x', 'v2.0.0-rc1', 'main~1');
  repository.git('checkout', '--quiet', '-b', 'release', 'v1.0.0');
  repository.commit({ files: { 'a/fix': '1\n' }, author: eve, date: '1582600000 +0000' });
  repository.git('checkout', '--quiet', 'main');
  repository.git('branch', '--quiet', '-D', 'topic');
}

describe('a sealed run', () => {
  it('is the same bytes twice, and so is its page, from the JSON alone', async () => {
    work();
    await collect(1);
    const result = measured();
    expect(resultJson(measured())).toBe(resultJson(result));
    await writeReport(result, { html: join(dir, 'direct.html') });
    expect(await renderRun(written(result), join(dir, 'drawn.html'))).toEqual({ intact: true });
    expect(readFileSync(join(dir, 'drawn.html'), 'utf8')).toBe(readFileSync(join(dir, 'direct.html'), 'utf8'));
    expect(result.manifest).toMatchObject({
      identities: null,
      anonymized: false,
      projects: [
        {
          project: 'sample',
          head: 'refs/heads/main',
          tips: {
            'refs/heads/main': repository.git('rev-parse', 'main'),
            'refs/tags/v1.0.0': repository.git('rev-parse', 'v1.0.0'),
          },
          commits: 3,
          collectedAt: '2020-03-01 00:00:00',
        },
      ],
    });
    expect(Object.keys(result.manifest.queries)).toEqual(result.queries.map(({ id }) => id).sort());
  });

  it.each([null, '2019-11-01'])('is verified after the store moved on, as of %s', async (asOf) => {
    work();
    await collect(1);
    const file = written(measured(asOf));
    moreWork();
    await collect(2);
    const found = verify({ file, store, study });
    expect(found).toMatchObject({ equal: true, figuresEqual: true, causes: [], figures: [], tables: [], parts: [] });
    expect(found.projects).toEqual([{ project: 'sample', state: 'moved-on', newer: 7, lost: [] }]);
    expect(resultJson(measured(asOf))).not.toBe(readFileSync(file, 'utf8'));
  });

  it('is verified on a store that somebody else collected later; what only the first one knew is taken over', async () => {
    work();
    await collect(1);
    await collect(2);
    const file = written(measured());
    moreWork();
    const other = join(dir, 'other.sqlite');
    await collect(5, other);
    const found = verify({ file, store: other, study });
    expect(found).toMatchObject({ equal: true, causes: [] });
    expect(found.takenOver).toEqual([expect.stringContaining('2020-03-02 00:00:00') as unknown as string]);
  });

  it('says so when the repository no longer holds what it measured, and since when', async () => {
    work();
    await collect(1);
    const file = written(measured());
    repository.git('branch', '--quiet', '--force', 'topic', 'main');
    await collect(2);
    const found = verify({ file, store, study });
    expect(found).toMatchObject({ equal: false, recomputed: false });
    expect(found.projects).toEqual([{ project: 'sample', state: 'lost', newer: 0, lost: ['refs/heads/topic'] }]);
    expect(found.causes.map(({ kind, text }) => [kind, text])).toEqual([
      [
        'rewritten-history',
        expect.stringMatching(
          /^sample: branch topic was force-pushed between 2020-03-01 00:00:00 and 2020-03-02 00:00:00 UTC: /,
        ),
      ],
    ]);
  });

  it('tells an edited file, another layout, and other rules apart', async () => {
    work();
    await collect(1);
    const result = measured();
    const says = (text: string) => {
      const file = join(dir, 'run.json');
      writeFileSync(file, text);
      const { equal, figuresEqual, causes, figures } = verify({ file, store, study });
      return { equal, figuresEqual, causes: causes.map(({ kind }) => kind), figures: figures.length };
    };
    const text = resultJson(result);
    expect(says(text)).toEqual({ equal: true, figuresEqual: true, causes: [], figures: 0 });
    expect(says(JSON.stringify(result))).toEqual({ equal: false, figuresEqual: true, causes: ['edited'], figures: 0 });
    const forged = structuredClone(result);
    const commits = forged.measurements.find(({ query }) => query === 'activity/commits-last-year')!;
    commits.rows = [[99]];
    expect(says(resultJson(forged))).toEqual({ equal: false, figuresEqual: false, causes: ['edited'], figures: 1 });
    // With a seal of its own it's a run of another store.
    expect(says(resultJson(sealed(forged)))).toMatchObject({ equal: false, causes: ['store'], figures: 1 });
    const older = sealed({ ...result, tool: { ...result.tool, version: '0.0.1' } });
    expect(says(resultJson(older))).toEqual({ equal: false, figuresEqual: true, causes: ['tool'], figures: 0 });

    const identities = join(dir, 'identities.yaml');
    writeFileSync(
      identities,
      `people:\n  - name: Ada Example\n    email: ada@example.org\n    aliases: [bob@example.net]\n`,
    );
    study = { ...study, identities };
    expect(says(text)).toEqual({ equal: false, figuresEqual: false, causes: ['people'], figures: 4 });
    writeFileSync(identities, '# nothing yet\n');
    expect(says(text).causes).toEqual(['identity-file']);
  });

  it('refuses, in one line, what is no run', () => {
    const file = join(dir, 'run.json');
    const refused = (text: string | Buffer): string => {
      writeFileSync(file, text);
      try {
        readRun(file);
      } catch (error) {
        if (error instanceof HealthError && error.exitCode === 2) return error.message.replace(`${file}: `, '');
      }
      return 'read';
    };
    expect(refused('')).toBe('is not JSON');
    expect(refused(Buffer.from([0xff, 0xfe]))).toBe('is not UTF-8 text');
    expect(refused('[]')).toBe('is no run');
    expect(refused('{"format": 7}')).toBe('is of format 7; known is 1');
    expect(refused('{"format": 1}')).toBe('has no manifest');
    expect(refused('{"format": 1, "manifest": {}}')).toMatch(/^is no run: tool: /);
    expect(refused(`${'['.repeat(200_000)}${']'.repeat(200_000)}`)).toMatch(/^is /);
    expect(() => readRun(dir)).toThrow('is a folder');
    expect(() => readRun(join(dir, 'none.json'))).toThrow('there is no such file');
  });

  it('refuses figures that are none, and charts that reach out', async () => {
    work();
    await collect(1);
    const broken = (change: (result: Result) => void): (() => unknown) => {
      const result = structuredClone(measured());
      change(result);
      const file = written(result, 'broken.json');
      return () => readRun(file);
    };
    expect(broken(() => undefined)).not.toThrow();
    const rows = broken((result) => Object.assign(result.measurements[0]!, { rows: [[{}]] }));
    expect(rows).toThrow(/measurements\[0\]\.rows: must be rows/);
    const day = broken((result) => Object.assign(result, { asOf: '2020-02-30' }));
    expect(day).toThrow(/asOf: must be a day/);
    const chart = broken((result) =>
      Object.assign(result.charts[0]!, { spec: { data: { url: 'http://example.invalid/' }, mark: 'bar' } }),
    );
    expect(chart).toThrow(/can draw|must draw/);
  });
});

describe('a run of two projects', () => {
  it('is verified as far as the store still holds it', async () => {
    work();
    const other = { ...project('other'), url: sample.url };
    study = { ...study, projects: [sample, other] };
    const both = async (day: number, only: Project[]) => {
      for (const one of only)
        await load(store, gitHistory(repository), { project: one, options: { now: `2020-03-0${day} 00:00:00` } });
    };
    await both(1, [sample, other]);
    const file = written(measured());
    repository.git('branch', '--quiet', '--force', 'topic', 'main');
    await both(2, [sample]);
    const found = verify({ file, store, study });
    expect(found).toMatchObject({ equal: false, recomputed: true, figures: [], tables: [] });
    expect(found.projects.map(({ project: name, state }) => [name, state])).toEqual([
      ['sample', 'lost'],
      ['other', 'same'],
    ]);
  });
});

describe('the difference between two runs', () => {
  it('lays a figure that an identity line moved on the line; without it, the run is the old one again', async () => {
    work();
    await collect(1);
    const before = measured();
    const identities = join(dir, 'identities.yaml');
    const people = `people:\n  - name: Ada Example\n    email: ada@example.org\n    aliases: [bob@example.net]\n`;
    writeFileSync(identities, people);
    study = { ...study, identities };
    const after = measured();
    const { changes } = diffRuns(before, after, { store, study });
    const moved = changes.figures.find(({ query }) => query === 'people/active-contributors');
    expect(moved).toMatchObject({ before: 2, after: 1, causes: ['people'] });
    expect(moved?.contributions).toEqual([{ causes: ['people'], amount: -1 }]);
    const { identities: _, ...without } = study;
    study = without;
    expect(resultJson(measured())).toBe(resultJson(before));
  });

  it('takes a figure’s change apart: new commits, and a moved day', async () => {
    work();
    await collect(1);
    const before = measured('2019-10-31');
    moreWork();
    await collect(2);
    const after = measured('2020-02-28');
    const { changes, apart } = diffRuns(before, after, { store, study });
    expect(apart).toBe(true);
    expect(changes.causes.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['as-of', 'new-commits', 'refs']) as unknown,
    );
    const figure = changes.figures.find(({ query }) => query === 'activity/commits-last-year')!;
    // The topic's commit, of November, was there already; the seven after it are new.
    expect(figure).toMatchObject({ before: 2, after: 10 });
    expect(figure.contributions).toEqual([
      { causes: ['as-of'], amount: 1 },
      { causes: ['new-commits'], amount: 7 },
    ]);
    for (const { before: was, after: is, contributions } of changes.figures) {
      if (was === null || is === null) continue;
      expect(contributions.reduce((sum, { amount }) => sum + (amount ?? 0), 0)).toBeCloseTo(is - was, 9);
    }
  });

  it('names what happened to the history: a forced branch, vanished commits, a renamed default branch', async () => {
    work();
    await collect(1);
    const before = measured();
    const old = repository.git('rev-parse', 'topic');
    repository.git('checkout', '--quiet', '-B', 'topic', 'main');
    const now = repository.commit({ files: { z: '1' }, author: eve, date: '1576000000 +0000' });
    repository.git('checkout', '--quiet', 'main');
    await collect(2);
    repository.git('branch', '--quiet', '-m', 'main', 'trunk');
    await collect(3);
    const after = measured();
    const { changes } = diffRuns(before, after, { store, study });
    expect(changes.causes.map(({ text }) => text)).toEqual([
      'the as-of day moved by 2 days forward, from 2020-03-01 to 2020-03-03',
      'sample: 1 new commit',
      `sample: branch topic was force-pushed between 2020-03-01 00:00:00 and 2020-03-02 00:00:00 UTC: ${old.slice(0, 12)} → ${now.slice(0, 12)}`,
      'sample: 1 commit the first run counted is gone from the repository',
      'sample: the default branch was renamed between 2020-03-02 00:00:00 and 2020-03-03 00:00:00 UTC: main → trunk',
    ]);
    expect(after.ledger).toMatchObject([
      {
        project: 'sample',
        collects: { first: '2020-03-01 00:00:00', last: '2020-03-03 00:00:00', count: 3 },
        events: [
          { kind: 'default-renamed', before: 'refs/heads/main', after: 'refs/heads/trunk' },
          {
            kind: 'forced',
            ref: 'refs/heads/topic',
            before: old,
            after: now,
            since: '2020-03-01 00:00:00',
            seenAt: '2020-03-02 00:00:00',
          },
        ],
        vanished: 1,
        vanishedGroups: [
          {
            branch: 'topic',
            commits: 1,
            from: '2019-11-29',
            firstSeen: '2020-03-01 00:00:00',
            lastSeen: '2020-03-01 00:00:00',
          },
        ],
      },
    ]);
    // Between the two later runs nothing went away.
    expect(before.ledger[0]).toMatchObject({ events: [], vanished: 0 });
  });

  it('says which query is another one, and tells its text from what is said about it', async () => {
    work();
    await collect(1);
    const after = measured();
    const changed = (sql: (text: string) => string) => {
      const before = structuredClone(after);
      const info = before.queries.find(({ id }) => id === 'activity/commits-last-year')!;
      info.sql = sql(info.sql);
      before.manifest.queries[info.id] = '0'.repeat(64);
      before.measurements.find(({ query }) => query === info.id)!.rows = [[42]];
      return diffRuns(sealed(before), after, { store, study }).changes;
    };
    const other = changed((sql) => sql.replace(/SELECT/i, 'SELECT 1 +'));
    expect(other.causes).toMatchObject([{ kind: 'definition', query: 'activity/commits-last-year' }]);
    expect(other.figures).toMatchObject([
      { before: 42, causes: ['definition'], contributions: [{ causes: ['definition'] }] },
    ]);
    const words = changed((sql) => `-- another word\n${sql}`);
    expect(words.causes[0]?.text).toMatch(/^what is said about .* changed, but not what it asks$/);
    expect(words.figures).toMatchObject([{ before: 42, causes: [] }]);
  });

  it('becomes a section of the later report, which stays a sealed run', async () => {
    work();
    await collect(1);
    const before = written(measured('2019-10-31'), 'before.json');
    moreWork();
    await collect(2);
    const result = since(before, measured(), { store, study });
    const [html, md] = [join(dir, 'r.html'), join(dir, 'r.md')];
    await writeReport(result, { html, md });
    expect(readFileSync(html, 'utf8')).toContain('What changed since 31 October 2019');
    expect(readFileSync(md, 'utf8')).toContain('## What changed since 31 October 2019');
    expect(verify({ file: written(result), store, study })).toMatchObject({
      equal: true,
      takenOver: ['what changed since the run before it'],
    });
  });
});
