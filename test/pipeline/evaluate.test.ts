import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';
import Database from '../../src/store/driver.js';
import type { Evaluation } from '../../src/model/evaluation.js';
import { runHealth } from '../fixtures/cli.js';
import { temporaryFolder, TestRepository, bob } from '../fixtures/repository.js';

const KILLS = Number(process.env['HEALTH_KILLS'] ?? 10);
const WEEK = 7 * 86_400;
/** 2013-01-05, noon. */
const START = 1_357_387_200;

/** A study of one repository with a commit a week for 78 weeks, the last on 2014-06-28. */
function study(): { cwd: string; origin: TestRepository } {
  const cwd = temporaryFolder();
  const origin = new TestRepository(join(cwd, 'origin'));
  for (let week = 0; week < 78; week++) {
    const author = week % 3 === 0 ? { author: bob } : {};
    origin.commit({ date: `${START + week * WEEK} +0000`, files: { 'a.txt': `${week}\n` }, ...author });
  }
  writeFileSync(join(cwd, 'health.yaml'), `study: one\nprojects: [{name: one, url: ${origin.dir}}]\n`);
  return { cwd, origin };
}

async function evaluate(cwd: string, ...args: string[]): Promise<{ code: number | null; found: Evaluation }> {
  const { code, stdout, stderr } = await runHealth(['evaluate', '--json', '--quiet', ...args], { cwd });
  if (stdout === '') throw new Error(stderr);
  return { code, found: JSON.parse(stdout) as Evaluation };
}

function rows(cwd: string, sql: string): unknown[][] {
  const db = new Database(join(cwd, 'data/health.sqlite'), { readonly: true });
  try {
    return db.prepare(sql).raw().all() as unknown[][];
  } finally {
    db.close();
  }
}

describe('health evaluate', () => {
  it(
    'tells an alarm once: it opens, is acknowledged, closes; the same later on is another',
    { timeout: 120_000 },
    async () => {
      const { cwd, origin } = study();
      const first = await evaluate(cwd, '--as-of', '2014-07-10');
      expect([first.code, first.found.previous, first.found.alarms]).toEqual([
        0,
        null,
        { new: [], open: [], closed: [] },
      ]);
      expect(first.found.projects).toMatchObject([{ project: 'one', ok: true, commits: 78, newCommits: 78 }]);

      const second = await evaluate(cwd, '--as-of', '2014-10-01');
      expect([second.code, second.found.alarms.new.map(({ rule, project, state }) => [rule, project, state])]).toEqual([
        1,
        [['silence', 'one', 'open']],
      ]);
      expect(second.found.alarms.new[0]?.evidence).toMatchObject({
        query: 'watch/contributions-per-day',
        figures: [
          { name: 'last commit', value: '2014-06-28' },
          { name: 'silent', value: 95 },
          { value: 60 },
          { value: 7 },
          { value: 77 },
        ],
      });
      expect(second.found.previous?.day).toBe('2014-07-10');
      expect(second.found.changes?.causes.map(({ kind }) => kind)).toEqual(['as-of']);

      const third = await evaluate(cwd, '--as-of', '2014-10-02');
      expect([third.code, third.found.alarms.new, third.found.alarms.open.length]).toEqual([0, [], 1]);

      const ack = await runHealth(['evaluate', '--ack', '1', '--note', 'on holiday'], { cwd });
      expect([ack.code, ack.stdout]).toEqual([
        0,
        expect.stringContaining('alarm 1 is acknowledged: one: nobody has committed'),
      ]);
      const fourth = await evaluate(cwd, '--as-of', '2014-10-03');
      expect([fourth.code, fourth.found.alarms.open.map(({ state, note }) => [state, note])]).toEqual([
        0,
        [['acknowledged', 'on holiday']],
      ]);

      origin.commit({ date: '1412500000 +0000', files: { 'a.txt': 'back\n' } });
      const fifth = await evaluate(cwd, '--as-of', '2014-10-06');
      expect([fifth.code, fifth.found.alarms.closed.map(({ id, closed }) => [id, closed])]).toEqual([
        0,
        [[1, '2014-10-06']],
      ]);
      const late = await runHealth(['evaluate', '--ack', '1'], { cwd });
      expect([late.code, late.stderr]).toEqual([2, expect.stringContaining('alarm 1 is closed\n  no alarm is open')]);

      const sixth = await evaluate(cwd, '--as-of', '2015-10-06');
      expect([sixth.code, sixth.found.alarms.new.map(({ id, rule }) => [id, rule])]).toEqual([1, [[2, 'silence']]]);
      expect(rows(cwd, 'select id, state, first_seen, closed from health_alarms')).toEqual([
        [1, 'closed', '2014-10-01', '2014-10-06'],
        [2, 'open', '2015-10-06', null],
      ]);
      const back = await runHealth(['evaluate', '--as-of', '2014-01-01'], { cwd });
      expect([back.code, back.stderr]).toEqual([
        2,
        'health: the last run is of 2015-10-06, and this one would be of 2014-01-01\n' +
          '  alarms only go forward; for the past there is health evaluate --replay FROM..TO\n',
      ]);
      // Every run is there, sealed, and can be verified.
      const files = readdirSync(join(cwd, 'data/runs')).sort();
      expect(rows(cwd, "select file from health_runs where status = 'done' order by file")).toEqual(
        files.map((file) => [`runs/${file}`]),
      );
      expect((await runHealth(['verify', `data/runs/${files.at(-1)}`], { cwd })).code).toBe(0);
    },
  );

  it('the same once more is no second run', { timeout: 60_000 }, async () => {
    const { cwd } = study();
    await evaluate(cwd, '--as-of', '2014-07-10');
    const again = await evaluate(cwd, '--as-of', '2014-07-10', '--no-collect');
    expect(again.found.changes?.figures).toEqual([]);
    expect(rows(cwd, 'select count(*) from health_runs')).toEqual([[1]]);
    expect(readdirSync(join(cwd, 'data/runs'))).toHaveLength(1);
  });

  it('a repository that vanishes raises an alarm, and comes back', { timeout: 60_000 }, async () => {
    const { cwd, origin } = study();
    const other = new TestRepository(join(cwd, 'other'));
    other.commit();
    writeFileSync(
      join(cwd, 'health.yaml'),
      `study: two\nprojects: [{name: one, url: ${origin.dir}}, {name: two, url: ${other.dir}}]\nrules: {silence: off}\n`,
    );
    expect((await evaluate(cwd)).code).toBe(0);
    renameSync(origin.dir, join(cwd, 'elsewhere'));
    const gone = await evaluate(cwd);
    expect([gone.code, gone.found.alarms.new.map(({ rule, project }) => [rule, project])]).toEqual([
      1,
      [['repository-gone', 'one']],
    ]);
    expect(gone.found.failures).toMatchObject([{ project: 'one', code: 'not-found' }]);
    expect((await evaluate(cwd)).code).toBe(3);
    renameSync(join(cwd, 'elsewhere'), origin.dir);
    const back = await evaluate(cwd);
    expect([back.code, back.found.alarms.closed.map(({ rule }) => rule)]).toEqual([0, ['repository-gone']]);
  });

  it('a branch renamed and history rewritten are seen by the collect, and told once', { timeout: 60_000 }, async () => {
    const { cwd, origin } = study();
    writeFileSync(
      join(cwd, 'health.yaml'),
      `study: one\nprojects: [{name: one, url: ${origin.dir}}]\nrules: {silence: off}\n`,
    );
    await evaluate(cwd);
    origin.git('branch', '-m', 'main', 'trunk');
    const renamed = await evaluate(cwd);
    expect([renamed.code, renamed.found.alarms.new.map(({ rule }) => rule)]).toEqual([1, ['default-branch-renamed']]);
    origin.git('reset', '--quiet', '--hard', 'HEAD~3');
    origin.commit({ date: '1404000000 +0000', files: { 'b.txt': 'b\n' } });
    const forced = await evaluate(cwd);
    expect([forced.code, forced.found.alarms.new.map(({ rule }) => rule)]).toEqual([1, ['history-rewritten']]);
    expect((await evaluate(cwd)).code).toBe(0);
  });

  it('nothing to judge is a failure, in one line', { timeout: 60_000 }, async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'health.yaml'), 'study: none\nprojects: [{name: one, url: ./nowhere}]\n');
    const { code, stderr } = await runHealth(['evaluate'], { cwd });
    expect([code, stderr.split('\n').length]).toEqual([4, 3]);
    const bare = await runHealth(['evaluate', '--no-collect', '--store', 'new.sqlite'], { cwd });
    expect([bare.code, bare.stderr]).toEqual([2, expect.stringContaining('there is no store yet')]);
    expect(existsSync(join(cwd, 'new.sqlite'))).toBe(false);
  });
});

describe('one at a time', () => {
  it('the second leaves at once with code 4, or waits its turn', { timeout: 60_000 }, async () => {
    const { cwd } = study();
    mkdirSync(join(cwd, 'data'));
    // Held as an evaluate holds it.
    const held = new Database(join(cwd, 'data/health.sqlite.evaluate'));
    held.exec('begin exclusive');
    const refused = await runHealth(['evaluate'], { cwd });
    expect([refused.code, refused.stderr]).toEqual([
      4,
      'health: data/health.sqlite: another health evaluate is at work on this store\n' +
        '  wait for it with --wait SECONDS, or run this one later\n',
    ]);
    const waiting = runHealth(['evaluate', '--wait', '50'], { cwd });
    await new Promise((done) => setTimeout(done, 1500));
    expect(existsSync(join(cwd, 'data/health.sqlite'))).toBe(false);
    held.close();
    expect((await waiting).code).toBe(1);
  });

  it('two at once that wait both come to their end, and tell once', { timeout: 60_000 }, async () => {
    const { cwd } = study();
    const both = await Promise.all([evaluate(cwd, '--wait', '50'), evaluate(cwd, '--wait', '50')]);
    expect(both.map(({ code }) => code).sort()).toEqual([0, 1]);
    expect(rows(cwd, 'select rule, told from health_alarms')).toEqual([['silence', 'opened']]);
    expect(rows(cwd, 'select count(*), count(distinct seal) from health_runs')).toEqual([[2, 2]]);
  });
});

/** Kills an evaluate after so many milliseconds; null lets it end. Returns how long it ran, and what it said. */
async function killed(cwd: string, after: number | null): Promise<{ took: number; stdout: string }> {
  const begun = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const { stdout } = await runHealth(['evaluate', '--json', '--quiet'], {
    cwd,
    started: (child) => {
      if (after !== null) timer = setTimeout(() => child.kill('SIGKILL'), after);
    },
  });
  clearTimeout(timer);
  return { took: performance.now() - begun, stdout };
}

it(
  `kill -9 at ${KILLS} moments: the next evaluate goes on, nothing is lost and nothing twice`,
  { timeout: 600_000 },
  async () => {
    const { cwd } = study();
    const copy = join(temporaryFolder(), 'copy');
    await evaluate(cwd, '--as-of', '2014-07-10');
    const start = (): void => {
      rmSync(copy, { recursive: true, force: true });
      cpSync(cwd, copy, { recursive: true });
    };
    start();
    const { took } = await killed(copy, null);
    let state = 20150320;
    for (let i = 0; i < KILLS; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      start();
      const early = await killed(copy, 50 + ((i + state / 2 ** 32) / KILLS) * took);
      const next = await evaluate(copy);
      // Told by the one that died only if it had come to say so; then perhaps by the next once more, never by none.
      const wasTold = early.stdout.includes('"rule": "silence"') && early.stdout.trimEnd().endsWith('}');
      if (!wasTold) expect([next.code, next.found.alarms.new.length]).toEqual([1, 1]);
      expect(rows(copy, 'select rule, state, told from health_alarms')).toEqual([['silence', 'open', 'opened']]);
      expect(rows(copy, "select count(*) from health_runs where status <> 'done'")).toEqual([[0]]);
      const files = readdirSync(join(copy, 'data/runs')).sort();
      expect(rows(copy, 'select file from health_runs order by file')).toEqual(files.map((file) => [`runs/${file}`]));
      expect(rows(copy, 'pragma integrity_check')).toEqual([['ok']]);
      expect((await evaluate(copy)).code).toBe(0);
    }
  },
);
