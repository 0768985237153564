import { HealthError } from '../model/error.js';
import type { QueryInfo, Scope, Value } from '../model/measurement.js';
import { AS_OF, literal } from './query-file.js';
import { queryText } from './query-text.js';

function usage(info: QueryInfo, what: string): HealthError {
  const known = info.params.map(({ name, help }) => (help === '' ? name : `${name} (${help})`)).join(', ');
  const hint = known === '' ? 'It takes none.' : `It takes ${known}.`;
  return new HealthError('bad-usage', `query ${info.id}: ${what}`, { hint });
}

function coerce(info: QueryInfo, name: string, like: Value, given: Value): Value {
  if (typeof like === 'string' || typeof given !== 'string') return given;
  const value = literal(given);
  if (typeof like === 'number' && typeof value !== 'number') {
    throw usage(info, `parameter "${name}" must be a number, not "${given}"`);
  }
  return value;
}

/**
 * The values a query runs with: what was given, else the header's defaults. Texts that read as numbers become numbers,
 * unless the default is text. A parameter that `each` fills is left out where nothing was given for it. `as_of` is there
 * when the query uses it.
 * @throws HealthError bad-usage for a parameter the query does not know, or one that lacks a value
 */
export function settleParams(info: QueryInfo, scope: Scope, given: Record<string, Value>): Record<string, Value> {
  const unknown = Object.keys(given).find(
    (name) => name !== AS_OF && !info.params.some((param) => param.name === name),
  );
  if (unknown !== undefined) throw usage(info, `there is no parameter "${unknown}"`);
  const settled: Record<string, Value> = {};
  for (const { name, default: fallback } of info.params) {
    const value = given[name] ?? null;
    if (value !== null) settled[name] = coerce(info, name, fallback, value);
    else if (fallback !== null) settled[name] = fallback;
    else if (info.each?.param !== name) throw usage(info, `parameter "${name}" needs a value (--param ${name}=…)`);
  }
  if (queryText(info).asksForDay) {
    const day = given[AS_OF] ?? scope.asOf;
    if (day === null) throw usage(info, `it speaks of a day: --as-of YYYY-MM-DD`);
    settled[AS_OF] = day;
  }
  return settled;
}
