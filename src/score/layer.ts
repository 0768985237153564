import type { CandidateScore, Elimination, Evidence, Interval, Robustness, Scorecard } from '../model/scorecard.js';
import { decidingUnknowns } from './deciding.js';
import { askedCapabilities, evidenceOf } from './evidence.js';
import { smallestFlip } from './flip.js';
import type { ScoreInput } from './input.js';
import { middle, player, TIE, type Player } from './player.js';
import { weightPlan, type WeightPlan } from './weights.js';
import { exactShares, MOST_EXACT } from './win-areas.js';
import { sampledShares, type WinShare } from './win-shares.js';

const SAMPLES = 20_000;
const SEED = 1;

type Weighed = readonly { score: Interval; weight: number }[];

function mean(parts: Weighed): Interval {
  return parts.reduce<Interval>(
    (sum, { score, weight }) => ({ low: sum.low + weight * score.low, high: sum.high + weight * score.high }),
    { low: 0, high: 0 },
  );
}

/** What a strict variant asks of a criterion; null: nothing. */
function leastScore(input: ScoreInput, plan: WeightPlan, criterion: string): number | null {
  if (input.variant !== 'strict' || input.model.least === null) return null;
  const importance = plan.importance.get(criterion) ?? null;
  return importance === 'critical' || importance === 'relevant' ? input.model.least[importance] : null;
}

function eliminations(input: ScoreInput, plan: WeightPlan, evidence: readonly Evidence[]): Elimination[] {
  return evidence.flatMap(({ criterion, score }) => {
    const least = leastScore(input, plan, criterion);
    if (least === null || score.low >= least) return [];
    return [{ criterion, least, score, sure: score.high < least }];
  });
}

type Unranked = Omit<CandidateScore, 'rank' | 'wins' | 'winsSurely' | 'winsPossibly'>;

function judged(input: ScoreInput, plan: WeightPlan): Unranked[] {
  const asked = askedCapabilities(input);
  const weights = new Map(
    plan.terms.map((term) => [term.criterion.id, term.within * plan.dimensions[term.dimension].weight]),
  );
  return input.candidates
    .filter(({ candidate }) => candidate.kind !== 'suite')
    .map(({ candidate, project }) => {
      const evidence = input.model.criteria.map((one): Evidence => ({
        ...evidenceOf(input, candidate, project, one, asked),
        weight: weights.get(one.id) ?? 0,
      }));
      const scores = new Map(evidence.map((one) => [one.criterion, one.score]));
      const parts = plan.terms.map((term) => ({
        ...term,
        score: scores.get(term.criterion.id) ?? { low: 0, high: 0 },
      }));
      const groups = input.model.groups.flatMap(({ id }): [string, Interval][] => {
        const own = parts.filter(({ criterion }) => criterion.group === id);
        return own.length === 0 ? [] : [[id, mean(own.map((one) => ({ score: one.score, weight: one.inGroup })))]];
      });
      const total = mean(evidence);
      return {
        candidate: candidate.id,
        name: candidate.name,
        project,
        total,
        groups: Object.fromEntries(groups),
        evidence,
        eliminations: eliminations(input, plan, evidence),
      };
    });
}

const isOut = ({ eliminations }: Unranked): boolean => eliminations.some(({ sure }) => sure);

/** Best first: those put out last, then by the middle, the low end and the id. */
function byRank(a: Unranked, b: Unranked): number {
  if (isOut(a) !== isOut(b)) return isOut(a) ? 1 : -1;
  const middles = middle(b.total) - middle(a.total);
  if (Math.abs(middles) > TIE) return middles;
  const lows = b.total.low - a.total.low;
  if (Math.abs(lows) > TIE) return lows;
  return a.candidate < b.candidate ? -1 : 1;
}

/** Places that a candidate may have among those who may stay: equals share the better one. */
function rankOf(one: Unranked, staying: readonly Unranked[]): CandidateScore['rank'] {
  if (isOut(one)) return null;
  const others = staying.filter((other) => other !== one);
  const ahead = others.filter((other) => other.eliminations.length === 0 && other.total.low > one.total.high + TIE);
  const perhaps = others.filter((other) => other.total.high > one.total.low + TIE);
  return { best: 1 + ahead.length, worst: 1 + perhaps.length };
}

interface Shares {
  shares: WinShare[];
  how: Pick<Robustness, 'method' | 'samples' | 'seed'>;
}

function winShares(input: ScoreInput, plan: WeightPlan, players: readonly Player[]): Shares {
  if (plan.dimensions.length <= MOST_EXACT && players.every(({ unknowns }) => unknowns.length === 0)) {
    return { shares: exactShares(players), how: { method: 'exact', samples: null, seed: null } };
  }
  const { samples = SAMPLES, seed = SEED } = input;
  return { shares: sampledShares(players, samples, seed), how: { method: 'sampled', samples, seed } };
}

/**
 * The candidates of a layer judged by a weighted model, best first, and how firm the order is when the weights are
 * questioned. HealthError bad-config: weights of the user's that the model can't use.
 */
export function scoreLayer(input: ScoreInput): Scorecard {
  const { model, variant, layer, asOf, chosen } = input;
  const plan = weightPlan(model, input.weights);
  const ranked = judged(input, plan).sort(byRank);
  const staying = ranked.filter((one) => !isOut(one));
  const players = staying.map((one) => player(plan, one));
  const { shares, how } = winShares(input, plan, players);
  const robustness: Robustness = {
    dimensions: plan.dimensions,
    ...how,
    flip: smallestFlip(plan.dimensions, players),
    deciding: decidingUnknowns(plan.dimensions, players),
  };
  const candidates = ranked.map((one, i): CandidateScore => {
    const { wins, surely, possibly } = shares[i] ?? { wins: 0, surely: 0, possibly: 0 };
    return { ...one, rank: rankOf(one, staying), wins, winsSurely: surely, winsPossibly: possibly };
  });
  return { model: model.id, variant, layer, asOf, chosen, candidates, robustness };
}
