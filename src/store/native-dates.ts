import type { Token } from './sql-lexer.js';

/** Where a stored date has each part: `YYYY-MM-DD HH:MM:SS`, from 1. */
const PARTS: Record<string, [from: number, length: number]> = {
  YEAR: [1, 4],
  MONTH: [6, 2],
  DAY: [9, 2],
  DAYOFMONTH: [9, 2],
};

/**
 * Has SQLite itself take YEAR, MONTH and DAY of a plain column apart, where the column holds a date as the store writes
 * it: a call into JavaScript for each row costs several times as much. Anything else goes the usual way, so the meaning
 * stays the same. Null when there is no such call.
 */
export function withNativeDates(tokens: readonly Token[]): Token[] | null {
  const result: Token[] = [];
  let found = false;
  for (let i = 0; i < tokens.length;) {
    const call = columnCall(tokens, i);
    if (call) {
      result.push({ kind: 'sign', text: native(call.name, call.column) });
      found = true;
    } else result.push(tokens[i]!);
    i += call?.length ?? 1;
  }
  return found ? result : null;
}

/** `YEAR(column)` or `YEAR(table.column)` at this token. */
function columnCall(tokens: readonly Token[], at: number): { name: string; column: string; length: number } | null {
  const name = tokens[at]!.kind === 'word' ? tokens[at]!.text.toUpperCase() : '';
  if (!Object.hasOwn(PARTS, name) || tokens[at + 1]?.text !== '(') return null;
  const inside: Token[] = [];
  let end = at + 2;
  while (end < tokens.length && tokens[end]!.text !== ')') inside.push(tokens[end++]!);
  const plain = inside.filter(({ kind }) => kind !== 'space');
  const words = plain.filter((_, i) => i % 2 === 0);
  const dots = plain.filter((_, i) => i % 2 === 1);
  const isColumn =
    (plain.length === 1 || plain.length === 3) &&
    words.every(({ kind }) => kind === 'word') &&
    dots.every(({ text }) => text === '.');
  if (!isColumn || end === tokens.length) return null;
  return { name, column: plain.map(({ text }) => text).join(''), length: end - at + 1 };
}

function native(name: string, column: string): string {
  const [from, length] = PARTS[name]!;
  // True for nothing but a day of the calendar and a time, written in full.
  const stored = `datetime(${column}) = ${column}`;
  return `(CASE WHEN ${stored} THEN CAST(substr(${column},${from},${length}) AS INTEGER) ELSE ${name}(${column}) END)`;
}
