import { HealthError } from '../model/error.js';
import type { Value } from '../model/measurement.js';
import type { Criterion, CriterionInput } from '../model/selection-model.js';

type MetricInput = Extract<CriterionInput, { kind: 'metric' }>;

// Finer than any scale, and short enough to be shown.
const HUNDREDTHS = 100;

function reduced(row: MetricInput['row'], values: readonly Value[]): Value {
  if (row === 'only' || row === 'last') return values.at(-1) ?? null;
  const numbers = values.filter((value): value is number => typeof value === 'number');
  if (numbers.length === 0) return null;
  if (row === 'max') return numbers.reduce((most, value) => Math.max(most, value));
  const sum = numbers.reduce((total, value) => total + value, 0);
  return row === 'sum' ? sum : Math.round((sum / numbers.length) * HUNDREDTHS) / HUNDREDTHS;
}

/**
 * The figure a criterion takes from a query's rows; null where they hold none. HealthError bad-config: the query has no such
 * column, gives several rows where the model counts on one, or text for a number.
 */
export function figureOf(
  model: string,
  criterion: Criterion,
  input: MetricInput,
  result: { columns: readonly string[]; rows: readonly (readonly Value[])[] },
): Value {
  const where = `model ${model}: ${criterion.id}: ${input.query}`;
  const column = result.columns.indexOf(input.column);
  if (column < 0) {
    throw new HealthError('bad-config', `${where} has no column '${input.column}'`, {
      hint: `its columns: ${result.columns.join(', ')}`,
    });
  }
  if (input.row === 'only' && result.rows.length > 1) {
    throw new HealthError('bad-config', `${where} gives ${result.rows.length} rows, where the model wants one`, {
      hint: "say which: 'row: last', mean, sum or max",
    });
  }
  const value = reduced(
    input.row,
    result.rows.map((row) => row[column] ?? null),
  );
  if (typeof value === 'string' && criterion.scale.kind !== 'choices') {
    throw new HealthError('bad-config', `${where}: '${input.column}' is text, and the scale is for numbers`);
  }
  return value;
}
