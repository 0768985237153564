import type { RefChoice } from './history.js';
import type { BandAxis } from './sensitivity.js';

export type Value = string | number | null;

/**
 * name-email: a person is an exact pair of name and address, as in CVSAnalY since January 2013.
 * name: a person is a name, as in CVSAnalY before.
 * merged: a person is whoever the user's identity file (and the repository's mailmap, if the scope applies it) says.
 */
export type IdentityRule = 'name-email' | 'name' | 'merged';

/** Which part of one project's records a measurement looks at. */
export interface Scope {
  project: string;
  /** YYYY-MM-DD: nothing committed after that day, by the committer's own wall clock. Null: everything. */
  asOf: string | null;
  /** `branches`: all that was collected; `default`: what the default branch reaches; or patterns of branch names. */
  refs: RefChoice;
  identity: IdentityRule;
  /** YYYY-MM-DD: only what the default branch reached on that day, going by its first-parent commits. */
  mergedBy: string | null;
  /** Whose contribution a commit is in `health_contributions`. */
  role: 'author' | 'committer';
  /** Whether merge commits are contributions. */
  merges: 'in' | 'out';
  /** Dates of contributions: the wall clock where the commit was made, or UTC. */
  time: 'local' | 'utc';
  /** Whether the mailmap of the repository is applied to names and addresses. */
  mailmap: boolean;
  /**
   * Whether what is no person contributes. `out`: bots do not, and what a web-merge account committed is its author's
   * (whoever pressed the button wrote the merge, or made the change on the forge's page).
   */
  bots: 'in' | 'out';
}

/** The scope that bends no rule: as CVSAnalY counts, and authors as CHAOSS counts. Merged people imply the mailmap. */
export function plainScope(project: string, over: Partial<Omit<Scope, 'project'>> = {}): Scope {
  return {
    project,
    asOf: null,
    refs: 'branches',
    identity: 'name-email',
    mergedBy: null,
    role: 'author',
    merges: 'in',
    time: 'local',
    mailmap: over.identity === 'merged',
    bots: 'in',
    ...over,
  };
}

export interface QueryParam {
  name: string;
  help: string;
  default: Value;
}

/** A query of the catalogue: what its header says, and its text. */
export interface QueryInfo {
  /** Theme and file name: `thesis/six-month-commits`. */
  id: string;
  title: string;
  question: string;
  unit: string;
  better: 'up' | 'down' | 'neither';
  /** The column that is the project's figure in short, in the query's one row. Null: the query gives no such figure. */
  headline: string | null;
  /** Rules the headline figure is tried under; empty where there is none. */
  band: BandAxis[];
  /** What time the figures cover, in words: `the 12 months up to the day of the report`. */
  window: string | null;
  params: QueryParam[];
  source: string;
  /** What a reader must know before trusting the figure. */
  traps: string[];
  /** Run once for each value of another query's first column, given to this parameter. */
  each: { param: string; query: string } | null;
  /** A query whose chart a report leaves out when it shows this one: the same thing asked in other words. */
  standsFor: string | null;
  sql: string;
  /** Of the file's bytes, hexadecimal. */
  sha256: string;
}

/** Rows, with all that made them. */
export interface Measurement {
  query: string;
  scope: Scope;
  params: Record<string, Value>;
  columns: string[];
  rows: Value[][];
}
