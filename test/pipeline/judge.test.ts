import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Candidate } from '../../src/model/candidate.js';
import type { Study } from '../../src/model/project.js';
import type { SelectionModel } from '../../src/model/selection-model.js';
import { candidateProjects } from '../../src/pipeline/candidate-projects.js';
import { loadCatalogue } from '../../src/pipeline/catalogue.js';
import { judge, type JudgementBasis, type JudgeOptions } from '../../src/pipeline/judge.js';
import { openReadable } from '../../src/store/readable.js';
import { bob, temporaryFolder, TestRepository } from '../fixtures/repository.js';
import { facts } from '../report/fixture.js';
import { candidate } from '../report/candidate-fixture.js';
import { gitHistory } from '../store/git-history.js';
import { project } from '../store/made-history.js';
import { load } from '../store/opened.js';

function at(url: string, aliases: string[] = []): Candidate {
  const repository = { value: { url, holds: null }, sources: [], note: null };
  return candidate('heron', 'nest', { aliases, repository });
}

function standing(one: Candidate, name: string, url: string): string | undefined {
  return candidateProjects([one], [facts(name, { url })]).get(one.id)?.name;
}

describe('projects that stand for candidates', () => {
  it.each([
    ['https://github.com/Birds/Heron', 'git@github.com:birds/heron.git'],
    ['https://github.com/birds/heron.git', 'https://token@github.com/birds/heron/'],
    ['https://git.example.invalid/heron', 'ssh://git@git.example.invalid:2222/heron.git'],
    ['git://www.example.invalid/heron', 'https://example.invalid//heron'],
  ])('are told by the address, however it is written: %s and %s', (a, b) => {
    expect(standing(at(a), 'x', b)).toBe('x');
    expect(standing(at(b), 'x', a)).toBe('x');
  });

  it.each([
    ['https://github.com/birds/heron', 'https://github.com/birds/heron-tools'],
    ['https://example.invalid/Heron', 'https://example.invalid/heron'],
    ['https://github.com/birds/heron', 'https://gitlab.com/birds/heron'],
  ])('are not where it is another: %s and %s', (a, b) => {
    expect(standing(at(a), 'x', b)).toBeUndefined();
  });

  it('are told by id or alias, and by the address first', () => {
    expect(standing(at('https://example.invalid/a'), 'Heron', '/srv/h')).toBe('Heron');
    expect(standing(at('https://example.invalid/a', ['ardea']), 'ardea', '/srv/h')).toBe('ardea');
    const two = [facts('heron', { url: '/srv/h' }), facts('other', { url: 'https://example.invalid/a' })];
    expect(candidateProjects([at('https://example.invalid/a')], two).get('heron')?.name).toBe('other');
  });
});

const MODEL: SelectionModel = {
  id: 'made-up',
  title: 'Made up',
  question: 'Who is busier?',
  source: 'the test',
  traps: [],
  method: 'weighted',
  range: [0, 10],
  vary: 'criteria',
  variants: ['loose'],
  least: null,
  groups: [{ id: 'all', title: 'All', weight: 1 }],
  criteria: [
    {
      id: 'commits',
      title: 'Commits',
      group: 'all',
      weight: 1,
      importance: null,
      input: { kind: 'metric', query: 'activity/commits-last-year', column: 'commits', row: 'only', params: {} },
      scale: {
        kind: 'curve',
        points: [
          [0, 0],
          [10, 10],
        ],
        log: false,
      },
      source: 'the test',
    },
  ],
  effort: null,
  sha256: 'e7'.repeat(32),
};

function basis(extra: Partial<JudgementBasis> = {}): JudgementBasis {
  return {
    candidates: {
      layers: [
        { id: 'nest', title: 'Nests', role: 'Keeps eggs warm.' },
        { id: 'shell', title: 'Shells', role: 'Keeps eggs whole.' },
      ],
      capabilities: [],
      candidates: [
        candidate('heron', 'nest'),
        candidate('stork', 'nest'),
        candidate('gull', 'nest'),
        candidate('swan', 'shell'),
        candidate('grand', 'nest', { kind: 'suite' }),
      ],
      sha256: 'f8'.repeat(32),
    },
    selection: {
      candidates: [],
      needs: [],
      state: { platforms: [], hours: null, money: null, energy: null, free: false, support: false, location: null },
      answers: [],
      weights: {},
      sha256: null,
    },
    models: [MODEL],
    questions: [],
    ...extra,
  };
}

/** Two histories: heron's commits are of 2013, stork's of 2019. */
async function collected(): Promise<string> {
  const dir = temporaryFolder();
  const store = join(dir, 'health.sqlite');
  for (const [name, year, commits] of [
    ['heron', 2013, 6],
    ['stork', 2019, 4],
  ] as const) {
    const repository = new TestRepository(join(dir, name));
    for (let i = 0; i < commits; i += 1) {
      const date = `${Date.UTC(year, 1 + i, 3) / 1000} +0000`;
      repository.commit({ files: { [`f${i}`]: `${i}\n` }, author: bob, committer: bob, date });
    }
    await load(store, gitHistory(repository), { project: project(name), options: { now: '2020-01-02 00:00:00' } });
  }
  return store;
}

const STUDY: Study = {
  name: 'Birds',
  projects: [project('heron'), project('stork')],
  replicates: null,
  replica: false,
};

async function judged(over: Partial<JudgeOptions> = {}, on: JudgementBasis = basis()) {
  const readable = openReadable(await collected());
  onTestFinished(() => readable.close());
  const options = { study: STUDY, facts: readable.projects(), asOf: null, day: '2020-01-02', layers: null };
  return judge(readable, loadCatalogue(), on, { ...options, ...over });
}

describe('candidates are judged', () => {
  it('from what their histories hold, unknown where there is none', async () => {
    const found = await judged();
    expect(found?.layers.map(({ id }) => id)).toEqual(['nest']);
    const [card, ...others] = found?.scorecards ?? [];
    expect(others).toEqual([]);
    const rows = card?.candidates.map(({ candidate: id, project: name, total, evidence }) => [
      id,
      name,
      total,
      evidence[0]?.state,
      evidence[0]?.value,
    ]);
    expect(new Map(rows?.map((row) => [row[0], row.slice(1)]))).toEqual(
      new Map([
        ['heron', ['heron', { low: 0, high: 0 }, 'known', 0]],
        ['stork', ['stork', { low: 4, high: 4 }, 'known', 4]],
        ['gull', [null, { low: 0, high: 10 }, 'not-collected', null]],
      ]),
    );
    expect(card?.candidates.find(({ candidate: id }) => id === 'stork')?.evidence[0]?.origin).toMatchObject({
      query: 'activity/commits-last-year',
      column: 'commits',
      project: 'stork',
      params: { months: 12 },
    });
    expect(found?.queries.map(({ id }) => id)).toEqual(['activity/commits-last-year']);
    expect(found?.candidates.map(({ id }) => id)).toContain('grand');
  });

  it('as of a day', async () => {
    const found = await judged({ asOf: '2013-12-31', day: '2013-12-31' });
    const totals = found?.scorecards[0]?.candidates.map(({ candidate: id, total }) => [id, total.low]);
    expect(Object.fromEntries(totals ?? [])).toMatchObject({ heron: 6 });
    // Its history begins later: what it was before can't be told from it.
    expect(found?.scorecards[0]?.candidates.find(({ candidate: id }) => id === 'stork')).toMatchObject({
      total: { low: 0, high: 10 },
      evidence: [{ state: 'unmeasured' }],
    });
  });

  it('in the layers of the stack, in those that are named, or in none', async () => {
    const stack = { nest: { component: 'Heron', version: '2' }, shell: { component: 'swan', version: null } };
    const found = await judged({ study: { ...STUDY, stack } });
    // The swan has no alternative, and would come first whatever it is like.
    expect(found?.layers.map(({ id }) => id)).toEqual(['nest']);
    expect(found?.scorecards.map(({ chosen }) => chosen)).toEqual(['heron']);
    expect(found?.stack).toEqual([
      { layer: 'nest', component: 'Heron', candidate: 'heron', version: '2' },
      { layer: 'shell', component: 'swan', candidate: 'swan', version: null },
    ]);
    expect((await judged({ layers: ['shell', 'nest'] }))?.layers.map(({ id }) => id)).toEqual(['nest', 'shell']);
    expect(await judged({ study: { ...STUDY, projects: [project('heron')] } })).toBeNull();
    expect(await judged({ only: ['stork'] })).not.toBeNull();
    expect(await judged({ only: ['nobody'] })).toBeNull();
  });

  it('and what was chosen is held against a year before, or the day of the thesis', async () => {
    const stack = { nest: { component: 'heron', version: null } };
    const year = await judged({ study: { ...STUDY, stack } });
    expect(year?.checks.map(({ before, now }) => [before.asOf, now.asOf])).toEqual([['2019-01-02', '2020-01-02']]);
    const thesis = await judged({ study: { ...STUDY, stack, replicates: 'thesis' } });
    expect(thesis?.checks.map(({ chosen, before }) => [chosen, before.asOf])).toEqual([['heron', '2014-12-31']]);
    const early = await judged({
      study: { ...STUDY, stack, replicates: 'thesis' },
      asOf: '2014-12-31',
      day: '2014-12-31',
    });
    expect(early?.checks).toEqual([]);
  });
});
