import { TIE, type Player } from './player.js';
import { drawWeights, seededRandom } from './random.js';

/** Shares of the weight space, 0 to 1. */
export interface WinShare {
  wins: number;
  surely: number;
  possibly: number;
}

interface Sums {
  low: Float64Array;
  high: Float64Array;
  drawn: Float64Array;
}

/** The best of an array and the best of the others. */
function twoBest(values: Float64Array, skip: (i: number) => boolean): { at: number; first: number; second: number } {
  let at = -1;
  let first = -Infinity;
  let second = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (skip(i)) continue;
    const value = values[i];
    if (value > first) {
      second = first;
      first = value;
      at = i;
    } else if (value > second) second = value;
  }
  return { at, first, second };
}

function count(players: readonly Player[], { low, high, drawn }: Sums, shares: readonly WinShare[]): void {
  const best = twoBest(drawn, () => false).first;
  let winners = 0;
  for (let i = 0; i < players.length; i++) if (drawn[i] >= best - TIE) winners++;
  const rival = twoBest(high, () => false);
  const firm = twoBest(low, (i) => players[i].shaky);
  for (let i = 0; i < players.length; i++) {
    const share = shares[i];
    if (drawn[i] >= best - TIE) share.wins += 1 / winners;
    if (!players[i].shaky && low[i] > (rival.at === i ? rival.second : rival.first) + TIE) share.surely++;
    if (high[i] >= (firm.at === i ? firm.second : firm.first) - TIE) share.possibly++;
  }
}

/**
 * Weights drawn evenly from all there are, and with each of them the unknowns, evenly from their intervals. Deterministic:
 * the same players, number of samples and seed give the same shares on every machine.
 */
export function sampledShares(players: readonly Player[], samples: number, seed: number): WinShare[] {
  const shares = players.map((): WinShare => ({ wins: 0, surely: 0, possibly: 0 }));
  const random = seededRandom(seed);
  const weights = new Float64Array(players[0]?.low.length ?? 0);
  const array = (): Float64Array => new Float64Array(players.length);
  const sums: Sums = { low: array(), high: array(), drawn: array() };
  for (let sample = 0; sample < samples && players.length > 0; sample++) {
    drawWeights(random, weights);
    for (let i = 0; i < players.length; i++) {
      const { low, high, unknowns } = players[i];
      let least = 0;
      let most = 0;
      for (let d = 0; d < weights.length; d++) {
        least += weights[d] * low[d];
        most += weights[d] * high[d];
      }
      let drawn = least;
      for (const { dimension, span, out } of unknowns) {
        drawn += weights[dimension] * span * (out + (1 - out) * random());
      }
      sums.low[i] = least;
      sums.high[i] = most;
      sums.drawn[i] = drawn;
    }
    count(players, sums, shares);
  }
  return shares.map(({ wins, surely, possibly }) => ({
    wins: wins / samples,
    surely: surely / samples,
    possibly: possibly / samples,
  }));
}
