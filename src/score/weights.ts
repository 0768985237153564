import { HealthError } from '../model/error.js';
import { IMPORTANCE_WEIGHTS, type Criterion, type Importance, type SelectionModel } from '../model/selection-model.js';

/** A criterion with a weight, and its place in the whole. */
interface Term {
  criterion: Criterion;
  /** Index in the plan's dimensions. */
  dimension: number;
  /** Share of its dimension, 0 to 1. */
  within: number;
  /** Share of its group, 0 to 1. */
  inGroup: number;
}

/** A model with the user's weights put in, all as shares of 1. Nothing in it has no weight. */
export interface WeightPlan {
  dimensions: { id: string; title: string; weight: number }[];
  terms: Term[];
  importance: Map<string, Importance | null>;
}

function overridden(
  model: SelectionModel,
  weights: Readonly<Record<string, number | Importance>>,
  id: string,
  own: number,
) {
  const given = Object.hasOwn(weights, id) ? weights[id] : undefined;
  if (given === undefined) return own;
  const weight = typeof given === 'number' ? given : IMPORTANCE_WEIGHTS[given];
  if (Number.isFinite(weight) && weight >= 0) return weight;
  throw new HealthError('bad-config', `weights of ${model.id}: ${id}: must be 0 or more`);
}

function checkIds(model: SelectionModel, weights: Readonly<Record<string, number | Importance>>): void {
  const criteria = new Map(model.criteria.map((one) => [one.id, one]));
  const groups = new Set(model.groups.map(({ id }) => id));
  for (const [id, given] of Object.entries(weights)) {
    if (!criteria.has(id) && !groups.has(id)) {
      throw new HealthError('bad-config', `weights of ${model.id}: there is no group or criterion '${id}'`, {
        hint: `groups: ${[...groups].join(', ')}\ncriteria: ${[...criteria.keys()].join(', ')}`,
      });
    }
    if (typeof given === 'string' && (criteria.get(id)?.importance ?? null) === null) {
      throw new HealthError('bad-config', `weights of ${model.id}: ${id}: must be a number, for it has no importance`);
    }
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** HealthError bad-config: an unknown id, a weight below 0, nothing that weighs anything. */
export function weightPlan(
  model: SelectionModel,
  weights: Readonly<Record<string, number | Importance>> = {},
): WeightPlan {
  checkIds(model, weights);
  const importance = new Map(
    model.criteria.map(({ id, importance: own }): [string, Importance | null] => {
      const given = Object.hasOwn(weights, id) ? weights[id] : undefined;
      return [id, typeof given === 'string' ? given : own];
    }),
  );
  const plan: WeightPlan = { dimensions: [], terms: [], importance };
  for (const group of model.groups) {
    const weighed = model.criteria
      .filter((criterion) => criterion.group === group.id)
      .map((criterion) => ({ criterion, weight: overridden(model, weights, criterion.id, criterion.weight) }))
      .filter(({ weight }) => weight > 0);
    const weight = overridden(model, weights, group.id, group.weight);
    const whole = sum(weighed.map((one) => one.weight));
    if (weight === 0 || whole === 0) continue;
    if (model.vary === 'groups') plan.dimensions.push({ id: group.id, title: group.title, weight });
    for (const one of weighed) {
      const { id, title } = one.criterion;
      if (model.vary === 'criteria') plan.dimensions.push({ id, title, weight: weight * one.weight });
      const inGroup = one.weight / whole;
      const within = model.vary === 'groups' ? inGroup : 1;
      plan.terms.push({ criterion: one.criterion, dimension: plan.dimensions.length - 1, within, inGroup });
    }
  }
  const all = sum(plan.dimensions.map(({ weight }) => weight));
  if (all === 0) throw new HealthError('bad-config', `weights of ${model.id}: at least one must be more than 0`);
  for (const dimension of plan.dimensions) dimension.weight /= all;
  return plan;
}
