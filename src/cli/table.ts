import { visibleLine } from '../model/text.js';

export type Cell = string | number | null;

// Marks that sit on the character before them, and characters two columns wide: East Asian text and emoji.
const NARROW = /\p{Mark}/u;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

function charWidth(char: string): number {
  if (char < '\u0300') return 1;
  if (NARROW.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
}

/** Columns a line takes on a terminal. */
export function textWidth(line: string): number {
  let width = 0;
  for (const char of line) width += charWidth(char);
  return width;
}

/** The line cut to so many columns, an ellipsis last where something is missing. */
export function cutLine(line: string, columns: number): string {
  if (textWidth(line) <= columns) return line;
  let kept = '';
  let width = 0;
  for (const char of line) {
    width += charWidth(char);
    if (width > columns - 1) break;
    kept += char;
  }
  return `${kept}…`;
}

export interface TableOptions {
  /** Cut lines to this; undefined: never. */
  width?: number | undefined;
  heading?: (line: string) => string;
}

/** Columns in line, numbers to the right, hostile text made visible. Returns lines without a final newline. */
export function tableText(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  options: TableOptions = {},
): string {
  const cells = [columns, ...rows].map((row) => columns.map((_, i) => visibleLine(String(row[i] ?? ''))));
  const right = columns.map(
    (_, i) => rows.length > 0 && rows.every((row) => row[i] === null || typeof row[i] === 'number'),
  );
  const widths = columns.map((_, i) => cells.reduce((most, row) => Math.max(most, textWidth(row[i] ?? '')), 0));
  return cells
    .map((row, index) => {
      const line = row
        .map((cell, i) => {
          const blanks = ' '.repeat((widths[i] ?? 0) - textWidth(cell));
          return right[i] ? blanks + cell : cell + blanks;
        })
        .join('  ')
        .trimEnd();
      const cut = options.width === undefined ? line : cutLine(line, options.width);
      return index === 0 && options.heading ? options.heading(cut) : cut;
    })
    .join('\n');
}
