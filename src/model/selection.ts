import type { Candidate } from './candidate.js';
import type { Importance } from './selection-model.js';

/** What somebody found out about a candidate, and how long it is to be believed. */
export interface Answer {
  candidate: string;
  question: string;
  answer: string | number;
  /** Where it was read or who says so. */
  source: string;
  /** YYYY-MM-DD. */
  date: string;
  /** YYYY-MM-DD: from the day after on it counts as unknown; null: for good. */
  expires: string | null;
}

/** What a layer must do (Lazy User Model: the user's need). */
export interface LayerNeed {
  layer: string;
  /** Ids of capabilities it must have. */
  capabilities: string[];
  /** How soon a solution is needed, in hours of work; null: whenever. */
  urgency: number | null;
  /** `whole`: the need must be met fully (the model's own rule). `part`: what meets most of it will do. */
  depth: 'whole' | 'part';
}

/** What limits the choice (Lazy User Model: the user's state). Null or empty: no limit. */
export interface UserState {
  /** Ids of platforms, any of which will do. */
  platforms: string[];
  /** Hours there are. */
  hours: number | null;
  /** Money there is, a year, in one currency. */
  money: number | null;
  /** Most energy one is ready to spend, 1 (little) to 5 (much). */
  energy: number | null;
  /** Licences must be free software. */
  free: boolean;
  /** A support offer must exist. */
  support: boolean;
  /** Where one is, in words; only shown. */
  location: string | null;
}

/** selection.yaml: what somebody who chooses brings along. */
export interface Selection {
  candidates: Candidate[];
  needs: LayerNeed[];
  state: UserState;
  answers: Answer[];
  /** By model: weights of groups and criteria (their ids), and importances of criteria. */
  weights: Record<string, Record<string, number | Importance>>;
  /** Of the file's bytes, hexadecimal; null: there is no file. */
  sha256: string | null;
}
