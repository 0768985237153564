import * as z from 'zod';
import { isDay } from '../model/date.js';

// As far as a report looks at it; texts are made harmless where they are shown.
const text = z.string();
const day = z.string().refine(isDay, 'must be a day: YYYY-MM-DD');
const figure = z.number();
const value = z.union([z.string(), z.number(), z.null()]);
const interval = z.looseObject({ low: figure, high: figure });
const rank = z.looseObject({ best: figure, worst: figure }).nullable();

const source = z.looseObject({ title: text, url: text.nullable(), date: text });

function fact<T extends z.ZodType>(of: T) {
  return z.looseObject({ value: of.nullable(), sources: z.array(source), note: text.nullable() });
}

const candidate = z.looseObject({
  id: text,
  name: text,
  layers: z.array(text),
  kind: z.enum(['free', 'suite']),
  thesis: text.nullable(),
  description: fact(text),
  company: fact(text),
  licence: fact(text),
  website: fact(text),
  repository: fact(z.looseObject({ url: text })),
  platforms: fact(z.array(text)),
  support: fact(z.array(z.looseObject({ by: text, what: text }))),
  capabilities: z.record(z.string(), fact(z.boolean())),
});

const input = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('metric'), query: text, column: text }),
  z.looseObject({ kind: z.literal('catalogue'), field: text }),
  z.looseObject({ kind: z.literal('answer'), question: text }),
]);

const model = z.looseObject({
  id: text,
  title: text,
  question: text,
  source: text,
  traps: z.array(text),
  range: z.tuple([figure, figure]),
  variants: z.array(z.enum(['loose', 'strict'])),
  criteria: z.array(
    z.looseObject({ id: text, title: text, weight: figure, importance: text.nullable(), input, source: text }),
  ),
});

const origin = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('metric'), query: text, column: text, project: text.nullable() }),
  z.looseObject({ kind: z.literal('catalogue'), field: text, sources: z.array(source) }),
  z.looseObject({
    kind: z.literal('answer'),
    question: text,
    source: text.nullable(),
    date: text.nullable(),
    expires: text.nullable(),
  }),
]);

const evidence = z.looseObject({
  criterion: text,
  state: z.enum(['known', 'unknown', 'expired', 'not-collected', 'unmeasured']),
  value,
  score: interval,
  weight: figure,
  origin,
});

const scorecard = z.looseObject({
  model: text,
  variant: z.enum(['loose', 'strict']),
  layer: text,
  asOf: day,
  candidates: z.array(
    z.looseObject({
      candidate: text,
      name: text,
      project: text.nullable(),
      total: interval,
      groups: z.record(z.string(), interval),
      evidence: z.array(evidence),
      eliminations: z.array(z.looseObject({ criterion: text, least: figure, score: interval, sure: z.boolean() })),
      rank,
      wins: figure,
      winsSurely: figure,
      winsPossibly: figure,
    }),
  ),
  robustness: z.looseObject({
    dimensions: z.array(z.looseObject({ id: text, title: text, weight: figure })),
    method: z.enum(['exact', 'sampled']),
    samples: figure.nullable(),
    seed: figure.nullable(),
    flip: z
      .looseObject({
        candidate: text,
        distance: figure,
        moves: z.array(z.looseObject({ dimension: text, from: figure, to: figure })),
      })
      .nullable(),
    deciding: z.array(z.looseObject({ candidate: text, criterion: text, atWorst: text, atBest: text })),
  }),
});

const effort = interval.nullable();

const lazyUser = z.looseObject({
  layer: text,
  need: z.looseObject({
    capabilities: z.array(text),
    urgency: figure.nullable(),
    depth: z.enum(['whole', 'part']),
  }),
  candidates: z.array(
    z.looseObject({
      candidate: text,
      name: text,
      has: z.array(text),
      lacks: z.array(text),
      unknown: z.array(text),
      limits: z.array(z.looseObject({ text, sure: z.boolean() })),
      effort: z.looseObject({ time: effort, energy: effort, money: effort }),
      standing: z.enum(['chosen', 'feasible', 'maybe-feasible', 'possible', 'maybe-possible', 'out']),
    }),
  ),
  choice: z.looseObject({ candidate: text, sure: z.boolean() }).nullable(),
  unmet: z.array(text),
  relaxations: z.array(z.looseObject({ text, candidates: z.array(text), sure: z.boolean() })),
});

const side = z.looseObject({ asOf: day, rank, winner: text.nullable(), wins: figure });

const check = z.looseObject({
  model: text,
  layer: text,
  chosen: text,
  before: side,
  now: side,
  verdict: z.enum(['holds', 'held', 'never', 'undecided']),
  why: z.array(text),
});

const standing = z.looseObject({ total: interval, rank });

/** A candidate judged otherwise than before; see model/changes. */
export const scoreChangeSchema = z.looseObject({
  layer: text,
  title: text,
  variant: z.enum(['loose', 'strict']),
  name: text,
  before: standing,
  after: standing,
});

/** A judgement as a result's JSON has it; see model/judgement. `query` is the schema of a query. */
export function judgementSchema(query: z.ZodType) {
  return z.looseObject({
    models: z.array(model),
    questions: z.array(z.looseObject({ id: text, text })),
    layers: z.array(z.looseObject({ id: text, title: text, role: text })),
    capabilities: z.array(z.looseObject({ id: text, title: text, meaning: text })),
    candidates: z.array(candidate),
    stack: z.array(
      z.looseObject({ layer: text, component: text, candidate: text.nullable(), version: text.nullable() }),
    ),
    queries: z.array(query),
    scorecards: z.array(scorecard),
    lazyUser: z.array(lazyUser),
    checks: z.array(check),
  });
}
