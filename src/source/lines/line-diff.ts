import { countEdits, roughRoot } from './edit-script.js';
import type { CommonEnds, LineTable, Span } from './line-table.js';

// What git does before it compares: lines without an equal on the other side are changed for certain, and so are, among
// many of those, lines with too many equals to mean anything.

/** From so many equals on a line means little, at most. */
const MOST_EQUALS = 1024;
/** How far around such a line git looks. */
const WINDOW = 100;
const FEW = 4;

// What a line is: without an equal, with some, with too many.
const ALONE = 0;
const USEFUL = 1;
const COMMON = 2;

/** A text and its lines. */
export interface Side {
  readonly text: Span;
  readonly table: LineTable;
}

/** How many lines git's diff of two texts counts, whose common ends are known. */
export function diffLines(a: Side, b: Side, { before, after }: CommonEnds): [added: number, removed: number] {
  const aEnd = a.table.count - after;
  const bEnd = b.table.count - after;
  if (aEnd === before || bEnd === before) return [bEnd - before, aEnd - before];
  const classes = new LineClasses(a, b, before, aEnd, bEnd);
  const left = kept(classes.a, classes.inB, a.table.count);
  const right = kept(classes.b, classes.inA, b.table.count);
  const [removed, added] = countEdits(left.lines, left.count, right.lines, right.count);
  return [bEnd - before - right.count + added, aEnd - before - left.count + removed];
}

/** The lines that are to be compared. `lines`: by class; `equals`: by class, in all of the other text. */
function kept(lines: Int32Array, equals: Int32Array, total: number): { lines: Int32Array; count: number } {
  const many = Math.min(roughRoot(total), MOST_EQUALS);
  const sorts = new Uint8Array(lines.length);
  for (let i = 0; i < lines.length; i++) {
    const n = equals[lines[i]];
    sorts[i] = n === 0 ? ALONE : n >= many ? COMMON : USEFUL;
  }
  const found = new Int32Array(lines.length);
  let count = 0;
  for (let i = 0; i < lines.length; i++) {
    if (sorts[i] === USEFUL || (sorts[i] === COMMON && !isNoise(sorts, i))) found[count++] = lines[i];
  }
  return { lines: found, count };
}

/** True of a common line that stands among lines that are alone, with few common ones between. */
function isNoise(sorts: Uint8Array, at: number): boolean {
  let alone = 0;
  let common = 2;
  const first = Math.max(0, at - WINDOW);
  for (let i = at - 1; i >= first && sorts[i] !== USEFUL; i--) {
    if (sorts[i] === ALONE) alone++;
    else common++;
  }
  if (alone === 0) return false;
  const above = alone;
  const last = Math.min(sorts.length - 1, at + WINDOW);
  for (let i = at + 1; i <= last && sorts[i] !== USEFUL; i++) {
    if (sorts[i] === ALONE) alone++;
    else common++;
  }
  return alone > above && common * FEW < common + alone;
}

/** Numbers equal lines alike, and counts how often each is in either text. */
class LineClasses {
  /** Classes of the lines between the common ends. */
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** How often each class is in all of a, and of b. */
  readonly inA: Int32Array;
  readonly inB: Int32Array;
  readonly #slots: Int32Array;
  readonly #mask: number;
  // Where the first line of each class is.
  readonly #sides: Side[] = [];
  readonly #lines: number[] = [];
  readonly #hashes: Int32Array;

  constructor(a: Side, b: Side, before: number, aEnd: number, bEnd: number) {
    const most = aEnd - before + (bEnd - before);
    let size = 16;
    while (size < most * 2) size *= 2;
    this.#slots = new Int32Array(size);
    this.#mask = size - 1;
    this.#hashes = new Int32Array(most);
    this.inA = new Int32Array(most);
    this.inB = new Int32Array(most);
    this.a = this.#classes(a, before, aEnd, this.inA);
    this.b = this.#classes(b, before, bEnd, this.inB);
    // Lines of the common ends count on both sides, where one like them is between the ends too.
    this.#countCommon(a, 0, before);
    this.#countCommon(a, aEnd, a.table.count);
  }

  #classes(side: Side, from: number, to: number, counts: Int32Array): Int32Array {
    const found = new Int32Array(to - from);
    for (let line = from; line < to; line++) {
      const slot = this.#slot(side, line);
      let known = this.#slots[slot] - 1;
      if (known < 0) {
        known = this.#lines.push(line) - 1;
        this.#sides.push(side);
        this.#hashes[known] = side.table.hashes[line];
        this.#slots[slot] = known + 1;
      }
      found[line - from] = known;
      counts[known]++;
    }
    return found;
  }

  #countCommon(side: Side, from: number, to: number): void {
    for (let line = from; line < to; line++) {
      const known = this.#slots[this.#slot(side, line)] - 1;
      if (known < 0) continue;
      this.inA[known]++;
      this.inB[known]++;
    }
  }

  /** Where the line's class is, or belongs. */
  #slot(side: Side, line: number): number {
    const hash = side.table.hashes[line];
    let slot = (hash ^ (hash >>> 15)) & this.#mask;
    for (;;) {
      const known = this.#slots[slot] - 1;
      if (known < 0) return slot;
      if (this.#hashes[known] === hash && sameLine(side, line, this.#sides[known], this.#lines[known])) return slot;
      slot = (slot + 1) & this.#mask;
    }
  }
}

function sameLine(a: Side, i: number, b: Side, j: number): boolean {
  const length = a.table.starts[i + 1] - a.table.starts[i];
  if (b.table.starts[j + 1] - b.table.starts[j] !== length) return false;
  let x = a.text.start + a.table.starts[i];
  let y = b.text.start + b.table.starts[j];
  for (const end = x + length; x < end; x++, y++) if (a.text.bytes[x] !== b.text.bytes[y]) return false;
  return true;
}
