import type { FactSource } from './candidate.js';
import type { Value } from './measurement.js';

/** Ends included; equal where everything is known. */
export interface Interval {
  low: number;
  high: number;
}

/** What a cell of a scorecard rests on. */
export type EvidenceOrigin =
  | {
      kind: 'metric';
      query: string;
      column: string;
      project: string | null;
      params: Record<string, Value>;
      asOf: string | null;
    }
  | { kind: 'catalogue'; field: string; sources: FactSource[] }
  | { kind: 'answer'; question: string; source: string | null; date: string | null; expires: string | null };

/** One criterion of one candidate. */
export interface Evidence {
  criterion: string;
  /**
   * unknown: nobody knows. expired: there is an answer, but it is too old. not-collected: its repository is not in the
   * store. unmeasured: it is, but the metric gives nothing.
   */
  state: 'known' | 'unknown' | 'expired' | 'not-collected' | 'unmeasured';
  /** Before the scale. */
  value: Value;
  /** On the model's range; the whole of it where the value isn't known. */
  score: Interval;
  /** Share of all weight that it has, 0 to 1, with the user's weights put in. */
  weight: number;
  origin: EvidenceOrigin;
}

/** Why a strict model puts a candidate out. `sure` false: only if what is unknown turns out badly. */
export interface Elimination {
  criterion: string;
  least: number;
  score: Interval;
  sure: boolean;
}

export interface CandidateScore {
  candidate: string;
  name: string;
  /** Name of the project in the store; null: not collected. */
  project: string | null;
  total: Interval;
  /** By group. */
  groups: Record<string, Interval>;
  /** In the model's order. */
  evidence: Evidence[];
  eliminations: Elimination[];
  /** Places it may have, 1 the best, whatever the unknowns turn out to be. Null: out for sure. */
  rank: { best: number; worst: number } | null;
  /**
   * Share of the weight space in which it wins, 0 to 1, unknowns drawn evenly from their intervals; ties are shared. Over
   * all candidates it adds up to 1, unless all are out. Who may yet be put out takes part as if all went well.
   */
  wins: number;
  /** Share in which it wins whatever the unknowns turn out to be, and in which it may win. */
  winsSurely: number;
  winsPossibly: number;
}

/** The smallest change of weights that has another candidate win (unknowns taken at the middle of their intervals). */
export interface WeightFlip {
  /** Who wins then. */
  candidate: string;
  /** Sum of the absolute changes over all weights, halved; weights add up to 1. So 0.1: a tenth of the weight moves. */
  distance: number;
  /** Weights that move, from and to; share of all weight. */
  moves: { dimension: string; from: number; to: number }[];
}

/** An unknown on which the first place hangs. */
export interface DecidingUnknown {
  candidate: string;
  criterion: string;
  /** Who wins (the middle of the others taken) at its worst and at its best. */
  atWorst: string;
  atBest: string;
}

export interface Robustness {
  /** Groups or criteria whose weights are varied, with the weights as given, as shares of 1. */
  dimensions: { id: string; title: string; weight: number }[];
  method: 'exact' | 'sampled';
  /** Weight vectors drawn, and the seed; null where exact. */
  samples: number | null;
  seed: number | null;
  flip: WeightFlip | null;
  deciding: DecidingUnknown[];
}

/** Candidates of one layer judged by one model. */
export interface Scorecard {
  model: string;
  variant: 'loose' | 'strict';
  layer: string;
  /** YYYY-MM-DD: the day the measurements speak of. */
  asOf: string;
  /** Candidate that the stack has in this layer; null: none. */
  chosen: string | null;
  /** Best first: by the middle of the interval, then by its low end, then by id. Those put out for sure come last. */
  candidates: CandidateScore[];
  robustness: Robustness;
}

/** What the Lazy User Model says of one candidate. */
export interface LazyUserCandidate {
  candidate: string;
  name: string;
  /** Capabilities of the need that it has, lacks, and of which that is unknown. */
  has: string[];
  lacks: string[];
  unknown: string[];
  /** Constraints of the state that put it out, and those of which it is unknown whether they do, in words. */
  limits: { constraint: string; text: string; sure: boolean }[];
  effort: { time: Interval | null; energy: Interval | null; money: Interval | null; total: Interval | null };
  /** possible: meets the need; feasible: the state allows it too; maybe-…: unless an unknown turns out badly. */
  standing: 'chosen' | 'feasible' | 'maybe-feasible' | 'possible' | 'maybe-possible' | 'out';
}

/** The Lazy User Model's flow for one layer. */
export interface LazyUserCard {
  layer: string;
  asOf: string;
  need: { capabilities: string[]; urgency: number | null; depth: 'whole' | 'part' };
  chosen: string | null;
  candidates: LazyUserCandidate[];
  /**
   * Least effort among the feasible; where there are none, among those that may be. Null: there is nobody, or no effort is
   * known by which to tell several apart. `sure` false: an unknown could change it.
   */
  choice: { candidate: string; sure: boolean } | null;
  /** Capabilities that no candidate has, when nobody meets the need. */
  unmet: string[];
  /**
   * Where nobody is feasible for sure: one constraint or capability given up, and whom that brings back. `sure` false: only
   * if what is unknown of them turns out well.
   */
  relaxations: { constraint: string; text: string; candidates: string[]; sure: boolean }[];
}

/**
 * Whether a choice made at one time still holds at another. holds: it is the best now. held: it was, or may have been, and is
 * no longer. never: neither. undecided: what is unknown now could go either way.
 */
export interface ChoiceCheck {
  model: string;
  layer: string;
  chosen: string;
  before: { asOf: string; rank: { best: number; worst: number } | null; winner: string | null; wins: number };
  now: { asOf: string; rank: { best: number; worst: number } | null; winner: string | null; wins: number };
  verdict: 'holds' | 'held' | 'never' | 'undecided';
  /** In plain words, made of names of candidates and criteria only; one sentence each. */
  why: string[];
}
