import type { LazyUserCandidate, LazyUserCard } from '../model/scorecard.js';
import { amount, list, spread } from './words.js';

function need({ need: { capabilities, depth } }: LazyUserCard, one: LazyUserCandidate): string[] {
  if (capabilities.length === 0) return ['The need names no capabilities, so that anything is possible.'];
  const part = depth === 'part' ? 'more than half of' : 'all of';
  return [
    `The need asks for ${part} ${list(capabilities)}.`,
    ...(one.has.length > 0 ? [`It has ${list(one.has)}.`] : []),
    ...(one.lacks.length > 0 ? [`It lacks ${list(one.lacks)}.`] : []),
    ...(one.unknown.length > 0 ? [`Nobody knows whether it has ${list(one.unknown, 'or')}.`] : []),
  ];
}

function effort({ effort: { time, energy, money, total } }: LazyUserCandidate): string {
  const parts = [
    time === null ? 'time unknown' : `${spread(time)} hours`,
    energy === null || energy.low !== energy.high ? 'energy unknown' : `energy ${amount(energy.low)} of 5`,
    money === null ? 'money unknown' : `money ${spread(money)} a year`,
  ];
  return `Its effort: ${list(parts)}${total === null ? '; nobody can say what that adds up to' : `; ${spread(total)} in all`}.`;
}

const STANDING: Record<LazyUserCandidate['standing'], string> = {
  chosen: 'is the choice of the least effort',
  feasible: 'is feasible, but not the least effort that is known',
  'maybe-feasible': 'may be feasible: it hangs on what is unknown',
  possible: 'meets the need, but is not feasible',
  'maybe-possible': 'may meet the need, but is not feasible',
  out: 'does not meet the need',
};

/** One candidate's way through the Lazy User Model in plain words, made safe for nothing. Empty: it isn't on the card. */
export function explainLazy(card: LazyUserCard, candidate: string): string[] {
  const one = card.candidates.find((found) => found.candidate === candidate);
  if (one === undefined) return [];
  const back = card.relaxations.filter(({ candidates }) => candidates.includes(candidate));
  const shaky =
    one.standing === 'chosen' && card.choice?.sure === false ? ' (something unknown could change that)' : '';
  return [
    `${one.name} ${STANDING[one.standing]} in ${card.layer}, as of ${card.asOf}${shaky}.`,
    ...need(card, one),
    ...one.limits.map(({ text, sure }) => (sure ? `It is out because ${text}.` : `It may be out: ${text}.`)),
    effort(one),
    ...back.map(({ text, sure }) => `It ${sure ? 'would be' : 'may be'} feasible ${text}.`),
  ];
}
