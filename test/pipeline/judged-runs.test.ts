import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Study } from '../../src/model/project.js';
import type { Result } from '../../src/model/result.js';
import { diffRuns } from '../../src/pipeline/diff.js';
import { buildResult, resultJson } from '../../src/pipeline/report.js';
import { verify } from '../../src/pipeline/verify.js';
import { ada, bob, temporaryFolder, TestRepository } from '../fixtures/repository.js';
import { gitHistory } from '../store/git-history.js';
import { project } from '../store/made-history.js';
import { load } from '../store/opened.js';

let dir = '';
let store = '';
let study: Study;
const repositories = new Map<string, TestRepository>();

async function collect(name: string, day: number): Promise<void> {
  const options = { now: `2020-03-0${day} 00:00:00` };
  await load(store, gitHistory(repositories.get(name)!), { project: project(name), options });
}

function commits(name: string, from: number, many: number): void {
  for (let i = 0; i < many; i += 1) {
    const date = `${from + i * 86_400} +0000`;
    repositories.get(name)?.commit({ files: { [`f${from + i}`]: '1\n' }, author: i % 2 ? ada : bob, date });
  }
}

// Corosync is in the report; openais only stands for a candidate.
beforeEach(async () => {
  dir = temporaryFolder();
  store = join(dir, 'health.sqlite');
  for (const name of ['corosync', 'openais']) {
    repositories.set(name, new TestRepository(join(dir, name)));
    commits(name, 1_570_000_000, 4);
    await collect(name, 1);
  }
  const selection = join(dir, 'selection.yaml');
  writeFileSync(selection, answer('full'));
  const stack = { messaging: { component: 'corosync', version: '1.4.5' } };
  study = { name: 'Judged', projects: [project('corosync')], replicates: null, replica: false, selection, stack };
});

function answer(word: string): string {
  const of = `candidate: corosync, question: documentation, answer: ${word}`;
  return `answers:\n  - {${of}, source: its manual, date: 2020-01-01, expires: 2030-01-01}\n`;
}

function measured(over: Partial<Study> = {}): Result {
  return buildResult({ store, study: { ...study, ...over }, projects: [], asOf: null });
}

function written(result: Result): string {
  const file = join(dir, 'run.json');
  writeFileSync(file, resultJson(result));
  return file;
}

function documentation(result: Result): unknown {
  const [card] = result.selection?.scorecards.filter(({ model }) => model === 'thesis') ?? [];
  const own = card?.candidates.find(({ candidate }) => candidate === 'corosync');
  return own?.evidence.find(({ origin }) => origin.kind === 'answer' && origin.question === 'documentation')?.value;
}

describe('a run with candidates judged', () => {
  it('holds the scorecards, and what they rest on', () => {
    const result = measured();
    expect(result.projects.map(({ name }) => name)).toEqual(['corosync']);
    expect(result.selection?.layers.map(({ id }) => id)).toEqual(['messaging']);
    expect(documentation(result)).toBe('full');
    const { selection } = result.manifest;
    expect(selection?.projects.map((seal) => [seal.project, seal.commits])).toEqual([['openais', 4]]);
    expect(selection?.selection).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(selection?.models ?? {})).toEqual([
      'daffara',
      'lazy-user',
      'openbrr',
      'qsos',
      'qualoss',
      'thesis',
    ]);
    // The queries of the scorecards that the report has anyway are not said twice.
    const own = new Set(result.queries.map(({ id }) => id));
    expect(result.selection?.queries.filter(({ id }) => own.has(id))).toEqual([]);
  });

  it('is measured again, byte for byte, after both histories moved on and another candidate came', async () => {
    const file = written(measured());
    commits('corosync', 1_582_000_000, 3);
    commits('openais', 1_582_000_000, 5);
    repositories.set('heartbeat', new TestRepository(join(dir, 'heartbeat')));
    commits('heartbeat', 1_560_000_000, 3);
    for (const name of ['corosync', 'openais', 'heartbeat']) await collect(name, 2);
    const found = verify({ file, store, study });
    expect(found).toMatchObject({ equal: true, causes: [], parts: [] });
    expect(found.projects.map(({ project: name, state, newer }) => [name, state, newer])).toEqual([
      ['corosync', 'moved-on', 3],
      ['openais', 'moved-on', 5],
    ]);
    expect(resultJson(measured())).not.toBe(readFileSync(file, 'utf8'));
  });

  it('is verified whoever’s stack the study names', () => {
    const file = written(measured());
    const other = { storage: { component: 'drbd-9', version: null } };
    expect(verify({ file, store, study: { ...study, stack: other } }).equal).toBe(true);
  });

  it('says so where an answer was changed, or the file is not there', () => {
    const file = written(measured());
    writeFileSync(study.selection ?? '', answer('none'));
    const found = verify({ file, store, study });
    expect(found.equal).toBe(false);
    expect(found.parts).toEqual(expect.arrayContaining(['scorecards of candidates', 'manifest']));
    expect(found.causes.map(({ text }) => text)).toEqual([
      'the answer to documentation for Corosync is another one: full → none',
    ]);
    const { selection: _, ...without } = study;
    expect(verify({ file, store, study: without }).equal).toBe(false);
  });

  it('is not said to be equal where a candidate’s history is gone', async () => {
    repositories.get('openais')?.git('branch', '--quiet', 'side');
    repositories.get('openais')?.git('checkout', '--quiet', 'side');
    commits('openais', 1_575_000_000, 1);
    await collect('openais', 1);
    const file = written(measured());
    repositories.get('openais')?.git('checkout', '--quiet', 'main');
    repositories.get('openais')?.git('branch', '--quiet', '-D', 'side');
    await collect('openais', 2);
    const found = verify({ file, store, study });
    expect(found).toMatchObject({ equal: false, recomputed: true });
    expect(found.projects.map(({ state }) => state)).toEqual(['same', 'lost']);
    expect(found.takenOver).toEqual(expect.arrayContaining([expect.stringContaining('scorecards of candidates')]));
  });

  it('tells what changed: new commits of a candidate, an answer, and the scores that followed', async () => {
    const before = measured();
    writeFileSync(study.selection ?? '', answer('none'));
    commits('openais', 1_582_000_000, 6);
    await collect('openais', 2);
    const { changes } = diffRuns(before, measured(), { store, study });
    expect(changes.causes.map(({ kind, project: name }) => [kind, name])).toEqual(
      expect.arrayContaining([
        ['new-commits', 'openais'],
        ['answers', null],
      ]),
    );
    const moved = changes.scores?.filter(({ model }) => model === 'thesis').map(({ candidate }) => candidate);
    expect(new Set(moved)).toEqual(new Set(['corosync', 'openais']));
    // The report's own project didn't move.
    expect(changes.figures).toEqual([]);
  });

  it('has no section, and nothing breaks, where nothing of the study is in the catalogue', () => {
    const { stack: _, selection: __, ...plain } = study;
    const result = buildResult({ store, study: plain, projects: [], asOf: null });
    expect(result).not.toHaveProperty('selection');
    expect(result.manifest).not.toHaveProperty('selection');
    expect(verify({ file: written(result), store, study: plain }).equal).toBe(true);
  });

  it('has the layers of the projects that were asked for', () => {
    const stack = { ...study.stack, storage: { component: 'drbd-9', version: null } };
    const all = buildResult({ store, study: { ...study, stack }, projects: [], asOf: null });
    expect(all.selection?.layers.map(({ id }) => id)).toEqual(['messaging', 'storage']);
    const one = buildResult({ store, study: { ...study, stack }, projects: ['corosync'], asOf: null });
    expect(one.selection?.layers.map(({ id }) => id)).toEqual(['messaging']);
    expect(verify({ file: written(one), store, study: { ...study, stack } }).equal).toBe(true);
  });

  it('judges the same with pseudonyms', () => {
    const plain = measured();
    const hidden = buildResult({ store, study, projects: [], asOf: null, anonymize: true });
    expect(hidden.selection).toEqual(plain.selection);
  });
});
