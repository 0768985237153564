import type { LazyUserCard } from '../model/scorecard.js';
import type { LayerNeed, UserState } from '../model/selection.js';
import type { Costs } from './lazy-limits.js';

type Relaxation = LazyUserCard['relaxations'][number];

interface Tried {
  id: string;
  feasible: 'yes' | 'maybe' | 'no';
  costs: Costs;
}

interface Easing {
  constraint: string;
  need: LayerNeed;
  state: UserState;
  /** What is given up, in words; `cost`: the least that somebody who comes back needs, where it is an amount. */
  text: (cost: number | null) => string;
  cost?: (costs: Costs) => number | null;
}

interface AmountEasing {
  constraint: 'urgency' | 'hours' | 'money' | 'energy';
  text: (limit: number) => string;
  cost: (costs: Costs) => number | null;
}

const AMOUNTS: readonly AmountEasing[] = [
  {
    constraint: 'urgency',
    text: (limit) => `if it may take longer than ${limit} hours of work`,
    cost: ({ time }) => time,
  },
  { constraint: 'hours', text: (limit) => `if there are more than ${limit} hours of work`, cost: ({ time }) => time },
  { constraint: 'money', text: (limit) => `if there is more money than ${limit} a year`, cost: ({ money }) => money },
  {
    constraint: 'energy',
    text: (limit) => `if there is more energy than ${limit} of 5`,
    cost: ({ energy: { low, high } }) => (low === high ? low : null),
  },
];

function amountEasings(need: LayerNeed, state: UserState): Easing[] {
  return AMOUNTS.flatMap(({ constraint, text, cost }): Easing[] => {
    const limit = constraint === 'urgency' ? need.urgency : state[constraint];
    if (limit === null) return [];
    const eased =
      constraint === 'urgency'
        ? { need: { ...need, urgency: null }, state }
        : { need, state: { ...state, [constraint]: null } };
    const said = (least: number | null): string => (least === null ? text(limit) : `${text(limit)} (${least})`);
    return [{ constraint, ...eased, text: said, cost }];
  });
}

function easings(need: LayerNeed, state: UserState): Easing[] {
  return [
    ...need.capabilities.map((id) => ({
      constraint: id,
      need: { ...need, capabilities: need.capabilities.filter((other) => other !== id) },
      state,
      text: () => `if ${id} isn't asked for`,
    })),
    ...(need.depth === 'whole' && need.capabilities.length > 1
      ? [
          {
            constraint: 'depth',
            need: { ...need, depth: 'part' as const },
            state,
            text: () => 'if more than half of the need will do',
          },
        ]
      : []),
    ...amountEasings(need, state),
    ...(state.platforms.length > 0
      ? [
          {
            constraint: 'platforms',
            need,
            state: { ...state, platforms: [] },
            text: () => `if other platforms than ${state.platforms.join(' or ')} will do`,
          },
        ]
      : []),
    ...(state.free
      ? [{ constraint: 'free', need, state: { ...state, free: false }, text: () => 'if the licence need not be free' }]
      : []),
    ...(state.support
      ? [
          {
            constraint: 'support',
            need,
            state: { ...state, support: false },
            text: () => 'if support need not be on offer',
          },
        ]
      : []),
  ];
}

/** For each single thing given up: who is feasible then, and who may be. Whom nothing held back before isn't brought back. */
export function relaxations(
  need: LayerNeed,
  state: UserState,
  tried: (need: LayerNeed, state: UserState) => Tried[],
): Relaxation[] {
  const before = new Map(tried(need, state).map((one) => [one.id, one.feasible]));
  return easings(need, state).flatMap((easing): Relaxation[] => {
    const after = tried(easing.need, easing.state);
    const back = (feasible: 'yes' | 'maybe'): Tried[] =>
      after.filter((one) => one.feasible === feasible && before.get(one.id) !== feasible);
    return (['yes', 'maybe'] as const).flatMap((feasible): Relaxation[] => {
      const found = back(feasible);
      if (found.length === 0) return [];
      const costs = found.flatMap(({ costs }) => easing.cost?.(costs) ?? []);
      const least = costs.length > 0 ? Math.min(...costs) : null;
      const candidates = found.map(({ id }) => id);
      return [{ constraint: easing.constraint, text: easing.text(least), candidates, sure: feasible === 'yes' }];
    });
  });
}
