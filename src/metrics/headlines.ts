import type { QueryInfo, Scope, Value } from '../model/measurement.js';
import type { FigureRange, PastFigure } from '../model/result.js';
import type { Readable } from '../store/readable.js';
import type { Catalogue } from './catalogue.js';
import { measure } from './run.js';
import { sensitivities, type Asked } from './sensitivity.js';

/** The same day a year before; the 28th for a 29 February. */
export function yearBefore(day: string): string {
  const before = `${String(Number(day.slice(0, 4)) - 1).padStart(4, '0')}${day.slice(4)}`;
  return before.endsWith('-02-29') ? before.replace(/29$/, '28') : before;
}

/** Ranges of headline figures over the rules of counting, without what can be told from elsewhere. */
export function figureRanges(
  readable: Readable,
  catalogue: Catalogue,
  asked: readonly Asked[],
  scope: Scope,
  hear: (info: QueryInfo) => void,
): FigureRange[] {
  return sensitivities(readable, catalogue, asked, scope, { hear }).map(({ params: _params, trials, ...range }) => ({
    ...range,
    trials: trials.map(({ axis, choice, value }) => ({ axis, choice, value })),
  }));
}

/** A headline figure as it stood at the end of a day, going by today's history. */
export function pastFigure(
  readable: Readable,
  catalogue: Catalogue,
  info: QueryInfo,
  scope: Scope & { asOf: string },
  given: Record<string, Value>,
): PastFigure {
  const { columns, rows } = measure(readable, catalogue, info, scope, given);
  const value = rows[0]?.[columns.indexOf(info.headline ?? '')];
  return { query: info.id, project: scope.project, asOf: scope.asOf, value: typeof value === 'number' ? value : null };
}
