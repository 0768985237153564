import type { Candidate } from '../model/candidate.js';
import type { Interval, LazyUserCandidate, LazyUserCard } from '../model/scorecard.js';
import type { LayerNeed, UserState } from '../model/selection.js';
import { believed } from './answers.js';
import type { LazyUserInput } from './input.js';
import { limitsOf, type Costs, type Limit } from './lazy-limits.js';
import { relaxations } from './lazy-relaxation.js';
import { middle } from './player.js';

/** Questions whose answers are the effort. */
const EFFORT_QUESTIONS = { time: 'effort-hours', energy: 'effort-energy', money: 'effort-money' } as const;

const ENERGY: Interval = { low: 1, high: 5 };

type Answered = 'yes' | 'maybe' | 'no';

/** A candidate as it meets a need within a state. */
type Met = Pick<LazyUserCandidate, 'has' | 'lacks' | 'unknown' | 'limits'> & {
  candidate: Candidate;
  costs: Costs;
  need: Answered;
  state: Answered;
};

function costsOf(input: LazyUserInput, candidate: string): Costs {
  const number = (question: string): number | null => {
    const { answer } = believed(input.answers, candidate, question, input.asOf);
    return typeof answer?.answer === 'number' ? answer.answer : null;
  };
  const energy = number(EFFORT_QUESTIONS.energy);
  return {
    time: number(EFFORT_QUESTIONS.time),
    energy: energy === null ? ENERGY : { low: energy, high: energy },
    money: number(EFFORT_QUESTIONS.money),
  };
}

/** Of a need that may be met in part, more than half must be there. */
function met(depth: LayerNeed['depth'], has: number, unknown: number, all: number): Answered {
  const enough = (count: number): boolean => count === all || (depth === 'part' && count * 2 > all);
  if (enough(has)) return 'yes';
  return enough(has + unknown) ? 'maybe' : 'no';
}

function worst(answers: readonly Answered[]): Answered {
  if (answers.includes('no')) return 'no';
  return answers.includes('maybe') ? 'maybe' : 'yes';
}

function allowed(limits: readonly Limit[]): Answered {
  if (limits.some(({ sure }) => sure)) return 'no';
  return limits.length > 0 ? 'maybe' : 'yes';
}

/** Every candidate against a need and a state; what nobody knows is neither yes nor no. */
function meet(input: LazyUserInput, need: LayerNeed, state: UserState): Met[] {
  return input.candidates
    .filter(({ kind }) => kind !== 'suite')
    .map((candidate) => {
      const said = (wanted: boolean | null): string[] =>
        need.capabilities.filter((id) => (candidate.capabilities[id]?.value ?? null) === wanted);
      const [has, lacks, unknown] = [said(true), said(false), said(null)];
      const costs = costsOf(input, candidate.id);
      const limits = limitsOf(candidate, need, state, costs);
      const late = limits.filter(({ constraint }) => constraint === 'urgency');
      const able = met(need.depth, has.length, unknown.length, need.capabilities.length);
      return {
        candidate,
        has,
        lacks,
        unknown,
        limits,
        costs,
        need: worst([able, allowed(late)]),
        state: allowed(limits.filter((limit) => !late.includes(limit))),
      };
    });
}

function isFeasible({ need, state }: Met): Answered {
  return worst([need, state]);
}

function standing(one: Met): LazyUserCandidate['standing'] {
  if (one.need === 'no') return 'out';
  if (one.state === 'no') return one.need === 'yes' ? 'possible' : 'maybe-possible';
  return isFeasible(one) === 'yes' ? 'feasible' : 'maybe-feasible';
}

const exactly = (value: number | null): Interval | null => (value === null ? null : { low: value, high: value });

/** A part of the effort. What isn't known may be nothing or without end; what has no weight doesn't count. */
function part(weight: number, cost: Interval | null): Interval {
  if (weight === 0) return { low: 0, high: 0 };
  return cost === null ? { low: 0, high: Infinity } : { low: weight * cost.low, high: weight * cost.high };
}

/** In hours, or what else the model's weights make of it. */
function effortOf({ time, energy, money }: Costs, weights: NonNullable<LazyUserInput['model']['effort']>): Interval {
  const parts = [part(weights.time, exactly(time)), part(weights.energy, energy), part(weights.money, exactly(money))];
  return parts.reduce((sum, one) => ({ low: sum.low + one.low, high: sum.high + one.high }));
}

interface Weighed {
  one: Met;
  effort: Interval;
}

/** The least effort among those who may be chosen, and whether nothing unknown could make it another. */
function choose(weighed: readonly Weighed[]): LazyUserCard['choice'] {
  const feasible = weighed.filter(({ one }) => isFeasible(one) === 'yes');
  const perhaps = weighed.filter(({ one }) => isFeasible(one) === 'maybe');
  const pool = feasible.length > 0 ? feasible : perhaps;
  const known = pool.filter(({ effort }) => effort.high !== Infinity);
  const [first] = [...(pool.length === 1 ? pool : known)].sort(
    (a, b) => middle(a.effort) - middle(b.effort) || (a.one.candidate.id < b.one.candidate.id ? -1 : 1),
  );
  if (first === undefined) return null;
  const rivals = [...feasible, ...perhaps].filter((other) => other !== first);
  const beaten = rivals.every(({ effort }) => effort.low >= first.effort.high);
  return { candidate: first.one.candidate.id, sure: feasible.includes(first) && beaten };
}

const ORDER: readonly LazyUserCandidate['standing'][] = [
  'chosen',
  'feasible',
  'maybe-feasible',
  'possible',
  'maybe-possible',
  'out',
];

/**
 * The Lazy User Model (Collan and Tétard 2007, 2009): the need says what is possible, the state what of it is feasible, and of
 * that the least effort is chosen. Where nobody is feasible: which single thing, given up, would change that.
 */
export function lazyUser(input: LazyUserInput): LazyUserCard {
  const { layer, asOf, chosen, need, state } = input;
  const weights = input.model.effort ?? { time: 1, energy: 1, money: 1 };
  const weighed = meet(input, need, state).map((one) => ({ one, effort: effortOf(one.costs, weights) }));
  const choice = choose(weighed);
  const candidates = weighed
    .map(({ one, effort }): LazyUserCandidate => {
      const { candidate, has, lacks, unknown, limits, costs } = one;
      const { time, energy, money } = costs;
      return {
        candidate: candidate.id,
        name: candidate.name,
        has,
        lacks,
        unknown,
        limits,
        effort: {
          time: exactly(time),
          energy,
          money: exactly(money),
          total: effort.high === Infinity ? null : effort,
        },
        standing: choice?.candidate === candidate.id ? 'chosen' : standing(one),
      };
    })
    .sort(
      (a, b) =>
        ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing) ||
        (a.effort.total === null ? 1 : 0) - (b.effort.total === null ? 1 : 0) ||
        (a.effort.total && b.effort.total ? middle(a.effort.total) - middle(b.effort.total) : 0) ||
        (a.candidate < b.candidate ? -1 : 1),
    );
  const nobody = weighed.every(({ one }) => one.need === 'no');
  return {
    layer,
    asOf,
    need: { capabilities: need.capabilities, urgency: need.urgency, depth: need.depth },
    chosen,
    candidates,
    choice,
    unmet: nobody ? need.capabilities.filter((id) => candidates.every(({ lacks }) => lacks.includes(id))) : [],
    relaxations: weighed.some(({ one }) => isFeasible(one) === 'yes')
      ? []
      : relaxations(need, state, (eased, within) =>
          meet(input, eased, within).map((one) => ({
            id: one.candidate.id,
            feasible: isFeasible(one),
            costs: one.costs,
          })),
        ),
  };
}
