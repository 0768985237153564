import type { Judgement } from '../model/judgement.js';
import type {
  CandidateScore,
  ChoiceCheck,
  Evidence,
  Interval,
  LazyUserCandidate,
  LazyUserCard,
  Robustness,
  Scorecard,
} from '../model/scorecard.js';
import type { Criterion, CriterionInput, SelectionModel } from '../model/selection-model.js';
import { visibleLine } from '../model/text.js';
import { count, list, longDay, number, UNKNOWN } from './figure-text.js';

type Rank = CandidateScore['rank'];

/** `1`, `1–3`, or `out`. */
export function placeText(rank: Rank): string {
  if (rank === null) return 'out';
  return rank.best === rank.worst ? number(rank.best) : `${number(rank.best)}\u2013${number(rank.worst)}`;
}

/** `1.25`, or `0.9–1.6` where something is unknown. */
export function intervalText({ low, high }: Interval, digits = 2): string {
  const [from, to] = [number(low, digits), number(high, digits)];
  return from === to ? from : `${from}\u2013${to}`;
}

/** A share of 1 as per cent; what is more than nothing is never 0 %, and what is less than all never 100 %. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.005) return '<1\u00a0%';
  if (share < 1 && share > 0.995) return '>99\u00a0%';
  return `${number(share * 100, 0)}\u00a0%`;
}

export function modelOf({ models }: Judgement, { model }: Pick<Scorecard, 'model'>): SelectionModel | null {
  return models.find(({ id }) => id === model) ?? null;
}

/** `QSOS`, or `QSOS, strict` where there are several variants. */
export function cardName(judgement: Judgement, card: Pick<Scorecard, 'model' | 'variant'>): string {
  const model = modelOf(judgement, card);
  const title = visibleLine(model?.title ?? card.model);
  return (model?.variants.length ?? 0) > 1 ? `${title}, ${card.variant}` : title;
}

/** `qsos`, or `qsos strict` where there are several variants. */
export function shortCardName(judgement: Judgement, card: Pick<Scorecard, 'model' | 'variant'>): string {
  const several = (modelOf(judgement, card)?.variants.length ?? 0) > 1;
  return visibleLine(several ? `${card.model} ${card.variant}` : card.model);
}

/** How a candidate is called; its id where the result doesn't say. */
export function candidateName({ candidates }: Pick<Judgement, 'candidates'>, id: string): string {
  return visibleLine(candidates.find((one) => one.id === id)?.name ?? id);
}

export function layerTitle({ layers }: Judgement, id: string): string {
  return visibleLine(layers.find((one) => one.id === id)?.title ?? id);
}

/** Whether a place is the first for sure, perhaps, or not. */
function leads(rank: Rank): 'surely' | 'perhaps' | 'no' {
  if (rank === null || rank.best > 1) return 'no';
  return rank.worst === 1 ? 'surely' : 'perhaps';
}

/** How the component in use stands among the candidates of its layer, in one or two sentences. */
export function standingText(judgement: Judgement, layer: string): string {
  const own = judgement.stack.find((one) => one.layer === layer);
  const cards = judgement.scorecards.filter((card) => card.layer === layer);
  if (!own) return 'The study names no component for this layer.';
  const version = own.version === null ? '' : ` (version ${visibleLine(own.version)})`;
  if (own.candidate === null)
    return `In use is ${visibleLine(own.component)}${version}, which the catalogue does not have.`;
  const places = cards.flatMap(({ candidates }) => candidates.find((one) => one.candidate === own.candidate) ?? []);
  const name = candidateName(judgement, own.candidate);
  if (places.length === 0) return `In use is ${name}${version}; no model ranks it.`;
  if (places[0] && places.length === 1) {
    const first = leads(places[0].rank);
    return `In use is ${name}${version}, ${first === 'no' ? 'which is not first' : `${first} first`}.`;
  }
  const of = (kind: ReturnType<typeof leads>) => places.filter(({ rank }) => leads(rank) === kind).length;
  const parts = [
    of('surely') > 0 ? `surely first in ${of('surely')}` : '',
    of('perhaps') > 0 ? `perhaps first in ${of('perhaps')}` : '',
    of('no') > 0 ? `not first in ${of('no')}` : '',
  ].filter((part) => part !== '');
  return `In use is ${name}${version}: of ${count(places.length, 'ranking')} it is ${list(parts)}.`;
}

/** Layers of the stack that weren't judged, in one sentence; null: all were. */
export function unjudgedText({ stack, layers }: Judgement): string | null {
  const left = stack.filter(({ layer }) => layers.every(({ id }) => id !== layer));
  if (left.length === 0) return null;
  const names = left.map(({ layer, component }) => `${visibleLine(layer)} (${visibleLine(component)})`);
  return `Not judged, for want of an alternative: ${list(names)}.`;
}

/** Candidates of a scorecard that aren't in the store although they could be, by name. */
export function notCollected(cards: readonly Scorecard[]): CandidateScore[] {
  const found = new Map<string, CandidateScore>();
  for (const one of cards.flatMap(({ candidates }) => candidates))
    if (one.project === null) found.set(one.candidate, one);
  return [...found.values()];
}

/** Where a criterion's raw value comes from, in a few words. */
export function inputText(input: CriterionInput, { questions }: Judgement): string {
  if (input.kind === 'metric') return `${visibleLine(input.query)}, ${visibleLine(input.column)}`;
  if (input.kind === 'catalogue') return `catalogue, ${input.field}`;
  const question = questions.find(({ id }) => id === input.question);
  return `question: ${visibleLine(question?.text ?? input.question)}`;
}

const STATES: Record<Evidence['state'], string> = {
  known: '',
  unknown: 'unknown',
  expired: 'answer too old',
  'not-collected': 'not collected',
  unmeasured: 'not measurable',
};

/** `4 512 → 2`, `unknown → 0–2`. */
export function evidenceText({ state, value, score }: Evidence): string {
  const raw =
    state !== 'known' ? STATES[state] : typeof value === 'number' ? number(value) : visibleLine(value ?? UNKNOWN);
  return `${raw} → ${intervalText(score)}`;
}

/** `12 % of the weight`, and what a strict variant asks of the criterion. */
export function weightText({ id, importance }: Criterion, { candidates }: Scorecard): string {
  const share = candidates[0]?.evidence.find(({ criterion }) => criterion === id)?.weight ?? 0;
  return `${shareText(share)} of the weight${importance === null ? '' : `, ${importance}`}`;
}

/** Why a strict variant puts a candidate out, or may. */
export function eliminationTexts({ eliminations }: CandidateScore, model: SelectionModel | null): string[] {
  return eliminations.map(({ criterion, least, score, sure }) => {
    const title = visibleLine(model?.criteria.find(({ id }) => id === criterion)?.title ?? criterion);
    return `${title}: ${intervalText(score)}, at least ${number(least)} is asked${sure ? '' : ' (only if what is unknown turns out badly)'}`;
  });
}

function criterionTitle(model: SelectionModel | null, id: string): string {
  return visibleLine(model?.criteria.find((one) => one.id === id)?.title ?? id);
}

/** How much a ranking hangs on its weights and its unknowns, a sentence each. */
export function robustnessTexts(judgement: Judgement, card: Scorecard): string[] {
  const model = modelOf(judgement, card);
  const { robustness } = card;
  const [first] = card.candidates.filter(({ rank }) => rank !== null);
  if (!first) return ['Nobody is left to be ranked.'];
  const most = [...card.candidates].sort((a, b) => b.wins - a.wins)[0] ?? first;
  const unsure =
    most.winsSurely === most.winsPossibly
      ? ''
      : ` (${shareText(most.winsSurely)} whatever the unknowns turn out to be, ${shareText(most.winsPossibly)} if they turn out well for it)`;
  const how =
    robustness.method === 'exact'
      ? ''
      : ` Estimated from ${number(robustness.samples)} weightings drawn with seed ${String(robustness.seed)}.`;
  return [
    `Of all ways to weigh, ${visibleLine(most.name)} wins ${shareText(most.wins)}${unsure}.${how}`,
    flipText(judgement, robustness),
    ...decidingTexts(judgement, robustness, model),
  ].filter((text) => text !== '');
}

function flipText(judgement: Judgement, { flip, dimensions }: Robustness): string {
  if (dimensions.length < 2) return '';
  if (flip === null) return 'No change of weights has another one win while unknowns are taken at their middle.';
  const moves = flip.moves.map(({ dimension, from, to }) => {
    const title = visibleLine(dimensions.find(({ id }) => id === dimension)?.title ?? dimension);
    return `${title} ${shareText(from)} → ${shareText(to)}`;
  });
  const moved = moves.length > 0 ? ` (${moves.join('; ')})` : '';
  return `The smallest change of weights that has another one win moves ${shareText(flip.distance)} of the weight: then ${candidateName(judgement, flip.candidate)} wins${moved}.`;
}

/** Unknowns of which each alone decides who is first; those that decide alike together. */
function decidingTexts(judgement: Judgement, { deciding }: Robustness, model: SelectionModel | null): string[] {
  const alike = new Map<string, { text: string; criteria: string[] }>();
  for (const { candidate, criterion, atWorst, atBest } of deciding) {
    const [name, worst, best] = [candidate, atWorst, atBest].map((id) => candidateName(judgement, id));
    const key = JSON.stringify([candidate, atWorst, atBest]);
    const entry = alike.get(key) ?? {
      text: `of ${name}: at its worst ${worst} is first, at its best ${best}`,
      criteria: [],
    };
    entry.criteria.push(criterionTitle(model, criterion));
    alike.set(key, entry);
  }
  return [...alike.values()].map(
    ({ text, criteria }) =>
      `${criteria.length > 1 ? 'Each of these unknowns' : 'This unknown'} would decide it: ${list(criteria)} ${text}.`,
  );
}

const FEASIBLE: ReadonlySet<LazyUserCandidate['standing']> = new Set(['chosen', 'feasible', 'maybe-feasible']);

export function isFeasible({ standing }: LazyUserCandidate): boolean {
  return FEASIBLE.has(standing);
}

/** What the Lazy User Model comes to: the least effort, or why there is none. */
export function lazyText(judgement: Judgement, { candidates, choice, unmet }: LazyUserCard): string {
  if (choice !== null) {
    const name = candidateName(judgement, choice.candidate);
    return `Least effort: ${name}${choice.sure ? '' : ', unless an unknown changes it'}.`;
  }
  if (candidates.some(isFeasible)) return 'What effort each of the feasible takes is not known.';
  const titles = unmet.map((id) => visibleLine(judgement.capabilities.find((one) => one.id === id)?.title ?? id));
  return titles.length === 0 ? 'The need stays unmet.' : `The need stays unmet: no candidate has ${list(titles)}.`;
}

export const STANDINGS: Record<LazyUserCandidate['standing'], string> = {
  chosen: 'least effort',
  feasible: 'feasible',
  'maybe-feasible': 'perhaps feasible',
  possible: 'possible, not feasible',
  'maybe-possible': 'perhaps possible',
  out: 'does not meet the need',
};

const VERDICTS: Record<ChoiceCheck['verdict'], string> = {
  holds: 'still holds',
  held: 'may have held then, no longer does',
  never: 'was not first then either',
  undecided: 'undecided',
};

/** What came of holding a choice against another day. */
export function verdictText({ verdict, before, now }: ChoiceCheck): string {
  if (verdict === 'held' && before.rank?.worst === 1) return 'held then, no longer does';
  if (verdict !== 'undecided' || now.rank === null) return VERDICTS[verdict];
  const leaning =
    now.wins >= 0.75 ? ', though it wins most weightings' : now.wins <= 0.25 ? ', though it wins few weightings' : '';
  return `${VERDICTS[verdict]}${leaning}`;
}

/** Why, without what stands beside it anyway: place and wins on both days. */
export function reasons({ why }: ChoiceCheck): string[] {
  return why.filter((text) => !/^As of \d/.test(text));
}

/** `first, wins 62 %`; `2–3 (Gull first), wins 12 %`. */
export function sideText(judgement: Judgement, { chosen }: ChoiceCheck, side: ChoiceCheck['before']): string {
  const { rank, winner, wins } = side;
  const other = winner === null || winner === chosen ? '' : ` (${candidateName(judgement, winner)} first)`;
  const place = rank === null ? 'out' : `place ${placeText(rank)}`;
  return `${place}${other}, wins ${shareText(wins)}`;
}

/** Comparisons by the thesis's own model, where a study is that of the thesis, and all others; else all of them first. */
export function sortedChecks({ checks }: Judgement, ofThesis: boolean): { own: ChoiceCheck[]; others: ChoiceCheck[] } {
  const own = checks.filter(({ model }) => ofThesis && model === 'thesis');
  return own.length > 0 ? { own, others: checks.filter((one) => !own.includes(one)) } : { own: checks, others: [] };
}

/** Whether what was chosen still comes first, over all layers and models, in one sentence; null: there is no check. */
export function checksText({ checks }: Pick<Judgement, 'checks'>): string | null {
  if (checks.length === 0) return null;
  const of = (verdict: ChoiceCheck['verdict']) => checks.filter((one) => one.verdict === verdict).length;
  const parts = [
    [of('holds'), 'still holds', 'still hold'],
    [of('held'), 'held then, or may have, and no longer does', 'held then, or may have, and no longer do'],
    [of('never'), 'did not come out first then either', 'did not come out first then either'],
    [of('undecided'), 'cannot be decided, since too much is unknown', 'cannot be decided, since too much is unknown'],
  ] as const;
  const texts = parts
    .filter(([n]) => n > 0)
    .map(([n, one, many]) => (checks.length === 1 ? one : `${n} ${n === 1 ? one : many}`));
  const days = `${longDay(checks[0]?.before.asOf ?? null)} against ${longDay(checks[0]?.now.asOf ?? null)}`;
  return `${days}: ${checks.length === 1 ? 'the choice' : `of ${count(checks.length, 'choice')}, each by one model,`} ${list(texts)}.`;
}
