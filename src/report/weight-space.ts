import type { CandidateScore, Interval, Scorecard } from '../model/scorecard.js';

type Point = readonly [x: number, y: number];

/** From where to where, 0 to 1, somebody wins; several where they are equal. */
export interface Stretch {
  from: number;
  to: number;
  winners: string[];
}

/** Where a candidate wins, as a polygon over the shares of three weights (the third is what is left of 1). */
export interface Region {
  winners: string[];
  corners: [first: number, second: number, third: number][];
}

/** Scores closer than this are equal: what binary fractions add is far less. */
const EQUAL = 1e-9;

function middle({ low, high }: Interval): number {
  return (low + high) / 2;
}

/** Scores on the dimensions whose weights are varied, unknowns at the middle; null where one is missing. */
function scoresOf(candidate: CandidateScore, ids: readonly string[]): number[] | null {
  const scores = ids.map((id) => {
    const found = candidate.groups[id] ?? candidate.evidence.find(({ criterion }) => criterion === id)?.score;
    return found === undefined ? null : middle(found);
  });
  return scores.every((score) => score !== null) ? scores : null;
}

/** Those of a scorecard that can win, with their scores by dimension, in the card's order. */
function contenders({ candidates, robustness }: Scorecard): { id: string; scores: number[] }[] {
  const ids = robustness.dimensions.map(({ id }) => id);
  return candidates.flatMap((one) => {
    const scores = one.rank === null ? null : scoresOf(one, ids);
    return scores === null ? [] : [{ id: one.candidate, scores }];
  });
}

/**
 * Who wins as the weight of one dimension goes from nothing to all, the others keeping their proportions; unknowns are
 * taken at the middle of their intervals. Empty where it can't be told.
 */
export function stretches(card: Scorecard, dimension: number): Stretch[] {
  const weights = card.robustness.dimensions.map(({ weight }) => weight);
  const others = weights.reduce((sum, weight, i) => (i === dimension ? sum : sum + weight), 0);
  const lines = contenders(card).map(({ id, scores }) => ({
    id,
    // The mean of the other dimensions, and the score on this one: the two ends of a straight line.
    without:
      others === 0
        ? Number.NaN
        : scores.reduce((sum, score, i) => (i === dimension ? sum : sum + score * (weights[i] ?? 0)), 0) / others,
    alone: scores[dimension] ?? Number.NaN,
  }));
  if (lines.length === 0 || lines.some(({ without, alone }) => Number.isNaN(without + alone))) return [];
  const cuts = new Set([0, 1]);
  for (const [i, a] of lines.entries()) {
    for (const b of lines.slice(i + 1)) {
      const slope = a.alone - a.without - (b.alone - b.without);
      const at = (b.without - a.without) / slope;
      if (Math.abs(slope) > EQUAL && at > EQUAL && at < 1 - EQUAL) cuts.add(at);
    }
  }
  const at = (w: number) => lines.map(({ id, without, alone }) => ({ id, score: without + (alone - without) * w }));
  return joined(
    [...cuts].sort((a, b) => a - b),
    (w) => best(at(w)),
  );
}

function best(scores: readonly { id: string; score: number }[]): string[] {
  const top = Math.max(...scores.map(({ score }) => score));
  return scores.filter(({ score }) => top - score <= EQUAL).map(({ id }) => id);
}

function joined(cuts: readonly number[], winners: (at: number) => string[]): Stretch[] {
  const found: Stretch[] = [];
  for (const [i, to] of cuts.slice(1).entries()) {
    const from = cuts[i] ?? 0;
    const here = winners((from + to) / 2);
    const last = found.at(-1);
    if (last && last.winners.join('\n') === here.join('\n')) last.to = to;
    else found.push({ from, to, winners: here });
  }
  return found;
}

/** The part of a polygon where a linear function of the point is not below zero. */
function clipped(corners: readonly Point[], value: (point: Point) => number): Point[] {
  return corners.flatMap((corner, i) => {
    const next = corners[(i + 1) % corners.length] ?? corner;
    const [here, there] = [value(corner), value(next)];
    const kept: Point[] = here >= 0 ? [corner] : [];
    if (here >= 0 === there >= 0) return kept;
    const share = here / (here - there);
    return [...kept, [corner[0] + (next[0] - corner[0]) * share, corner[1] + (next[1] - corner[1]) * share]];
  });
}

function area(corners: readonly Point[]): number {
  const twice = corners.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % corners.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}

/** Who wins where, over the weights of three dimensions; unknowns are taken at the middle of their intervals. */
export function regions(card: Scorecard): Region[] {
  if (card.robustness.dimensions.length !== 3) return [];
  const all = contenders(card);
  const found = new Map<string, Region>();
  for (const { scores } of all) {
    let corners: Point[] = [
      [1, 0],
      [0, 1],
      [0, 0],
    ];
    const equals: string[] = [];
    for (const other of all) {
      const lead = scores.map((score, i) => score - (other.scores[i] ?? 0));
      const [first = 0, second = 0, third = 0] = lead;
      if (lead.every((one) => Math.abs(one) <= EQUAL)) equals.push(other.id);
      else corners = clipped(corners, ([x, y]) => x * first + y * second + (1 - x - y) * third);
    }
    if (area(corners) < EQUAL || found.has(equals.join('\n'))) continue;
    found.set(equals.join('\n'), { winners: equals, corners: corners.map(([x, y]) => [x, y, 1 - x - y]) });
  }
  return [...found.values()];
}
