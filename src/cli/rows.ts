import type { Measurement, Value } from '../model/measurement.js';
import { visible, visibleLine } from '../model/text.js';
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

/** RFC 4180. A text a spreadsheet would run as a formula gets an apostrophe in front; numbers are left alone. */
function csvField(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = visible(value);
  const inert = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(inert) || inert !== inert.trim() ? `"${inert.replaceAll('"', '""')}"` : inert;
}

function csvText({ columns, rows }: Rows): string {
  return [columns, ...rows].map((row) => `${row.map(csvField).join(',')}\r\n`).join('');
}

function markdownCell(value: Value): string {
  return visibleLine(String(value ?? ''))
    .replace(/[\\`*_{}[\]()#+!|~-]/g, String.raw`\$&`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;')
    .replaceAll('://', '&#58;//');
}

function markdownLine(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`;
}

function markdownText({ columns, rows }: Rows): string {
  const numeric = columns.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'));
  const body = rows.map((row) =>
    markdownLine(row.map((value) => (typeof value === 'number' ? String(value) : markdownCell(value)))),
  );
  return (
    markdownLine(columns.map(markdownCell)) + markdownLine(numeric.map((yes) => (yes ? '---:' : '---'))) + body.join('')
  );
}

export interface RowsStyle {
  /** Columns of the terminal; undefined: don't cut. */
  width: number | undefined;
  heading: (line: string) => string;
}

/** Rows in a format other than JSON. */
export function rowsText(format: Exclude<Format, 'json'>, rows: Rows, style: RowsStyle): string {
  if (format === 'csv') return csvText(rows);
  if (format === 'markdown') return markdownText(rows);
  return tableText(rows.columns, rows.rows, style);
}
