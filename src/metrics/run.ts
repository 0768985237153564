import { HealthError } from '../model/error.js';
import type { Measurement, QueryInfo, Scope, Value } from '../model/measurement.js';
import type { Readable } from '../store/readable.js';
import type { Catalogue } from './catalogue.js';
import { settleParams } from './parameters.js';
import { AS_OF } from './query-file.js';
import { queryText } from './query-text.js';

/** The query whose values an `each` query is run for. */
function eachSource(catalogue: Catalogue, info: QueryInfo): QueryInfo | null {
  if (!info.each) return null;
  const source = catalogue.query(info.each.query);
  if (!source.each) return source;
  throw new HealthError('bad-query', `query ${info.id}: each: ${source.id} is itself run for each of another query`);
}

/** What the values are called beside the query's own columns: `year` for `year(s.date)`, unless that is taken. */
function eachColumn(sourceColumn: string, param: string, own: string[]): string {
  const plain = /^(\w+)\s*\(/.exec(sourceColumn)?.[1] ?? sourceColumn;
  const name = plain.toLowerCase();
  return own.includes(name) ? param : name;
}

/** The columns `measure` gives for a query, without running it. */
export function queryColumns(readable: Readable, catalogue: Catalogue, info: QueryInfo): string[] {
  const own = readable.columns(queryText(info).bound);
  const source = eachSource(catalogue, info);
  if (!source || !info.each) return own;
  const [first = info.each.param] = readable.columns(queryText(source).bound);
  return [eachColumn(first, info.each.param, own), ...own];
}

/**
 * Runs a query in a scope. A query with `each` runs once for every value of the other query's first column (or once,
 * for the value given), and each row begins with that value.
 * @throws HealthError bad-usage, bad-query, query-writes
 */
export function measure(
  readable: Readable,
  catalogue: Catalogue,
  info: QueryInfo,
  scope: Scope,
  given: Record<string, Value>,
): Measurement {
  const params = settleParams(info, scope, given);
  const sql = queryText(info).bound;
  const source = eachSource(catalogue, info);
  if (!source || !info.each) {
    return { query: info.id, scope, params, ...readable.query(scope, sql, params) };
  }
  const { param } = info.each;
  const fixed = params[param];
  const day = given[AS_OF];
  const values =
    fixed === undefined
      ? measure(readable, catalogue, source, scope, day === undefined ? {} : { [AS_OF]: day }).rows.map(
          ([first]) => first ?? null,
        )
      : [fixed];
  const rows = values
    .filter((value) => value !== null)
    .flatMap((value) => readable.query(scope, sql, { ...params, [param]: value }).rows.map((row) => [value, ...row]));
  return { query: info.id, scope, params, columns: queryColumns(readable, catalogue, info), rows };
}
