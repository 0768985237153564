import type { Value } from './measurement.js';
import type { CandidateScore } from './scorecard.js';

/** Why two results differ, or may. */
export type CauseKind =
  | 'new-commits'
  | 'rewritten-history'
  | 'refs'
  | 'default-branch'
  | 'as-of'
  | 'definition'
  | 'people'
  | 'identity-file'
  | 'bots'
  | 'organizations'
  | 'mailmap'
  | 'tool'
  | 'store'
  | 'collect-rules'
  | 'history-flags'
  | 'project-added'
  | 'project-removed'
  | 'project-facts'
  | 'anonymized'
  | 'selection-model'
  | 'catalogue'
  | 'answers'
  | 'deployment'
  | 'edited';

export interface Cause {
  kind: CauseKind;
  /** Null: all projects. */
  project: string | null;
  /** Null: all queries. */
  query: string | null;
  /** One sentence, without names of people; not made safe for showing yet. */
  text: string;
  /** As the two runs have it, short; null: not there, or there is no short form. */
  before: Value;
  after: Value;
}

/** What one cause did to a figure, as far as it could be told apart from the others. */
export interface Contribution {
  causes: CauseKind[];
  /** Added to the figure; null: it became known or unknown. */
  amount: number | null;
}

/** A headline figure that is not what it was. */
export interface FigureChange {
  query: string;
  title: string;
  unit: string;
  better: 'up' | 'down' | 'neither';
  project: string;
  before: number | null;
  after: number | null;
  /** By the query's `better`. */
  direction: 'better' | 'worse' | 'neither' | 'unknown';
  /** Kinds of causes that can have moved it. */
  causes: CauseKind[];
  /** What each did, worked out on a store that holds both states; empty: not worked out. They add up to the change. */
  contributions: Contribution[];
}

/** A candidate whose score or place is not what it was. */
export interface ScoreChange {
  layer: string;
  model: string;
  /** Of the model. */
  title: string;
  variant: 'loose' | 'strict';
  candidate: string;
  name: string;
  before: Pick<CandidateScore, 'total' | 'rank'>;
  after: Pick<CandidateScore, 'total' | 'rank'>;
}

/** What changed from one run to another. */
export interface Changes {
  before: { study: string; asOf: string; seal: string; collectedAt: string };
  after: { study: string; asOf: string; seal: string; collectedAt: string };
  causes: Cause[];
  /** Headline figures that changed, in the order of the later run. */
  figures: FigureChange[];
  /** How many headline figures both runs have. */
  compared: number;
  /** Other tables that are not the same any more: ids of queries, with the projects. */
  tables: { query: string; projects: string[] }[];
  /** Candidates judged otherwise; absent: the two runs have no layer and model in common. */
  scores?: ScoreChange[];
}
