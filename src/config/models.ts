import type { Question, SelectionModel } from '../model/selection-model.js';

export interface ModelContext {
  /** Queries of the catalogue. */
  queries: readonly { id: string; params: readonly { name: string }[] }[];
  questions: readonly Question[];
}

/** Ids of the models this program brings along (data/models), sorted. */
export function builtinModels(): string[] {
  return [];
}

/** A model that ships, by its id, or the user's own, by its file (whatever ends in .yaml or .yml). HealthError bad-config. */
export function loadModel(_name: string, _cwd: string, _context: ModelContext): SelectionModel {
  throw new Error('not written yet');
}

/** The models that ship. */
export function loadModels(context: ModelContext): SelectionModel[] {
  return builtinModels().map((id) => loadModel(id, process.cwd(), context));
}

/** JSON Schema (2020-12) of a model's file. */
export function modelJsonSchema(): object {
  return {};
}
