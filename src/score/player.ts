import type { CandidateScore, Evidence, Interval } from '../model/scorecard.js';
import type { WeightPlan } from './weights.js';

/** Below this two scores are the same: sums in another order differ in their last bits. */
export const TIE = 1e-11;

/** A score that isn't known, as a part of its dimension. */
interface Unknown {
  criterion: string;
  dimension: number;
  /** What it adds to the dimension's score between its worst and its best. */
  span: number;
  /** The share of the span, from the worst, in which a strict model puts the candidate out. */
  out: number;
}

/** A candidate as a point, or a box, in the space of the dimensions. */
export interface Player {
  candidate: string;
  low: Float64Array;
  high: Float64Array;
  unknowns: Unknown[];
  /** A strict model may put it out, but not for sure. */
  shaky: boolean;
}

export function player(
  plan: WeightPlan,
  candidate: Pick<CandidateScore, 'candidate' | 'evidence' | 'eliminations'>,
): Player {
  const { length } = plan.dimensions;
  const evidence = new Map(candidate.evidence.map((one): [string, Evidence] => [one.criterion, one]));
  const least = new Map(candidate.eliminations.map((one) => [one.criterion, one.least]));
  const low = new Float64Array(length);
  const high = new Float64Array(length);
  const unknowns: Unknown[] = [];
  for (const { criterion, dimension, within } of plan.terms) {
    const score = evidence.get(criterion.id)?.score ?? { low: 0, high: 0 };
    low[dimension] += within * score.low;
    high[dimension] += within * score.high;
    const width = score.high - score.low;
    if (width === 0) continue;
    const out = ((least.get(criterion.id) ?? score.low) - score.low) / width;
    unknowns.push({ criterion: criterion.id, dimension, span: within * width, out });
  }
  return { candidate: candidate.candidate, low, high, unknowns, shaky: candidate.eliminations.length > 0 };
}

export function middle({ low, high }: Interval): number {
  return (low + high) / 2;
}

/** Score of each dimension, unknowns in the middle. */
export function middles({ low, high }: Player): number[] {
  return Array.from(low, (one, d) => (one + high[d]) / 2);
}
