import type { WeightFlip } from '../model/scorecard.js';
import { middles, TIE, type Player } from './player.js';

interface Dimension {
  id: string;
  weight: number;
}

/**
 * The least weight that has to move until `lead` (of a rival over the winner, by dimension) is no longer negative in sum.
 * All of it goes where the rival leads most, and is taken first from where the rival lags most: that is the linear
 * programme's solution, for each bit moved gains the difference of the two leads. Null: no weights have the rival ahead.
 */
export function leastMove(
  dimensions: readonly Dimension[],
  lead: readonly number[],
): Omit<WeightFlip, 'candidate'> | null {
  const most = lead.reduce((a, b) => Math.max(a, b));
  if (most <= TIE) return null;
  const to = lead.indexOf(most);
  const moved = dimensions.map(() => 0);
  let gap = -dimensions.reduce((total, { weight }, d) => total + weight * lead[d], 0);
  let distance = 0;
  const order = lead.map((_, d) => d).sort((a, b) => lead[a] - lead[b] || a - b);
  for (const from of order) {
    if (gap <= TIE) break;
    const gain = most - lead[from];
    if (gain <= 0) break;
    const part = Math.min(dimensions[from].weight, gap / gain);
    moved[from] -= part;
    moved[to] += part;
    distance += part;
    gap -= part * gain;
  }
  const moves = dimensions.flatMap(({ id, weight }, d) =>
    moved[d] === 0 ? [] : [{ dimension: id, from: weight, to: Math.max(0, weight + moved[d]) }],
  );
  return { distance, moves };
}

/**
 * The smallest change of weights at which another candidate draws level with the winner, which is the first of the players.
 * Distance is half the sum of the absolute changes; exact.
 */
export function smallestFlip(dimensions: readonly Dimension[], players: readonly Player[]): WeightFlip | null {
  const [winner, ...rivals] = players;
  if (winner === undefined) return null;
  const own = middles(winner);
  let best: WeightFlip | null = null;
  for (const rival of rivals) {
    const move = leastMove(
      dimensions,
      middles(rival).map((score, d) => score - own[d]),
    );
    if (move !== null && (best === null || move.distance < best.distance - TIE)) {
      best = { candidate: rival.candidate, ...move };
    }
  }
  return best;
}
