import type { Result } from '../model/result.js';
import { csvText } from '../model/csv-text.js';
import { gather } from './gathered.js';
import { namer, safeName } from './identity.js';
import { selectionSheets } from './selection-csv.js';

/**
 * One file for each query, `<theme>-<id>.csv`, with the project in the first column. A study of a replica says so in a
 * column of its own.
 */
export function renderCsv(result: Result): Map<string, string> {
  const files = new Map<string, string>();
  const name = namer();
  for (const { id, measurements } of gather(result)) {
    if (measurements.length === 0) continue;
    const columns = [...new Set(measurements.flatMap((one) => one.columns))];
    const replica = result.study.replica;
    const rows = measurements.flatMap((one) => {
      const places = columns.map((column) => one.columns.indexOf(column));
      return one.rows.map((row) => [
        one.scope.project,
        ...(replica ? ['replica'] : []),
        ...places.map((place) => row[place] ?? null),
      ]);
    });
    const file = `${name(safeName(id.replaceAll('/', '-')))}.csv`;
    files.set(file, csvText(['project', ...(replica ? ['history'] : []), ...columns], rows));
  }
  for (const { name: wanted, columns, rows } of result.selection ? selectionSheets(result.selection) : []) {
    files.set(`${name(wanted)}.csv`, csvText(columns, rows));
  }
  return files;
}
