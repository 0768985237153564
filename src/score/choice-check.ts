import type { CandidateScore, ChoiceCheck, Evidence, Scorecard } from '../model/scorecard.js';
import type { SelectionModel } from '../model/selection-model.js';
import { middle } from './player.js';
import { amount, isKnown, place, spread, valueText, weightsText } from './words.js';

type Best = 'yes' | 'maybe' | 'no';

const MOST_NAMED = 4;
/** A score that moves by less than this share of the range isn't named. */
const LEAST_MOVE = 0.02;

function isBest({ rank }: CandidateScore): Best {
  if (rank === null || rank.best > 1) return 'no';
  return rank.worst > 1 ? 'maybe' : 'yes';
}

function winnerOf(card: Scorecard): CandidateScore | null {
  return card.candidates.find(({ rank }) => rank !== null) ?? null;
}

function side(card: Scorecard, one: CandidateScore): ChoiceCheck['before'] {
  return { asOf: card.asOf, rank: one.rank, winner: winnerOf(card)?.candidate ?? null, wins: one.wins };
}

function stood(card: Scorecard, one: CandidateScore): string {
  const staying = card.candidates.filter(({ rank }) => rank !== null).length;
  const winner = winnerOf(card);
  if (one.rank === null) return `As of ${card.asOf} ${one.name} is out${winner ? `, and ${winner.name} leads` : ''}.`;
  const lead = winner === null || winner === one ? '' : `; ${winner.name} leads`;
  return `As of ${card.asOf} ${one.name} is ${place(one.rank)} of ${staying} (${spread(one.total)}), and wins under ${weightsText(one.wins)}${lead}.`;
}

interface Move {
  text: string;
  size: number;
}

/** How one criterion moved; null: not to speak of. */
function move(title: string, then: Evidence, now: Evidence, range: number): Move | null {
  const [was, is] = [isKnown(then), isKnown(now)];
  if (!was && !is) return null;
  if (was && !is) return { text: `${title} was ${valueText(then.value)} and is unknown now`, size: range };
  if (!was) return { text: `${title} was unknown and is ${valueText(now.value)} now`, size: range };
  const size = middle(now.score) - middle(then.score);
  if (Math.abs(size) < LEAST_MOVE * range) return null;
  const how = size > 0 ? 'better' : 'worse';
  const scores = `${amount(middle(then.score))} to ${amount(middle(now.score))}`;
  return {
    text: `${title} is ${how}: ${valueText(then.value)} then, ${valueText(now.value)} now (score ${scores})`,
    size,
  };
}

/** What moved most, by what it weighs. */
function moves(model: SelectionModel, then: CandidateScore, now: CandidateScore): string[] {
  const [low, high] = model.range;
  const before = new Map(then.evidence.map((one) => [one.criterion, one]));
  return now.evidence
    .flatMap((one) => {
      const earlier = before.get(one.criterion);
      const title = model.criteria.find(({ id }) => id === one.criterion)?.title ?? one.criterion;
      const found = earlier === undefined || one.weight === 0 ? null : move(title, earlier, one, high - low);
      return found === null ? [] : [{ ...found, size: Math.abs(found.size) * one.weight }];
    })
    .sort((a, b) => b.size - a.size)
    .slice(0, MOST_NAMED)
    .map(({ text }) => `${now.name}: ${text}.`);
}

function find(card: Scorecard, id: string | null): CandidateScore | undefined {
  return card.candidates.find(({ candidate }) => candidate === id);
}

const VERDICTS: Record<Best, Record<Best, ChoiceCheck['verdict']>> = {
  yes: { yes: 'holds', maybe: 'undecided', no: 'held' },
  maybe: { yes: 'holds', maybe: 'undecided', no: 'held' },
  no: { yes: 'holds', maybe: 'undecided', no: 'never' },
};

/**
 * Whether the stack's candidate was the one to choose at one time and still is at another, and which criteria moved, its own
 * and those of who leads now. holds: it is the best now; held: it was, or may have been, and is no longer; never: neither;
 * undecided: what is unknown now could go either way. Null: nothing was chosen, or it isn't on both cards.
 */
export function checkChoice(then: Scorecard, now: Scorecard, model: SelectionModel): ChoiceCheck | null {
  const chosen = now.chosen ?? then.chosen;
  const before = find(then, chosen);
  const after = find(now, chosen);
  if (chosen === null || before === undefined || after === undefined) return null;
  const rival = now.candidates.find(({ candidate, rank }) => candidate !== chosen && rank !== null);
  const rivalBefore = find(then, rival?.candidate ?? null);
  const leads = winnerOf(now) === rival && rival !== undefined && rivalBefore !== undefined;
  return {
    model: model.id,
    layer: now.layer,
    chosen,
    before: side(then, before),
    now: side(now, after),
    verdict: VERDICTS[isBest(before)][isBest(after)],
    why: [
      stood(then, before),
      stood(now, after),
      ...moves(model, before, after),
      ...(leads ? moves(model, rivalBefore, rival) : []),
    ],
  };
}
