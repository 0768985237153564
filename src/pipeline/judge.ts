import { yearBefore } from '../metrics/headlines.js';
import type { Catalogue } from '../metrics/catalogue.js';
import type { Candidate, CandidateCatalogue } from '../model/candidate.js';
import type { ChosenComponent, Judgement } from '../model/judgement.js';
import type { QueryInfo } from '../model/measurement.js';
import type { Progress } from '../model/progress.js';
import type { Study } from '../model/project.js';
import type { ProjectFacts } from '../model/result.js';
import type { ChoiceCheck, LazyUserCard, Scorecard } from '../model/scorecard.js';
import type { LayerNeed, Selection } from '../model/selection.js';
import type { Question, SelectionModel } from '../model/selection-model.js';
import { checkChoice } from '../score/choice-check.js';
import { scoreLayer } from '../score/layer.js';
import { lazyUser } from '../score/lazy-user.js';
import type { Readable } from '../store/readable.js';
import { candidateProjects } from './candidate-projects.js';
import { CriterionFigures } from './criterion-figures.js';
import { identitiesOf } from './identities.js';

/** What candidates are judged by; read from files, whatever the store holds. */
export interface JudgementBasis {
  candidates: CandidateCatalogue;
  selection: Selection;
  models: SelectionModel[];
  questions: Question[];
}

export interface JudgeOptions {
  study: Study;
  /** Projects of the store that may stand for candidates. */
  facts: readonly ProjectFacts[];
  /** YYYY-MM-DD as the user gave it; null: no commit is left out for its date. */
  asOf: string | null;
  /** The day the figures speak of. */
  day: string;
  /** Ids; null: those of the stack, else those of which the study has two candidates. */
  layers: readonly string[] | null;
  /** Only layers for whose candidates one of these projects stands; absent: all. */
  only?: readonly string[] | undefined;
  progress?: Progress | undefined;
}

/** The day of the study whose choice is held against today's. */
const THESIS_DAY = '2014-12-31';

/** Candidates of a layer, and the projects that stand for them. */
interface Field {
  layer: string;
  chosen: string | null;
  candidates: { candidate: Candidate; project: string | null }[];
}

/** What the stack has in each layer; a component goes by its id, an alias, or its name. */
function stackOf({ stack }: Study, { candidates }: CandidateCatalogue): ChosenComponent[] {
  return Object.entries(stack ?? {}).map(([layer, { component, version }]) => {
    const word = component.toLowerCase();
    const found =
      candidates.find(({ id }) => id === component) ??
      candidates.find(({ aliases, name }) => [...aliases, name].some((one) => one.toLowerCase() === word));
    return { layer, component, version, candidate: found?.id ?? null };
  });
}

function isRanked({ kind }: Candidate): boolean {
  return kind !== 'suite';
}

/** The layers that are judged when none is named. */
function layersOf(
  { layers, candidates }: CandidateCatalogue,
  stack: readonly ChosenComponent[],
  projects: ReadonlyMap<string, ProjectFacts>,
  study: Study,
): string[] {
  const all = layers.map(({ id }) => id);
  if (stack.length > 0) return all.filter((id) => stack.some(({ layer }) => layer === id));
  const names = new Set(study.projects.map(({ name }) => name));
  const own = candidates.filter((one) => isRanked(one) && names.has(projects.get(one.id)?.name ?? ''));
  return all.filter((id) => own.filter((one) => one.layers.includes(id)).length > 1);
}

/** A day that is looked at. `asOf` null: no commit is left out for its date. */
interface Moment {
  asOf: string | null;
  day: string;
}

function standing({ candidates }: Field): { candidate: string; project: string }[] {
  return candidates.flatMap(({ candidate, project }) =>
    project === null ? [] : [{ candidate: candidate.id, project }],
  );
}

/** Ids of the questions that models ask. */
function asked(models: readonly SelectionModel[]): Set<string> {
  const inputs = models.flatMap(({ criteria }) => criteria.map(({ input }) => input));
  return new Set(inputs.flatMap((input) => (input.kind === 'answer' ? [input.question] : [])));
}

/** The need the user has of a layer; nothing in particular where nothing was said. */
function needOf({ needs }: Selection, layer: string): LayerNeed {
  return needs.find((need) => need.layer === layer) ?? { layer, capabilities: [], urgency: null, depth: 'whole' };
}

/** The day a choice is held against: that of the thesis, else a year before. Null: the figures speak of no later one. */
function dayBefore({ replicates }: Study, day: string): string | null {
  const then = replicates === null ? yearBefore(day) : THESIS_DAY;
  return then < day ? then : null;
}

/** Models under which candidates are ranked: the Lazy User Model tells its own way. */
function isWeighted({ method }: SelectionModel): boolean {
  return method === 'weighted';
}

function lazyCard(field: Field, model: SelectionModel, { selection }: JudgementBasis, day: string): LazyUserCard {
  const { layer, chosen } = field;
  return lazyUser({
    model,
    layer,
    asOf: day,
    chosen,
    candidates: field.candidates.map(({ candidate }) => candidate),
    need: needOf(selection, layer),
    state: selection.state,
    answers: selection.answers,
  });
}

/** Judges the candidates of each layer by each model; null where no layer has any. Reads the store only. */
export function judge(
  readable: Readable,
  catalogue: Catalogue,
  basis: JudgementBasis,
  options: JudgeOptions,
): Judgement | null {
  const { candidates, selection, questions } = basis;
  const { study, asOf, day } = options;
  // The thesis's own model comes first where its study is shown.
  const isOwn = ({ id }: SelectionModel): boolean => study.replicates !== null && id === study.replicates;
  const models = [...basis.models.filter(isOwn), ...basis.models.filter((model) => !isOwn(model))];
  // Without a need of a layer there is nothing the Lazy User Model could tell, unless it was asked for.
  const isNeeded = ({ layer }: Field): boolean =>
    models.length === 1 || selection.needs.some((need) => need.layer === layer);
  const projects = candidateProjects(candidates.candidates, options.facts);
  const stack = stackOf(study, candidates);
  const wanted = options.layers ?? layersOf(candidates, stack, projects, study);
  const fields = wanted.map((layer): Field => {
    const among = candidates.candidates.filter((one) => isRanked(one) && one.layers.includes(layer));
    return {
      layer,
      chosen: stack.find((one) => one.layer === layer)?.candidate ?? null,
      candidates: among.map((candidate) => ({ candidate, project: projects.get(candidate.id)?.name ?? null })),
    };
  });
  const { only } = options;
  // One alone would come first whatever it is like; who names a layer wants to see it all the same.
  const least = options.layers ? 1 : 2;
  const isWanted = ({ candidates: among }: Field): boolean =>
    among.length >= least && (!only || among.some(({ project }) => project !== null && only.includes(project)));
  const judged = fields.filter(isWanted);
  if (judged.length === 0) return null;

  const before = dayBefore(study, day);
  const figures = new CriterionFigures(readable, catalogue, {
    rules: identitiesOf(study)?.rules,
    progress: options.progress,
  });
  const scored = (field: Field, model: SelectionModel, variant: Scorecard['variant'], at: Moment): Scorecard =>
    scoreLayer({
      ...field,
      model,
      variant,
      asOf: at.day,
      figures: figures.of(model, standing(field), at),
      answers: selection.answers,
      weights: selection.weights[model.id] ?? {},
    });
  const scorecards: Scorecard[] = [];
  const checks: ChoiceCheck[] = [];
  for (const field of judged) {
    for (const model of models.filter(isWeighted)) {
      const cards = model.variants.map((variant) => scored(field, model, variant, { asOf, day }));
      scorecards.push(...cards);
      const [now] = cards;
      if (!now || before === null || field.chosen === null) continue;
      const check = checkChoice(scored(field, model, now.variant, { asOf: before, day: before }), now, model);
      if (check) checks.push(check);
    }
  }
  const ids = new Set(judged.map(({ layer }) => layer));
  return {
    models,
    questions: questions.filter(({ id }) => asked(models).has(id)),
    layers: candidates.layers.filter(({ id }) => ids.has(id)),
    capabilities: candidates.capabilities,
    candidates: candidates.candidates.filter(({ layers }) => layers.some((layer) => ids.has(layer))),
    stack,
    queries: figures.queries.map((id): QueryInfo => catalogue.query(id)),
    scorecards,
    lazyUser: models
      .filter((model) => !isWeighted(model))
      .flatMap((model) => judged.filter(isNeeded).map((field) => lazyCard(field, model, basis, day))),
    checks,
  };
}
