const TAB_STOP = 8;
const INDENT = '    ';
// What git takes for blank: no form feeds, no exotic spaces.
const TRAILING_BLANKS = /[ \t\r]+$/;

/**
 * A commit message as git log lays it out and CVSAnalY keeps it: each line indented by four spaces and without trailing
 * blanks, blank lines at both ends dropped, tabs expanded to 8 columns, one final newline. Empty for an empty message.
 */
export function layoutMessage(message: string): string {
  const plain = plainText(message);
  if (plain !== null) return `${INDENT}${plain.replaceAll('\n', `\n${INDENT}`)}\n`;
  const lines = message.split('\n').map((line) => line.replace(TRAILING_BLANKS, ''));
  let start = 0;
  let end = lines.length;
  while (start < end && lines[start] === '') start += 1;
  while (end > start && lines[end - 1] === '') end -= 1;
  let text = '';
  for (let i = start; i < end; i += 1) text += `${INDENT}${expandTabs(lines[i]!)}\n`;
  return text;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const BLANK = 0x20;

/** What is between the empty lines at both ends; null where it is empty, has tabs, or blanks before a line's end. */
function plainText(message: string): string | null {
  let start = 0;
  let end = message.length;
  while (start < end && message.charCodeAt(start) === NEWLINE) start += 1;
  while (end > start && message.charCodeAt(end - 1) === NEWLINE) end -= 1;
  if (start === end || message.includes('\t')) return null;
  for (let line = start; line < end;) {
    const found = message.indexOf('\n', line);
    const stop = found < 0 || found > end ? end : found;
    const last = message.charCodeAt(stop - 1);
    if (last === BLANK || last === RETURN) return null;
    line = stop + 1;
  }
  return message.slice(start, end);
}

function expandTabs(line: string): string {
  if (!line.includes('\t')) return line;
  const cells = line.split('\t');
  let text = '';
  for (const [i, cell] of cells.entries()) {
    text += cell;
    if (i === cells.length - 1) break;
    const width = displayWidth(cell);
    // As git does it: a control character has no width, and the rest of the line stays as it is.
    if (width === null) return `${text}\t${cells.slice(i + 1).join('\t')}`;
    text += ' '.repeat(TAB_STOP - (width % TAB_STOP));
  }
  return text;
}

const CONTROL = /\p{Cc}/u;
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
// East Asian wide and fullwidth blocks, and the pictographs terminals draw two columns wide.
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;

function displayWidth(text: string): number | null {
  if (CONTROL.test(text)) return null;
  let width = 0;
  for (const char of text) {
    if (!NO_WIDTH.test(char)) width += WIDE.test(char) ? 2 : 1;
  }
  return width;
}
