import { byTheme, type Theme } from '../model/themes.js';
import type { Measurement, QueryInfo, Value } from '../model/measurement.js';
import { HealthError } from '../model/error.js';
import { loadCatalogue } from './catalogue.js';

export type { Theme } from '../model/themes.js';

/** The whole catalogue, by theme. */
export function listMetrics(): Theme[] {
  return byTheme(loadCatalogue().queries);
}

/**
 * The metric of this id, or of this name where only one theme has it. `meant` guesses at what a mistyped word means.
 * @throws HealthError unknown-query, naming the metric that is meant most likely
 */
export function findMetric(id: string, meant: (word: string, known: string[]) => string | null): QueryInfo {
  const catalogue = loadCatalogue();
  const named = catalogue.queries.filter((info) => info.id === id || nameOf(info) === id);
  const [found, ...others] = named;
  if (found && others.length === 0) return found;
  if (found) {
    throw new HealthError('unknown-query', `more than one metric is called ${id}`, {
      hint: `There are ${named.map((info) => info.id).join(', ')}.`,
    });
  }
  const ids = catalogue.queries.map((info) => info.id);
  const nearId = meant(id, ids);
  const nearName = meant(id.split('/').at(-1) ?? id, catalogue.queries.map(nameOf));
  const near = nearId ?? catalogue.queries.find((info) => nameOf(info) === nearName)?.id ?? null;
  throw new HealthError(
    'unknown-query',
    `there is no metric "${id}"${near === null ? '' : ` (did you mean ${near}?)`}`,
    {
      hint: 'health metrics lists them all',
    },
  );
}

function nameOf(info: QueryInfo): string {
  return info.id.split('/').at(-1) ?? info.id;
}

/** The headline figure of a measurement: null where it is unknown, undefined where the query has no such figure. */
export function headlineOf(info: QueryInfo, { columns, rows }: Measurement): Value | undefined {
  const column = info.headline === null ? -1 : columns.indexOf(info.headline);
  return column === -1 ? undefined : (rows[0]?.[column] ?? null);
}
