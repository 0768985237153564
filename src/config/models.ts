import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HealthError } from '../model/error.js';
import {
  IMPORTANCE_WEIGHTS,
  type Criterion,
  type CriterionInput,
  type Scale,
  type SelectionModel,
} from '../model/selection-model.js';
import { loadDocument } from './document.js';
import { modelRules, type ModelContext } from './model-rules.js';
import { modelSchema, type CriterionText, type ModelText } from './model-schema.js';
import { nearest } from './near.js';

export type { ModelContext } from './model-rules.js';
export { modelJsonSchema } from './model-schema.js';

const FOLDER = new URL('../../data/models/', import.meta.url);
const END = '.yaml';

/** Ids of the models this program brings along (data/models), sorted. */
export function builtinModels(): string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(END))
    .map((name) => name.slice(0, -END.length))
    .sort();
}

function inputOf({ metric, catalogue, answer }: CriterionText, context: ModelContext): CriterionInput {
  if (metric !== undefined) {
    const headline = context.queries.find(({ id }) => id === metric.query)?.headline ?? '';
    const { query, column = headline, row = 'only', params = {} } = metric;
    return { kind: 'metric', query, column, row, params };
  }
  if (catalogue !== undefined) return { kind: 'catalogue', field: catalogue };
  return { kind: 'answer', question: answer ?? '' };
}

function scaleOf({ steps, curve, choices }: CriterionText): Scale {
  if (steps !== undefined) {
    return { kind: 'steps', steps: steps.map(({ from, score }) => ({ from: from ?? null, score })) };
  }
  if (curve === undefined) return { kind: 'choices', scores: choices ?? {} };
  const points = curve.points.map(([x = 0, y = 0]): [number, number] => [x, y]);
  return { kind: 'curve', points, log: curve.log ?? false };
}

function criterionOf(text: CriterionText, context: ModelContext): Criterion {
  const { id, title, group, importance = null, source } = text;
  return {
    id,
    title: title.trim(),
    group,
    weight: text.weight ?? (importance === null ? 1 : IMPORTANCE_WEIGHTS[importance]),
    importance,
    input: inputOf(text, context),
    scale: scaleOf(text),
    source: source.trim(),
  };
}

function modelOf(text: ModelText, context: ModelContext, sha256: string): SelectionModel {
  const [low = 0, high = 1] = text.range ?? [];
  return {
    id: text.model,
    title: text.title.trim(),
    question: text.question.trim(),
    source: text.source.trim(),
    traps: text.traps.map((trap) => trap.trim()),
    method: text.method,
    range: [low, high],
    vary: text.vary ?? 'groups',
    variants: text.variants ?? ['loose'],
    least: text.least ?? null,
    groups: (text.groups ?? []).map(({ id, title, weight = 1 }) => ({ id, title: title.trim(), weight })),
    criteria: (text.criteria ?? []).map((one) => criterionOf(one, context)),
    effort: text.effort ?? null,
    sha256,
  };
}

function fileOf(name: string, cwd: string): string {
  const builtin = builtinModels();
  if (builtin.includes(name)) return fileURLToPath(new URL(`${name}${END}`, FOLDER));
  if (/\.ya?ml$/.test(name)) return resolve(cwd, name);
  const near = nearest(name, builtin);
  throw new HealthError('bad-usage', `there is no model '${name}'${near === null ? '' : `; did you mean '${near}'?`}`, {
    hint: `models: ${builtin.join(', ')}; or name a file of your own, FILE.yaml`,
  });
}

/**
 * A model that ships, by its id, or the user's own, by its file (whatever ends in .yaml or .yml). HealthError bad-config names
 * all that is wrong with it: `FILE:LINE:COL: path: message`; bad-usage: there is no such model.
 */
export function loadModel(name: string, cwd: string, context: ModelContext): SelectionModel {
  const file = fileOf(name, cwd);
  const text = loadDocument(file, cwd, modelSchema, [modelRules(context)]);
  return modelOf(text, context, createHash('sha256').update(readFileSync(file)).digest('hex'));
}

/** The models that ship. */
export function loadModels(context: ModelContext): SelectionModel[] {
  return builtinModels().map((id) => loadModel(id, process.cwd(), context));
}
