import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../src/model/candidate.js';
import type { LazyUserCard } from '../../src/model/scorecard.js';
import type { Answer } from '../../src/model/selection.js';
import { lazyUser } from '../../src/score/lazy-user.js';
import { answer, candidate, fact, lazyInput, offers } from './made.js';

const yes = fact(true);
const no = fact(false);

function effort(about: string, hours: number, energy: number, money: number): Answer[] {
  return [
    answer(about, 'effort-hours', hours),
    answer(about, 'effort-energy', energy),
    answer(about, 'effort-money', money),
  ];
}

const ark = candidate('ark', {
  capabilities: { fencing: yes, quorum: yes },
  platforms: fact(['linux']),
  licence: fact('GPL-2.0-only'),
  support: offers(1),
});
const brig = candidate('brig', {
  capabilities: { fencing: yes, quorum: yes },
  platforms: fact(['Linux', 'freebsd']),
  licence: fact('MIT'),
  support: offers(0),
});
const cog = candidate('cog', { capabilities: { fencing: yes, quorum: no }, platforms: fact(['freebsd']) });
const dhow = candidate('dhow', { capabilities: { fencing: yes } });
const all: Candidate[] = [ark, brig, cog, dhow];

const standings = (card: LazyUserCard): Record<string, string> =>
  Object.fromEntries(card.candidates.map((one) => [one.candidate, one.standing]));

const limits = (card: LazyUserCard, id: string): [string, boolean][] =>
  card.candidates.find((one) => one.candidate === id)?.limits.map(({ constraint, sure }) => [constraint, sure]) ?? [];

describe('the need', () => {
  it('makes possible what meets it, and leaves open what nobody knows', () => {
    const card = lazyUser(lazyInput({ candidates: all, need: { capabilities: ['fencing', 'quorum'] } }));
    expect(standings(card)).toEqual({ ark: 'feasible', brig: 'feasible', cog: 'out', dhow: 'maybe-feasible' });
    expect(card.candidates.find((one) => one.candidate === 'dhow')).toMatchObject({
      has: ['fencing'],
      unknown: ['quorum'],
    });
    // Two are feasible, and nobody knows either effort: there is nothing to choose by.
    expect(card.choice).toBeNull();
  });

  it('may be met in part, by more than half of it', () => {
    const capabilities = ['fencing', 'quorum', 'witness'];
    const part = (depth: 'whole' | 'part') =>
      standings(lazyUser(lazyInput({ candidates: all, need: { capabilities, depth } })));
    expect(part('whole')).toMatchObject({ ark: 'maybe-feasible', cog: 'out' });
    expect(part('part')).toEqual({ ark: 'feasible', brig: 'feasible', cog: 'maybe-feasible', dhow: 'maybe-feasible' });
  });

  it('is not met by what comes too late', () => {
    const answers = [answer('ark', 'effort-hours', 41), answer('brig', 'effort-hours', 40)];
    const card = lazyUser(lazyInput({ candidates: [ark, brig, dhow], answers, need: { urgency: 40 } }));
    expect(standings(card)).toEqual({ brig: 'chosen', dhow: 'maybe-feasible', ark: 'out' });
    expect(limits(card, 'ark')).toEqual([['urgency', true]]);
    expect(limits(card, 'dhow')).toEqual([['urgency', false]]);
  });
});

describe('the state', () => {
  it('rules out with a reason each, and never by what is unknown', () => {
    const answers = [...effort('ark', 10, 4, 900), ...effort('brig', 50, 2, 0)];
    const state = { platforms: ['Linux'], hours: 40, money: 500, energy: 3, free: true, support: true };
    const card = lazyUser(lazyInput({ candidates: all, answers, need: { capabilities: ['fencing'] }, state }));
    expect(standings(card)).toEqual({ dhow: 'chosen', ark: 'possible', brig: 'possible', cog: 'possible' });
    expect(card.choice).toEqual({ candidate: 'dhow', sure: false });
    expect(limits(card, 'ark')).toEqual([
      ['money', true],
      ['energy', true],
    ]);
    expect(limits(card, 'brig')).toEqual([
      ['hours', true],
      ['support', true],
    ]);
    expect(limits(card, 'cog')).toEqual([
      ['hours', false],
      ['money', false],
      ['energy', false],
      ['platforms', true],
      ['free', false],
      ['support', false],
    ]);
    expect(limits(card, 'dhow').every(([, sure]) => !sure)).toBe(true);
  });

  it('asks for a free licence, and a proprietary one is none', () => {
    const closed = candidate('closed', { licence: fact('LicenseRef-proprietary') });
    const card = lazyUser(lazyInput({ candidates: [ark, closed], state: { free: true } }));
    expect(standings(card)).toEqual({ ark: 'chosen', closed: 'possible' });
  });
});

describe('the effort', () => {
  // time 1 an hour, energy 8 a point, money 0.02 a unit: ark 20 + 16 + 20 = 56, brig 40 + 8 + 0 = 48
  const answers = [...effort('ark', 20, 2, 1000), ...effort('brig', 40, 1, 0)];

  it('is least for the choice', () => {
    const card = lazyUser(lazyInput({ candidates: [ark, brig], answers }));
    expect(card.choice).toEqual({ candidate: 'brig', sure: true });
    expect(card.candidates.map(({ effort: { total } }) => total)).toEqual([
      { low: 48, high: 48 },
      { low: 56, high: 56 },
    ]);
  });

  it('is no surer than what is known of the others', () => {
    // cog: 100 hours at least, whatever the rest is: it can't be less. dhow: nobody knows.
    const long = [...answers, answer('cog', 'effort-hours', 100)];
    expect(lazyUser(lazyInput({ candidates: [ark, brig, cog], answers: long })).choice).toEqual({
      candidate: 'brig',
      sure: true,
    });
    expect(lazyUser(lazyInput({ candidates: [ark, brig, dhow], answers })).choice).toEqual({
      candidate: 'brig',
      sure: false,
    });
  });

  it('lies between two ends where only the energy is unknown', () => {
    const known = [answer('ark', 'effort-hours', 20), answer('ark', 'effort-money', 0)];
    const card = lazyUser(lazyInput({ candidates: [ark], answers: known }));
    expect(card.candidates[0].effort).toEqual({
      time: { low: 20, high: 20 },
      energy: { low: 1, high: 5 },
      money: { low: 0, high: 0 },
      total: { low: 28, high: 60 },
    });
    expect(card.choice).toEqual({ candidate: 'ark', sure: true });
    // brig's 46 lies between: ark's middle is 44, but it may turn out to be more.
    const close = lazyUser(lazyInput({ candidates: [ark, brig], answers: [...known, ...effort('brig', 38, 1, 0)] }));
    expect(close.choice).toEqual({ candidate: 'ark', sure: false });
  });

  it('of an answer that has expired is unknown', () => {
    const old = [answer('ark', 'effort-hours', 20, { expires: '2024-01-01', date: '2023-01-01' })];
    expect(lazyUser(lazyInput({ candidates: [ark], answers: old })).candidates[0].effort).toMatchObject({
      time: null,
      total: null,
    });
  });
});

describe('an empty set', () => {
  it('says which capability nobody has', () => {
    const bare = [ark, brig].map((one) => ({ ...one, capabilities: { ...one.capabilities, witness: no } }));
    const card = lazyUser(lazyInput({ candidates: bare, need: { capabilities: ['quorum', 'witness'] } }));
    expect(card.unmet).toEqual(['witness']);
    expect(card.choice).toBeNull();
    expect(card.relaxations).toEqual([
      { constraint: 'witness', text: "if witness isn't asked for", candidates: ['ark', 'brig'], sure: true },
    ]);
  });

  it('says which one thing, given up, brings whom back', () => {
    const answers = [...effort('ark', 60, 2, 0), ...effort('brig', 30, 2, 0), ...effort('cog', 10, 1, 0)];
    const state = { platforms: ['linux'], hours: 40, support: true };
    const need = { capabilities: ['fencing', 'quorum'] };
    const card = lazyUser(lazyInput({ candidates: [ark, brig, cog], answers, need, state }));
    expect(standings(card)).toEqual({ ark: 'possible', brig: 'possible', cog: 'out' });
    expect(card.unmet).toEqual([]);
    // ark lacks the hours only, brig the support only; cog lacks quorum and the platform, so that no one thing helps.
    expect(card.relaxations).toEqual([
      { constraint: 'hours', text: 'if there are more than 40 hours of work (60)', candidates: ['ark'], sure: true },
      { constraint: 'support', text: 'if support need not be on offer', candidates: ['brig'], sure: true },
    ]);
  });

  it('promises nothing of what is unknown', () => {
    const card = lazyUser(
      lazyInput({ candidates: [cog, dhow], need: { capabilities: ['quorum'] }, state: { platforms: ['linux'] } }),
    );
    expect(standings(card)).toEqual({ dhow: 'chosen', cog: 'out' });
    expect(card.choice).toEqual({ candidate: 'dhow', sure: false });
    expect(card.relaxations).toEqual([]);
    const wider = lazyUser(lazyInput({ candidates: [dhow], need: { capabilities: ['quorum'] } }));
    expect(wider.relaxations).toEqual([
      { constraint: 'quorum', text: "if quorum isn't asked for", candidates: ['dhow'], sure: true },
    ]);
  });

  it('of no candidates at all is no error', () => {
    const card = lazyUser(lazyInput({ candidates: [], need: { capabilities: ['quorum'] } }));
    expect(card).toMatchObject({ candidates: [], choice: null, relaxations: [] });
  });
});
