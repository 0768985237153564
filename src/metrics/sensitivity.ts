import { HealthError } from '../model/error.js';
import type { QueryInfo, Scope, Value } from '../model/measurement.js';
import type { Sensitivity } from '../model/sensitivity.js';
import type { Readable } from '../store/readable.js';
import { band, type BandOptions, type Figure } from './band.js';
import type { Catalogue } from './catalogue.js';
import { settleParams } from './parameters.js';
import { measure } from './run.js';

const PLAIN_OPTIONS: BandOptions = { combinations: 24, pulls: false };

interface SensitivityOptions extends BandOptions {
  /** Told of every query before it is run. */
  hear: (info: QueryInfo) => void;
}

/** A query with a headline figure, and parameters for it as for `measure`. */
export interface Asked {
  info: QueryInfo;
  given: Record<string, Value>;
}

/**
 * The range each query's headline figure takes over the rules of counting: each axis of the query's band alone, then
 * those that move the figure together. A rule that can't be applied (a project without a default branch) is left out.
 * All queries are asked under one rule before any is under the next: what is dear is a scope, not a query in it.
 *
 * @param plain the scope whose figures are shown
 * @throws HealthError bad-query for a query without a headline, or with several rows
 */
export function sensitivities(
  readable: Readable,
  catalogue: Catalogue,
  asked: readonly Asked[],
  plain: Scope,
  { hear, ...options }: Partial<SensitivityOptions> = {},
): Sensitivity[] {
  const bands = asked.map(({ info, given }) => {
    const column = info.headline;
    if (column === null) throw new HealthError('bad-query', `query ${info.id} has no headline figure`);
    const steps = band(info, plain, { ...PLAIN_OPTIONS, ...options });
    const params = settleParams(info, plain, given);
    return { info, given, column, params, steps, step: steps.next() };
  });
  const figureOf = ({ info, given, column }: (typeof bands)[number], scope: Scope): Figure => {
    hear?.(info);
    try {
      return figure(info, column, measure(readable, catalogue, info, scope, given));
    } catch (error) {
      if (scope !== plain && error instanceof HealthError && error.code === 'bad-usage') return undefined;
      throw error;
    }
  };
  for (;;) {
    const wanted = bands.flatMap((one) => {
      if (one.step.done) return [];
      const answers: Figure[] = [];
      return one.step.value.map((scope, place) => ({ one, scope, place, answers, key: scopeKey(scope) }));
    });
    if (wanted.length === 0) break;
    for (const { one, scope, place, answers } of wanted.toSorted((a, b) => (a.key < b.key ? -1 : 1))) {
      answers[place] = figureOf(one, scope);
    }
    for (const { one, answers } of new Map(wanted.map((want) => [want.one, want])).values()) {
      one.step = one.steps.next(answers);
    }
  }
  return bands.map(({ info, column, params, step }) => {
    if (!step.done) throw new Error(`the band of ${info.id} was left open`);
    return { query: info.id, project: plain.project, column, params, ...step.value };
  });
}

/** The range of one query's headline figure. */
export function sensitivity(
  readable: Readable,
  catalogue: Catalogue,
  info: QueryInfo,
  plain: Scope,
  given: Record<string, Value>,
  options: Partial<BandOptions> = {},
): Sensitivity {
  const [found] = sensitivities(readable, catalogue, [{ info, given }], plain, options);
  return found!;
}

/** Scopes that are alike in what takes longest to set up come after each other. */
function scopeKey({ asOf, refs, identity, mergedBy, mailmap, role, merges, time, bots }: Scope): string {
  return JSON.stringify([asOf, refs, identity, mergedBy, mailmap, role, merges, time, bots]);
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
