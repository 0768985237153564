import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Result } from '../../src/model/result.js';
import { runHealth, type RunResult } from '../fixtures/cli.js';
import { TestRepository } from '../fixtures/repository.js';

const WEEK = 7 * 86_400;
/** 2013-01-05, noon. */
const START = 1_357_387_200;
const DAYS = ['2014-07-10', '2014-10-01', '2014-10-02', '2014-10-06'];

/** Evaluated before its silence is an alarm, while it is one, and after somebody took note of it and it went on. */
describe('a report of a study that was evaluated', { timeout: 120_000 }, () => {
  let cwd: string;
  const health = (...args: string[]): Promise<RunResult> => runHealth([...args, '--quiet'], { cwd });
  const report = async (...args: string[]): Promise<Result> => {
    const { stdout, stderr } = await health('report', '--json', ...args);
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as Result;
  };

  beforeAll(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'stack-health-'));
    const origin = new TestRepository(join(cwd, 'origin'));
    for (let week = 0; week < 78; week++) {
      origin.commit({ date: `${START + week * WEEK} +0000`, files: { 'a.txt': `${week}\n` } });
    }
    writeFileSync(join(cwd, 'health.yaml'), `study: one\nprojects: [{name: one, url: ${origin.dir}}]\n`);
    for (const day of DAYS) {
      if (day === DAYS[3]) origin.commit({ date: '1412500000 +0000', files: { 'a.txt': 'back\n' } });
      const { code, stderr } = await health('evaluate', '--as-of', day);
      if (code !== 0 && code !== 1) throw new Error(stderr);
      if (day === DAYS[1]) await health('evaluate', '--ack', '1', '--note', 'on holiday');
    }
  }, 120_000);

  afterAll(() => rmSync(cwd, { recursive: true, force: true }));

  it('has its runs and alarms, and every kept run stays as it was', async () => {
    const { history, asOf } = await report('--as-of', '2014-10-06');
    expect([asOf, history?.runs.map(({ day }) => day)]).toEqual(['2014-10-06', DAYS]);
    expect(history?.runs[0]?.figures).toContainEqual({
      query: 'people/onion-layers',
      project: 'one',
      value: 1,
    });
    expect(history?.alarms).toMatchObject([
      { id: 1, rule: 'silence', state: 'closed', firstSeen: '2014-10-01', closed: '2014-10-06', note: 'on holiday' },
    ]);
    const kept = await health('evaluate', '--no-collect', '--json', '--as-of', '2014-10-06');
    const { run } = JSON.parse(kept.stdout) as { run: { file: string } };
    expect(JSON.parse(readFileSync(join(cwd, run.file), 'utf8'))).not.toHaveProperty('history');
  });

  it('tells what was known on its day, and nothing of it with less than two runs or --no-history', async () => {
    const { history } = await report('--as-of', '2014-10-03');
    expect(history?.runs.map(({ day }) => day)).toEqual(DAYS.slice(0, 3));
    expect(history?.alarms).toMatchObject([{ id: 1, state: 'acknowledged', closed: null }]);
    expect(await report('--as-of', '2014-09-30')).not.toHaveProperty('history');
    expect(await report('--as-of', '2014-10-06', '--no-history')).not.toHaveProperty('history');
  });

  it('with pseudonyms leaves alarms out, which name people', async () => {
    const { history } = await report('--as-of', '2014-10-06', '--anonymize');
    expect([history?.runs.length, history?.alarms]).toEqual([4, null]);
  });

  it('of a store that may only be read is the same', async () => {
    const store = join(cwd, 'data/health.sqlite');
    const before = readFileSync(store);
    chmodSync(store, 0o444);
    expect((await report('--as-of', '2014-10-06')).history?.runs).toHaveLength(4);
    chmodSync(store, 0o644);
    expect(readFileSync(store).equals(before)).toBe(true);
  });

  it('is verified: the history is taken over from it, and said to be', async () => {
    await health('report', '--json', '--as-of', '2014-10-06', '--out', 'run.json');
    const { code, stdout } = await health('verify', 'run.json');
    expect([code, stdout]).toEqual([0, expect.stringContaining('the kept runs and alarms of the study')]);
    const run = JSON.parse(readFileSync(join(cwd, 'run.json'), 'utf8')) as Result;
    run.history!.runs[0]!.figures[0]!.value = 12_345;
    writeFileSync(join(cwd, 'edited.json'), `${JSON.stringify(run, null, 2)}\n`);
    const edited = await health('verify', 'edited.json');
    expect([edited.code, edited.stdout]).toEqual([1, expect.stringContaining('its seal is broken')]);
  });
});
