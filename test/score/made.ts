import { loadModel } from '../../src/config/models.js';
import { loadQuestions } from '../../src/config/questions.js';
import type { Candidate, Fact } from '../../src/model/candidate.js';
import type { Value } from '../../src/model/measurement.js';
import type { Answer, LayerNeed, UserState } from '../../src/model/selection.js';
import type { Criterion, SelectionModel } from '../../src/model/selection-model.js';
import type { Figure, LazyUserInput, ScoreInput } from '../../src/score/input.js';
import { shippedCatalogue } from '../metrics/catalogue-files.js';

const AS_OF = '2024-06-30';

const unknown: Fact<never> = { value: null, sources: [], note: null };

export function fact<T>(value: T): Fact<T> {
  return { value, sources: [{ title: 'A page', url: 'https://example.org', date: '2024-01-01' }], note: null };
}

/** A candidate of which nothing is known but what is said. */
export function candidate(id: string, over: Partial<Candidate> = {}): Candidate {
  return {
    id,
    name: id[0].toUpperCase() + id.slice(1),
    layers: ['storage'],
    kind: 'free',
    aliases: [],
    thesis: null,
    description: unknown,
    company: unknown,
    licence: unknown,
    website: unknown,
    repository: unknown,
    platforms: unknown,
    support: unknown,
    capabilities: {},
    ...over,
  };
}

/** So many offers of support. */
export function offers(count: number): Candidate['support'] {
  return fact(Array.from({ length: count }, (_, i) => ({ by: `Firm ${i}`, what: 'contract' })));
}

export function answer(about: string, question: string, text: string | number, over: Partial<Answer> = {}): Answer {
  return { candidate: about, question, answer: text, source: 'looked', date: '2024-05-01', expires: null, ...over };
}

export function figure(about: string, criterion: string, value: Value): Figure {
  const origin = { kind: 'metric', query: 'a/b', column: 'c', project: about, params: {}, asOf: AS_OF } as const;
  return { candidate: about, criterion, value, origin };
}

export function shipped(id: string): SelectionModel {
  return loadModel(id, process.cwd(), { queries: shippedCatalogue().queries, questions: loadQuestions() });
}

/** Criteria of one group or of their own, each a number answered from 0 to 10 that is its score. */
export function plainModel(
  groups: Record<string, Record<string, number>>,
  over: Partial<SelectionModel> = {},
): SelectionModel {
  return {
    id: 'plain',
    title: 'Plain',
    question: 'Is it plain?',
    source: 'made up',
    traps: [],
    method: 'weighted',
    range: [0, 10],
    vary: 'groups',
    variants: ['loose'],
    least: null,
    groups: Object.keys(groups).map((id) => ({ id, title: `The ${id}`, weight: 1 })),
    criteria: Object.entries(groups).flatMap(([group, criteria]) =>
      Object.entries(criteria).map(([id, weight]): Criterion => ({
        id,
        title: `The ${id}`,
        group,
        weight,
        importance: null,
        input: { kind: 'answer', question: id },
        scale: {
          kind: 'curve',
          points: [
            [0, 0],
            [10, 10],
          ],
          log: false,
        },
        source: 'made up',
      })),
    ),
    effort: null,
    sha256: '',
    ...over,
  };
}

export function scoreInput(model: SelectionModel, over: Partial<ScoreInput> = {}): ScoreInput {
  return {
    model,
    variant: 'loose',
    layer: 'storage',
    asOf: AS_OF,
    chosen: null,
    candidates: [],
    figures: [],
    answers: [],
    weights: {},
    ...over,
  };
}

/** A row of answers for each candidate, by question; null: none given. */
export function answered(
  model: SelectionModel,
  rows: Record<string, Record<string, number | null>>,
  over: Partial<ScoreInput> = {},
): ScoreInput {
  return scoreInput(model, {
    candidates: Object.keys(rows).map((id) => ({ candidate: candidate(id), project: null })),
    answers: Object.entries(rows).flatMap(([id, row]) =>
      Object.entries(row).flatMap(([question, value]) => (value === null ? [] : [answer(id, question, value)])),
    ),
    ...over,
  });
}

export function lazyInput(over: {
  candidates: readonly Candidate[];
  answers?: readonly Answer[];
  need?: Partial<LayerNeed>;
  state?: Partial<UserState>;
}): LazyUserInput {
  return {
    model: shipped('lazy-user'),
    layer: 'storage',
    asOf: AS_OF,
    chosen: null,
    candidates: over.candidates,
    answers: over.answers ?? [],
    need: { layer: 'storage', capabilities: [], urgency: null, depth: 'whole', ...over.need },
    state: {
      platforms: [],
      hours: null,
      money: null,
      energy: null,
      free: false,
      support: false,
      location: null,
      ...over.state,
    },
  };
}
