import type { DeploymentSeal } from './deployed-cluster.js';
import type { HistoryFlag, RefChoice } from './history.js';
import type { JudgementSeal } from './judgement.js';

/** What of one project's history, and by which rules read, a run measured. */
export interface ProjectSeal {
  project: string;
  url: string;
  /** The refs the study asked for. */
  choice: RefChoice;
  /** Commits by full name of the branch or tag, tags peeled. */
  tips: Record<string, string>;
  /** Full name of the default branch's ref. */
  head: string | null;
  flags: HistoryFlag[];
  /** Of the blob of the `.mailmap`; null: the repository has none. */
  mailmap: string | null;
  compat: 'default' | 'strict';
  /** Whether changes to files, their renames, and the lines they changed were read. */
  actions: boolean;
  renames: boolean;
  lines: boolean;
  /** Commits in the store, whatever the day. */
  commits: number;
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  collectedAt: string;
  /** Of the program that wrote the rows. */
  collectedBy: string;
}

/** One part of the identity rules: a fingerprint, and how many entries of the user's it holds. */
export interface RuleSeal {
  sha256: string;
  entries: number;
}

/** All that a result rests on: equal manifests and equal tools give equal results. */
export interface Manifest {
  /** Version of the store's schema. */
  schema: number;
  /** Of the identity file's bytes; null: there is none. */
  identities: string | null;
  /** People who were merged; bots and web-merge accounts; organisations. Built-in lists and the user's file together. */
  rules: { people: RuleSeal; bots: RuleSeal; organizations: RuleSeal };
  /** sha256 of the query files, by id. */
  queries: Record<string, string>;
  /** sha256 of the published figures a study is held against; null: none. */
  published: string | null;
  /** Pseudonyms stand in place of names. */
  anonymized: boolean;
  projects: ProjectSeal[];
  /** Absent: no candidate was judged. */
  selection?: JudgementSeal;
  /** Absent: no cluster was told of. */
  deployment?: DeploymentSeal;
}
