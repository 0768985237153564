import type { Candidate } from '../model/candidate.js';
import type { Value } from '../model/measurement.js';
import type { EvidenceOrigin } from '../model/scorecard.js';
import type { Answer, LayerNeed, UserState } from '../model/selection.js';
import type { Importance, SelectionModel } from '../model/selection-model.js';

/** A criterion as measured for a candidate. `value` null: the candidate is in the store, and the metric gives nothing. */
export interface Figure {
  candidate: string;
  criterion: string;
  value: Value;
  origin: Extract<EvidenceOrigin, { kind: 'metric' }>;
}

/** What candidates of one layer are judged from. */
export interface ScoreInput {
  model: SelectionModel;
  variant: 'loose' | 'strict';
  layer: string;
  /** YYYY-MM-DD: answers that expired before that day, or were given after it, are not believed. */
  asOf: string;
  chosen: string | null;
  /** `project`: its name in the store; null: not collected. Suites among them are left out: they are never ranked. */
  candidates: readonly { candidate: Candidate; project: string | null }[];
  figures: readonly Figure[];
  answers: readonly Answer[];
  /** By id of a group or criterion: what the user has in place of the model's weights and importances. */
  weights: Readonly<Record<string, number | Importance>>;
  /** Weight vectors drawn where the weight space can't be measured exactly; 20 000 unless told, and the seed 1. */
  samples?: number;
  seed?: number;
}

export interface LazyUserInput {
  model: SelectionModel;
  layer: string;
  /** YYYY-MM-DD. */
  asOf: string;
  chosen: string | null;
  candidates: readonly Candidate[];
  need: LayerNeed;
  state: UserState;
  answers: readonly Answer[];
}
