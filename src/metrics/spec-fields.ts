import { KnownFields } from './known-fields.js';
import { isObject, listOf } from './spec-file.js';
import { transformed } from './transform-fields.js';

type Json = Record<string, unknown>;

const OPERATORS = ['layer', 'concat', 'hconcat', 'vconcat', 'spec'] as const;

/** Fields that an encoding makes by summing up, binning or cutting dates; conditions may read them. */
function made(channel: Json): string[] {
  const { aggregate, timeUnit, field } = channel;
  if (aggregate === 'count') return ['__count'];
  const unit = isObject(timeUnit) ? timeUnit['unit'] : timeUnit;
  return [aggregate, unit].flatMap((op) =>
    typeof op === 'string' ? [`${op}_${String(field)}`, `${op}_${String(field)}_end`] : [],
  );
}

function channels(encoding: unknown): Json[] {
  return isObject(encoding) ? Object.values(encoding).flatMap(listOf).filter(isObject) : [];
}

/** A channel's own field, those of its sort order and its conditions. */
function checkChannel(fields: KnownFields, channel: Json, drawn: KnownFields): void {
  fields.check(channel['field']);
  if (isObject(channel['sort'])) fields.check(channel['sort']['field']);
  const { aggregate } = channel;
  if (isObject(aggregate)) fields.check([aggregate['argmin'], aggregate['argmax']]);
  if (isObject(channel['scale']) && isObject(channel['scale']['domain']))
    fields.check(channel['scale']['domain']['field']);
  for (const condition of listOf(channel['condition']).filter(isObject)) {
    drawn.checkPredicate(condition['test']);
    checkChannel(fields, condition, drawn);
  }
}

/** Expressions in a mark's properties: `{"expr": "datum.x > 3"}`. */
function checkMark(drawn: KnownFields, mark: unknown): void {
  if (!isObject(mark)) return;
  for (const value of Object.values(mark)) {
    if (isObject(value)) {
      drawn.checkExpression(value['expr']);
      checkMark(drawn, value);
    }
  }
}

function repeated(repeat: unknown): unknown[] {
  return isObject(repeat) ? Object.values(repeat).flatMap(listOf) : listOf(repeat);
}

function checkView(view: Json, before: KnownFields, inherited: Json[]): void {
  const fields = transformed(before, view['transform']);
  const own = channels(view['encoding']);
  const all = [...inherited, ...own];
  const binned = all.some(({ bin }) => bin !== undefined && bin !== false && bin !== null);
  const drawn = fields.with(all.flatMap(made), binned);

  for (const channel of own) checkChannel(fields, channel, drawn);
  checkMark(drawn, view['mark']);
  for (const param of listOf(view['params']).filter(isObject)) {
    if (isObject(param['select'])) fields.check(param['select']['fields']);
  }
  const { facet } = view;
  if (isObject(facet)) {
    const parts = facet['field'] === undefined ? [facet['row'], facet['column']] : [facet];
    for (const part of parts.filter(isObject)) checkChannel(fields, part, fields);
  }
  fields.check(repeated(view['repeat']).filter((field) => field !== 'layer'));
  for (const operator of OPERATORS) {
    for (const child of listOf(view[operator]).filter(isObject)) checkView(child, fields, all);
  }
}

/**
 * Holds every field a specification names against a query's columns, `project` and the fields its transforms make.
 * @throws HealthError bad-chart for the first that is not there; Vega itself would draw nothing and say nothing
 */
export function checkFields(file: string, spec: Json, columns: readonly string[]): void {
  checkView(spec, KnownFields.ofRows(file, columns), []);
}
