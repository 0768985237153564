import type { Value } from './measurement.js';

/** What turns a raw value into a score of the model's range. */
export type Scale =
  /** The score of the last step whose `from` the value reaches; steps ascend, the first has `from` null (no lower end). */
  | { kind: 'steps'; steps: { from: number | null; score: number }[] }
  /** Straight lines between points that ascend in the first number, flat beyond the ends; `log`: over ln(1 + value). */
  | { kind: 'curve'; points: [number, number][]; log: boolean }
  /** A score for each word. */
  | { kind: 'choices'; scores: Record<string, number> };

/** Where a criterion's raw value comes from. */
export type CriterionInput =
  /** A column of the query's one row (or of its last row where `row` is `last`; or an aggregate over all rows). */
  | {
      kind: 'metric';
      query: string;
      column: string;
      row: 'only' | 'last' | 'mean' | 'sum' | 'max';
      params: Record<string, Value>;
    }
  /**
   * The catalogue: `licence` gives `free`, `copyleft`, `permissive` or `proprietary` (see the model's scale); `support`, `platforms`
   * and `capabilities` how many there are; `known` the share of the candidate's facts that could be established, 0 to 1;
   * `repository` `yes` or `no`.
   */
  | { kind: 'catalogue'; field: 'licence' | 'support' | 'platforms' | 'capabilities' | 'known' | 'repository' }
  /** An answer to one of the questions of data/questions.yaml. */
  | { kind: 'answer'; question: string };

export type Importance = 'critical' | 'relevant' | 'ignored';

/** What an importance weighs where nothing else is said (QSOS 2.0). */
export const IMPORTANCE_WEIGHTS: Record<Importance, number> = { critical: 3, relevant: 1, ignored: 0 };

export interface Criterion {
  id: string;
  title: string;
  /** Id of its group. */
  group: string;
  /** Within the group, 0 or more. */
  weight: number;
  /** Only in models with a strict variant. */
  importance: Importance | null;
  input: CriterionInput;
  scale: Scale;
  /** Where the criterion comes from, and what of its scale is this tool's own reading of it. */
  source: string;
}

interface CriterionGroup {
  id: string;
  title: string;
  weight: number;
}

/** A way to judge candidates, read from data/models/ID.yaml. */
export interface SelectionModel {
  id: string;
  title: string;
  /** What it asks, in one sentence. */
  question: string;
  source: string;
  /** What one must know before trusting it. */
  traps: string[];
  /** `weighted`: a weighted mean. `lazy-user`: need, state and effort; it has no criteria of its own. */
  method: 'weighted' | 'lazy-user';
  /** Lowest and highest score of a criterion, and so of a candidate: [0, 2] in QSOS, [1, 5] in OpenBRR. */
  range: [number, number];
  /**
   * What is varied when the weights are questioned. `groups`: a group is the weighted mean of its criteria, and the whole
   * that of its groups. `criteria`: the whole is one weighted mean of all criteria, each weighing its weight times its
   * group's.
   */
  vary: 'groups' | 'criteria';
  /** Ids of the variants, the first is the usual one; `strict` puts out what misses an importance, `loose` only ranks. */
  variants: ('loose' | 'strict')[];
  /** Least scores of a strict variant, by importance. */
  least: { critical: number; relevant: number } | null;
  groups: CriterionGroup[];
  criteria: Criterion[];
  /** Lazy User Model: how much an hour of time, a point of energy (1 to 5) and a unit of money weigh. */
  effort: { time: number; energy: number; money: number } | null;
  /** Of the file's bytes, hexadecimal. */
  sha256: string;
}

/** A question that people answer about a candidate; several models may use it. */
export interface Question {
  id: string;
  text: string;
  /** Words that may be answered, in ascending order; empty: a number. */
  choices: { word: string; meaning: string }[];
  /** Of a number: `hours`, `euros a year`. Null: words. */
  unit: string | null;
  source: string;
}
