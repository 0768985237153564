import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadStudy } from '../../src/config/study.js';
import type { Value } from '../../src/model/measurement.js';
import type { Project, Study } from '../../src/model/project.js';
import { collect, type CollectOptions } from '../../src/pipeline/collect.js';
import { query } from '../../src/pipeline/query.js';
import { buildResult } from '../../src/pipeline/report.js';
import { ada, bob, temporaryFolder, TestRepository } from '../fixtures/repository.js';
import { startGitServer } from '../fixtures/git-server.js';

const REPOS = process.env['HEALTH_REPOS'] ?? '';
const THREE = ['corosync', 'drbd', 'pacemaker'];
const NO_REPOS = REPOS === '' ? ' (skipped: HEALTH_REPOS names no folder with the real repositories)' : '';

function studyOf(urls: Record<string, string>, replicates: string | null = null): Study {
  const projects = Object.entries(urls).map(([name, url]): Project => ({
    name,
    url,
    refs: 'branches',
    layer: null,
    tags: [],
  }));
  return { name: 'test', projects, replicates, replica: false };
}

function places(dir: string): CollectOptions & { store: string } {
  const [store, clones] = [join(dir, 'health.sqlite'), join(dir, 'clones')];
  return { store, clones, only: [], jobs: 1, allowShallow: false, actions: true };
}

function rows(store: string, study: Study, id: string, asOf: string | null = null): Record<string, Value[][]> {
  const plain = { params: {}, refs: 'branches', identity: 'name-email', mergedBy: null, projects: [] } as const;
  const found = query({ ...plain, projects: [], store, study, sql: { id }, asOf });
  return Object.fromEntries(found.map((measurement) => [measurement.scope.project, measurement.rows]));
}

describe('a study from server to figures', () => {
  it('clones over HTTP, measures, and the next time takes only what is new', async () => {
    const dir = temporaryFolder();
    const root = join(dir, 'served');
    const one = new TestRepository(join(root, 'one'));
    one.commit({ files: { a: '1' }, date: '1388600000 +0000' });
    one.commit({ files: { a: '2' }, date: '1420000000 +0000', author: bob });
    const two = new TestRepository(join(root, 'two'));
    two.commit({ files: { b: '1' } });
    const server = await startGitServer(root);
    onTestFinished(() => server.close());
    const study = studyOf({ one: `${server.url}/one/.git`, two: `${server.url}/two/.git`, gone: `${server.url}/gone` });
    const options = places(dir);

    const first = await collect(study, options);
    expect(first.map(({ ok, commits, error }) => [ok, commits, error?.code])).toEqual([
      [true, 2, undefined],
      [true, 1, undefined],
      [false, 0, 'not-found'],
    ]);
    expect(rows(options.store, study, 'activity/commits-per-year')).toEqual({ one: [[2014, 2]], two: [[2014, 1]] });
    const asOf = rows(options.store, study, 'activity/committers-per-year', '2014-06-30');
    expect(asOf).toEqual({ one: [[2014, 1]], two: [[2014, 1]] });

    one.commit({ files: { a: '3' }, date: '1430000000 +0000', author: ada });
    const second = await collect(study, options);
    expect(second.map(({ summary }) => summary && [summary.mode, summary.commits])).toEqual([
      ['appended', 1],
      ['unchanged', 0],
      null,
    ]);
    const result = buildResult({ store: options.store, study, projects: [], asOf: null });
    expect(result.missing).toEqual(['gone']);
    expect(result.projects.map(({ name, commits }) => [name, commits])).toEqual([
      ['one', 3],
      ['two', 1],
    ]);
  });

  it('names a project it does not have, and says when nothing was collected', async () => {
    const dir = temporaryFolder();
    const repository = new TestRepository(join(dir, 'repo'));
    repository.commit();
    const options = places(dir);
    await collect(studyOf({ here: repository.dir }), options);
    const build = (study: Study, projects: string[]) => () =>
      buildResult({ store: options.store, study, projects, asOf: null });
    expect(build(studyOf({ here: '/x', there: '/y' }), ['elsewhere'])).toThrow(/no project is called elsewhere/);
    expect(build(studyOf({ here: '/x', there: '/y' }), ['there'])).toThrow(/nothing was collected yet for there/);
    // Somebody else's store, without its configuration.
    expect(build(studyOf({ other: '/x' }), [])().projects.map(({ name }) => name)).toEqual(['here']);
  });
});

describe.skipIf(NO_REPOS !== '')(`the thesis's study on the real repositories${NO_REPOS}`, () => {
  it('gives the figures of today’s histories', { timeout: 300_000 }, async () => {
    const dir = temporaryFolder();
    const study = studyOf(Object.fromEntries(THREE.map((name) => [name, resolve(REPOS, name)])), 'thesis');
    const options = places(dir);
    const outcomes = await collect(study, options);
    expect(outcomes.map(({ error }) => error)).toEqual([null, null, null]);
    const result = buildResult({ store: options.store, study, projects: [], asOf: '2014-12-31' });
    const seen = result.replication.map(({ project, ours, published, reproducedBy }) => [
      project,
      Number(ours.toFixed(2)),
      reproducedBy === null ? 'not reproduced' : published,
    ]);
    expect(seen).toEqual([
      ['corosync', 57, 'not reproduced'],
      ['drbd', 46, 46],
      ['pacemaker', 369, 367],
      ['corosync', 6.36, 5],
      ['drbd', 4.31, 4],
      ['pacemaker', 14.25, 13],
    ]);
  });
});

describe('the built-in study', () => {
  it('is the thesis’s', () => {
    const { study, file } = loadStudy({ config: null, cwd: temporaryFolder() });
    expect(file).toBeNull();
    expect(study.projects.map(({ name }) => name)).toEqual(THREE);
    expect(study.replicates).toBe('thesis');
    expect(existsSync('data/studies/thesis.yaml') && readFileSync('data/studies/thesis.yaml', 'utf8')).toContain('82');
  });
});
