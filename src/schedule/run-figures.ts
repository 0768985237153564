import type { FigureChange } from '../model/changes.js';
import type { Measurement, QueryInfo } from '../model/measurement.js';
import type { Result } from '../model/result.js';

/** A headline figure of a result: a query's one number for one project. */
export interface Figure {
  info: QueryInfo;
  measurement: Measurement;
  value: number | null;
}

/** Headline figures by query and project, in the result's order. */
export function headlineFigures(result: Result): Map<string, Figure> {
  const infos = new Map(result.queries.map((info) => [info.id, info]));
  const figures = new Map<string, Figure>();
  for (const measurement of result.measurements) {
    const info = infos.get(measurement.query);
    const column = info?.headline == null ? -1 : measurement.columns.indexOf(info.headline);
    if (!info || column < 0) continue;
    const value = measurement.rows[0]?.[column] ?? null;
    figures.set(figureKey(measurement), { info, measurement, value: typeof value === 'number' ? value : null });
  }
  return figures;
}

export function figureKey({ query, scope }: { query: string; scope: Pick<Measurement['scope'], 'project'> }): string {
  return JSON.stringify([query, scope.project]);
}

/** Whether a figure went the way its query calls better. */
export function direction(
  better: QueryInfo['better'],
  before: number | null,
  after: number | null,
): FigureChange['direction'] {
  if (before === null || after === null) return 'unknown';
  if (better === 'neither' || before === after) return 'neither';
  return after > before === (better === 'up') ? 'better' : 'worse';
}

/** What a query's text asks, without comments and layout: what is said about it may change without it. */
function askedSql({ sql }: QueryInfo): string {
  return sql
    .replace(/^\s*--.*$/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether two runs ask the same by a query: its SQL, its parameters, and those of the query it is run for each of. */
export function asksTheSame(before: Result, after: Result, id: string): boolean {
  const asked = (result: Result, query: string, depth = 0): unknown => {
    const info = result.queries.find((one) => one.id === query);
    if (!info) return null;
    const { params, each, headline } = info;
    const defaults = params.map((param) => [param.name, param.default]);
    return [
      askedSql(info),
      defaults,
      headline,
      each && depth === 0 ? [each.param, asked(result, each.query, 1)] : null,
    ];
  };
  return JSON.stringify(asked(before, id)) === JSON.stringify(asked(after, id));
}
