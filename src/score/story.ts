import type { LazyUserCard, Scorecard } from '../model/scorecard.js';
import type { SelectionModel } from '../model/selection-model.js';

/** One candidate's story in plain words, a sentence or two each. Names and answers in it have not been made safe. */
export function explain(_card: Scorecard, _model: SelectionModel, _candidate: string): string[] {
  throw new Error('not written yet');
}

/** The same for the Lazy User Model. */
export function explainLazy(_card: LazyUserCard, _candidate: string): string[] {
  throw new Error('not written yet');
}
