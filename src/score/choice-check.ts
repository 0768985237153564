import type { ChoiceCheck, Scorecard } from '../model/scorecard.js';
import type { SelectionModel } from '../model/selection-model.js';

/** Whether the chosen candidate of `then` is still the one to choose. Null: nothing was chosen, or it isn't in both. */
export function checkChoice(_then: Scorecard, _now: Scorecard, _model: SelectionModel): ChoiceCheck | null {
  throw new Error('not written yet');
}
