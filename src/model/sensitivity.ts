import type { Scope, Value } from './measurement.js';

/** The rules of counting that a figure is tried under, in the order they are shown. */
export const bandAxes = ['role', 'merges', 'refs', 'time', 'mailmap', 'identity', 'bots'] as const;

export type BandAxis = (typeof bandAxes)[number];

/** A figure under one rule that differs from the plain ones. */
export interface BandTrial {
  axis: BandAxis;
  /** In short: `committer`, `merges out`, `default branch`, `UTC`, `mailmap`, `merged people`, `without bots`. */
  choice: string;
  scope: Scope;
  /** Null: unknown under this rule. */
  value: number | null;
}

/** What all combinations of rules give, as far as they were tried. */
export interface BandProduct {
  /** Combinations tried, and how many there are. Rules that move the figure most by themselves are combined first. */
  tried: number;
  of: number;
  low: number | null;
  high: number | null;
}

/** The range a headline figure takes over the rules of counting. */
export interface Sensitivity {
  query: string;
  project: string;
  /** The column that is the figure. */
  column: string;
  params: Record<string, Value>;
  /** By the plain rules. */
  value: number | null;
  /** Over all that was tried, the plain rules included; null where all of it is unknown. */
  low: number | null;
  high: number | null;
  /** One rule at a time, the others plain. */
  trials: BandTrial[];
  /** Null: no combinations were asked for, or fewer than two rules move the figure. */
  product: BandProduct | null;
  /** The rule that moves the figure furthest by itself; null: none moves it. */
  mostMoving: BandAxis | null;
}
