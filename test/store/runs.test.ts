import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Firing } from '../../src/model/alarm.js';
import { HealthError } from '../../src/model/error.js';
import type { KeptRun } from '../../src/model/evaluation.js';
import { evaluateLock } from '../../src/store/evaluate-lock.js';
import { openRuns } from '../../src/store/runs.js';
import { openStore } from '../../src/store/store.js';
import { temporaryFolder } from '../fixtures/repository.js';

function newStore(): string {
  const file = join(temporaryFolder(), 'health.sqlite');
  openStore(file).close();
  return file;
}

function runOf(seal: string): KeptRun {
  const file = `runs/2014-01-01-${seal}.json`;
  return {
    study: 'one',
    day: '2014-01-01',
    asOfGiven: true,
    endedAt: '2014-01-02 00:00:00',
    seal,
    file,
    figures: [{ query: 'people/absence-factor', project: 'one', value: null }],
    scores: [],
    events: [],
  };
}

const firing: Firing = {
  rule: 'silence',
  kind: 'silence',
  project: 'one',
  subject: '',
  text: 'it is <b>silent</b>',
  evidence: { query: null, sha256: null, window: 'ever', figures: [{ name: 'silent', value: 9, unit: 'days' }] },
};

function write(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '{}');
}

const opens = () => ({ opened: [firing], seen: [], closed: [] });

function open(file: string, study = 'one'): ReturnType<typeof openRuns> {
  const runs = openRuns(file, study);
  onTestFinished(() => runs.close());
  return runs;
}

it('a run whose keeping ended halfway is no run: its file goes, no alarm was raised', () => {
  const file = newStore();
  const runs = open(file);
  const died = (path: string): never => {
    write(path);
    throw new Error('killed');
  };
  expect(() => runs.keep(runOf('aa'), died, opens)).toThrow('killed');
  expect([runs.kept(), runs.alarms()]).toEqual([[], []]);
  const written = join(dirname(file), runOf('aa').file);
  expect(existsSync(written)).toBe(true);
  runs.sweep();
  expect(existsSync(written)).toBe(false);
  runs.keep(runOf('aa'), write, opens);
  expect(runs.kept()).toEqual([runOf('aa')]);
});

it('a run is kept once, and a finished one is never swept', () => {
  const runs = open(newStore());
  runs.keep(runOf('aa'), write, opens);
  const never = (): never => {
    throw new Error('written again');
  };
  runs.keep(runOf('aa'), never, () => ({ opened: [], seen: [], closed: [] }));
  runs.sweep();
  expect(runs.kept()).toEqual([runOf('aa')]);
});

it('an alarm is new until somebody was told, and closed until somebody was told that', () => {
  const file = newStore();
  const runs = open(file);
  runs.keep(runOf('aa'), write, opens);
  expect(runs.untold()).toMatchObject({ new: [{ id: 1, ...firing, state: 'open' }], open: [], closed: [] });
  expect(runs.untold().new).toHaveLength(1);
  runs.told(runs.untold());
  expect(runs.untold()).toMatchObject({ new: [], open: [{ id: 1 }], closed: [] });
  runs.keep(runOf('bb'), write, (alarms) => ({ opened: [], seen: [], closed: [...alarms] }));
  expect(runs.untold()).toMatchObject({ new: [], open: [], closed: [{ id: 1, closed: '2014-01-01' }] });
  runs.told(runs.untold());
  expect(runs.untold()).toEqual({ new: [], open: [], closed: [] });
  expect(runs.acknowledge(1, null, '2014-01-03 00:00:00')).toBeNull();
  // Another study in the same store has alarms of its own.
  expect([open(file, 'two').alarms(), open(file, 'two').kept()]).toEqual([[], []]);
});

it('one holds the lock; the other is refused, waits for it, or gives up when it is interrupted', async () => {
  const file = newStore();
  const release = await evaluateLock(file, 0);
  await expect(evaluateLock(file, 0)).rejects.toMatchObject({ code: 'evaluate-running', exitCode: 4 });
  const controller = new AbortController();
  const interrupted = evaluateLock(file, 60, controller.signal);
  controller.abort();
  await expect(interrupted).rejects.toMatchObject({ code: 'interrupted' });
  const waiting = evaluateLock(file, 60);
  release();
  (await waiting)();
  (await evaluateLock(file, 0))();
});

it('where there is no store none is made', () => {
  const file = join(temporaryFolder(), 'none.sqlite');
  expect(() => openRuns(file, 'one')).toThrow(HealthError);
  expect(existsSync(file)).toBe(false);
});
