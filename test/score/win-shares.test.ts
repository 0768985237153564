import { describe, expect, it, test } from 'vitest';
import { scoreLayer } from '../../src/score/layer.js';
import { drawWeights, seededRandom } from '../../src/score/random.js';
import { answered, plainModel } from './made.js';

const two = plainModel({ a: { x: 1 }, b: { y: 1 } });
const three = plainModel({ a: { x: 1 }, b: { y: 1 }, c: { z: 1 } });

describe('exact', () => {
  /*
   * 8t + 2(1 - t) against 4t + 5(1 - t): level at 7t = 3. From 3/7 of the weight on, ark wins: 4/7 of all weights.
   * At the weights given (1/2) ark leads 5 to 4.5. Level is 1/2 - 3/7 = 1/14 away.
   */
  it('of a line', () => {
    const card = scoreLayer(answered(two, { ark: { x: 8, y: 2 }, brig: { x: 4, y: 5 } }));
    expect(card.robustness).toMatchObject({ method: 'exact', samples: null, seed: null });
    expect(card.candidates.map(({ candidate, wins }) => [candidate, wins])).toEqual([
      ['ark', expect.closeTo(4 / 7, 12)],
      ['brig', expect.closeTo(3 / 7, 12)],
    ]);
    expect(card.robustness.flip).toEqual({
      candidate: 'brig',
      distance: expect.closeTo(1 / 14, 12),
      moves: [
        { dimension: 'a', from: 0.5, to: expect.closeTo(3 / 7, 12) },
        { dimension: 'b', from: 0.5, to: expect.closeTo(4 / 7, 12) },
      ],
    });
  });

  it('of a triangle', () => {
    const rows = { ark: { x: 9, y: 0, z: 0 }, brig: { x: 0, y: 9, z: 0 }, cog: { x: 0, y: 0, z: 9 } };
    const { candidates } = scoreLayer(answered(three, rows));
    for (const { wins, winsSurely, winsPossibly } of candidates) {
      expect([wins, winsSurely, winsPossibly]).toEqual(Array.from({ length: 3 }, () => expect.closeTo(1 / 3, 12)));
    }
    /*
     * A fourth with 4 in each wins where no weight exceeds 4/9: the triangle without three corners of side 5/9, which
     * don't meet (2 * 4/9 < 1, so they overlap in three small ones of side 1/9): 1 - 3 * (5/9)^2 + 3 * (1/9)^2 = 1/9.
     */
    const card = scoreLayer(answered(three, { ...rows, dhow: { x: 4, y: 4, z: 4 } }));
    const wins = Object.fromEntries(card.candidates.map((one) => [one.candidate, one.wins]));
    expect(wins['dhow']).toBeCloseTo(1 / 9, 12);
    expect(wins['ark']).toBeCloseTo(8 / 27, 12);
  });

  it('of one dimension, where equals share', () => {
    const { candidates } = scoreLayer(
      answered(plainModel({ a: { x: 1 } }), { ark: { x: 7 }, brig: { x: 7 }, cog: { x: 3 } }),
    );
    expect(candidates.map((one) => [one.candidate, one.wins, one.winsSurely, one.winsPossibly, one.rank])).toEqual([
      ['ark', 0.5, 0, 1, { best: 1, worst: 1 }],
      ['brig', 0.5, 0, 1, { best: 1, worst: 1 }],
      ['cog', 0, 0, 0, { best: 3, worst: 3 }],
    ]);
  });
});

describe('sampled', () => {
  const rows = {
    ark: { x: 9, y: 2, z: 4 },
    brig: { x: 3, y: 8, z: 5 },
    cog: { x: 5, y: 5, z: 6 },
  };

  it('agrees with what is exact, to what 20 000 samples can tell', () => {
    const exact = scoreLayer(answered(three, rows));
    // A fourth dimension in which all are level changes no comparison, but how the weights of the others are drawn.
    const four = plainModel({ a: { x: 1 }, b: { y: 1 }, c: { z: 1 }, d: { w: 1 } });
    const level = Object.fromEntries(Object.entries(rows).map(([id, row]) => [id, { ...row, w: 5 }]));
    const sampled = scoreLayer(answered(four, level));
    expect(sampled.robustness).toMatchObject({ method: 'sampled', samples: 20_000, seed: 1 });
    for (const { candidate, wins } of exact.candidates) {
      const other = sampled.candidates.find((one) => one.candidate === candidate);
      expect(Math.abs((other?.wins ?? 0) - wins)).toBeLessThan(0.015);
    }
  });

  it('draws what is unknown evenly', () => {
    // 6 against 0 to 10: behind with 6 in 10.
    const card = scoreLayer(answered(plainModel({ a: { x: 1 } }), { ark: { x: 6 }, brig: { x: null } }));
    const [ark, brig] = card.candidates;
    expect(ark.wins).toBeGreaterThan(0.585);
    expect(ark.wins).toBeLessThan(0.615);
    expect(ark.wins + brig.wins).toBeCloseTo(1, 12);
    expect([ark.winsSurely, ark.winsPossibly, brig.winsSurely, brig.winsPossibly]).toEqual([0, 1, 0, 1]);
    expect([ark.rank, brig.rank]).toEqual([
      { best: 1, worst: 2 },
      { best: 1, worst: 2 },
    ]);
    expect(card.robustness.deciding).toEqual([{ candidate: 'brig', criterion: 'x', atWorst: 'ark', atBest: 'brig' }]);
  });

  it('shares what equals win, whatever else is unknown', () => {
    const { candidates } = scoreLayer(
      answered(two, { ark: { x: 7, y: 7 }, brig: { x: 7, y: 7 }, cog: { x: 1, y: null } }),
    );
    const wins = Object.fromEntries(candidates.map((one) => [one.candidate, one.wins]));
    expect(wins['ark']).toBe(wins['brig']);
    expect((wins['ark'] ?? 0) * 2 + (wins['cog'] ?? 0)).toBeCloseTo(1, 9);
    expect(wins['cog']).toBeGreaterThan(0);
  });

  it('gives the same figures for the same seed, and others for another', () => {
    const input = answered(two, { ark: { x: 6, y: null }, brig: { x: null, y: 6 } });
    const wins = (seed: number): number[] => scoreLayer({ ...input, seed }).candidates.map((one) => one.wins);
    expect(wins(1)).toEqual(wins(1));
    expect(wins(1)).not.toEqual(wins(2));
  });
});

describe('a strict model', () => {
  const model = plainModel({ a: { x: 1 }, b: { y: 1 } }, { variants: ['strict'], least: { critical: 8, relevant: 4 } });
  const strict = { ...model, criteria: model.criteria.map((one) => ({ ...one, importance: 'relevant' as const })) };

  it('keeps whom only an unknown could put out, and says so', () => {
    const rows = { ark: { x: 5, y: 5 }, brig: { x: 9, y: null }, cog: { x: 10, y: 3 } };
    const card = scoreLayer(answered(strict, rows, { variant: 'strict' }));
    const found = Object.fromEntries(card.candidates.map((one) => [one.candidate, one]));
    expect(found['cog']).toMatchObject({ rank: null, wins: 0, winsPossibly: 0 });
    expect(found['cog']?.eliminations).toMatchObject([{ criterion: 'y', least: 4, sure: true }]);
    expect(found['brig']?.eliminations).toMatchObject([{ criterion: 'y', least: 4, sure: false }]);
    // Whatever happens, brig may be out: nothing is sure for it, and ark may always win.
    expect(found['brig']?.winsSurely).toBe(0);
    expect(found['ark']).toMatchObject({ winsPossibly: 1, rank: { best: 1, worst: 2 } });
    expect((found['ark']?.wins ?? 0) + (found['brig']?.wins ?? 0)).toBeCloseTo(1, 9);
    expect(card.robustness.deciding).toEqual([{ candidate: 'brig', criterion: 'y', atWorst: 'ark', atBest: 'brig' }]);
  });
});

describe('a strict model and one that may be out', () => {
  const model = plainModel({ a: { x: 1 }, b: { y: 1 } }, { variants: ['strict'], least: { critical: 8, relevant: 4 } });
  const strict = { ...model, criteria: model.criteria.map((one) => ({ ...one, importance: 'relevant' as const })) };

  it('draws it from where it would stay', () => {
    // 7 against 4 to 10, not 0 to 10: behind in half.
    const one = { ...strict, groups: strict.groups.slice(0, 1), criteria: strict.criteria.slice(0, 1) };
    const [ark] = scoreLayer(answered(one, { ark: { x: 7 }, brig: { x: null } }, { variant: 'strict' })).candidates;
    expect(ark.candidate).toBe('ark');
    expect(Math.abs(ark.wins - 0.5)).toBeLessThan(0.015);
  });

  it('has the next one win where it is put out, though its score is higher', () => {
    const card = scoreLayer(answered(strict, { ark: { x: 5, y: 4 }, brig: { x: 10, y: null } }, { variant: 'strict' }));
    const [brig, ark] = card.candidates;
    // At its worst brig has (10 + 0) / 2 = 5, and ark has 4.5.
    expect([brig.total.low, ark.total.high]).toEqual([5, 4.5]);
    expect([brig.rank, ark.rank]).toEqual([
      { best: 1, worst: 1 },
      { best: 1, worst: 2 },
    ]);
    expect(card.robustness.deciding).toEqual([{ candidate: 'brig', criterion: 'y', atWorst: 'ark', atBest: 'brig' }]);
  });
});

describe('weights drawn', () => {
  test.each([2, 3, 7])('evenly from all that add up to 1, of %d', (count) => {
    const random = seededRandom(7);
    const weights = new Float64Array(count);
    const draws = 20_000;
    const above = Array.from(weights, () => 0);
    for (let i = 0; i < draws; i++) {
      drawWeights(random, weights);
      expect(weights.every((weight) => weight >= 0)).toBe(true);
      expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      weights.forEach((weight, d) => (above[d] += weight > 0.3 ? 1 : 0));
    }
    // Of an even draw, a weight exceeds t with probability (1 - t)^(n - 1), each of them alike.
    for (const times of above) expect(Math.abs(times / draws - 0.7 ** (count - 1))).toBeLessThan(0.015);
  });

  it('from the same numbers on every machine', () => {
    const random = seededRandom(1);
    const first = Array.from({ length: 4 }, () => random() * 2 ** 32);
    expect(first).toMatchInlineSnapshot(`
      [
        1506684997,
        389392296,
        138374344,
        482077534,
      ]
    `);
    expect(first.every(Number.isInteger)).toBe(true);
  });
});
