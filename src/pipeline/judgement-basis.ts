import { createHash } from 'node:crypto';
import { builtinModels, loadModel, modelJsonSchema } from '../config/models.js';
import { nearest } from '../config/near.js';
import { loadQuestions } from '../config/questions.js';
import { loadCandidates, loadSelection, noSelection } from '../config/selection.js';
import type { Catalogue } from '../metrics/catalogue.js';
import { HealthError } from '../model/error.js';
import type { Judgement, JudgementSeal } from '../model/judgement.js';
import type { ProjectSeal } from '../model/manifest.js';
import type { Study } from '../model/project.js';
import type { Selection } from '../model/selection.js';
import type { SelectionModel } from '../model/selection-model.js';
import type { JudgementBasis } from './judge.js';

export { modelJsonSchema };

/** `no model is called X`, with what is meant most likely or all there is. */
export function unknownWord(what: string, word: string, known: readonly string[]): HealthError {
  const near = nearest(word, known);
  return new HealthError(
    'bad-usage',
    `no ${what} is called ${word}${near === null ? '' : ` (did you mean ${near}?)`}`,
    {
      hint: `there are: ${known.join(', ')}`,
    },
  );
}

function isFile(model: string): boolean {
  return /\.ya?ml$/i.test(model);
}

/**
 * The catalogue, the questions, the user's selection file and the models: all that ship, or the one that is named by its
 * id or its file. HealthError bad-config, or bad-usage for a model that isn't there.
 */
export function judgementBasis(
  study: Study,
  { queries }: Catalogue,
  { model, cwd }: { model: string | null; cwd: string },
): JudgementBasis {
  const questions = loadQuestions();
  const context = { queries, questions };
  const shipped = builtinModels();
  if (model !== null && !isFile(model) && !shipped.includes(model)) throw unknownWord('model', model, shipped);
  const models = (model === null ? shipped : [model]).map((name) => loadModel(name, cwd, context));
  const file = study.selection;
  if (file === undefined) {
    return { candidates: loadCandidates(), selection: noSelection(), models, questions };
  }
  const { catalogue, selection } = loadSelection({ file, cwd, questions });
  const known = new Map(shipped.map((id) => [id, loadModel(id, cwd, context)]));
  for (const one of models) known.set(one.id, one);
  checkWeights(selection, file, known);
  return { candidates: catalogue, selection, models, questions };
}

/** Weights speak of models, groups and criteria that there are; those of models in files of their own are let pass. */
function checkWeights({ weights }: Selection, file: string, models: ReadonlyMap<string, SelectionModel>): void {
  for (const [id, own] of Object.entries(weights)) {
    const model = models.get(id);
    const refuse = (message: string, word: string, known: readonly string[]): never => {
      const near = nearest(word, known);
      throw new HealthError(
        'bad-config',
        `${file}: weights.${message}${near === null ? '' : ` (did you mean ${near}?)`}`,
        {
          hint: `there are: ${known.join(', ')}`,
        },
      );
    };
    if (!model) {
      if (nearest(id, models.keys()) !== null) refuse(`${id}: no model is called so`, id, [...models.keys()]);
      continue;
    }
    const parts = [...model.groups, ...model.criteria].map((part) => part.id);
    for (const part of Object.keys(own)) {
      if (!parts.includes(part)) refuse(`${id}.${part}: ${id} has no such group or criterion`, part, parts);
    }
  }
}

/** What a judgement rests on, besides what the report itself does. */
export function judgementSeal(
  { candidates, selection }: JudgementBasis,
  judgement: Judgement,
  projects: ProjectSeal[],
): JudgementSeal {
  return {
    // Of what it says: the file that a user's own candidates stand in has answers too.
    catalogue: fingerprint([candidates.layers, candidates.capabilities, candidates.candidates]),
    models: Object.fromEntries(judgement.models.map(({ id, sha256 }) => [id, sha256])),
    questions: fingerprint(judgement.questions),
    selection: selection.sha256,
    queries: Object.fromEntries(judgement.queries.map(({ id, sha256 }) => [id, sha256])),
    projects,
  };
}

function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
