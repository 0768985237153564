import type { Candidate } from '../model/candidate.js';
import type { Evidence, EvidenceOrigin, Interval } from '../model/scorecard.js';
import type { Criterion, CriterionInput } from '../model/selection-model.js';
import { believed } from './answers.js';
import { catalogueFact } from './catalogue-fact.js';
import type { ScoreInput } from './input.js';
import { scoreOf } from './scale.js';

type Seen = Pick<Evidence, 'state' | 'value' | 'origin'> & { between?: [number, number] | null };

/** Capabilities that anybody in the layer is known to have or to lack. */
export function askedCapabilities(input: ScoreInput): string[] {
  const ids = input.candidates.flatMap(({ candidate }) =>
    Object.entries(candidate.capabilities).flatMap(([id, fact]) => (fact.value === null ? [] : [id])),
  );
  return [...new Set(ids)].sort();
}

function measured(
  input: ScoreInput,
  candidate: string,
  project: string | null,
  criterion: Criterion,
  metric: Extract<CriterionInput, { kind: 'metric' }>,
): Seen {
  const { query, column, params } = metric;
  const origin: EvidenceOrigin = { kind: 'metric', query, column, project, params, asOf: input.asOf };
  if (project === null) return { state: 'not-collected', value: null, origin };
  const figure = input.figures.find((one) => one.candidate === candidate && one.criterion === criterion.id);
  if (figure === undefined) return { state: 'unmeasured', value: null, origin };
  return { state: figure.value === null ? 'unmeasured' : 'known', value: figure.value, origin: figure.origin };
}

function answered(input: ScoreInput, candidate: string, question: string): Seen {
  const { answer, expired } = believed(input.answers, candidate, question, input.asOf);
  const one = answer ?? expired;
  const { source = null, date = null, expires = null } = one ?? {};
  const origin: EvidenceOrigin = { kind: 'answer', question, source, date, expires };
  if (answer !== null) return { state: 'known', value: answer.answer, origin };
  return { state: expired === null ? 'unknown' : 'expired', value: expired?.answer ?? null, origin };
}

function seen(
  input: ScoreInput,
  candidate: Candidate,
  project: string | null,
  criterion: Criterion,
  asked: readonly string[],
): Seen {
  const source = criterion.input;
  if (source.kind === 'metric') return measured(input, candidate.id, project, criterion, source);
  if (source.kind === 'answer') return answered(input, candidate.id, source.question);
  const { value, between, sources } = catalogueFact(candidate, source.field, asked);
  const origin: EvidenceOrigin = { kind: 'catalogue', field: source.field, sources };
  return { state: value === null ? 'unknown' : 'known', value, origin, between };
}

/** Scores of the whole numbers from one end to the other: a scale need not rise. */
function scoresBetween({ scale }: Criterion, [low, high]: [number, number], range: Interval): Interval {
  const scores = Array.from({ length: high - low + 1 }, (_, i) => scoreOf(scale, low + i));
  if (scores.includes(null)) return range;
  return scores.reduce<Interval>(
    (found, score) => ({ low: Math.min(found.low, score ?? 0), high: Math.max(found.high, score ?? 0) }),
    { low: range.high, high: range.low },
  );
}

/** One criterion of one candidate, and what it rests on. What isn't known may score anything the model allows. */
export function evidenceOf(
  input: ScoreInput,
  candidate: Candidate,
  project: string | null,
  criterion: Criterion,
  asked: readonly string[],
): Omit<Evidence, 'weight'> {
  const [low, high] = input.model.range;
  const range = { low, high };
  const { state, value, origin, between } = seen(input, candidate, project, criterion, asked);
  if (between)
    return { criterion: criterion.id, state, value, score: scoresBetween(criterion, between, range), origin };
  const score = state === 'known' ? scoreOf(criterion.scale, value) : null;
  if (score !== null) return { criterion: criterion.id, state, value, score: { low: score, high: score }, origin };
  return { criterion: criterion.id, state: state === 'known' ? 'unknown' : state, value, score: range, origin };
}
