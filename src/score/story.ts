import type { CandidateScore, DecidingUnknown, Evidence, Scorecard, WeightFlip } from '../model/scorecard.js';
import type { SelectionModel } from '../model/selection-model.js';
import { leastMove } from './flip.js';
import { middle } from './player.js';
import { amount, isKnown, list, percent, place, spread, valueText, weightsText } from './words.js';

export { explainLazy } from './lazy-story.js';

const MOST_NAMED = 3;

interface Told {
  card: Scorecard;
  model: SelectionModel;
  one: CandidateScore;
}

function titleOf(model: SelectionModel, id: string): string {
  return [...model.groups, ...model.criteria].find((one) => one.id === id)?.title ?? id;
}

function nameOf(card: Scorecard, id: string): string {
  return card.candidates.find(({ candidate }) => candidate === id)?.name ?? id;
}

function standing({ card, model, one }: Told): string[] {
  const ranked = card.candidates.filter(({ rank }) => rank !== null).length;
  const scored = `${spread(one.total)} on a scale of ${amount(model.range[0])} to ${amount(model.range[1])}`;
  const by = `(${model.title}; as of ${card.asOf})`;
  if (one.rank === null) return [`${one.name} is out ${by}; its score would be ${scored}.`];
  if (card.candidates.length === 1) return [`${one.name} is the only candidate in ${card.layer} ${by}: ${scored}.`];
  return [`${one.name} is ${place(one.rank)} of ${ranked} in ${card.layer} ${by}: ${scored}.`];
}

function eliminations({ model, one }: Told): string[] {
  return one.eliminations.map(({ criterion, least, score, sure }) => {
    const asked = `${titleOf(model, criterion)} must have at least ${amount(least)}`;
    return sure
      ? `It is out: ${asked}, and has ${spread(score)}.`
      : `It may yet be out: ${asked}, and has ${spread(score)}.`;
  });
}

/** Known criteria that make most of the score, and those that cost most. Where in the range a score lies: 0 to 1. */
function pillars({ model, one }: Told): string[] {
  const [low, high] = model.range;
  const known = one.evidence
    .filter((evidence) => isKnown(evidence) && evidence.weight > 0)
    .map((evidence) => {
      const share = (evidence.score.low - low) / (high - low);
      return { evidence, share, weight: evidence.weight };
    });
  const said = ({ evidence }: { evidence: Evidence }): string =>
    `${titleOf(model, evidence.criterion)} (${valueText(evidence.value)}: ${spread(evidence.score)})`;
  const best = known
    .filter(({ share }) => share > 0.5)
    .sort((a, b) => b.share * b.weight - a.share * a.weight)
    .slice(0, MOST_NAMED);
  const worst = known
    .filter(({ share }) => share <= 0.5)
    .sort((a, b) => (1 - b.share) * b.weight - (1 - a.share) * a.weight)
    .slice(0, MOST_NAMED);
  return [
    ...(best.length > 0 ? [`What carries it: ${list(best.map(said))}.`] : ['Nothing that is known carries it.']),
    ...(worst.length > 0 ? [`What holds it back: ${list(worst.map(said))}.`] : []),
  ];
}

function unknowns({ card, model, one }: Told): string[] {
  const open = one.evidence
    .filter((evidence) => !isKnown(evidence))
    .map((evidence) => ({
      evidence,
      worth: (evidence.score.high - evidence.score.low) * evidence.weight,
    }))
    .filter(({ worth }) => worth > 0)
    .sort((a, b) => b.worth - a.worth);
  if (open.length === 0) return ['Nothing that counts is unknown.'];
  const title = ({ evidence }: { evidence: Evidence }): string => titleOf(model, evidence.criterion);
  const named = open.slice(0, MOST_NAMED).map((found) => `${title(found)} (worth up to ${amount(found.worth)})`);
  const more = open.length > MOST_NAMED ? `, and ${open.length - MOST_NAMED} more` : '';
  const expired = open.filter(({ evidence }) => evidence.state === 'expired').map(title);
  return [
    `What is unknown: ${more === '' ? list(named) : named.join(', ')}${more}.`,
    ...(expired.length > 0 ? [`Answered once, but the answer has expired: ${list(expired)}.`] : []),
    ...(one.project === null && open.some(({ evidence }) => evidence.state === 'not-collected')
      ? ['Its repository is not in the store: nothing that is measured is known.']
      : []),
    ...card.robustness.deciding
      .filter(({ candidate }) => candidate === one.candidate)
      .map((found) => decides(card, model, found)),
  ];
}

function decides(card: Scorecard, model: SelectionModel, { criterion, atWorst, atBest }: DecidingUnknown): string {
  const [worst, best] = [nameOf(card, atWorst), nameOf(card, atBest)];
  return `${titleOf(model, criterion)} would decide the first place: at its worst ${worst} wins, at its best ${best}.`;
}

function moved(model: SelectionModel, flip: Omit<WeightFlip, 'candidate'>): string {
  const moves = flip.moves.map(
    ({ dimension, from, to }) => `${titleOf(model, dimension)} from ${percent(from)} to ${percent(to)}`,
  );
  return `${percent(flip.distance)} of the weight moved (${moves.join(', ')})`;
}

/** Scores of the dimensions, unknowns in the middle. */
function dimensionScores(card: Scorecard, { groups, evidence }: CandidateScore): number[] {
  return card.robustness.dimensions.map(({ id }) => {
    const score = groups[id] ?? evidence.find(({ criterion }) => criterion === id)?.score;
    return score === undefined ? 0 : middle(score);
  });
}

function underWeights({ card, model, one }: Told): string[] {
  const [winner, second] = card.candidates.filter(({ rank }) => rank !== null);
  if (one.rank === null || winner === undefined || second === undefined) return [];
  const certain = one.winsSurely === one.winsPossibly;
  const bounds = `${weightsText(one.winsSurely)} whatever the unknowns turn out to be, and at most under ${weightsText(one.winsPossibly)}`;
  const share = `It wins under ${weightsText(one.wins)}${certain ? '' : ` (under ${bounds})`}.`;
  const between = card.candidates.some(({ total }) => total.low < total.high) ? ', unknowns in the middle' : '';
  if (winner === one) {
    const { flip } = card.robustness;
    if (flip === null) return [share, `No other weights have another candidate ahead of it${between}.`];
    if (flip.moves.length === 0) return [share, `${nameOf(card, flip.candidate)} is level with it${between}.`];
    const name = nameOf(card, flip.candidate);
    return [share, `It would lose the first place to ${name} if more than ${moved(model, flip)}${between}.`];
  }
  const own = dimensionScores(card, one);
  const first = dimensionScores(card, winner);
  const move = leastMove(
    card.robustness.dimensions,
    own.map((score, d) => score - first[d]),
  );
  if (move === null)
    return [share, `No weights have it ahead of ${winner.name}, which is nowhere behind it${between}.`];
  if (move.moves.length === 0) return [share, `It is level with ${winner.name}${between}.`];
  return [share, `It would be ahead of ${winner.name} if more than ${moved(model, move)}${between}.`];
}

/**
 * One candidate's story in plain words: where it stands, what carries it, what holds it back, what is unknown and would matter,
 * and under which weights it would win or lose. Names and answers in it have not been made safe. Empty: it isn't on the card.
 */
export function explain(card: Scorecard, model: SelectionModel, candidate: string): string[] {
  const one = card.candidates.find((found) => found.candidate === candidate);
  if (one === undefined) return [];
  const told: Told = { card, model, one };
  return [standing, eliminations, pillars, unknowns, underWeights].flatMap((part) => part(told));
}
