import type { Candidate, Capability, CatalogueLayer } from './candidate.js';
import type { ProjectSeal } from './manifest.js';
import type { QueryInfo } from './measurement.js';
import type { ChoiceCheck, LazyUserCard, Scorecard } from './scorecard.js';
import type { Question, SelectionModel } from './selection-model.js';

/** The component that is deployed in a layer. */
export interface ChosenComponent {
  layer: string;
  /** As the stack calls it. */
  component: string;
  /** Id of the candidate; null: the catalogue has no such component. */
  candidate: string | null;
  /** Null: not said. */
  version: string | null;
}

/** The candidates of some layers, judged by models: all that a report needs to show it. */
export interface Judgement {
  /** In the order in which they are shown. */
  models: SelectionModel[];
  /** Those that the models ask. */
  questions: Question[];
  /** The layers that were scored, in the catalogue's order. */
  layers: CatalogueLayer[];
  capabilities: Capability[];
  /** Candidates of these layers, commercial suites among them. */
  candidates: Candidate[];
  stack: ChosenComponent[];
  /** Queries that only the scorecards rest on. */
  queries: QueryInfo[];
  /** By layer, then by model, then by variant. */
  scorecards: Scorecard[];
  lazyUser: LazyUserCard[];
  checks: ChoiceCheck[];
}

/** What a judgement rests on, besides the queries and the projects of the report itself. */
export interface JudgementSeal {
  /** sha256 of what the catalogue says, the user's own candidates with it. */
  catalogue: string;
  /** sha256 by id of the model. */
  models: Record<string, string>;
  /** sha256 of the questions. */
  questions: string;
  /** sha256 of the user's selection file; null: there is none. */
  selection: string | null;
  /** sha256 of the queries that only the scorecards rest on, by id. */
  queries: Record<string, string>;
  /** Projects that stand for candidates and aren't in the report otherwise. */
  projects: ProjectSeal[];
}
