import type { BotKind } from './identities.js';

/** A person of one project, as a scope tells people. */
export interface PersonFacts {
  id: number;
  name: string;
  email: string;
  organization: string | null;
  /** What told the organisation. */
  organizationRule: string | null;
  bot: BotKind | null;
  /** Commits written, and commits applied. */
  authored: number;
  committed: number;
  /** `YYYY-MM-DD HH:MM:SS`, in either role. */
  first: string;
  last: string;
  /** Names and addresses as the history has them. */
  identities: { name: string; email: string }[];
}

export interface ProjectPeople {
  project: string;
  people: PersonFacts[];
}

export type Confidence = 'high' | 'medium' | 'low';

/** What taking two people for one would do to a project's figures. */
export interface MergeEffect {
  project: string;
  /** Before and after. */
  authors: [number, number];
  committers: [number, number];
  absenceFactor: [number | null, number | null];
}

/** Two people who may be one. */
export interface MergeSuggestion {
  /** Short, and the same as long as the two are called the same. */
  id: string;
  /** Stays; the one with more commits, or with an entry in the identity file. */
  into: { name: string; email: string };
  /** Becomes an alias. */
  alias: { name: string; email: string };
  confidence: Confidence;
  reasons: string[];
  /** Projects in which figures change. */
  effects: MergeEffect[];
}
