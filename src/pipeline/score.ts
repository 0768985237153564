import { HealthError } from '../model/error.js';
import type { Judgement } from '../model/judgement.js';
import type { Progress } from '../model/progress.js';
import type { Study } from '../model/project.js';
import type { Scorecard } from '../model/scorecard.js';
import { explainLazy } from '../score/lazy-story.js';
import { explain } from '../score/story.js';
import { openReadable } from '../store/readable.js';
import { loadCatalogue } from './catalogue.js';
import { identitiesOf } from './identities.js';
import { judge } from './judge.js';
import { judgementBasis, unknownWord } from './judgement-basis.js';
import { newestDay } from './scope.js';

export { modelJsonSchema } from './judgement-basis.js';
export * from '../report/selection-text.js';

export interface ScoreRequest {
  store: string;
  study: Study;
  /** YYYY-MM-DD; null: the day of the newest collect, and no commit left out. */
  asOf: string | null;
  /** Id of a model that ships, or a file of the user's own; null: all that ship. */
  model: string | null;
  /** Id of a layer; null: those of the stack, else those of which the study has two candidates. */
  layer: string | null;
  /** Id, alias or name of a candidate: all layers it can fill are judged, unless one is named. */
  candidate: string | null;
  cwd: string;
  progress?: Progress;
}

export interface Score {
  /** YYYY-MM-DD: the day the figures speak of. */
  asOf: string;
  judgement: Judgement;
  /** Id of the candidate that was asked for. */
  candidate: string | null;
}

/**
 * Judges the candidates of layers. Reads the store only. HealthError bad-usage for a model, layer or candidate that isn't
 * there, bad-config for a bad file, no-store.
 */
export function score(request: ScoreRequest): Score {
  const { store, study, asOf, model, layer, cwd, progress } = request;
  const catalogue = loadCatalogue();
  const basis = judgementBasis(study, catalogue, { model, cwd });
  const { layers: known, candidates } = basis.candidates;
  const ids = known.map(({ id }) => id);
  if (layer !== null && !ids.includes(layer)) throw unknownWord('layer', layer, ids);
  const word = request.candidate?.toLowerCase() ?? null;
  const candidate =
    word === null
      ? null
      : candidates.find(({ id, aliases, name }) => [id, ...aliases, name].some((one) => one.toLowerCase() === word));
  if (candidate === undefined) {
    throw unknownWord(
      'candidate',
      request.candidate ?? '',
      candidates.map(({ id }) => id),
    );
  }
  const readable = openReadable(store, { identities: identitiesOf(study)?.rules });
  try {
    const facts = readable.projects();
    if (facts.length === 0) {
      throw new HealthError('no-store', `nothing was collected yet in ${store}`, { hint: 'run: health collect' });
    }
    const day = asOf ?? newestDay(facts);
    const layers = layer !== null ? [layer] : (candidate?.layers ?? null);
    const judgement = judge(readable, catalogue, basis, { study, facts, asOf, day, layers, progress });
    if (judgement === null) {
      throw new HealthError(
        'bad-usage',
        'there is no layer to judge: the study names no stack, and has no candidates',
        {
          hint: `Name one with --layer: ${ids.join(', ')}; or what is in use, as stack: in health.yaml.`,
        },
      );
    }
    return { asOf: day, judgement, candidate: candidate?.id ?? null };
  } finally {
    readable.close();
  }
}

/** One candidate's story: what each model says of it in each layer, in plain words that have not been made safe. */
export function stories(judgement: Judgement, candidate: string): { layer: string; model: string; lines: string[] }[] {
  const has = (among: readonly { candidate: string }[]) => among.some((one) => one.candidate === candidate);
  const ranked = judgement.scorecards.flatMap((card) => {
    const model = judgement.models.find(({ id }) => id === card.model);
    if (!model || !has(card.candidates)) return [];
    const title = model.variants.length > 1 ? `${model.title}, ${card.variant}` : model.title;
    return [{ layer: card.layer, model: title, lines: explain(card, model, candidate) }];
  });
  const lazy = judgement.lazyUser
    .filter((card) => has(card.candidates))
    .map((card) => ({ layer: card.layer, model: 'Lazy User Model', lines: explainLazy(card, candidate) }));
  return [...ranked, ...lazy];
}

/**
 * What is in use and out for sure, as `layer: name`: in a strict variant, where `strict` asks for it or the model has no
 * other, or because it can't meet the need (Lazy User Model).
 */
export function refused(judgement: Judgement, strict: boolean): string[] {
  const { scorecards, lazyUser, stack, models } = judgement;
  const counts = ({ model, variant }: Scorecard): boolean =>
    strict || models.find(({ id }) => id === model)?.variants[0] === variant;
  const isOut = (layer: string, candidate: string | null): boolean => {
    const ranked = scorecards
      .filter((card) => card.layer === layer && counts(card))
      .some((card) => card.candidates.some((one) => one.candidate === candidate && one.rank === null));
    const lazy = lazyUser
      .filter((card) => card.layer === layer)
      .flatMap(({ candidates }) => candidates.filter((one) => one.candidate === candidate));
    return ranked || lazy.some(({ standing }) => standing === 'out' || standing === 'possible');
  };
  return stack
    .filter(({ layer, candidate }) => isOut(layer, candidate))
    .map(({ layer, component }) => `${layer}: ${component}`);
}
