// How git's diff (xdiff) compares two lists of numbers: Myers' algorithm from both ends at once, with limits on how hard
// it tries. The limits decide how many lines count as changed, so they are git's own.

/** A run of so many equal lines is worth stopping at. */
const SNAKE = 20;
/** Steps after which a long run of equal lines is good enough. */
const HEURISTIC_COST = 256;
const HEURISTIC_GAIN = 4;
/** Steps after which anything is good enough, at least. */
const LEAST_COST_LIMIT = 256;
const FAR = 0x7fff_ffff;

/** A power of two near the square root, as git has it. */
export function roughRoot(n: number): number {
  let root = 1;
  for (let rest = n; rest > 0; rest >>= 2) root <<= 1;
  return root;
}

let forward = new Int32Array(1 << 12);
let backward = new Int32Array(1 << 12);

/** How many lines of `a[.. aEnd]` and `b[.. bEnd]` are changed: those without a partner in the script git finds. */
export function countEdits(a: Int32Array, aEnd: number, b: Int32Array, bEnd: number): [removed: number, added: number] {
  const diagonals = aEnd + bEnd + 3;
  if (forward.length < diagonals) {
    forward = new Int32Array(diagonals * 2);
    backward = new Int32Array(diagonals * 2);
  }
  const compared = new Comparison(a, b, bEnd + 1, Math.max(roughRoot(diagonals), LEAST_COST_LIMIT));
  compared.compare(0, aEnd, 0, bEnd, false);
  return [compared.removed, compared.added];
}

class Comparison {
  removed = 0;
  added = 0;
  readonly #a: Int32Array;
  readonly #b: Int32Array;
  /** Where diagonal 0 is in the vectors. */
  readonly #zero: number;
  readonly #limit: number;
  // Where the last split was made, and whether its parts must be compared without the limits.
  #splitA = 0;
  #splitB = 0;
  #exactLow = false;
  #exactHigh = false;

  constructor(a: Int32Array, b: Int32Array, zero: number, limit: number) {
    this.#a = a;
    this.#b = b;
    this.#zero = zero;
    this.#limit = limit;
  }

  compare(aStart: number, aStop: number, bStart: number, bStop: number, exact: boolean): void {
    const a = this.#a;
    const b = this.#b;
    let [aFrom, aTo, bFrom, bTo, minimal] = [aStart, aStop, bStart, bStop, exact];
    // The second half of each split goes on here: the depth stays small.
    for (;;) {
      while (aFrom < aTo && bFrom < bTo && a[aFrom] === b[bFrom]) {
        aFrom++;
        bFrom++;
      }
      while (aFrom < aTo && bFrom < bTo && a[aTo - 1] === b[bTo - 1]) {
        aTo--;
        bTo--;
      }
      if (aFrom === aTo || bFrom === bTo) {
        this.removed += aTo - aFrom;
        this.added += bTo - bFrom;
        return;
      }
      this.#split(aFrom, aTo, bFrom, bTo, minimal);
      const [splitA, splitB, exactHigh] = [this.#splitA, this.#splitB, this.#exactHigh];
      this.compare(aFrom, splitA, bFrom, splitB, this.#exactLow);
      [aFrom, bFrom, minimal] = [splitA, splitB, exactHigh];
    }
  }

  /** Finds where the ways from both ends meet, or where to give up looking for that. */
  #split(aFrom: number, aTo: number, bFrom: number, bTo: number, exact: boolean): void {
    const a = this.#a;
    const b = this.#b;
    const zero = this.#zero;
    const lowest = aFrom - bTo;
    const highest = aTo - bFrom;
    const start = aFrom - bFrom;
    const end = aTo - bTo;
    const odd = ((start - end) & 1) !== 0;
    let fLow = start;
    let fHigh = start;
    let bLow = end;
    let bHigh = end;
    forward[zero + start] = aFrom;
    backward[zero + end] = aTo;
    for (let cost = 1; ; cost++) {
      let longRun = false;
      if (fLow > lowest) forward[zero + --fLow - 1] = -1;
      else ++fLow;
      if (fHigh < highest) forward[zero + ++fHigh + 1] = -1;
      else --fHigh;
      for (let d = fHigh; d >= fLow; d -= 2) {
        const below = forward[zero + d - 1];
        const above = forward[zero + d + 1];
        const first = below >= above ? below + 1 : above;
        let i = first;
        let j = i - d;
        while (i < aTo && j < bTo && a[i] === b[j]) {
          i++;
          j++;
        }
        if (i - first > SNAKE) longRun = true;
        forward[zero + d] = i;
        if (odd && bLow <= d && d <= bHigh && backward[zero + d] <= i) {
          this.#splitAt(i, j, true, true);
          return;
        }
      }
      if (bLow > lowest) backward[zero + --bLow - 1] = FAR;
      else ++bLow;
      if (bHigh < highest) backward[zero + ++bHigh + 1] = FAR;
      else --bHigh;
      for (let d = bHigh; d >= bLow; d -= 2) {
        const below = backward[zero + d - 1];
        const above = backward[zero + d + 1];
        const first = below < above ? below : above - 1;
        let i = first;
        let j = i - d;
        while (i > aFrom && j > bFrom && a[i - 1] === b[j - 1]) {
          i--;
          j--;
        }
        if (first - i > SNAKE) longRun = true;
        backward[zero + d] = i;
        if (!odd && fLow <= d && d <= fHigh && i <= forward[zero + d]) {
          this.#splitAt(i, j, true, true);
          return;
        }
      }
      if (exact) continue;
      if (longRun && cost > HEURISTIC_COST) {
        if (this.#afterRun(aFrom, aTo, bFrom, bTo, fLow, fHigh, cost)) return;
        if (this.#beforeRun(aFrom, aTo, bFrom, bTo, bLow, bHigh, cost)) return;
      }
      if (cost < this.#limit) continue;
      this.#giveUp(aFrom, aTo, bFrom, bTo, [fLow, fHigh], [bLow, bHigh]);
      return;
    }
  }

  #splitAt(a: number, b: number, exactLow: boolean, exactHigh: boolean): void {
    this.#splitA = a;
    this.#splitB = b;
    this.#exactLow = exactLow;
    this.#exactHigh = exactHigh;
  }

  /** Splits after the best long run of equal lines that the way from the start came to. */
  #afterRun(aFrom: number, aTo: number, bFrom: number, bTo: number, low: number, high: number, cost: number): boolean {
    const a = this.#a;
    const b = this.#b;
    let best = 0;
    for (let d = high; d >= low; d -= 2) {
      const i = forward[this.#zero + d];
      const j = i - d;
      const gain = i - aFrom + (j - bFrom) - Math.abs(d - (aFrom - bFrom));
      if (gain <= HEURISTIC_GAIN * cost || gain <= best) continue;
      if (aFrom + SNAKE > i || i >= aTo || bFrom + SNAKE > j || j >= bTo) continue;
      let k = 1;
      while (k <= SNAKE && a[i - k] === b[j - k]) k++;
      if (k <= SNAKE) continue;
      best = gain;
      this.#splitAt(i, j, true, false);
    }
    return best > 0;
  }

  /** The same for the way from the end. */
  #beforeRun(aFrom: number, aTo: number, bFrom: number, bTo: number, low: number, high: number, cost: number): boolean {
    const a = this.#a;
    const b = this.#b;
    let best = 0;
    for (let d = high; d >= low; d -= 2) {
      const i = backward[this.#zero + d];
      const j = i - d;
      const gain = aTo - i + (bTo - j) - Math.abs(d - (aTo - bTo));
      if (gain <= HEURISTIC_GAIN * cost || gain <= best) continue;
      if (aFrom >= i || i > aTo - SNAKE || bFrom >= j || j > bTo - SNAKE) continue;
      let k = 0;
      while (k < SNAKE && a[i + k] === b[j + k]) k++;
      if (k < SNAKE) continue;
      best = gain;
      this.#splitAt(i, j, false, true);
    }
    return best > 0;
  }

  /** Splits where one of the two ways has come farthest. */
  #giveUp(
    aFrom: number,
    aTo: number,
    bFrom: number,
    bTo: number,
    [fLow, fHigh]: readonly [number, number],
    [bLow, bHigh]: readonly [number, number],
  ): void {
    let farthest = -1;
    let farthestA = -1;
    for (let d = fHigh; d >= fLow; d -= 2) {
      let i = Math.min(forward[this.#zero + d], aTo);
      let j = i - d;
      if (bTo < j) {
        i = bTo + d;
        j = bTo;
      }
      if (farthest >= i + j) continue;
      farthest = i + j;
      farthestA = i;
    }
    let nearest = FAR;
    let nearestA = FAR;
    for (let d = bHigh; d >= bLow; d -= 2) {
      let i = Math.max(aFrom, backward[this.#zero + d]);
      let j = i - d;
      if (j < bFrom) {
        i = bFrom + d;
        j = bFrom;
      }
      if (i + j >= nearest) continue;
      nearest = i + j;
      nearestA = i;
    }
    if (aTo + bTo - nearest < farthest - (aFrom + bFrom)) {
      this.#splitAt(farthestA, farthest - farthestA, true, false);
    } else this.#splitAt(nearestA, nearest - nearestA, false, true);
  }
}
