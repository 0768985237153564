import type { Value } from '../model/measurement.js';
import type { Compiled } from './compiled.js';

/**
 * A column of a measurement, as small as it goes:
 * `{v}` the values; `{d, i}` distinct values and, for each row, which; `{t, g}` a first day and the days from each row to
 * the next; `{n, s}` a first whole number and the steps from each row to the next.
 */
export type Column =
  | { v: Value[] }
  | { d: Value[]; i: number[] }
  | { t: string; g: number[] }
  | { n: number; s: number[] };

export interface TableData {
  /** Position in the payload's projects; -1 for one that the result does not list. */
  project: number;
  columns: string[];
  data: Column[];
  rows: number;
}

export interface FigureData {
  spec: Compiled['spec'];
  widthSignal: Compiled['widthSignal'];
  zoom: Compiled['zoom'];
}

/** What the page's script reads: compiled charts and rows, each once. */
export interface Payload {
  projects: string[];
  /** How many of them, from the first, are put side by side until the reader chooses. */
  chosen: number;
  /** The configuration of charts that have none of their own. */
  config: Compiled['spec']['config'] | null;
  charts: FigureData[];
  tables: TableData[];
}

/** The payload with the configuration that most charts share written once. */
export function withSharedConfig(payload: Payload): Payload {
  const config = payload.charts[0]?.spec.config ?? null;
  const shared = JSON.stringify(config);
  const charts = payload.charts.map((chart) => {
    const { config: own, $schema: _schema, description: _description, usermeta: _usermeta, ...spec } = chart.spec;
    return { ...chart, spec: JSON.stringify(own ?? null) === shared ? spec : { ...spec, ...(own && { config: own }) } };
  });
  return { ...payload, config, charts };
}

const DAY_MS = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

function dayNumber(value: Value): number | null {
  if (typeof value !== 'string' || !DAY.test(value)) return null;
  const time = Date.parse(`${value}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== value ? null : time / DAY_MS;
}

function wholeSteps(values: readonly Value[]): { n: number; s: number[] } | null {
  const whole = values.filter((value): value is number => Number.isSafeInteger(value));
  const [first] = whole;
  if (first === undefined || whole.length !== values.length || whole.some((value) => Object.is(value, -0))) return null;
  const steps = whole.slice(1).map((value, i) => value - (whole[i] ?? 0));
  return steps.every(Number.isSafeInteger) ? { n: first, s: steps } : null;
}

export function packColumn(values: Value[]): Column {
  const [first] = values;
  const days = values.map(dayNumber);
  if (typeof first === 'string' && days.every((day) => day !== null)) {
    return { t: first, g: days.slice(1).map((day, i) => day - (days[i] ?? 0)) };
  }
  const steps = wholeSteps(values);
  if (steps !== null && JSON.stringify(steps).length < JSON.stringify(values).length) return steps;
  const places = new Map<Value, number>();
  for (const value of values) if (!places.has(value)) places.set(value, places.size);
  const texts = values.some((value) => typeof value === 'string');
  if (texts && places.size * 2 < values.length) {
    return { d: [...places.keys()], i: values.map((value) => places.get(value) ?? 0) };
  }
  return { v: values };
}

export function unpackColumn(column: Column): Value[] {
  if ('v' in column) return column.v;
  if ('d' in column) return column.i.map((place) => column.d[place] ?? null);
  if ('n' in column) {
    let value = column.n;
    return [value, ...column.s.map((step) => (value += step))];
  }
  let time = Date.parse(`${column.t}T00:00:00Z`);
  const days: Value[] = [column.t];
  for (const gap of column.g) {
    time += gap * DAY_MS;
    days.push(new Date(time).toISOString().slice(0, 10));
  }
  return days;
}

export function packTable(project: number, columns: string[], rows: readonly (readonly Value[])[]): TableData {
  return {
    project,
    columns,
    data: columns.map((_, i) => packColumn(rows.map((row) => row[i] ?? null))),
    rows: rows.length,
  };
}

/** Rows as they were packed. */
export function unpackTable(table: TableData): Value[][] {
  const columns = table.data.map(unpackColumn);
  return Array.from({ length: table.rows }, (_, row) => columns.map((column) => column[row] ?? null));
}
