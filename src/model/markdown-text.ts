import { visible, visibleLine } from './text.js';

/** Text as text: nothing in it is taken for Markdown, HTML, a link or the end of a cell. */
export function md(text: string): string {
  return visibleLine(text).replace(/[\\`*_{}[\]<>()#+!|~&$@^=:-]/g, (c) => (needsEscape(c, text) ? `\\${c}` : c));
}

// Dashes and the like only mean something at the start of a line; dates and names stay readable without a mark.
function needsEscape(character: string, text: string): boolean {
  if ('-+=:()#'.includes(character)) return text.startsWith(character) || (character === ':' && text.includes('://'));
  return true;
}

/** A code span; its fence is longer than any run of backticks inside. */
export function code(text: string): string {
  const line = visibleLine(text).replaceAll('|', '\\|');
  const fence = fenceFor(line, 1);
  const room = /^`|`$|^ .* $/.test(line) ? ' ' : '';
  return `${fence}${room}${line}${room}${fence}`;
}

/** A block of code with its language. */
export function codeBlock(text: string, language: string): string {
  const fence = fenceFor(text, 3);
  return `${fence}${language}\n${visible(text).trim()}\n${fence}`;
}

function fenceFor(text: string, least: number): string {
  const runs = text.match(/`+/g) ?? [];
  return '`'.repeat(Math.max(least, ...runs.map((run) => run.length + 1)));
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A table of ready cells. `numeric`: columns that are set to the right. */
export function mdTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  numeric: readonly number[] = [],
): string {
  const rule = heads.map((_, i) => (numeric.includes(i) ? '---:' : '---'));
  return [line(heads), line(rule), ...rows.map(line)].join('\n');
}
