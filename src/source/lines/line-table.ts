const LF = 0x0a;
/** Git looks no further for the NUL that makes a file binary. */
const BINARY_PREFIX = 8000;
/** Bytes compared at once: the system does that much faster than a loop. */
const BLOCK = 1024;

/** A text's lines: where each begins, and a hash of each with its newline. Positions count from the text's beginning. */
export interface LineTable {
  readonly count: number;
  /** One more than lines, the last being the text's length; what follows means nothing. */
  readonly starts: Uint32Array;
  readonly hashes: Int32Array;
}

/** Bytes of a buffer. */
export interface Span {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

export function isBinary({ bytes, start, end }: Span): boolean {
  const at = bytes.indexOf(0, start);
  return at >= 0 && at < Math.min(end, start + BINARY_PREFIX);
}

/** How many lines there are; the last needs no newline. */
export function countLines({ bytes, start, end }: Span): number {
  let count = 0;
  for (let i = start; i < end; i++) if (bytes[i] === LF) count++;
  return end > start && bytes[end - 1] !== LF ? count + 1 : count;
}

let starts = new Uint32Array(1 << 12);
let hashes = new Int32Array(1 << 12);

function reserve(lines: number): void {
  if (starts.length > lines) return;
  const grown = new Uint32Array(lines * 2);
  grown.set(starts);
  starts = grown;
  const more = new Int32Array(lines * 2);
  more.set(hashes);
  hashes = more;
}

/** Reads lines from `from` to `to`, both at line breaks, as the lines from `count` on; returns how many there are then. */
function readLines({ bytes, start }: Span, from: number, to: number, first: number): number {
  let count = first;
  let hash = 0;
  let line = from;
  for (let i = from; i < to; i++) {
    const byte = bytes[i];
    hash = (Math.imul(hash, 31) + byte) | 0;
    if (byte !== LF && i + 1 < to) continue;
    reserve(count + 1);
    starts[count] = line - start;
    hashes[count++] = hash;
    line = i + 1;
    hash = 0;
  }
  return count;
}

/** Room of tables that were given back, by its size: most tables are as large as the one they follow. */
const free = new Map<number, Omit<LineTable, 'count'>[]>();

function taken(count: number, length: number): LineTable {
  reserve(count + 1);
  starts[count] = length;
  const size = 1 << (32 - Math.clz32(count));
  const room = free.get(size)?.pop() ?? { starts: new Uint32Array(size), hashes: new Int32Array(size) };
  room.starts.set(starts.subarray(0, count + 1));
  room.hashes.set(hashes.subarray(0, count));
  return { count, ...room };
}

/** For tables that are no longer looked at. */
export function giveBack({ starts: begins, hashes: sums }: LineTable): void {
  const list = free.get(begins.length);
  if (list) list.push({ starts: begins, hashes: sums });
  else free.set(begins.length, [{ starts: begins, hashes: sums }]);
}

export function readTable(text: Span): LineTable {
  return taken(readLines(text, text.start, text.end, 0), text.end - text.start);
}

/** Lines two texts have in common at both ends. */
export interface CommonEnds {
  before: number;
  after: number;
}

/** Bytes two texts begin with in common. */
function commonPrefix(a: Span, b: Span): number {
  const most = Math.min(a.end - a.start, b.end - b.start);
  let length = 0;
  while (length + BLOCK <= most) {
    const [i, j] = [a.start + length, b.start + length];
    if (a.bytes.compare(b.bytes, j, j + BLOCK, i, i + BLOCK) !== 0) break;
    length += BLOCK;
  }
  while (length < most && a.bytes[a.start + length] === b.bytes[b.start + length]) length++;
  return length;
}

/** Bytes two texts end with in common, `most` at the most. */
function commonSuffix(a: Span, b: Span, most: number): number {
  let length = 0;
  while (length + BLOCK <= most) {
    const [i, j] = [a.end - length, b.end - length];
    if (a.bytes.compare(b.bytes, j - BLOCK, j, i - BLOCK, i) !== 0) break;
    length += BLOCK;
  }
  while (length < most && a.bytes[a.end - 1 - length] === b.bytes[b.end - 1 - length]) length++;
  return length;
}

/** The first line that begins at `position` or later. */
function lineAt({ starts: begins, count }: LineTable, position: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (begins[middle] < position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The table of `b`, a text much like `a`: what they have in common at both ends is taken over, not read again. */
export function readTableLike(a: Span, table: LineTable, b: Span): { table: LineTable; ends: CommonEnds } {
  const prefix = commonPrefix(a, b);
  // Lines that end within what is common; the last line of a text may be cut off.
  const whole = prefix === a.end - a.start && (prefix === 0 || a.bytes[a.end - 1] === LF);
  const before = whole ? table.count : Math.max(0, lineAt(table, prefix + 1) - 1);
  const same = table.starts[before];
  const [sizeA, sizeB] = [a.end - a.start, b.end - b.start];
  const suffix = commonSuffix(a, b, Math.min(sizeA, sizeB) - same);
  let from = lineAt(table, sizeA - suffix);
  // A line that only ends alike is another line; at the very edge a newline must stand before it in both.
  if (from < table.count && table.starts[from] === sizeA - suffix) {
    const edge = sizeB - suffix;
    if (edge > 0 && b.bytes[b.start + edge - 1] !== LF) from++;
  }
  if (from < before) from = before;
  const after = table.count - from;
  const tail = sizeA - table.starts[from];
  reserve(before + after + 1);
  starts.set(table.starts.subarray(0, before));
  hashes.set(table.hashes.subarray(0, before));
  const middle = readLines(b, b.start + same, b.end - tail, before);
  const count = middle + after;
  reserve(count + 1);
  const shift = sizeB - sizeA;
  for (let i = 0; i < after; i++) {
    starts[middle + i] = table.starts[from + i] + shift;
    hashes[middle + i] = table.hashes[from + i];
  }
  return { table: taken(count, sizeB), ends: { before, after } };
}
