import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { builtinModels, loadModel, loadModels, modelJsonSchema } from '../../src/config/models.js';
import { loadQuestions } from '../../src/config/questions.js';
import { queryColumns } from '../../src/metrics/run.js';
import { HealthError } from '../../src/model/error.js';
import { shippedCatalogue } from '../metrics/catalogue-files.js';
import { sampleStore } from '../metrics/sample-store.js';

const catalogue = shippedCatalogue();
const context = { queries: catalogue.queries, questions: loadQuestions() };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stack-health-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the models that ship', () => {
  const models = loadModels(context);

  it('are these', () => {
    expect(builtinModels()).toEqual(['daffara', 'lazy-user', 'openbrr', 'qsos', 'qualoss', 'thesis']);
    expect(models.map(({ id }) => id)).toEqual(builtinModels());
  });

  it('name columns that their metrics have', async () => {
    const readable = await sampleStore(folder);
    for (const { input } of models.flatMap(({ criteria }) => criteria)) {
      if (input.kind !== 'metric') continue;
      expect(queryColumns(readable, catalogue, catalogue.query(input.query)), input.query).toContain(input.column);
    }
    readable.close();
  });

  test.each(models.map((model) => [model.id, model] as const))(
    '%s says where each criterion comes from',
    (_, model) => {
      expect(model.traps.length).toBeGreaterThan(0);
      for (const { id, source } of model.criteria) expect(source.length, id).toBeGreaterThan(20);
    },
  );

  it('hold the criteria of their sources', () => {
    const byId = new Map(models.map((model) => [model.id, model]));
    const qsos = byId.get('qsos');
    expect(qsos?.criteria).toHaveLength(16);
    expect(qsos?.groups.map(({ id }) => qsos.criteria.filter(({ group }) => group === id).length)).toEqual([
      4, 4, 4, 4,
    ]);
    expect(qsos).toMatchObject({ range: [0, 2], variants: ['loose', 'strict'], least: { critical: 2, relevant: 1 } });
    const openbrr = byId.get('openbrr');
    expect(openbrr?.groups).toHaveLength(12);
    expect(openbrr?.groups.filter(({ weight }) => weight > 0)).toHaveLength(7);
    expect(openbrr?.groups.reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
    expect(byId.get('qualoss')?.groups.map(({ id }) => id)).toEqual(['robustness', 'evolvability']);
    expect(byId.get('lazy-user')).toMatchObject({ method: 'lazy-user', effort: { time: 1 }, criteria: [] });
  });
});

const GOOD = `model: mine
title: Mine
question: Is it mine?
source: me
traps: [none]
method: weighted
range: [0, 2]
vary: groups
variants: [loose, strict]
least: { critical: 2, relevant: 1 }
groups:
  - { id: work, title: Work, weight: 2 }
  - { id: terms, title: Terms }
criteria:
  - id: commits
    title: Commits
    group: work
    importance: critical
    metric: { query: activity/commits-last-year, params: { months: 6 } }
    steps: [{ score: 0 }, { from: 10, score: 2 }]
    source: me
  - id: roadmap
    title: Roadmap
    group: terms
    answer: roadmap
    choices: { none: 0, undated: 1, dated: 2 }
    source: me
  - id: offers
    title: Offers
    group: terms
    weight: 3
    catalogue: support
    curve: { points: [[0, 0], [4, 2]], log: true }
    source: me
`;

function refusal(text: string): { message: string; hint: string | undefined } {
  writeFileSync(join(folder, 'mine.yaml'), text);
  try {
    loadModel('mine.yaml', folder, context);
  } catch (error) {
    if (error instanceof HealthError) return { message: error.message, hint: error.hint };
    throw error;
  }
  throw new Error('was not refused');
}

it("reads a user's own model", () => {
  writeFileSync(join(folder, 'mine.yaml'), GOOD);
  const model = loadModel('mine.yaml', folder, context);
  expect(model.groups.map(({ weight }) => weight)).toEqual([2, 1]);
  expect(model.criteria).toMatchObject([
    {
      weight: 3,
      input: { kind: 'metric', column: 'commits', row: 'only', params: { months: 6 } },
      scale: {
        kind: 'steps',
        steps: [
          { from: null, score: 0 },
          { from: 10, score: 2 },
        ],
      },
    },
    { weight: 1, importance: null, input: { kind: 'answer', question: 'roadmap' } },
    { weight: 3, input: { kind: 'catalogue', field: 'support' }, scale: { kind: 'curve', log: true } },
  ]);
  expect(model.sha256).toMatch(/^[0-9a-f]{64}$/);
});

test.each([
  [
    'an unknown metric',
    ['activity/commits-last-year', 'activity/commit-last-year'],
    "mine.yaml:19:15: criteria[0].metric.query: there is no metric 'activity/commit-last-year'; did you mean 'activity/commits-last-year'?",
  ],
  [
    'a metric without a headline and no column',
    ['activity/commits-last-year', 'activity/commits-per-year'],
    'mine.yaml:19:5: criteria[0].metric: must name a column, for activity/commits-per-year has no headline',
  ],
  [
    'an unknown parameter',
    ['months: 6', 'month: 6'],
    "criteria[0].metric.params.month: activity/commits-last-year has no parameter 'month'; did you mean 'months'?",
  ],
  [
    'an unknown question',
    ['answer: roadmap', 'answer: roadmaps'],
    "mine.yaml:25:5: criteria[1].answer: there is no question 'roadmaps'; did you mean 'roadmap'?",
  ],
  ['a negative weight', ['weight: 3', 'weight: -3'], 'mine.yaml:31:13: criteria[2].weight: must be 0 or more'],
  [
    'steps that do not ascend',
    ['{ from: 10, score: 2 }', '{ from: 10, score: 2 }, { from: 10, score: 1 }'],
    'criteria[0].steps[2]: steps must ascend: 10 comes after 10',
  ],
  ['a first step with a lower end', ['[{ score: 0 }', '[{ from: 1, score: 0 }'], "the first step has no 'from'"],
  ['points that do not ascend', ['[[0, 0], [4, 2]]', '[[4, 0], [0, 2]]'], 'points must ascend: 0 comes after 4'],
  [
    'a score outside the range',
    ['{ from: 10, score: 2 }', '{ from: 10, score: 3 }'],
    'criteria[0].steps[1].score: the score 3 is not within 0 to 2',
  ],
  [
    'an unknown group',
    ['group: work', 'group: wrok'],
    "mine.yaml:17:5: criteria[0].group: there is no group 'wrok'; did you mean 'work'?",
  ],
  [
    'two inputs',
    ['    answer: roadmap\n', '    answer: roadmap\n    catalogue: support\n'],
    'must have only one of: metric, catalogue, answer',
  ],
  ['no scale', ['    choices: { none: 0, undated: 1, dated: 2 }\n', ''], 'must have one of: steps, curve, choices'],
  ['a word without a score', [', dated: 2', ''], 'criteria[1].choices: has no score for: dated'],
  ['a word that is no answer', ['dated: 2', 'date: 2'], "'date' is none of its values; did you mean 'dated'?"],
  [
    'words for a number',
    ['steps: [{ score: 0 }, { from: 10, score: 2 }]', 'choices: { many: 2 }'],
    'criteria[0].choices: the value is a number: give steps or a curve',
  ],
  ['an id twice', ['id: offers', 'id: work'], "criteria[2].id: the id 'work' is taken"],
  [
    'a strict variant that asks nothing',
    ['least: { critical: 2, relevant: 1 }\n', ''],
    "a strict variant needs 'least'",
  ],
  ['a range upside down', ['range: [0, 2]', 'range: [2, 0]'], 'range: must be the lowest score and a higher one'],
  ['no range', ['range: [0, 2]\n', ''], "a weighted model must have 'range'"],
  [
    'effort in a weighted model',
    ['traps:', 'effort: { time: 1, energy: 1, money: 1 }\ntraps:'],
    'effort: is only for the method lazy-user',
  ],
  ['criteria in a lazy model', ['method: weighted', 'method: lazy-user'], 'criteria: is only for weighted models'],
  ['an unknown key', ['title: Commits', 'titel: Commits'], "unknown key 'titel'; did you mean 'title'?"],
])('says what is wrong: %s', (_, [from = '', to = ''], line) => {
  const { message, hint } = refusal(GOOD.replace(from, to));
  const lines = [message, ...(hint ?? '').split('\n')];
  expect(lines.filter((one) => one.includes(line))).toHaveLength(1);
  for (const one of lines) if (one !== '') expect(one).toMatch(/^mine\.yaml:\d+:\d+: /);
});

it('refuses weights that are all 0', () => {
  const text = GOOD.replace('weight: 2', 'weight: 0').replace('title: Terms', 'title: Terms, weight: 0');
  expect(refusal(text).message).toMatch(/^mine\.yaml:14:1: criteria: all weights are 0/);
});

it('knows no other model, and says which there are', () => {
  expect(() => loadModel('qsoss', folder, context)).toThrow("there is no model 'qsoss'; did you mean 'qsos'?");
  expect(() => loadModel('nope.yaml', folder, context)).toThrow('nope.yaml: no such file');
});

it('has a JSON Schema that names every key', () => {
  const schema = JSON.stringify(modelJsonSchema());
  expect(JSON.parse(schema)).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    required: expect.arrayContaining(['model', 'title', 'question', 'source', 'traps', 'method']),
  });
  expect(schema).toContain('"oneOf":[{"required":["metric"]},{"required":["catalogue"]},{"required":["answer"]}]');
});
