import { describe, expect, it } from 'vitest';
import { scoreLayer } from '../../src/score/layer.js';
import { answer, candidate, figure, offers, scoreInput, shipped } from './made.js';

/*
 * Two candidates worked out from the definitions of QSOS 2.0 and OpenBRR (16 criteria of 0, 1 or 2;
 * critical weighs 3, relevant 1; strict: critical = 2 and relevant >= 1, else out. Twelve categories of 1 to 5, the mean by
 * the adopter's weights), with pencil and paper. Nothing here was copied from a run.
 */

const candidates = [
  { candidate: candidate('ark', { support: offers(1) }), project: 'ark' },
  { candidate: candidate('brig', { support: offers(2) }), project: 'brig' },
];

describe('QSOS', () => {
  /*
   *                       ark                  brig
   * age (years)           2.5      1           12       2
   * history               overcome 2           none-known 1
   * core team             2        0           7        1
   * popularity            some     1           many     2
   * community             strong   2           notable  1
   * bugs                  handled  2           slow     1
   * features              tracked  2           core     1
   * releases a year       4        2           3        1
   * copyright             spread   1           single   0
   * roadmap               dated    2           none     0
   * management            independent 2        single   1
   * distribution          all      2           all      2
   * services (offers)     1        1           2        2
   * documentation         full     2           full     2
   * quality assurance     automated 2          informal 1
   * contributing          defined  2           possible 1
   *                       sum     26           sum     19
   * all relevant: / 16    1.625                1.1875
   * documentation and bugs critical (3 each, 14 others 1 each: 20 in all):
   *   ark  26 + 2 * 2 + 2 * 2 = 34, / 20 = 1.7
   *   brig 19 + 2 * 2 + 2 * 1 = 25, / 20 = 1.25
   * legacy: ark (1 + 2 + 0 + 1) / 4 = 1, brig (2 + 1 + 1 + 2) / 4 = 1.5
   * strict, all relevant: ark is out (core team 0), brig is out (copyright 0, roadmap 0): nothing is left.
   * strict, core team ignored: ark stays with 26 / 15; brig is out.
   * strict, bugs critical: brig is out for that as well (1, and 2 is asked for).
   */
  const input = scoreInput(shipped('qsos'), {
    candidates,
    figures: [
      figure('ark', 'age', 2.5),
      figure('brig', 'age', 12),
      figure('ark', 'core-team', 2),
      figure('brig', 'core-team', 7),
      figure('ark', 'releases', 4),
      figure('brig', 'releases', 3),
    ],
    answers: Object.entries({
      trouble: ['overcome', 'none-known'],
      popularity: ['some', 'many'],
      community: ['strong', 'notable'],
      bugs: ['handled', 'slow'],
      features: ['tracked', 'core'],
      copyright: ['spread', 'single'],
      roadmap: ['dated', 'none'],
      management: ['independent', 'single'],
      distribution: ['all', 'all'],
      documentation: ['full', 'full'],
      'quality-assurance': ['automated', 'informal'],
      contributing: ['defined', 'possible'],
    }).flatMap(([question, [ark = '', brig = '']]) => [answer('ark', question, ark), answer('brig', question, brig)]),
  });

  it('loose, all relevant', () => {
    const [first, second] = scoreLayer(input).candidates;
    expect([first.candidate, second.candidate]).toEqual(['ark', 'brig']);
    expect(first.evidence.map(({ score }) => score.low)).toEqual([1, 2, 0, 1, 2, 2, 2, 2, 1, 2, 2, 2, 1, 2, 2, 2]);
    expect(second.evidence.map(({ score }) => score.high)).toEqual([2, 1, 1, 2, 1, 1, 1, 1, 0, 0, 1, 2, 2, 2, 1, 1]);
    expect(first.total.low).toBeCloseTo(1.625, 12);
    expect(first.total.high).toBeCloseTo(1.625, 12);
    expect(second.total.low).toBeCloseTo(1.1875, 12);
    expect(first.groups['legacy']?.low).toBeCloseTo(1, 12);
    expect(second.groups['legacy']?.low).toBeCloseTo(1.5, 12);
    expect([first.rank, second.rank]).toEqual([
      { best: 1, worst: 1 },
      { best: 2, worst: 2 },
    ]);
  });

  it('loose, two criteria critical', () => {
    const { candidates: cards } = scoreLayer({ ...input, weights: { bugs: 'critical', documentation: 'critical' } });
    expect(cards.map(({ total }) => total.low)).toEqual([expect.closeTo(1.7, 12), expect.closeTo(1.25, 12)]);
  });

  it('strict, which may leave nothing', () => {
    const { candidates: cards, robustness } = scoreLayer({ ...input, variant: 'strict' });
    expect(cards.map(({ rank, wins }) => [rank, wins])).toEqual([
      [null, 0],
      [null, 0],
    ]);
    expect(cards.map((one) => one.eliminations.map(({ criterion, sure }) => [criterion, sure]))).toEqual([
      [['core-team', true]],
      [
        ['copyright', true],
        ['roadmap', true],
      ],
    ]);
    expect(robustness.flip).toBeNull();
  });

  it('strict, with one criterion ignored and one critical', () => {
    const weights = { 'core-team': 'ignored', bugs: 'critical' } as const;
    const { candidates: cards } = scoreLayer({ ...input, variant: 'strict', weights });
    expect(cards.map(({ candidate: id, rank }) => [id, rank])).toEqual([
      ['ark', { best: 1, worst: 1 }],
      ['brig', null],
    ]);
    // (26 + 2 * 2) / (14 + 3)
    expect(cards[0].total.low).toBeCloseTo(30 / 17, 12);
    expect(cards[1].eliminations.map(({ criterion, least }) => [criterion, least])).toEqual([
      ['bugs', 2],
      ['copyright', 1],
      ['roadmap', 1],
    ]);
    expect(cards[0].wins).toBe(1);
  });
});

describe('OpenBRR', () => {
  /*
   *                             ark                    brig
   * functionality (25)          95 %    4              80 %    3
   * quality (15)   releases     0       1              6       5
   *                critical bugs 0      5              12      2
   *                assurance    automated 5            informal 3
   *                mean         11 / 3                 10 / 3
   * security (15)  holes        2       4              0       5
   *                process      process 5              none    1
   *                mean         4.5                    3
   * support (15)   professional limited 3              rich    5
   *                messages     200     4              9       1
   *                mean         3.5                    3
   * documentation (10)          full    5              partial 3
   * adoption (10)  books        0       1              3       3
   *                failure costs several 5             few     3
   *                mean         3                      3
   * community (10) contributors 12      3              4       1
   *                community    notable 3              strong  5
   *                mean         3                      3
   * rating
   *   ark  0.25*4 + 0.15*(11/3 + 4.5 + 3.5) + 0.1*(5 + 3 + 3) = 1 + 0.55 + 0.675 + 0.525 + 1.1 = 3.85
   *   brig 0.25*3 + 0.15*(10/3 + 3 + 3)     + 0.1*(3 + 3 + 3) = 0.75 + 0.5 + 0.45 + 0.45 + 0.9 = 3.05
   * The five categories that weigh nothing are not answered, and that must not matter.
   * If brig's functionality is unknown: 1 to 5, so that its rating is 3.05 - 0.5 to 3.05 + 0.5.
   */
  const input = scoreInput(shipped('openbrr'), {
    candidates,
    figures: [
      figure('ark', 'releases', 0),
      figure('brig', 'releases', 6),
      figure('ark', 'contributors', 12),
      figure('brig', 'contributors', 4),
    ],
    answers: Object.entries({
      'function-fit': [95, 80],
      'critical-bugs': [0, 12],
      'quality-assurance': ['automated', 'informal'],
      vulnerabilities: [2, 0],
      'security-process': ['process', 'none'],
      services: ['limited', 'rich'],
      'list-volume': [200, 9],
      documentation: ['full', 'partial'],
      books: [0, 3],
      'critical-use': ['several', 'few'],
      community: ['notable', 'strong'],
    }).flatMap(([question, [ark = '', brig = '']]) => [answer('ark', question, ark), answer('brig', question, brig)]),
  });

  it('by the weights that ship', () => {
    const { candidates: cards, robustness } = scoreLayer(input);
    expect(cards.map(({ candidate: id }) => id)).toEqual(['ark', 'brig']);
    expect(cards.map(({ total }) => total)).toEqual([
      { low: expect.closeTo(3.85, 12), high: expect.closeTo(3.85, 12) },
      { low: expect.closeTo(3.05, 12), high: expect.closeTo(3.05, 12) },
    ]);
    expect(cards[0].groups['quality']?.low).toBeCloseTo(11 / 3, 12);
    expect(cards[1].groups['support']?.low).toBeCloseTo(3, 12);
    expect(robustness.dimensions.map(({ weight }) => weight)).toEqual(
      [0.25, 0.15, 0.15, 0.15, 0.1, 0.1, 0.1].map((weight) => expect.closeTo(weight, 12)),
    );
    // brig is nowhere ahead: no weights have it win.
    expect(robustness.flip).toBeNull();
    expect(cards.map(({ wins }) => wins)).toEqual([1, 0]);
  });

  it('with what most is hung on unknown', () => {
    const answers = input.answers.filter((one) => one.candidate !== 'brig' || one.question !== 'function-fit');
    const [, brig] = scoreLayer({ ...input, answers }).candidates;
    expect(brig.total).toEqual({ low: expect.closeTo(2.55, 12), high: expect.closeTo(3.55, 12) });
  });
});
