import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CandidateScore, Interval, Scorecard } from '../../src/model/scorecard.js';
import type { SelectionModel } from '../../src/model/selection-model.js';
import type { ScoreInput } from '../../src/score/input.js';
import { scoreLayer } from '../../src/score/layer.js';
import { answered, plainModel } from './made.js';

const SAMPLES = 400;

/** Groups by criteria by weight; candidates by criteria by answer, where there is one. */
interface Made {
  weights: number[][];
  rows: (number | null)[][];
  vary: SelectionModel['vary'];
}

const grade = fc.integer({ min: 0, max: 40 }).map((n) => n / 4);
const someWeight = fc.integer({ min: 1, max: 5 });

function made(cell: fc.Arbitrary<number | null>): fc.Arbitrary<Made> {
  return fc
    .record({
      weights: fc.array(fc.array(someWeight, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }),
      count: fc.integer({ min: 2, max: 5 }),
      vary: fc.constantFrom<SelectionModel['vary']>('groups', 'criteria'),
    })
    .chain(({ weights, count, vary }) => {
      const { length } = weights.flat();
      const row = fc.array(cell, { minLength: length, maxLength: length });
      return fc.array(row, { minLength: count, maxLength: count }).map((rows): Made => ({ weights, rows, vary }));
    });
}

const known = made(grade);
const partly = made(fc.oneof(grade, fc.constant(null)));

function inputOf({ weights, rows, vary }: Made, over: Partial<ScoreInput> = {}): ScoreInput {
  const model = plainModel(
    Object.fromEntries(weights.map((own, g) => [`g${g}`, Object.fromEntries(own.map((w, c) => [`g${g}c${c}`, w]))])),
    { vary },
  );
  const ids = model.criteria.map(({ id }) => id);
  const named = rows.map((row, i) => [`p${i}`, Object.fromEntries(ids.map((id, c) => [id, row[c] ?? null]))]);
  return answered(model, Object.fromEntries(named), { samples: SAMPLES, ...over });
}

const byId = (card: Scorecard): Map<string, CandidateScore> =>
  new Map(card.candidates.map((one) => [one.candidate, one]));

function inside(inner: Interval, outer: Interval): boolean {
  return inner.low >= outer.low - 1e-9 && inner.high <= outer.high + 1e-9;
}

describe('whatever the model and the evidence', () => {
  it('win shares add up to 1, and lie between what is sure and what is possible', () => {
    fc.assert(
      fc.property(partly, (one) => {
        const { candidates } = scoreLayer(inputOf(one));
        expect(candidates.reduce((sum, { wins }) => sum + wins, 0)).toBeCloseTo(1, 9);
        for (const { wins, winsSurely, winsPossibly } of candidates) {
          expect(winsSurely).toBeLessThanOrEqual(wins + 1e-9);
          expect(wins).toBeLessThanOrEqual(winsPossibly + 1e-9);
        }
      }),
    );
  });

  it('a weight of zero removes the effect of a criterion, to the last bit', () => {
    fc.assert(
      fc.property(
        partly,
        fc.array(fc.oneof(grade, fc.constant(null)), { minLength: 5, maxLength: 5 }),
        (one, other) => {
          const off = { g0c0: 0 };
          fc.pre(one.weights.flat().length > 1);
          const changed = one.rows.map((row, i) => [other[i] ?? null, ...row.slice(1)]);
          const told = (card: Scorecard): unknown => ({
            ...card,
            candidates: card.candidates.map(({ evidence, ...rest }) => [rest, evidence.slice(1)]),
          });
          const before = scoreLayer(inputOf(one, { weights: off }));
          const after = scoreLayer(inputOf({ ...one, rows: changed }, { weights: off }));
          expect(told(after)).toEqual(told(before));
        },
      ),
    );
  });

  it('scaling all weights changes nothing', () => {
    fc.assert(
      fc.property(partly, fc.constantFrom(0.1, 3, 7, 1000), fc.constantFrom(1, 0.3, 13), (one, factor, groups) => {
        const input = inputOf(one);
        const scaled = {
          ...input.model,
          groups: input.model.groups.map((group) => ({ ...group, weight: group.weight * groups })),
          criteria: input.model.criteria.map((criterion) => ({ ...criterion, weight: criterion.weight * factor })),
        };
        const before = scoreLayer(input);
        const after = byId(scoreLayer({ ...input, model: scaled }));
        for (const { candidate, total, wins, rank } of before.candidates) {
          const now = after.get(candidate);
          expect(now?.total).toEqual({ low: expect.closeTo(total.low, 9), high: expect.closeTo(total.high, 9) });
          expect(now?.wins).toBeCloseTo(wins, 9);
          expect(now?.rank).toEqual(rank);
        }
      }),
    );
  });

  it('adding evidence never widens an interval, nor the places a candidate may have', () => {
    fc.assert(
      fc.property(partly, grade, fc.nat(), fc.nat(), (one, found, row, column) => {
        const rows = one.rows.map((cells) => [...cells]);
        const cells = rows[row % rows.length];
        const at = column % cells.length;
        fc.pre(cells[at] === null);
        const before = byId(scoreLayer(inputOf(one)));
        cells[at] = found;
        const after = scoreLayer(inputOf({ ...one, rows }));
        for (const { candidate, total, groups, rank } of after.candidates) {
          const was = before.get(candidate);
          expect(inside(total, was?.total ?? total)).toBe(true);
          for (const [id, group] of Object.entries(groups)) expect(inside(group, was?.groups[id] ?? group)).toBe(true);
          expect(rank?.best).toBeGreaterThanOrEqual(was?.rank?.best ?? 0);
          expect(rank?.worst).toBeLessThanOrEqual(was?.rank?.worst ?? 0);
        }
      }),
    );
  });

  it('a dominated candidate never wins', () => {
    fc.assert(
      fc.property(known, fc.nat(), fc.integer({ min: 1, max: 8 }), (one, row, better) => {
        // Someone who is better in everything joins.
        const best = (one.rows[row % one.rows.length] ?? []).map((cell) => (cell ?? 0) + better / 4);
        fc.pre(best.every((cell) => cell <= 10));
        const card = scoreLayer(inputOf({ ...one, rows: [...one.rows, best] }));
        const loser = byId(card).get(`p${row % one.rows.length}`);
        expect(loser?.wins).toBe(0);
        expect(loser?.winsPossibly).toBe(0);
        expect(loser?.rank?.best).toBeGreaterThan(1);
      }),
    );
  });

  it('who is nowhere better than another, whatever the unknowns turn out to be, never wins', () => {
    fc.assert(
      fc.property(partly, fc.nat(), (one, row) => {
        // Someone joins who has the best of everything; others may be unknown in anything.
        const worse = one.rows[row % one.rows.length].map((cell) => (cell === null ? null : Math.max(0, cell - 1)));
        const rows = [
          ...one.rows.map((cells, i) => (i === row % one.rows.length ? worse : cells)),
          worse.map(() => 10),
        ];
        fc.pre(worse.every((cell) => cell !== null));
        const loser = byId(scoreLayer(inputOf({ ...one, rows }))).get(`p${row % one.rows.length}`);
        expect([loser?.wins, loser?.winsPossibly]).toEqual([0, 0]);
      }),
    );
  });

  it('a strict model leaves shares that add up to 1, or nobody; who is out for sure has none', () => {
    fc.assert(
      fc.property(partly, fc.integer({ min: 1, max: 9 }), (one, least) => {
        const input = inputOf(one, { variant: 'strict' });
        const model: SelectionModel = {
          ...input.model,
          variants: ['strict'],
          least: { critical: 10, relevant: least },
          criteria: input.model.criteria.map((criterion) => ({ ...criterion, importance: 'relevant' })),
        };
        const { candidates } = scoreLayer({ ...input, model });
        const out = candidates.filter(({ eliminations }) => eliminations.some(({ sure }) => sure));
        expect(out.every(({ rank, wins, winsPossibly }) => rank === null && wins === 0 && winsPossibly === 0)).toBe(
          true,
        );
        expect(candidates.slice(candidates.length - out.length)).toEqual(out);
        const all = candidates.reduce((sum, { wins }) => sum + wins, 0);
        expect(all).toBeCloseTo(out.length === candidates.length ? 0 : 1, 9);
        for (const { eliminations, winsSurely } of candidates) if (eliminations.length > 0) expect(winsSurely).toBe(0);
      }),
    );
  });

  it('is the same twice, and whatever order the candidates come in', () => {
    fc.assert(
      fc.property(partly, (one) => {
        const input = inputOf(one);
        expect(scoreLayer(input)).toEqual(scoreLayer(input));
        const turned = scoreLayer({ ...input, candidates: input.candidates.toReversed() });
        expect(turned).toEqual(scoreLayer(input));
      }),
    );
  });

  it('the smallest flip is where two are level, moves what it says, and nothing smaller does it', () => {
    fc.assert(
      fc.property(known, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 5, maxLength: 5 }), (one, noise) => {
        const card = scoreLayer(inputOf(one));
        const { flip, dimensions } = card.robustness;
        const scores = (id: string): number[] => {
          const found = byId(card).get(id);
          return dimensions.map(
            ({ id: d }) =>
              found?.groups[d]?.low ?? found?.evidence.find(({ criterion }) => criterion === d)?.score.low ?? 0,
          );
        };
        const sum = (weights: readonly number[], id: string): number =>
          scores(id).reduce((total, score, d) => total + score * weights[d], 0);
        const winner = card.candidates[0].candidate;
        const given = dimensions.map(({ weight }) => weight);
        if (flip !== null) {
          const moved = given.map(
            (weight, d) => flip.moves.find(({ dimension }) => dimension === dimensions[d].id)?.to ?? weight,
          );
          expect(moved.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
          expect(moved.reduce((total, to, d) => total + Math.abs(to - given[d]), 0) / 2).toBeCloseTo(flip.distance, 9);
          expect(sum(moved, flip.candidate)).toBeCloseTo(sum(moved, winner), 7);
        }
        // Any other weights, and all points on the way to them: who is nearer than the flip has the winner ahead.
        const raw = given.map((_, d) => noise[d % noise.length] * ((d % 3) + 1));
        const whole = raw.reduce((a, b) => a + b);
        for (const share of [0.1, 0.4, 1]) {
          const to = given.map((weight, d) => weight + share * (raw[d] / whole - weight));
          const distance = to.reduce((total, weight, d) => total + Math.abs(weight - given[d]), 0) / 2;
          if (flip !== null && distance >= flip.distance - 1e-9) continue;
          for (const { candidate } of card.candidates) {
            expect(sum(to, candidate)).toBeLessThanOrEqual(sum(to, winner) + 1e-9);
          }
        }
      }),
    );
  });
});
