import type { KnownFields } from './known-fields.js';
import { isObject, listOf } from './spec-file.js';

type Transform = Record<string, unknown>;

function texts(value: unknown): string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}

function objects(value: unknown): Transform[] {
  return listOf(value).filter(isObject);
}

/** Names given by `as`, or the defaults where it is missing. */
function named(transform: Transform, defaults: string[] = []): string[] {
  const given = texts(transform['as']);
  return [...given, ...defaults.slice(given.length)];
}

/** A field made by summing up another, where the spec does not name it: Vega-Lite calls it `op_field`. */
function summary(item: Transform): string[] {
  return named(
    item,
    texts(item['op']).map((op) => `${op}_${String(item['field'] ?? '')}`),
  );
}

function summarised(fields: KnownFields, items: Transform[]): string[] {
  for (const item of items) fields.check(item['field']);
  return items.flatMap(summary);
}

function lookup(fields: KnownFields, transform: Transform): KnownFields {
  fields.check(transform['lookup']);
  const from = isObject(transform['from']) ? transform['from'] : {};
  if (from['param'] !== undefined) return fields.with(named(transform), true);
  // The other side can only be the same rows: see spec-safety.
  fields.check(from['key']);
  fields.check(from['fields']);
  return fields.with([...named(transform), ...texts(from['fields'])]);
}

/** The fields after one transform; throws for any it names that are not there before it. */
function after(fields: KnownFields, transform: Transform): KnownFields {
  const has = (key: string): boolean => transform[key] !== undefined;
  const group = texts(transform['groupby']);
  fields.check(group);
  for (const item of objects(transform['sort'])) fields.check(item['field']);

  if (has('calculate')) {
    fields.checkExpression(transform['calculate']);
    return fields.with(named(transform));
  }
  if (has('filter')) {
    fields.checkPredicate(transform['filter']);
    return fields;
  }
  if (has('aggregate')) return fields.only([...group, ...summarised(fields, objects(transform['aggregate']))]);
  if (has('joinaggregate')) return fields.with(summarised(fields, objects(transform['joinaggregate'])));
  if (has('window')) return fields.with(summarised(fields, objects(transform['window'])));
  if (has('lookup')) return lookup(fields, transform);
  for (const key of [
    'field',
    'stack',
    'fold',
    'flatten',
    'impute',
    'key',
    'pivot',
    'value',
    'density',
    'regression',
    'loess',
    'quantile',
    'on',
    'extent',
  ]) {
    if (key === 'value' && !has('pivot')) continue;
    if (key === 'extent' && !has('param')) continue;
    fields.check(transform[key]);
  }
  if (has('pivot')) return fields.only(group, true);
  if (has('density')) return fields.only([...group, ...named(transform, ['value', 'density'])]);
  if (has('quantile')) return fields.only([...group, ...named(transform, ['prob', 'value'])]);
  if (has('regression') || has('loess')) {
    const defaults = texts([transform['on'], transform['regression'] ?? transform['loess']]);
    return fields.only([...group, ...named(transform, defaults)], transform['params'] === true);
  }
  if (has('fold')) return fields.with(named(transform, ['key', 'value']));
  if (has('bin')) return fields.with(named(transform).flatMap((name) => [name, `${name}_end`]));
  return fields.with(named(transform));
}

/** The fields after a list of transforms. */
export function transformed(fields: KnownFields, transforms: unknown): KnownFields {
  return objects(transforms).reduce(after, fields);
}
