import type { Scorecard } from '../model/scorecard.js';
import type { ScoreInput } from './input.js';

/** The candidates of a layer judged by a weighted model, best first. */
export function scoreLayer(_input: ScoreInput): Scorecard {
  throw new Error('not written yet');
}
