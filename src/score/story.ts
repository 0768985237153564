import type {
  CandidateScore,
  DecidingUnknown,
  Elimination,
  Evidence,
  Scorecard,
  WeightFlip,
} from '../model/scorecard.js';
import type { SelectionModel } from '../model/selection-model.js';
import { leastMove } from './flip.js';
import { middle } from './player.js';
import { amount, isKnown, list, percent, place, some, spread, valueText, weightsText } from './words.js';

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
  const sure = one.eliminations.filter((found) => found.sure);
  const perhaps = one.eliminations.filter((found) => !found.sure);
  const short = ({ criterion, least, score }: Elimination): string =>
    `${titleOf(model, criterion)} (${spread(score)}, and at least ${amount(least)} is asked for)`;
  return [
    ...(sure.length > 0 ? [`It is out for: ${list(sure.map(short))}.`] : []),
    ...(perhaps.length > 0
      ? [
          `It may yet be out for what is not known well enough: ${some(
            perhaps.map((found) => titleOf(model, found.criterion)),
            MOST_NAMED,
          )}.`,
        ]
      : []),
  ];
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
  const named = open.map((found) => `${title(found)} (worth up to ${amount(found.worth)})`);
  const expired = open.filter(({ evidence }) => evidence.state === 'expired').map(title);
  const uncollected = open.some(({ evidence }) => evidence.state === 'not-collected');
  return [
    `What is unknown: ${some(named, MOST_NAMED)}.`,
    ...(expired.length > 0 ? [`Answered once, but the answer has expired: ${list(expired)}.`] : []),
    ...(uncollected ? ['Its repository is not in the store: nothing that is measured is known.'] : []),
    ...decides({ card, model, one }),
  ];
}

/** Unknowns of its own on which the first place hangs, together where the same two would win. */
function decides({ card, model, one }: Told): string[] {
  const own = card.robustness.deciding.filter(({ candidate }) => candidate === one.candidate);
  const outcome = ({ atWorst, atBest }: DecidingUnknown): string =>
    `at its worst ${nameOf(card, atWorst)} wins, at its best ${nameOf(card, atBest)}`;
  return [...new Set(own.map(outcome))].map((end) => {
    const titles = own.filter((found) => outcome(found) === end).map(({ criterion }) => titleOf(model, criterion));
    const what = titles.length === 1 ? `${titles[0]} would` : 'Each of these alone would';
    const which = titles.length === 1 ? '' : `: ${some(titles, MOST_NAMED)}`;
    return `${what} decide the first place (${end})${which}.`;
  });
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
  const bounds = `${percent(one.winsSurely)} for sure, ${percent(one.winsPossibly)} if all that is unknown turns out well for it`;
  const share = `It wins under ${weightsText(one.wins)}${certain ? '' : ` (${bounds})`}.`;
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
