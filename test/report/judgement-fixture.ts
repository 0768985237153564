import type { CandidateRepository } from '../../src/model/candidate.js';
import type { Judgement } from '../../src/model/judgement.js';
import type { CandidateScore, ChoiceCheck, Evidence, LazyUserCard, Scorecard } from '../../src/model/scorecard.js';
import type { Criterion, CriterionInput, SelectionModel } from '../../src/model/selection-model.js';
import { candidate, fact, SOURCE } from './candidate-fixture.js';
import { HOSTILE } from './fixture.js';

function criterion(id: string, group: string, input: CriterionInput): Criterion {
  return {
    id,
    title: `${id.charAt(0).toUpperCase()}${id.slice(1)} of it`,
    group,
    weight: 1,
    importance: id === 'age' ? 'critical' : 'relevant',
    input,
    scale: {
      kind: 'steps',
      steps: [
        { from: null, score: 0 },
        { from: 10, score: 2 },
      ],
    },
    source: 'Made up for the tests',
  };
}

const INPUTS: CriterionInput[] = [
  { kind: 'metric', query: 'activity/commits-six-months', column: 'commits', row: 'only', params: {} },
  { kind: 'catalogue', field: 'licence' },
  { kind: 'answer', question: 'docs' },
];

function model(id: string, title: string, extra: Partial<SelectionModel> = {}): SelectionModel {
  const groups = ['age', 'law', 'manual'].map((group, i) => ({ id: group, title: `Group ${group}`, weight: i + 1 }));
  return {
    id,
    title,
    question: 'How ripe is it?',
    source: 'Made up for the tests',
    traps: ['A number is no opinion.'],
    method: 'weighted',
    range: [0, 2],
    vary: 'groups',
    variants: ['loose'],
    least: null,
    groups,
    criteria: groups.map((group, i) => criterion(group.id, group.id, INPUTS[i]!)),
    effort: null,
    sha256: 'd6'.repeat(32),
    ...extra,
  };
}

type Scores = [low: number, high: number][];

function evidence({ criteria }: SelectionModel, id: string, scores: Scores): Evidence[] {
  return criteria.map(({ id: own, input }, i) => {
    const [low = 0, high = 2] = scores[i] ?? [];
    const known = low === high;
    const origins: Record<CriterionInput['kind'], Evidence['origin']> = {
      metric: {
        kind: 'metric',
        query: 'activity/commits-six-months',
        column: 'commits',
        project: known ? id : null,
        params: {},
        asOf: '2014-12-31',
      },
      catalogue: { kind: 'catalogue', field: 'licence', sources: [SOURCE] },
      answer: known
        ? {
            kind: 'answer',
            question: 'docs',
            source: `said by ${HOSTILE[0]}`,
            date: '2014-06-01',
            expires: '2016-01-01',
          }
        : { kind: 'answer', question: 'docs', source: null, date: null, expires: null },
    };
    const state = known ? 'known' : input.kind === 'metric' ? 'not-collected' : 'unknown';
    return {
      criterion: own,
      weight: 1 / criteria.length,
      state,
      value: known ? low * 10 : null,
      score: { low, high },
      origin: origins[input.kind],
    };
  });
}

interface Row {
  id: string;
  name?: string;
  scores: Scores;
  rank: CandidateScore['rank'];
  wins: [wins: number, surely: number, possibly: number];
}

/** A card whose totals are worked out from the scores. */
function card(
  judged: SelectionModel,
  layer: string,
  rows: Row[],
  extra: Partial<Scorecard> = {},
  flip: Scorecard['robustness']['flip'] = null,
): Scorecard {
  const weights = judged.groups.map(({ weight }) => weight);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const candidates = rows.map(({ id, name, scores, rank, wins }): CandidateScore => {
    const cells = evidence(judged, id, scores);
    const total = (end: 'low' | 'high') =>
      cells.reduce((sum, { score }, i) => sum + score[end] * (weights[i] ?? 0), 0) / all;
    return {
      candidate: id,
      name: name ?? id.charAt(0).toUpperCase() + id.slice(1),
      project: id === 'gull' ? null : id,
      total: { low: total('low'), high: total('high') },
      groups: Object.fromEntries(judged.groups.map((group, i) => [group.id, cells[i]!.score])),
      evidence: cells,
      eliminations: rank === null ? [{ criterion: 'age', least: 2, score: { low: 0, high: 0 }, sure: true }] : [],
      rank,
      wins: wins[0],
      winsSurely: wins[1],
      winsPossibly: wins[2],
    };
  });
  return {
    model: judged.id,
    variant: 'loose',
    layer,
    asOf: '2014-12-31',
    chosen: layer === 'nest' ? 'heron' : null,
    candidates,
    robustness: {
      dimensions: judged.groups.map((group) => ({ id: group.id, title: group.title, weight: group.weight / all })),
      method: 'exact',
      samples: null,
      seed: null,
      flip,
      deciding: [{ candidate: 'gull', criterion: 'age', atWorst: 'heron', atBest: 'gull' }],
    },
    ...extra,
  };
}

const RIPE = model('ripe', 'Ripeness');
const STRICT = model('strict-one', 'Ripeness, put to the test', {
  variants: ['loose', 'strict'],
  least: { critical: 2, relevant: 1 },
});
const FOUR = model('four', 'Four ways', {
  groups: ['age', 'law', 'manual', 'people'].map((id, i) => ({ id, title: `Group ${id}`, weight: 4 - i })),
  criteria: ['age', 'law', 'manual', 'people'].map((id, i) => criterion(id, id, INPUTS[i % 3]!)),
});
const TWO = model('two', 'Two ways', {
  groups: [
    { id: 'age', title: 'Group age', weight: 1 },
    { id: 'law', title: 'Group law', weight: 1 },
  ],
  criteria: [criterion('age', 'age', INPUTS[0]!), criterion('law', 'law', INPUTS[1]!)],
});
const LAZY = model('lazy-user', 'Lazy User Model', {
  method: 'lazy-user',
  groups: [],
  criteria: [],
  effort: { time: 1, energy: 8, money: 0.02 },
});

const ROWS: Row[] = [
  {
    id: 'heron',
    scores: [
      [2, 2],
      [1, 1],
      [1, 1],
      [0, 2],
    ],
    rank: { best: 1, worst: 2 },
    wins: [0.62, 0.4, 0.9],
  },
  {
    id: 'gull',
    scores: [
      [0, 2],
      [0, 0],
      [0, 2],
      [0, 2],
    ],
    rank: { best: 1, worst: 3 },
    wins: [0.2, 0, 0.5],
  },
  {
    id: 'stork',
    scores: [
      [0, 0],
      [2, 2],
      [0, 0],
      [1, 1],
    ],
    rank: { best: 2, worst: 3 },
    wins: [0.18, 0.1, 0.3],
  },
  {
    id: 'hostile',
    name: HOSTILE[0],
    scores: [
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ],
    rank: { best: 4, worst: 4 },
    wins: [0, 0, 0],
  },
];

const FLIP = {
  candidate: 'stork',
  distance: 0.21,
  moves: [
    { dimension: 'age', from: 1 / 6, to: 0 },
    { dimension: 'law', from: 1 / 3, to: 0.54 },
  ],
};

const CARD: LazyUserCard = {
  layer: 'nest',
  asOf: '2014-12-31',
  need: { capabilities: ['quorum', 'join-fast'], urgency: 40, depth: 'whole' },
  chosen: 'heron',
  candidates: [
    {
      candidate: 'heron',
      name: 'Heron',
      has: ['quorum'],
      lacks: [],
      unknown: ['join-fast'],
      limits: [{ constraint: 'hours', text: 'needs 10 of 40 hours', sure: false }],
      effort: {
        time: { low: 10, high: 10 },
        energy: { low: 2, high: 5 },
        money: { low: 0, high: 0 },
        total: { low: 26, high: 50 },
      },
      standing: 'chosen',
    },
    {
      candidate: 'gull',
      name: 'Gull',
      has: [],
      lacks: ['quorum'],
      unknown: ['join-fast'],
      limits: [],
      effort: { time: null, energy: null, money: null, total: null },
      standing: 'out',
    },
    {
      candidate: 'stork',
      name: 'Stork',
      has: ['quorum', 'join-fast'],
      lacks: [],
      unknown: [],
      limits: [{ constraint: 'platforms', text: 'runs on none of: linux', sure: true }],
      effort: { time: { low: 5, high: 60 }, energy: null, money: null, total: null },
      standing: 'possible',
    },
  ],
  choice: { candidate: 'heron', sure: false },
  unmet: [],
  relaxations: [{ constraint: 'platforms', text: 'any platform will do', candidates: ['stork'], sure: false }],
};

const CHECKS: ChoiceCheck[] = [
  {
    model: 'ripe',
    layer: 'nest',
    chosen: 'heron',
    before: { asOf: '2013-12-31', rank: { best: 1, worst: 1 }, winner: 'heron', wins: 0.8 },
    now: { asOf: '2014-12-31', rank: { best: 1, worst: 2 }, winner: 'heron', wins: 0.62 },
    verdict: 'holds',
    why: ['Heron comes first on both days.'],
  },
  {
    model: 'four',
    layer: 'nest',
    chosen: 'heron',
    before: { asOf: '2013-12-31', rank: { best: 1, worst: 1 }, winner: 'heron', wins: 0.8 },
    now: { asOf: '2014-12-31', rank: { best: 2, worst: 3 }, winner: 'gull', wins: 0.12 },
    verdict: 'held',
    why: ['Gull gained in Age of it.', 'Heron lost in Law of it.'],
  },
];

/** Two layers of made-up candidates: one with a component in use, one without. */
export function sampleJudgement(extra: Partial<Judgement> = {}): Judgement {
  const hostile = candidate('hostile', 'nest', { name: HOSTILE[0], description: fact(HOSTILE[2]) });
  return {
    models: [RIPE, STRICT, FOUR, TWO, LAZY],
    questions: [
      {
        id: 'docs',
        text: 'Is there a manual that is kept?',
        choices: [
          { word: 'no', meaning: 'none was found' },
          { word: 'yes', meaning: 'it was changed in the last year' },
        ],
        unit: null,
        source: 'Made up for the tests',
      },
    ],
    layers: [
      { id: 'nest', title: 'Nests', role: 'Keeps eggs warm.' },
      { id: 'shell', title: 'Shells', role: 'Keeps eggs whole.' },
    ],
    capabilities: [
      { id: 'quorum', title: 'Quorum', meaning: 'Half of the birds are not enough.' },
      { id: 'join-fast', title: 'Fast joining', meaning: 'A new bird is in within a second.' },
    ],
    candidates: [
      candidate('heron', 'nest'),
      candidate('gull', 'nest', {
        repository: fact<CandidateRepository>(null, 'its makers keep it to themselves'),
      }),
      candidate('stork', 'nest'),
      hostile,
      candidate('grand-suite', 'nest', { kind: 'suite', name: 'Grand Suite' }),
      candidate('swan', 'shell'),
      candidate('tern', 'shell'),
    ],
    stack: [{ layer: 'nest', component: 'heron', candidate: 'heron', version: '8.4.3' }],
    queries: [],
    scorecards: [
      card(RIPE, 'nest', ROWS, {}, FLIP),
      card(STRICT, 'nest', ROWS),
      card(
        STRICT,
        'nest',
        [...ROWS.slice(0, 2), { ...ROWS[2]!, rank: null, wins: [0, 0, 0] }, { ...ROWS[3]!, rank: null }],
        {
          variant: 'strict',
        },
      ),
      card(FOUR, 'nest', ROWS, {}, FLIP),
      card(TWO, 'nest', ROWS),
      card(RIPE, 'shell', [
        {
          id: 'swan',
          scores: [
            [2, 2],
            [2, 2],
            [1, 1],
          ],
          rank: { best: 1, worst: 1 },
          wins: [1, 1, 1],
        },
        {
          id: 'tern',
          scores: [
            [1, 1],
            [0, 0],
            [1, 1],
          ],
          rank: { best: 2, worst: 2 },
          wins: [0, 0, 0],
        },
      ]),
    ],
    lazyUser: [
      CARD,
      { ...CARD, layer: 'shell', chosen: null, candidates: [], choice: null, unmet: ['quorum'], relaxations: [] },
    ],
    checks: CHECKS,
    ...extra,
  };
}
