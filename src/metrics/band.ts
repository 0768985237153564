import type { QueryInfo, Scope } from '../model/measurement.js';
import type { BandAxis, BandProduct, BandTrial, Sensitivity } from '../model/sensitivity.js';
import { bandChoices, combinations, type BandChoice } from './band-choices.js';

export interface BandOptions {
  /** Most combinations of several rules to try; 0: one rule at a time only. */
  combinations: number;
  /** The store holds the project's pull requests too. */
  pulls: boolean;
}

/** A figure in a scope; null: unknown there; undefined: the scope can't be applied to the project. */
export type Figure = number | null | undefined;

/** What is found, without who asked for it. */
type Range = Omit<Sensitivity, 'query' | 'project' | 'column' | 'params'>;

/** Rules that only the views of our own obey. */
const OF_CONTRIBUTIONS: ReadonlySet<BandAxis> = new Set(['role', 'merges', 'time', 'bots']);

/**
 * Works out a figure's range: yields the scopes it wants the figure in, and goes on with the figures, in their order.
 * The first scope wanted is the plain one.
 */
export function* band(info: QueryInfo, plain: Scope, options: BandOptions): Generator<Scope[], Range, Figure[]> {
  const heeded = info.band.filter((axis) => !OF_CONTRIBUTIONS.has(axis) || /\bhealth_\w/i.test(info.sql));
  const choices = bandChoices(plain, heeded, options.pulls);
  const scopes = choices.map((choice) => changed(plain, [choice]));
  const [value = null, ...figures] = yield [plain, ...scopes];
  const tried = choices.flatMap((choice, i) => {
    const figure = figures[i];
    if (figure === undefined) return [];
    const trial: BandTrial = { axis: choice.axis, choice: choice.choice, scope: scopes[i]!, value: figure };
    return [{ choice, trial }];
  });
  const trials = tried.map(({ trial }) => trial);
  const moving = byDistance(trials, value);
  const product = options.combinations > 0 ? yield* combine(plain, tried, moving, options.combinations) : null;
  const values = [value, ...trials.map((trial) => trial.value), product?.low, product?.high].filter(
    (one) => typeof one === 'number',
  );
  return {
    value,
    low: values.length > 0 ? Math.min(...values) : null,
    high: values.length > 0 ? Math.max(...values) : null,
    trials,
    product,
    mostMoving: moving[0] ?? null,
  };
}

/** Rules together: a mailmap that is asked for stays, whatever the identity rule brings along. */
function changed(plain: Scope, choices: readonly BandChoice[]): Scope {
  return choices.reduce<Scope>((scope, { rule }) => {
    const isIdentity = rule.identity !== undefined;
    return { ...scope, ...rule, ...(isIdentity && { mailmap: scope.mailmap || rule.mailmap === true }) };
  }, plain);
}

/** Axes that move the figure, the one that moves it furthest first. */
function byDistance(trials: readonly BandTrial[], value: number | null): BandAxis[] {
  const distance = new Map<BandAxis, number>();
  for (const trial of trials) {
    // A figure that becomes unknown, or known, has moved too, but not by an amount.
    const moved = trial.value === null || value === null ? 0 : Math.abs(trial.value - value);
    distance.set(trial.axis, Math.max(distance.get(trial.axis) ?? 0, moved));
  }
  const moving = [...distance].filter(([, moved]) => moved > 0);
  return moving.sort(([, a], [, b]) => b - a).map(([axis]) => axis);
}

function* combine(
  plain: Scope,
  tried: readonly { choice: BandChoice; trial: BandTrial }[],
  moving: readonly BandAxis[],
  limit: number,
): Generator<Scope[], BandProduct | null, Figure[]> {
  if (moving.length < 2) return null;
  const rank = (axis: BandAxis) => (moving.includes(axis) ? moving.indexOf(axis) : moving.length);
  const choices = tried.map(({ choice }) => choice).sort((a, b) => rank(a.axis) - rank(b.axis));
  // Rules that don't move the figure by themselves are not likely to together.
  const { list } = combinations(
    choices.filter(({ axis }) => moving.includes(axis)),
    limit,
  );
  const figures = yield list.map((together) => changed(plain, together));
  const values = figures.filter((one) => typeof one === 'number');
  return {
    tried: list.length,
    of: combinations(choices, 0).of,
    low: values.length > 0 ? Math.min(...values) : null,
    high: values.length > 0 ? Math.max(...values) : null,
  };
}
