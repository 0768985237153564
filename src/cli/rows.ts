import type { Measurement, Value } from '../model/measurement.js';
import { csvText } from '../model/csv-text.js';
import { md, mdTable } from '../model/markdown-text.js';
import { tableText } from './table.js';

export const FORMATS = ['table', 'csv', 'json', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

export interface Rows {
  columns: string[];
  rows: Value[][];
}

/** Measurements of one query below each other, with the project in front where there may be several. */
export function gather(measurements: readonly Measurement[], withProject: boolean): Rows {
  const columns = measurements[0]?.columns ?? [];
  if (!withProject) return { columns, rows: measurements.flatMap(({ rows }) => rows) };
  return {
    columns: ['project', ...columns],
    rows: measurements.flatMap(({ scope, rows }) => rows.map((row) => [scope.project, ...row])),
  };
}

function markdownText({ columns, rows }: Rows): string {
  const numeric = [...columns.keys()].filter((i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'));
  const cells = rows.map((row) => row.map((value) => (typeof value === 'number' ? String(value) : md(value ?? ''))));
  return `${mdTable(columns.map(md), cells, numeric)}\n`;
}

export interface RowsStyle {
  /** Columns of the terminal; undefined: don't cut. */
  width: number | undefined;
  heading: (line: string) => string;
}

/** Rows in a format other than JSON. */
export function rowsText(format: Exclude<Format, 'json'>, rows: Rows, style: RowsStyle): string {
  if (format === 'csv') return csvText(rows.columns, rows.rows);
  if (format === 'markdown') return markdownText(rows);
  return tableText(rows.columns, rows.rows, style);
}
