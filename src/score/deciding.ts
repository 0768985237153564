import type { DecidingUnknown } from '../model/scorecard.js';
import { middles, TIE, type Player } from './player.js';

/** The best of the others, players being in the order of the scorecard: of equals the first. */
function bestOther(totals: readonly number[], but: number): number {
  return totals.reduce((best, total, i) => (i !== but && (best < 0 || total > totals[best] + TIE) ? i : best), -1);
}

/**
 * Unknowns of which the first place hangs: at the worst and at the best of one, everything else in the middle, others win.
 * What moves the total most comes first.
 */
export function decidingUnknowns(
  dimensions: readonly { weight: number }[],
  players: readonly Player[],
): DecidingUnknown[] {
  const totals = players.map((one) => middles(one).reduce((sum, score, d) => sum + score * dimensions[d].weight, 0));
  const found = players.flatMap((one, i) => {
    const other = bestOther(totals, i);
    if (other < 0) return [];
    const winner = (total: number): string => {
      const level = Math.abs(total - totals[other]) <= TIE;
      return (level ? i < other : total > totals[other]) ? one.candidate : players[other].candidate;
    };
    return one.unknowns.flatMap(({ criterion, dimension, span, out }) => {
      const swing = (dimensions[dimension].weight * span) / 2;
      const atWorst = out > 0 ? players[other].candidate : winner(totals[i] - swing);
      const atBest = winner(totals[i] + swing);
      return atWorst === atBest ? [] : [{ unknown: { candidate: one.candidate, criterion, atWorst, atBest }, swing }];
    });
  });
  return found.sort((a, b) => b.swing - a.swing).map(({ unknown }) => unknown);
}
