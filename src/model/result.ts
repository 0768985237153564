import type { Changes } from './changes.js';
import type { DeployedCluster } from './deployed-cluster.js';
import type { Difference, FaultText } from './fault.js';
import type { HistoryFlag, RefChoice } from './history.js';
import type { BotKind } from './identities.js';
import type { Judgement } from './judgement.js';
import type { ProjectLedger, Succession } from './ledger.js';
import type { Manifest } from './manifest.js';
import type { Measurement, QueryInfo, Scope, Value } from './measurement.js';
import type { RunHistory } from './run-history.js';
import type { BandTrial, Sensitivity } from './sensitivity.js';

/** What the store knows of a collected project. */
export interface ProjectFacts {
  name: string;
  url: string;
  layer: string | null;
  tags: string[];
  refs: RefChoice;
  flags: HistoryFlag[];
  head: string | null;
  /** The default branch's commit. */
  tip: string | null;
  branches: number;
  tagCount: number;
  commits: number;
  /** Null: the study asked for commits only. */
  actions: number | null;
  /** `strict` where the rows have CVSAnalY's known faults. */
  compat: 'default' | 'strict';
  /** Where CVSAnalY's known faults make a difference; null: not counted yet. */
  differences: Difference[] | null;
  /** When the last collect ended, UTC, `YYYY-MM-DD HH:MM:SS`. */
  collectedAt: string;
  /** Name of the project that carries on where this one ends. */
  succeededBy: string | null;
}

/** A Vega-Lite chart over one query's rows. `spec` reads a data set named "rows", which also has a field `project`. */
export interface Chart {
  query: string;
  title: string;
  /** One sentence for those who can't see it. */
  description: string;
  /** For one project. */
  spec: Record<string, unknown>;
  /** For several projects side by side. */
  compare: Record<string, unknown>;
}

/** A way of counting that was tried on a published figure, and what it gave. */
export interface ReplicationTrial {
  scope: Scope;
  /** Before rounding. */
  value: number;
  rounding: 'exact' | 'truncated' | 'rounded';
  /** After rounding. */
  rounded: number;
  equal: boolean;
  /** The rules in words. */
  rule: string;
}

/** One published figure beside ours. */
export interface Replication {
  figure: string;
  title: string;
  project: string;
  query: string;
  published: number;
  /** What the plainest count gives: every branch, (name, email), today's history. */
  ours: number;
  /** The first trial that gives the published figure; null: not reproduced. */
  reproducedBy: ReplicationTrial | null;
  nearest: ReplicationTrial;
  trials: ReplicationTrial[];
  note: string | null;
}

/** The range of a headline figure, as a report keeps it. */
export interface FigureRange extends Omit<Sensitivity, 'params' | 'trials'> {
  trials: Omit<BandTrial, 'scope'>[];
}

/** A headline figure as it stood before. */
export interface PastFigure {
  query: string;
  project: string;
  /** YYYY-MM-DD. */
  asOf: string;
  value: number | null;
}

/** One of the people who carry a project. */
export interface Contributor {
  name: string;
  organization: string | null;
  bot: BotKind | null;
  /** Commits written, ever and in the 12 months up to the day of the report. */
  commits: number;
  recent: number;
  /** Commits applied, ever. */
  applied: number;
  /** YYYY-MM-DD, of the commits written; null: none. */
  first: string | null;
  last: string | null;
  /** How many pairs of name and address the history has for them. */
  identities: number;
}

/** The people of a project, as mailmap and identity file tell them. */
export interface ProjectContributors {
  project: string;
  /** Everybody who wrote a commit, and what they wrote. */
  people: number;
  recentPeople: number;
  commits: number;
  recentCommits: number;
  /** The most active of the last 12 months, and of the whole history. */
  top: Contributor[];
}

/** All that a report shows; written as JSON, and the only thing the renderers read. */
export interface Result {
  format: 1;
  tool: { name: string; version: string };
  study: { name: string; replica: boolean; replicates: string | null };
  /** YYYY-MM-DD: the day the figures speak of. */
  asOf: string;
  /** True when the user named the day; else it is the day of the newest collect. */
  asOfGiven: boolean;
  projects: ProjectFacts[];
  /** CVSAnalY's known faults, of which each project's `differences` tell how far they reach. */
  faults: FaultText[];
  /** Projects of the study that the store doesn't have. */
  missing: string[];
  queries: QueryInfo[];
  measurements: Measurement[];
  charts: Chart[];
  /** The range of each headline figure over the rules of counting. */
  sensitivity: FigureRange[];
  /** Each headline figure a year before. */
  past: PastFigure[];
  people: ProjectContributors[];
  replication: Replication[];
  /** How the projects' histories themselves changed: rewritten, renamed, gone. One a project, in their order. */
  ledger: ProjectLedger[];
  /** Projects of the result that carry on where another one of it ends, with the seam. */
  successions: Succession[];
  /** Candidates judged by models; absent: no layer of the stack has any. */
  selection?: Judgement;
  /** The cluster that is deployed; absent: the study names none. */
  deployment?: DeployedCluster;
  /** All that the result rests on. */
  manifest: Manifest;
  /** What changed since an earlier run, where the report was asked for it. */
  changes?: Changes;
  /** Kept runs of the study and its alarms; absent: there are fewer than two runs, or it was left out. */
  history?: RunHistory;
  /** sha256 of the rest of the result as JSON: a result that was changed afterwards doesn't have it. */
  seal: string;
}

/** A measurement's rows as objects, with the project's name beside them; what charts draw. */
export function chartRows(measurement: Measurement): Record<string, Value>[] {
  return measurement.rows.map((row) => {
    const object: Record<string, Value> = { project: measurement.scope.project };
    measurement.columns.forEach((column, i) => {
      object[column] = row[i] ?? null;
    });
    return object;
  });
}
