import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { AlarmList } from '../../src/pipeline/history.js';
import { readRuns } from '../../src/store/runs.js';
import { runHealth, type RunResult } from '../fixtures/cli.js';
import { temporaryFolder, TestRepository } from '../fixtures/repository.js';

const WEEK = 7 * 86_400;
/** 2013-01-05, noon. */
const START = 1_357_387_200;

it('health evaluate --alarms lists them by state, and evaluates nothing', { timeout: 120_000 }, async () => {
  const cwd = temporaryFolder();
  const health = (...args: string[]): Promise<RunResult> => runHealth(['evaluate', ...args, '--quiet'], { cwd });
  for (const name of ['one', 'two']) {
    const origin = new TestRepository(join(cwd, name));
    for (let week = 0; week < 60; week++) {
      origin.commit({ date: `${START + week * WEEK} +0000`, files: { 'a.txt': `${week}\n` } });
    }
  }
  writeFileSync(join(cwd, 'health.yaml'), 'study: x\nprojects: [{name: one, url: one}, {name: two, url: two}]\n');
  const nothing = await health('--alarms');
  expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('there is no store yet')]);

  expect((await health('--as-of', '2014-12-01')).code).toBe(1);
  const store = join(cwd, 'data/health.sqlite');
  const { alarms, kept } = readRuns(store, 'x');
  const [first, second] = alarms.filter(({ rule }) => rule === 'silence');
  expect([first?.project, second?.project]).toEqual(['one', 'two']);
  await health('--ack', String(second!.id), '--note', 'it is finished');

  const { code, stdout } = await health('--alarms');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^x: \d+ open, 1 acknowledged, 0 past\n\nOpen:\n/);
  expect(stdout.slice(stdout.indexOf('Acknowledged:'))).toMatch(
    / {2}\d+ {2}two: nobody has committed .*it is finished\)/,
  );
  const list = JSON.parse((await health('--alarms', '--json', '--project', 'two')).stdout) as AlarmList;
  expect([list.study, list.acknowledged.map(({ id }) => id)]).toEqual(['x', [second!.id]]);
  expect(list.open.filter(({ project }) => project !== 'two')).toEqual([]);
  expect(readRuns(store, 'x').kept).toEqual(kept);

  for (const clash of [
    ['--ack', '1'],
    ['--replay', '2014-01-01..'],
    ['--badge', 'b.svg'],
  ]) {
    expect((await health('--alarms', ...clash)).code).toBe(2);
  }
});
