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
  const left = keep(classes.a, classes.inB, a.table.count);
  const right = keep(classes.b, classes.inA, b.table.count);
  const [removed, added] = countEdits(classes.a, left, classes.b, right);
  return [bEnd - before - right + added, aEnd - before - left + removed];
}

/** Moves the lines that are to be compared to the front; returns how many. `equals`: by class, in the other text. */
function keep(lines: Int32Array, equals: Int32Array, total: number): number {
  const many = Math.min(roughRoot(total), MOST_EQUALS);
  const { sorts } = scratch;
  for (let i = 0; i < lines.length; i++) {
    const n = equals[lines[i]];
    sorts[i] = n === 0 ? ALONE : n >= many ? COMMON : USEFUL;
  }
  let count = 0;
  for (let i = 0; i < lines.length; i++) {
    if (sorts[i] === USEFUL || (sorts[i] === COMMON && !isNoise(sorts, lines.length, i))) lines[count++] = lines[i];
  }
  return count;
}

/** True of a common line that stands among lines that are alone, with few common ones between. */
function isNoise(sorts: Uint8Array, end: number, at: number): boolean {
  let alone = 0;
  let common = 2;
  const first = Math.max(0, at - WINDOW);
  for (let i = at - 1; i >= first && sorts[i] !== USEFUL; i--) {
    if (sorts[i] === ALONE) alone++;
    else common++;
  }
  if (alone === 0) return false;
  const above = alone;
  const last = Math.min(end - 1, at + WINDOW);
  for (let i = at + 1; i <= last && sorts[i] !== USEFUL; i++) {
    if (sorts[i] === ALONE) alone++;
    else common++;
  }
  return alone > above && common * FEW < common + alone;
}

/** Room for one comparison, used again and again. */
class Scratch {
  readonly slots: Int32Array;
  /** By class: where its first line is (`~line` in the second text), and its hash. */
  readonly lines: Int32Array;
  readonly hashes: Int32Array;
  readonly inA: Int32Array;
  readonly inB: Int32Array;
  readonly classes: Int32Array;
  /** As `kept` leaves them, for either side. */
  readonly sorts: Uint8Array;

  constructor(size: number) {
    this.slots = new Int32Array(size);
    this.lines = new Int32Array(size / 2);
    this.hashes = new Int32Array(size / 2);
    this.inA = new Int32Array(size / 2);
    this.inB = new Int32Array(size / 2);
    this.classes = new Int32Array(size / 2);
    this.sorts = new Uint8Array(size / 2);
  }
}

let scratch = new Scratch(1 << 12);

/** Numbers equal lines alike, and counts how often each is in either text. */
class LineClasses {
  /** Classes of the lines between the common ends. */
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** How often each class is in all of a, and of b. */
  readonly inA: Int32Array;
  readonly inB: Int32Array;
  readonly #mask: number;
  readonly #sideA: Side;
  readonly #sideB: Side;
  #count = 0;

  constructor(a: Side, b: Side, before: number, aEnd: number, bEnd: number) {
    const most = aEnd - before + (bEnd - before);
    let size = 16;
    while (size < most * 2) size *= 2;
    if (scratch.slots.length < size) scratch = new Scratch(size);
    scratch.slots.fill(0, 0, size);
    scratch.inA.fill(0, 0, most);
    scratch.inB.fill(0, 0, most);
    this.#mask = size - 1;
    this.#sideA = a;
    this.#sideB = b;
    this.inA = scratch.inA;
    this.inB = scratch.inB;
    this.a = scratch.classes.subarray(0, aEnd - before);
    this.b = scratch.classes.subarray(aEnd - before, most);
    this.#classes(a, before, this.a, this.inA);
    this.#classes(b, before, this.b, this.inB);
    // Lines of the common ends count on both sides, where one like them is between the ends too.
    this.#countCommon(a, 0, before);
    this.#countCommon(a, aEnd, a.table.count);
  }

  #classes(side: Side, from: number, found: Int32Array, counts: Int32Array): void {
    const { slots, lines, hashes } = scratch;
    for (let i = 0; i < found.length; i++) {
      const line = from + i;
      const slot = this.#slot(side, line);
      let known = slots[slot] - 1;
      if (known < 0) {
        known = this.#count++;
        lines[known] = side === this.#sideA ? line : ~line;
        hashes[known] = side.table.hashes[line];
        slots[slot] = known + 1;
      }
      found[i] = known;
      counts[known]++;
    }
  }

  #countCommon(side: Side, from: number, to: number): void {
    for (let line = from; line < to; line++) {
      const known = scratch.slots[this.#slot(side, line)] - 1;
      if (known < 0) continue;
      this.inA[known]++;
      this.inB[known]++;
    }
  }

  /** Where the line's class is, or belongs. */
  #slot(side: Side, line: number): number {
    const { slots, lines, hashes } = scratch;
    const hash = side.table.hashes[line];
    let slot = (hash ^ (hash >>> 15)) & this.#mask;
    for (;;) {
      const known = slots[slot] - 1;
      if (known < 0) return slot;
      if (hashes[known] === hash) {
        const first = lines[known];
        const isSame =
          first >= 0 ? sameLine(side, line, this.#sideA, first) : sameLine(side, line, this.#sideB, ~first);
        if (isSame) return slot;
      }
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
