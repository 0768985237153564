import { describe, expect, it } from 'vitest';
import { array, assert, double, integer, property, tuple } from 'fast-check';
import type { Scorecard } from '../../src/model/scorecard.js';
import { regions, stretches } from '../../src/report/weight-space.js';
import { runs } from '../fixtures/runs.js';
import { sampleJudgement } from './judgement-fixture.js';

/** A card of candidates a, b, c … with known scores on dimensions d0, d1 … */
function card(weights: number[], scores: number[][]): Scorecard {
  const [made] = sampleJudgement().scorecards;
  if (!made) throw new Error('no card');
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    ...made,
    candidates: scores.map((own, i) => ({
      ...made.candidates[0]!,
      candidate: String.fromCharCode(97 + i),
      evidence: [],
      groups: Object.fromEntries(own.map((score, d) => [`d${d}`, { low: score, high: score }])),
      rank: { best: 1, worst: 1 },
    })),
    robustness: {
      ...made.robustness,
      dimensions: weights.map((weight, d) => ({ id: `d${d}`, title: `d${d}`, weight: weight / all })),
    },
  };
}

/** Who has the most by these weights, by trying all. */
function winners(scores: number[][], weights: readonly number[]): string[] {
  const totals = scores.map((own) => own.reduce((sum, score, d) => sum + score * (weights[d] ?? 0), 0));
  const top = Math.max(...totals);
  return totals.flatMap((total, i) => (top - total < 1e-6 ? [String.fromCharCode(97 + i)] : []));
}

describe('one weight from nothing to all', () => {
  it('changes the winner where the lines cross', () => {
    // a: 2 on d0, 0 elsewhere; b: 1 everywhere. They meet where 2w = 1.
    expect(
      stretches(
        card(
          [1, 1, 2],
          [
            [2, 0, 0],
            [1, 1, 1],
          ],
        ),
        0,
      ),
    ).toEqual([
      { from: 0, to: 0.5, winners: ['b'] },
      { from: 0.5, to: 1, winners: ['a'] },
    ]);
  });

  it('names both where two are equal, and takes unknowns at their middle', () => {
    const made = card(
      [1, 1],
      [
        [1, 1],
        [1, 1],
      ],
    );
    made.candidates[0]!.groups['d0'] = { low: 0, high: 2 };
    expect(stretches(made, 0)).toEqual([{ from: 0, to: 1, winners: ['a', 'b'] }]);
  });

  it('tells nothing where no other dimension weighs, nor of those that are out', () => {
    expect(
      stretches(
        card(
          [1, 0],
          [
            [1, 2],
            [2, 1],
          ],
        ),
        0,
      ),
    ).toEqual([]);
    const made = card(
      [1, 1],
      [
        [1, 1],
        [2, 2],
      ],
    );
    made.candidates[1]!.rank = null;
    expect(stretches(made, 0)).toEqual([{ from: 0, to: 1, winners: ['a'] }]);
  });

  it('agrees with trying every weight', () => {
    const score = integer({ min: 0, max: 4 });
    assert(
      property(
        array(tuple(score, score, score, score), { minLength: 1, maxLength: 6 }),
        tuple(...[1, 2, 3, 4].map(() => integer({ min: 1, max: 5 }))),
        integer({ min: 0, max: 3 }),
        double({ min: 0.01, max: 0.99, noNaN: true }),
        (scores, weights, dimension, at) => {
          const along = stretches(card(weights, scores), dimension);
          expect([along[0]?.from, along.at(-1)?.to]).toEqual([0, 1]);
          const here = along.find(({ from, to }) => from + 1e-4 < at && at < to - 1e-4);
          if (!here) return;
          const others = weights.reduce((sum, weight, i) => (i === dimension ? sum : sum + weight), 0);
          const tried = weights.map((weight, i) => (i === dimension ? at : ((1 - at) * weight) / others));
          expect(winners(scores, tried)).toEqual(expect.arrayContaining(here.winners));
        },
      ),
      { numRuns: runs(300) },
    );
  });
});

function area(corners: readonly (readonly number[])[]): number {
  return Math.abs(
    corners.reduce((sum, [x = 0, y = 0], i) => {
      const [nextX = 0, nextY = 0] = corners[(i + 1) % corners.length] ?? [];
      return sum + x * nextY - nextX * y;
    }, 0),
  );
}

describe('three weights', () => {
  it('are shared out where each is best at one thing', () => {
    const found = regions(
      card(
        [1, 1, 1],
        [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      ),
    );
    expect(found.map(({ winners: [first] }) => first)).toEqual(['a', 'b', 'c']);
    for (const { corners } of found) expect(area(corners)).toBeCloseTo(1 / 3, 9);
  });

  it('are all one’s where nobody else is as good', () => {
    const [only, ...others] = regions(
      card(
        [1, 2, 3],
        [
          [2, 2, 2],
          [2, 1, 0],
        ],
      ),
    );
    expect(others).toEqual([]);
    expect(only?.winners).toEqual(['a']);
    expect(area(only?.corners ?? [])).toBeCloseTo(1, 9);
  });

  it('cover the whole triangle, once, with those that win there', () => {
    const score = integer({ min: 0, max: 4 });
    assert(
      property(array(tuple(score, score, score), { minLength: 1, maxLength: 7 }), (scores) => {
        const found = regions(card([1, 1, 1], scores));
        expect(found.reduce((sum, { corners }) => sum + area(corners), 0)).toBeCloseTo(1, 6);
        for (const { winners: own, corners } of found) {
          const middle = [0, 1, 2].map((d) => corners.reduce((sum, corner) => sum + corner[d]!, 0) / corners.length);
          expect(winners(scores, middle)).toEqual(own);
        }
      }),
      { numRuns: runs(300) },
    );
  });

  it('are none where there are more or fewer', () => {
    expect(regions(card([1, 1], [[1, 0]]))).toEqual([]);
  });
});
