import * as z from 'zod';
import { isDay } from '../model/date.js';
import { bandAxes } from '../model/sensitivity.js';
import type { Value } from '../model/measurement.js';
import { deploymentSchema } from './deployment-schema.js';
import { historySchema } from './history-schema.js';
import { judgementSchema, scoreChangeSchema } from './selection-schema.js';

/** Newer fields pass as they are: who draws them looks at them. */
const day = z.string().refine(isDay, 'must be a day: YYYY-MM-DD');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be a sha256');
const rev = z.string().regex(/^[0-9a-f]{40}$/, 'must be a commit');
const count = z.number().int().nonnegative();
const text = z.string();
const value = z.union([z.string(), z.number(), z.null()]);
const values = z.record(z.string(), value);
const refs = z.union([z.enum(['branches', 'default']), z.array(text)]);
const flags = z.array(z.enum(['shallow', 'grafted', 'replaced', 'partial', 'damaged', 'mirror']));
const better = z.enum(['up', 'down', 'neither']);

// A report has a great many of them: looked at without making anything of each.
const rows = z.custom<Value[][]>(
  (data) =>
    Array.isArray(data) &&
    data.every(
      (row) =>
        Array.isArray(row) &&
        row.every((cell) => cell === null || typeof cell === 'string' || typeof cell === 'number'),
    ),
  'must be rows of texts, numbers and nulls',
);

const scope = z.looseObject({
  project: text,
  asOf: day.nullable(),
  refs,
  identity: z.enum(['name-email', 'name', 'merged']),
  mergedBy: day.nullable(),
  role: z.enum(['author', 'committer']),
  merges: z.enum(['in', 'out']),
  time: z.enum(['local', 'utc']),
  mailmap: z.boolean(),
  bots: z.enum(['in', 'out']),
});

const facts = z.looseObject({
  name: text,
  url: text,
  layer: text.nullable(),
  tags: z.array(text),
  refs,
  flags,
  head: text.nullable(),
  tip: text.nullable(),
  branches: count,
  tagCount: count,
  commits: count,
  actions: count.nullable(),
  compat: z.enum(['default', 'strict']),
  differences: z.array(z.looseObject({ fault: text, rows: count, commits: count })).nullable(),
  collectedAt: text,
  succeededBy: text.nullable(),
});

const query = z.looseObject({
  id: text,
  title: text,
  question: text,
  unit: text,
  better,
  headline: text.nullable(),
  window: text.nullable(),
  params: z.array(z.looseObject({ name: text, help: text, default: value })),
  source: text,
  traps: z.array(text),
  each: z.looseObject({ param: text, query: text }).nullable(),
  standsFor: text.nullable(),
  sql: text,
  sha256,
});

const measurement = z.looseObject({ query: text, scope, params: values, columns: z.array(text), rows });
const spec = z.record(z.string(), z.unknown());
const chart = z.looseObject({ query: text, title: text, description: text, spec, compare: spec });

const trial = z.looseObject({
  scope,
  value: z.number(),
  rounding: z.enum(['exact', 'truncated', 'rounded']),
  rounded: z.number(),
  equal: z.boolean(),
  rule: text,
});

const replication = z.looseObject({
  figure: text,
  title: text,
  project: text,
  query: text,
  published: z.number(),
  ours: z.number(),
  reproducedBy: trial.nullable(),
  nearest: trial,
  trials: z.array(trial),
  note: text.nullable(),
});

const figure = z.number().nullable();

const range = z.looseObject({
  query: text,
  project: text,
  column: text,
  value: figure,
  low: figure,
  high: figure,
  trials: z.array(z.looseObject({ axis: z.enum(bandAxes), choice: text, value: figure })),
  product: z.looseObject({ tried: count, of: count, low: figure, high: figure }).nullable(),
  mostMoving: z.enum(bandAxes).nullable(),
});

const past = z.looseObject({ query: text, project: text, asOf: day, value: figure });

const contributors = z.looseObject({
  project: text,
  people: count,
  recentPeople: count,
  commits: count,
  recentCommits: count,
  top: z.array(
    z.looseObject({
      name: text,
      organization: text.nullable(),
      bot: z.enum(['bot', 'web-merge']).nullable(),
      commits: count,
      recent: count,
      applied: count,
      first: text.nullable(),
      last: text.nullable(),
      identities: count,
    }),
  ),
});

const ledgerEvent = z.looseObject({
  kind: z.enum(['forced', 'deleted', 'retagged', 'default-renamed', 'default-switched', 'refs-chosen', 'moved']),
  ref: text.nullable(),
  before: text.nullable(),
  after: text.nullable(),
  since: text,
  seenAt: text,
});

const ledger = z.looseObject({
  project: text,
  collects: z.looseObject({ first: text, last: text, count }),
  events: z.array(ledgerEvent),
  olderEvents: count,
  vanished: count,
  vanishedGroups: z.array(
    z.looseObject({
      branch: text.nullable(),
      commits: count,
      from: text,
      until: text,
      firstSeen: text,
      lastSeen: text,
    }),
  ),
});

const succession = z.looseObject({
  from: text,
  to: text,
  shared: count,
  begins: text.nullable(),
  ends: text.nullable(),
  months: z.array(z.tuple([text, count, count])),
});

const ruleSeal = z.looseObject({ sha256, entries: count });

const projectSeal = z.looseObject({
  project: text,
  url: text,
  choice: refs,
  tips: z.record(z.string().regex(/^refs\//, 'must be the full name of a ref'), rev),
  head: text.nullable(),
  flags,
  mailmap: rev.nullable(),
  compat: z.enum(['default', 'strict']),
  actions: z.boolean(),
  renames: z.boolean(),
  lines: z.boolean(),
  commits: count,
  collectedAt: text,
  collectedBy: text,
});

const manifest = z.looseObject({
  schema: count,
  identities: sha256.nullable(),
  rules: z.looseObject({ people: ruleSeal, bots: ruleSeal, organizations: ruleSeal }),
  queries: z.record(z.string(), sha256),
  published: sha256.nullable(),
  anonymized: z.boolean(),
  projects: z.array(projectSeal),
  deployment: z
    .looseObject({ spec: sha256, target: text, simulation: sha256.nullable(), rehearsal: sha256.nullable() })
    .optional(),
  selection: z
    .looseObject({
      catalogue: sha256,
      models: z.record(z.string(), sha256),
      questions: sha256,
      selection: sha256.nullable(),
      queries: z.record(z.string(), sha256),
      projects: z.array(projectSeal),
    })
    .optional(),
});

const side = z.looseObject({ study: text, asOf: day, seal: sha256, collectedAt: text });
const kinds = z.array(text);

const changes = z.looseObject({
  before: side,
  after: side,
  causes: z.array(
    z.looseObject({
      kind: text,
      project: text.nullable(),
      query: text.nullable(),
      text,
      before: value,
      after: value,
    }),
  ),
  figures: z.array(
    z.looseObject({
      query: text,
      title: text,
      unit: text,
      better,
      project: text,
      before: z.number().nullable(),
      after: z.number().nullable(),
      direction: z.enum(['better', 'worse', 'neither', 'unknown']),
      causes: kinds,
      contributions: z.array(z.looseObject({ causes: kinds, amount: z.number().nullable() })),
    }),
  ),
  compared: count,
  tables: z.array(z.looseObject({ query: text, projects: z.array(text) })),
  scores: z.array(scoreChangeSchema).optional(),
});

/** A result as its JSON has it; see model/result. */
export const resultSchema = z.looseObject({
  format: z.literal(1),
  tool: z.looseObject({ name: text, version: text }),
  study: z.looseObject({ name: text, replica: z.boolean(), replicates: text.nullable() }),
  asOf: day,
  asOfGiven: z.boolean(),
  projects: z.array(facts),
  missing: z.array(text),
  queries: z.array(query),
  measurements: z.array(measurement),
  charts: z.array(chart),
  sensitivity: z.array(range),
  past: z.array(past),
  people: z.array(contributors),
  replication: z.array(replication),
  faults: z.array(z.looseObject({ fault: text, title: text, rows: text, text })),
  ledger: z.array(ledger),
  successions: z.array(succession),
  manifest,
  selection: judgementSchema(query).optional(),
  deployment: deploymentSchema.optional(),
  changes: changes.optional(),
  history: historySchema(ledgerEvent).optional(),
  seal: sha256,
});
