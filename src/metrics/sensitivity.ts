import { HealthError } from '../model/error.js';
import type { QueryInfo, Scope, Value } from '../model/measurement.js';
import type { BandAxis, BandProduct, BandTrial, Sensitivity } from '../model/sensitivity.js';
import type { Readable } from '../store/readable.js';
import { bandChoices, combinations, type BandChoice } from './band-choices.js';
import type { Catalogue } from './catalogue.js';
import { measure } from './run.js';

export interface BandOptions {
  /** Most combinations of several rules to try; 0: one rule at a time only. */
  combinations: number;
  /** The store holds the project's pull requests too. */
  pulls: boolean;
}

const PLAIN_OPTIONS: BandOptions = { combinations: 24, pulls: false };

/** Rules that only the views of our own obey. */
const OF_CONTRIBUTIONS: ReadonlySet<BandAxis> = new Set(['role', 'merges', 'time', 'bots']);

/**
 * The range a query's headline figure takes over the rules of counting: each axis of the query's band alone, then those
 * that move the figure together. A rule that can't be applied (a project without a default branch) is left out.
 *
 * @param plain the scope whose figure is shown
 * @param given parameters, as for `measure`
 * @throws HealthError bad-query for a query without a headline, or with several rows
 */
export function sensitivity(
  readable: Readable,
  catalogue: Catalogue,
  info: QueryInfo,
  plain: Scope,
  given: Record<string, Value>,
  options: Partial<BandOptions> = {},
): Sensitivity {
  const { combinations: limit, pulls } = { ...PLAIN_OPTIONS, ...options };
  const column = info.headline;
  if (column === null) throw new HealthError('bad-query', `query ${info.id} has no headline figure`);
  const base = measure(readable, catalogue, info, plain, given);
  const value = figure(info, column, base);
  const tryOut = (choices: readonly BandChoice[]): BandTrial | null => {
    const scope = choices.reduce<Scope>((before, { rule }) => combined(before, rule), plain);
    try {
      const measured = figure(info, column, measure(readable, catalogue, info, scope, given));
      const [{ axis, choice }] = choices as [BandChoice];
      return { axis, choice, scope, value: measured };
    } catch (error) {
      if (error instanceof HealthError && error.code === 'bad-usage') return null;
      throw error;
    }
  };
  const heeded = info.band.filter((axis) => !OF_CONTRIBUTIONS.has(axis) || /\bhealth_\w/i.test(info.sql));
  const choices = bandChoices(plain, heeded, pulls);
  const tried = choices.flatMap((choice) => {
    const trial = tryOut([choice]);
    return trial ? [{ choice, trial }] : [];
  });
  const trials = tried.map(({ trial }) => trial);
  const moving = byDistance(trials, value);
  const product = limit > 0 ? combine(tried, moving, limit, (list) => tryOut(list)?.value ?? null) : null;
  const values = [value, ...trials.map((trial) => trial.value), product?.low, product?.high].filter(
    (one) => typeof one === 'number',
  );
  return {
    query: info.id,
    project: plain.project,
    column,
    params: base.params,
    value,
    low: values.length > 0 ? Math.min(...values) : null,
    high: values.length > 0 ? Math.max(...values) : null,
    trials,
    product,
    mostMoving: moving[0] ?? null,
  };
}

/** Rules together: a mailmap that is asked for stays, whatever the identity rule brings along. */
function combined(scope: Scope, rule: Partial<Scope>): Scope {
  const isIdentity = rule.identity !== undefined;
  return { ...scope, ...rule, ...(isIdentity && { mailmap: scope.mailmap || rule.mailmap === true }) };
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

function combine(
  tried: readonly { choice: BandChoice; trial: BandTrial }[],
  moving: readonly BandAxis[],
  limit: number,
  run: (choices: readonly BandChoice[]) => number | null,
): BandProduct | null {
  if (moving.length < 2) return null;
  const rank = (axis: BandAxis) => (moving.includes(axis) ? moving.indexOf(axis) : moving.length);
  const choices = tried.map(({ choice }) => choice).sort((a, b) => rank(a.axis) - rank(b.axis));
  // Rules that don't move the figure by themselves are not likely to together.
  const { list } = combinations(
    choices.filter(({ axis }) => moving.includes(axis)),
    limit,
  );
  const values = list.map(run).filter((one) => one !== null);
  return {
    tried: list.length,
    of: combinations(choices, 0).of,
    low: values.length > 0 ? Math.min(...values) : null,
    high: values.length > 0 ? Math.max(...values) : null,
  };
}

function figure(
  info: QueryInfo,
  column: string,
  { columns, rows }: { columns: string[]; rows: Value[][] },
): number | null {
  const at = columns.indexOf(column);
  if (at < 0 || rows.length > 1) {
    const what = at < 0 ? `has no column "${column}"` : 'returns more than one row';
    throw new HealthError('bad-query', `query ${info.id}: the headline's query ${what}`);
  }
  const value = rows[0]?.[at] ?? null;
  if (value !== null && typeof value !== 'number') {
    throw new HealthError('bad-query', `query ${info.id}: the headline "${column}" must be a number`);
  }
  return value;
}
