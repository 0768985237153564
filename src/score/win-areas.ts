import { middles, TIE, type Player } from './player.js';
import type { WinShare } from './win-shares.js';

type Point = readonly [number, number];

/** Most dimensions whose weight space is measured exactly: a point, a line, a triangle. */
export const MOST_EXACT = 3;

/** The weights of the first two of three dimensions; the third has the rest. */
const TRIANGLE: readonly Point[] = [
  [0, 0],
  [1, 0],
  [0, 1],
];

/** What is left of a polygon where `gain` is 0 or more (Sutherland and Hodgman). */
function clipped(polygon: readonly Point[], gain: (point: Point) => number): Point[] {
  return polygon.flatMap((point, i): Point[] => {
    const before = polygon.at(i - 1) ?? point;
    const here = gain(point);
    const there = gain(before);
    const share = there / (there - here);
    const cut: Point = [before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])];
    const crosses = (here > 0 && there < 0) || (here < 0 && there > 0);
    return [...(crosses ? [cut] : []), ...(here >= 0 ? [point] : [])];
  });
}

function area(polygon: readonly Point[]): number {
  const twice = polygon.reduce((total, [x, y], i) => {
    const [fromX, fromY] = polygon.at(i - 1) ?? [x, y];
    return total + fromX * y - x * fromY;
  }, 0);
  return Math.abs(twice) / 2;
}

/** The share of the weights under which what leads by `leads` (a dimension each, a rival each) is nowhere behind. */
function shareAhead(leads: readonly (readonly number[])[], dimensions: number): number {
  if (dimensions === 1) return leads.every(([lead]) => lead >= 0) ? 1 : 0;
  if (dimensions === 2) {
    let from = 0;
    let to = 1;
    for (const [a, b] of leads) {
      if (a > b) from = Math.max(from, -b / (a - b));
      else if (a < b) to = Math.min(to, b / (b - a));
      else if (b < 0) return 0;
    }
    return Math.max(0, to - from);
  }
  const left = leads.reduce<Point[]>(
    (polygon, [a, b, c]) => clipped(polygon, ([x, y]) => a * x + b * y + c * (1 - x - y)),
    [...TRIANGLE],
  );
  return area(left) / area(TRIANGLE);
}

const same = (a: readonly number[], b: readonly number[]): boolean => a.every((x, d) => Math.abs(x - b[d]) <= TIE);

/** Exact shares of candidates about whom everything is known, in up to three dimensions. */
export function exactShares(players: readonly Player[]): WinShare[] {
  const points = players.map(middles);
  return points.map((point) => {
    const equals = points.filter((other) => same(point, other)).length;
    const leads = points.filter((other) => !same(point, other)).map((other) => point.map((x, d) => x - other[d]));
    const share = shareAhead(leads, point.length);
    return { wins: share / equals, surely: equals === 1 ? share : 0, possibly: share };
  });
}
