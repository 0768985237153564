import { unpackTable, type Payload } from '../payload.js';
import type { Value } from '../../model/measurement.js';

export function sourcesOf(element: HTMLElement): number[] {
  return (element.dataset['tables'] ?? '').split(' ').filter(Boolean).map(Number);
}

/** Rows of the named tables under one heading; with the project in front where asked. */
export function joinedRows(
  payload: Payload,
  tables: readonly number[],
  withProject: boolean,
): { columns: string[]; rows: Value[][] } {
  const columns = payload.tables[tables[0] ?? -1]?.columns ?? [];
  const rows = tables.flatMap((position) => {
    const table = payload.tables[position];
    if (!table) return [];
    const project = payload.projects[table.project] ?? '';
    return unpackTable(table).map((row) => (withProject ? [project, ...row] : row));
  });
  return { columns: withProject ? ['project', ...columns] : columns, rows };
}

/** The same rows as objects, as a chart reads them. */
export function rowObjects(payload: Payload, tables: readonly number[]): Record<string, Value>[] {
  return tables.flatMap((position) => {
    const { columns, rows } = joinedRows(payload, [position], true);
    return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i] ?? null])));
  });
}
