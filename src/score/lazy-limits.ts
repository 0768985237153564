import type { Candidate } from '../model/candidate.js';
import type { Interval, LazyUserCandidate } from '../model/scorecard.js';
import type { LayerNeed, UserState } from '../model/selection.js';
import { licenceClass } from './licence.js';

export type Limit = LazyUserCandidate['limits'][number];

/** What a solution costs, where it is known. Energy lies between 1 and 5 whatever happens. */
export interface Costs {
  time: number | null;
  energy: Interval;
  money: number | null;
}

/** Over, not over, or nobody knows. */
function over(limit: number, cost: Interval | number | null): 'yes' | 'no' | 'unknown' {
  if (cost === null) return 'unknown';
  const { low, high } = typeof cost === 'number' ? { low: cost, high: cost } : cost;
  if (low > limit) return 'yes';
  return high > limit ? 'unknown' : 'no';
}

interface Amount {
  constraint: 'urgency' | 'hours' | 'money' | 'energy';
  limit: number | null;
  cost: Interval | number | null;
  /** What is said when it is over, and when that isn't known. */
  over: (cost: string, limit: number) => string;
  unknown: (limit: number) => string;
}

function amounts(need: LayerNeed, state: UserState, { time, energy, money }: Costs): Amount[] {
  return [
    {
      constraint: 'urgency',
      limit: need.urgency,
      cost: time,
      over: (cost, limit) => `it is needed within ${limit} hours of work and takes ${cost}`,
      unknown: (limit) => `nobody knows whether it is there within ${limit} hours of work`,
    },
    {
      constraint: 'hours',
      limit: state.hours,
      cost: time,
      over: (cost, limit) => `it takes ${cost} hours, and there are ${limit}`,
      unknown: (limit) => `nobody knows whether ${limit} hours are enough`,
    },
    {
      constraint: 'money',
      limit: state.money,
      cost: money,
      over: (cost, limit) => `it costs ${cost} a year, and there is ${limit}`,
      unknown: (limit) => `nobody knows whether ${limit} a year is enough`,
    },
    {
      constraint: 'energy',
      limit: state.energy,
      cost: energy,
      over: (cost, limit) => `it asks for ${cost} of 5 in energy, and ${limit} is all there is`,
      unknown: (limit) => `nobody knows whether an energy of ${limit} of 5 is enough`,
    },
  ];
}

function amountLimits(all: readonly Amount[]): Limit[] {
  return all.flatMap(({ constraint, limit, cost, over: sure, unknown }): Limit[] => {
    if (limit === null) return [];
    const verdict = over(limit, cost);
    if (verdict === 'no') return [];
    if (verdict === 'unknown') return [{ constraint, text: unknown(limit), sure: false }];
    return [{ constraint, text: sure(String(typeof cost === 'number' ? cost : cost?.low), limit), sure: true }];
  });
}

function platformLimit(candidate: Candidate, platforms: readonly string[]): Limit[] {
  if (platforms.length === 0) return [];
  const wanted = new Set(platforms.map((one) => one.toLowerCase()));
  const known = candidate.platforms.value;
  if (known === null) return [{ constraint: 'platforms', text: 'nobody knows what it runs on', sure: false }];
  if (known.some((one) => wanted.has(one.toLowerCase()))) return [];
  const text = `it runs on ${known.join(', ') || 'nothing named'}, not on ${platforms.join(' or ')}`;
  return [{ constraint: 'platforms', text, sure: true }];
}

function licenceLimit({ licence }: Candidate, free: boolean): Limit[] {
  if (!free) return [];
  const found = licence.value === null ? null : licenceClass(licence.value);
  if (found === null) return [{ constraint: 'free', text: 'nobody knows whether its licence is free', sure: false }];
  return found === 'proprietary' ? [{ constraint: 'free', text: `its licence is ${licence.value}`, sure: true }] : [];
}

function supportLimit({ support }: Candidate, wanted: boolean): Limit[] {
  if (!wanted) return [];
  if (support.value === null) {
    return [{ constraint: 'support', text: 'nobody knows whether there is support on offer', sure: false }];
  }
  return support.value.length > 0 ? [] : [{ constraint: 'support', text: 'nobody offers support for it', sure: true }];
}

/** What of the need's urgency and of the state keeps a candidate out, for sure or perhaps. The location limits nothing. */
export function limitsOf(candidate: Candidate, need: LayerNeed, state: UserState, costs: Costs): Limit[] {
  return [
    ...amountLimits(amounts(need, state, costs)),
    ...platformLimit(candidate, state.platforms),
    ...licenceLimit(candidate, state.free),
    ...supportLimit(candidate, state.support),
  ];
}
