import type { Destination } from './pairing.js';

const KEPT = 4;
const FREE = -1;

/** A source that may be a destination's. */
export interface Candidate {
  readonly destination: Destination;
  /** By position. */
  readonly source: number;
  readonly score: number;
  readonly sameName: boolean;
}

/**
 * The best four sources of one destination. Git lets a better one take the place of the worst, and their places decide
 * between equals later on: so even those that are no candidates at all must be offered.
 */
export class Candidates {
  readonly #scores = new Float64Array(KEPT);
  readonly #sameNames = new Uint8Array(KEPT);
  readonly #sources = new Int32Array(KEPT);

  clear(): void {
    this.#scores.fill(FREE);
  }

  offer(score: number, sameName: boolean, source: number): void {
    const scores = this.#scores;
    const names = this.#sameNames;
    const named = sameName ? 1 : 0;
    let worst = 0;
    for (let i = 1; i < KEPT; i++) {
      if (scores[i] < scores[worst]) worst = i;
      else if (scores[i] === scores[worst] && scores[i] !== FREE && names[i] < names[worst]) worst = i;
    }
    const better = scores[worst] < score || (scores[worst] === score && names[worst] < named);
    if (!better) return;
    scores[worst] = score;
    names[worst] = named;
    this.#sources[worst] = source;
  }

  /** Adds those of at least the minimum to `found`, place by place. */
  collect(minimum: number, destination: Destination, found: Candidate[]): void {
    for (let i = 0; i < KEPT; i++) {
      if (this.#scores[i] < minimum) continue;
      found.push({
        destination,
        source: this.#sources[i],
        score: this.#scores[i],
        sameName: this.#sameNames[i] === 1,
      });
    }
  }
}
