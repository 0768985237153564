import type { Value } from './measurement.js';
import { visible } from './text.js';

/** A text that a spreadsheet would run as a formula gets a leading apostrophe; numbers are left alone. */
function field(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = visible(value);
  const inert = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) || inert !== inert.trim() ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** RFC 4180: a header line, CRLF at every line's end, quotes doubled. Unknown is an empty field. */
export function csvText(columns: readonly string[], rows: Iterable<readonly Value[]>): string {
  const lines = [columns.map(field).join(',')];
  for (const row of rows) lines.push(columns.map((_, i) => field(row[i] ?? null)).join(','));
  return `${lines.join('\r\n')}\r\n`;
}
