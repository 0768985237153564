import type { RefChoice } from './history.js';
import type { IdentityRule } from './measurement.js';
import type { Deployed, Project } from './project.js';
import type { ReplicationTrial } from './result.js';

export type Rounding = ReplicationTrial['rounding'];

/** A rule of counting that may be varied when a published figure is held against ours. */
export type TrialRule = 'identity' | 'refs' | 'merged_by' | 'as_of' | 'rounding';

/**
 * The ways of counting that are tried, each rule with its values, plainest first. The first value of every rule
 * together make the plain count; the others depart from it.
 */
export interface PublishedTrials {
  identity: IdentityRule[];
  refs: RefChoice[];
  /** YYYY-MM-DD, or null: no such limit. A day is tried with the refs `default` only, the branch it speaks of. */
  mergedBy: (string | null)[];
  /** YYYY-MM-DD, or null: up to the day the report speaks of. */
  asOf: (string | null)[];
  /** What is done to a value that is no whole number. */
  rounding: Rounding[];
}

/** A figure that a study printed. */
export interface PublishedFigure {
  /** As the study numbers it: `8.1`. */
  figure: string;
  title: string;
  /** Name of one of the study's projects. */
  project: string;
  value: number;
  /** Id of the query whose last column gives the figure. */
  query: string;
  /** only: the column of the query's single row. mean: over all rows. */
  reduce: 'only' | 'mean';
  /** The rules that can make a difference to it; of the others only the plain value is used. */
  vary: TrialRule[];
  /** Said beside the figure where a way of counting other than the plain one reproduces it. */
  remarkReproduced: string | null;
  /** Said beside the figure where none does. */
  remarkNotReproduced: string | null;
}

/** The parsed form of `data/studies/ID.yaml`; see the comments there for the keys. */
export interface PublishedStudy {
  /** The file's name without `.yaml`. */
  id: string;
  /** Title for people. */
  name: string;
  projects: Project[];
  /** What the study deployed, by layer; null: not told. */
  stack: Record<string, Deployed> | null;
  trials: PublishedTrials;
  published: PublishedFigure[];
}
