import { describe, expect, it } from 'vitest';
import { checkChoice } from '../../src/score/choice-check.js';
import { scoreLayer } from '../../src/score/layer.js';
import { lazyUser } from '../../src/score/lazy-user.js';
import { explain, explainLazy } from '../../src/score/story.js';
import { answer, answered, candidate, fact, lazyInput, plainModel } from './made.js';

const model = plainModel({ a: { x: 1 }, b: { y: 1 } });

describe("a candidate's story", () => {
  it('of the winner: what carries it, what holds it back, and what would take the first place away', () => {
    const card = scoreLayer(answered(model, { ark: { x: 8, y: 2 }, brig: { x: 4, y: 5 } }));
    expect(explain(card, model, 'ark')).toEqual([
      'Ark is first of 2 in storage (Plain; as of 2024-06-30): 5 on a scale of 0 to 10.',
      'What carries it: The x (8: 8).',
      'What holds it back: The y (2: 2).',
      'Nothing that counts is unknown.',
      'It wins under 57 % of all weights.',
      'It would lose the first place to Brig if more than 7 % of the weight moved (The a from 50 % to 43 %, The b from 50 % to 57 %).',
    ]);
  });

  it('of another: what it would take to be ahead', () => {
    const card = scoreLayer(answered(model, { ark: { x: 8, y: 2 }, brig: { x: 4, y: 5 }, cog: { x: 3, y: 1 } }));
    expect(explain(card, model, 'brig').at(-1)).toBe(
      'It would be ahead of Ark if more than 7 % of the weight moved (The a from 50 % to 43 %, The b from 50 % to 57 %).',
    );
    expect(explain(card, model, 'cog').slice(1)).toEqual([
      'Nothing that is known carries it.',
      'What holds it back: The y (1: 1) and The x (3: 3).',
      'Nothing that counts is unknown.',
      'It wins under no weights.',
      'No weights have it ahead of Ark, which is nowhere behind it.',
    ]);
  });

  it('of what is unknown, and would decide', () => {
    const input = answered(model, { ark: { x: 8, y: null }, brig: { x: 4, y: 9 } });
    const old = answer('ark', 'y', 9, { date: '2020-01-01', expires: '2021-01-01' });
    const story = explain(scoreLayer({ ...input, answers: [...input.answers, old] }), model, 'ark');
    expect(story).toContain('What is unknown: The y (worth up to 5).');
    expect(story).toContain('Answered once, but the answer has expired: The y.');
    expect(story).toContain('The y would decide the first place (at its worst Brig wins, at its best Ark).');
    expect(story.find((line) => line.startsWith('It wins'))).toMatch(
      /^It wins under \d+ % of all weights \(\d+ % for sure, 100 % if all that is unknown turns out well for it\)\.$/,
    );
  });

  it('names together what would decide it the same way', () => {
    const wide = plainModel({ a: { x: 1, v: 1, w: 1, u: 1 }, b: { y: 1 } });
    const card = scoreLayer(
      answered(wide, {
        ark: { x: null, v: null, w: null, u: null, y: 5 },
        brig: { x: 5, v: 5, w: 5, u: 5, y: 5 },
      }),
    );
    expect(explain(card, wide, 'ark')).toContain(
      'Each of these alone would decide the first place (at its worst Brig wins, at its best Ark): The x, The v, The w and 1 more.',
    );
  });

  it('of one that is put out', () => {
    const strict = plainModel({ a: { x: 1 } }, { variants: ['strict'], least: { critical: 8, relevant: 4 } });
    const hard = { ...strict, criteria: strict.criteria.map((one) => ({ ...one, importance: 'critical' as const })) };
    const card = scoreLayer(answered(hard, { ark: { x: 7 }, brig: { x: 9 }, cog: { x: null } }, { variant: 'strict' }));
    expect(explain(card, hard, 'ark').slice(0, 2)).toEqual([
      'Ark is out (Plain; as of 2024-06-30); its score would be 7 on a scale of 0 to 10.',
      'It is out for: The x (7, and at least 8 is asked for).',
    ]);
    expect(explain(card, hard, 'cog')).toContain('It may yet be out for what is not known well enough: The x.');
  });

  it('of nobody on the card is empty', () => {
    expect(explain(scoreLayer(answered(model, { ark: { x: 1, y: 1 } })), model, 'nope')).toEqual([]);
  });
});

it('tells the way through the Lazy User Model', () => {
  const ark = candidate('ark', { capabilities: { fencing: fact(true), quorum: fact(false) } });
  const answers = [answer('ark', 'effort-hours', 60)];
  const need = { capabilities: ['fencing', 'quorum'], depth: 'part' as const };
  const card = lazyUser(lazyInput({ candidates: [ark], answers, need, state: { hours: 40 } }));
  expect(explainLazy(card, 'ark')).toEqual([
    'Ark does not meet the need in storage, as of 2024-06-30.',
    'The need asks for more than half of fencing and quorum.',
    'It has fencing.',
    'It lacks quorum.',
    'It is out because it takes 60 hours, and there are 40.',
    'Its effort: 60 hours, energy unknown and money unknown; nobody can say what that adds up to.',
  ]);
  const alone = lazyUser(
    lazyInput({ candidates: [ark], answers, need: { capabilities: ['fencing'] }, state: { hours: 40 } }),
  );
  expect(explainLazy(alone, 'ark').at(0)).toBe('Ark meets the need, but is not feasible in storage, as of 2024-06-30.');
  expect(explainLazy(alone, 'ark').at(-1)).toBe('It would be feasible if there are more than 40 hours of work (60).');
});

describe('a choice', () => {
  const card = (rows: Parameters<typeof answered>[1], asOf: string) => {
    const input = answered(model, rows, { chosen: 'ark', asOf });
    return scoreLayer({ ...input, answers: input.answers.map((one) => ({ ...one, date: asOf })) });
  };
  const then = card({ ark: { x: 8, y: 8 }, brig: { x: 6, y: 6 } }, '2014-12-31');

  it('holds', () => {
    const now = card({ ark: { x: 8, y: 7 }, brig: { x: 6, y: 6 } }, '2024-06-30');
    expect(checkChoice(then, now, model)).toEqual({
      model: 'plain',
      layer: 'storage',
      chosen: 'ark',
      before: { asOf: '2014-12-31', rank: { best: 1, worst: 1 }, winner: 'ark', wins: 1 },
      now: { asOf: '2024-06-30', rank: { best: 1, worst: 1 }, winner: 'ark', wins: 1 },
      verdict: 'holds',
      why: [
        'As of 2014-12-31 Ark is first of 2 (8), and wins under all weights.',
        'As of 2024-06-30 Ark is first of 2 (7.5), and wins under all weights.',
        'Ark: The y is worse: 8 then, 7 now (score 8 to 7).',
      ],
    });
  });

  it('held, and why it no longer does', () => {
    const now = card({ ark: { x: 8, y: 1 }, brig: { x: 6, y: 9 } }, '2024-06-30');
    const check = checkChoice(then, now, model);
    expect(check?.verdict).toBe('held');
    expect(check?.why.slice(1)).toEqual([
      'As of 2024-06-30 Ark is second of 2 (4.5), and wins under 20 % of all weights; Brig leads.',
      'Ark: The y is worse: 8 then, 1 now (score 8 to 1).',
      'Brig: The y is better: 6 then, 9 now (score 6 to 9).',
    ]);
  });

  it('is undecided where an unknown could go either way', () => {
    const now = card({ ark: { x: 8, y: null }, brig: { x: 6, y: 6 } }, '2024-06-30');
    const check = checkChoice(then, now, model);
    expect(check?.verdict).toBe('undecided');
    expect(check?.why).toContain('Ark: The y was 8 and is unknown now.');
  });

  it('never did, or is none', () => {
    const behind = card({ ark: { x: 1, y: 1 }, brig: { x: 6, y: 6 } }, '2014-12-31');
    expect(checkChoice(behind, { ...behind, asOf: '2024-06-30' }, model)?.verdict).toBe('never');
    expect(checkChoice({ ...then, chosen: null }, { ...then, chosen: null }, model)).toBeNull();
    expect(checkChoice({ ...then, chosen: 'nope' }, { ...then, chosen: null }, model)).toBeNull();
  });
});
