import { describe, expect, it, test } from 'vitest';
import { HealthError } from '../../src/model/error.js';
import type { Evidence } from '../../src/model/scorecard.js';
import type { Criterion, CriterionInput, Scale } from '../../src/model/selection-model.js';
import { figureOf } from '../../src/score/figure.js';
import type { ScoreInput } from '../../src/score/input.js';
import { scoreLayer } from '../../src/score/layer.js';
import { licenceClass } from '../../src/score/licence.js';
import { scoreOf } from '../../src/score/scale.js';
import { answer, candidate, fact, figure, offers, plainModel, scoreInput } from './made.js';

const STEPS: Scale = {
  kind: 'steps',
  steps: [
    { from: null, score: 0 },
    { from: 1, score: 5 },
    { from: 2, score: 10 },
  ],
};

/** A model of one criterion. */
function asked(input: CriterionInput, scale: Scale, over: Partial<ScoreInput>): Evidence[] {
  const model = plainModel({ g: { one: 1 } });
  const [criterion] = model.criteria;
  const card = scoreLayer(scoreInput({ ...model, criteria: [{ ...criterion, input, scale }] }, over));
  return card.candidates.map(({ evidence }) => evidence[0]);
}

const roadmap: CriterionInput = { kind: 'answer', question: 'roadmap' };
const words: Scale = { kind: 'choices', scores: { none: 0, dated: 10 } };
const ark = { candidate: candidate('ark'), project: null };
const open = { low: 0, high: 10 };

describe('an answer', () => {
  const one = (answers: ScoreInput['answers']): Evidence => asked(roadmap, words, { candidates: [ark], answers })[0];

  it('counts up to the day it expires, and is unknown from the day after', () => {
    const kept = one([answer('ark', 'roadmap', 'dated', { expires: '2024-06-30' })]);
    expect(kept).toMatchObject({ state: 'known', value: 'dated', score: { low: 10, high: 10 }, weight: 1 });
    const gone = one([answer('ark', 'roadmap', 'dated', { expires: '2024-06-29' })]);
    expect(gone).toMatchObject({ state: 'expired', value: 'dated', score: open });
    expect(gone.origin).toMatchObject({ kind: 'answer', source: 'looked', expires: '2024-06-29' });
  });

  it('that was given later says nothing about the day', () => {
    expect(one([answer('ark', 'roadmap', 'dated', { date: '2024-07-01' })])).toMatchObject({
      state: 'unknown',
      score: open,
    });
  });

  it('is superseded by a later one, unless that has expired', () => {
    const old = answer('ark', 'roadmap', 'none', { date: '2020-01-01' });
    expect(one([answer('ark', 'roadmap', 'dated'), old]).value).toBe('dated');
    expect(one([answer('ark', 'roadmap', 'dated', { expires: '2024-06-01' }), old]).value).toBe('none');
  });

  it('that was never given, or is no word of the scale, is unknown and never zero', () => {
    expect(one([])).toMatchObject({ state: 'unknown', value: null, score: open });
    expect(one([answer('ark', 'roadmap', 'perhaps')])).toMatchObject({ state: 'unknown', score: open });
    expect(one([answer('ark', 'roadmap', 'toString')])).toMatchObject({ state: 'unknown', score: open });
    expect(one([answer('brig', 'roadmap', 'dated')])).toMatchObject({ state: 'unknown', score: open });
  });
});

test('a measurement may be missing for two reasons', () => {
  const metric: CriterionInput = { kind: 'metric', query: 'a/b', column: 'c', row: 'only', params: {} };
  const found = asked(metric, STEPS, {
    candidates: [
      ark,
      { candidate: candidate('brig'), project: 'brig' },
      { candidate: candidate('cog'), project: 'cog' },
      { candidate: candidate('dhow'), project: 'dhow' },
    ],
    figures: [figure('brig', 'one', 1), figure('cog', 'one', null)],
  });
  expect(found.map(({ state, score, origin }) => [state, score, 'project' in origin && origin.project])).toEqual([
    ['known', { low: 5, high: 5 }, 'brig'],
    ['not-collected', open, null],
    ['unmeasured', open, 'cog'],
    ['unmeasured', open, 'dhow'],
  ]);
});

describe('the catalogue', () => {
  const counted = (field: 'support' | 'platforms' | 'capabilities' | 'known', over: Parameters<typeof candidate>[1]) =>
    asked({ kind: 'catalogue', field }, STEPS, {
      candidates: [{ candidate: candidate('ark', over), project: null }],
    })[0];

  it('counts, and tells none from not known', () => {
    expect(counted('support', { support: offers(0) })).toMatchObject({
      state: 'known',
      value: 0,
      score: { low: 0, high: 0 },
    });
    expect(counted('support', { support: offers(2) })).toMatchObject({ value: 2, score: { low: 10, high: 10 } });
    expect(counted('support', {})).toMatchObject({ state: 'unknown', score: open });
    expect(counted('platforms', { platforms: fact(['linux']) })).toMatchObject({
      value: 1,
      score: { low: 5, high: 5 },
    });
  });

  it('leaves a count between what is known to be there and what may be', () => {
    const brig = candidate('brig', { capabilities: { fencing: fact(true), quorum: fact(false) } });
    const cog = candidate('cog', { capabilities: { fencing: fact(true) } });
    const found = asked({ kind: 'catalogue', field: 'capabilities' }, STEPS, {
      candidates: [brig, cog].map((one) => ({ candidate: one, project: null })),
    });
    expect(found.map(({ state, value, score }) => [state, value, score])).toEqual([
      ['unknown', null, { low: 5, high: 10 }],
      ['known', 1, { low: 5, high: 5 }],
    ]);
  });

  it('knows a share of the facts: six of them, whether it can be collected, and the capabilities of the layer', () => {
    const none = { value: null, sources: [], note: 'it was never published' };
    const known = counted('known', { licence: fact('MIT'), website: fact('https://example.org'), repository: none });
    expect(known.value).toBeCloseTo(3 / 7, 12);
  });

  test.each([
    ['GPL-2.0-or-later', 'copyleft'],
    ['GPL-2.0-only WITH Classpath-exception-2.0', 'copyleft'],
    ['BSD-3-Clause', 'permissive'],
    ['Apache-2.0', 'permissive'],
    ['EPL-1.0', 'copyleft'],
    ['Artistic-2.0', 'free'],
    ['GPL-2.0-only OR MIT', 'permissive'],
    ['GPL-2.0-only AND MIT', 'copyleft'],
    ['(MIT OR Apache-2.0) AND LGPL-2.1-or-later', 'copyleft'],
    ['MIT OR GPL-2.0-only AND LicenseRef-proprietary', 'permissive'],
    ['LicenseRef-HPE-proprietary', 'proprietary'],
    ['LicenseRef-Rocks', null],
    ['MIT AND LicenseRef-Rocks', null],
    ['MIT OR LicenseRef-Rocks', 'permissive'],
    ['GPL-2.0-only OR LicenseRef-Rocks', null],
    ['LicenseRef-Rocks AND LicenseRef-commercial', 'proprietary'],
    ['MITX', null],
    ['MIT MIT', null],
    ['(MIT', null],
    ['', null],
  ])('reads the licence %s', (expression, expected) => {
    expect(licenceClass(expression)).toBe(expected);
  });
});

describe('a scale', () => {
  const curve: Scale = {
    kind: 'curve',
    points: [
      [0, 0],
      [10, 10],
    ],
    log: false,
  };
  const log: Scale = {
    kind: 'curve',
    points: [
      [0, 0],
      [99, 10],
    ],
    log: true,
  };

  test.each<[string, Scale, number | string | null, number | null]>([
    ['below the first step', STEPS, -5, 0],
    ['at a step', STEPS, 1, 5],
    ['above the last', STEPS, 99, 10],
    ['no number', STEPS, 'many', null],
    ['nothing', STEPS, null, null],
    ['on a line', curve, 2.5, 2.5],
    ['beyond its ends', curve, 11, 10],
    ['before its ends', curve, -1, 0],
    // ln(1 + 9) / ln(1 + 99) = 1/2
    ['by logarithms', log, 9, 5],
    ['by logarithms, below', log, -3, 0],
    ['a word', words, 'dated', 10],
    ['a number for a word', words, 3, null],
  ])('%s', (_, scale, value, score) => {
    expect(scoreOf(scale, value)).toBe(score);
  });
});

describe('a figure out of rows', () => {
  const criterion: Criterion = { ...plainModel({ g: { one: 1 } }).criteria[0], scale: STEPS };
  const input = { kind: 'metric', query: 'a/b', column: 'c', params: {} } as const;
  const rows = [
    [2013, 4],
    [2014, null],
    [2015, 8],
  ];
  const result = { columns: ['year', 'c'], rows };

  test.each([
    ['last', 8],
    ['mean', 6],
    ['sum', 12],
    ['max', 8],
  ] as const)('%s', (row, expected) => {
    expect(figureOf('mine', criterion, { ...input, row }, result)).toBe(expected);
    expect(figureOf('mine', criterion, { ...input, row }, { ...result, rows: [] })).toBeNull();
  });

  test.each([
    [{ ...input, column: 'd', row: 'last' } as const, "model mine: one: a/b has no column 'd'"],
    [{ ...input, row: 'only' } as const, 'model mine: one: a/b gives 3 rows, where the model wants one'],
    [
      { ...input, column: 'w', row: 'last' } as const,
      "model mine: one: a/b: 'w' is text, and the scale is for numbers",
    ],
  ])('refuses in one line: %j', (wrong, line) => {
    const wider = { columns: [...result.columns, 'w'], rows: rows.map((row) => [...row, 'word']) };
    let found: unknown;
    try {
      figureOf('mine', criterion, wrong, wider);
    } catch (error) {
      found = error;
    }
    expect(found).toBeInstanceOf(HealthError);
    expect((found as HealthError).message).toBe(line);
  });
});

test.each([
  [{ nope: 1 }, "weights of plain: there is no group or criterion 'nope'"],
  [{ one: -1 }, 'weights of plain: one: must be 0 or more'],
  [{ g: 0 }, 'weights of plain: at least one must be more than 0'],
  [{ one: 'critical' as const }, 'weights of plain: one: must be a number, for it has no importance'],
])("refuses the user's weights %j", (weights, line) => {
  expect(() => scoreLayer(scoreInput(plainModel({ g: { one: 1 } }), { candidates: [ark], weights }))).toThrow(line);
});

test('a suite is never ranked', () => {
  const suite = { candidate: candidate('suite', { kind: 'suite' }), project: null };
  const card = scoreLayer(scoreInput(plainModel({ g: { one: 1 } }), { candidates: [suite, ark] }));
  expect(card.candidates.map(({ candidate: id }) => id)).toEqual(['ark']);
  expect(scoreLayer(scoreInput(plainModel({ g: { one: 1 } }), { candidates: [suite] })).candidates).toEqual([]);
});
