import type { QueryInfo } from '../model/measurement.js';
import { AS_OF } from './query-file.js';
import { bindPlaceholders, usedParams } from './sql-text.js';

interface Read {
  bound: string;
  asksForDay: boolean;
}

/** A report runs each query hundreds of times. */
const read = new WeakMap<QueryInfo, Read>();

/** The query's SQL with its bare placeholders as parameters, and whether it speaks of a day. */
export function queryText(info: QueryInfo): Read {
  let found = read.get(info);
  if (!found) {
    const names = info.params.map(({ name }) => name);
    found = { bound: bindPlaceholders(info.sql, names), asksForDay: usedParams(info.sql, []).has(AS_OF) };
    read.set(info, found);
  }
  return found;
}
