import type { Alarm } from './alarm.js';
import type { Changes } from './changes.js';
import type { Deployment } from './deployment.js';
import type { ExitCode } from './error.js';
import type { LedgerEvent } from './ledger.js';

/** A run that is kept: its place and the figures a history is drawn from. */
export interface KeptRun {
  study: string;
  /** YYYY-MM-DD: the day its figures speak of. */
  day: string;
  asOfGiven: boolean;
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  endedAt: string;
  seal: string;
  /** Path of its JSON, from the store's folder: `runs/2026-11-25-0123456789abcdef.json`. */
  file: string;
  /** Headline figures. */
  figures: { query: string; project: string; value: number | null }[];
  /** Middle of the total as percent of the model's range; of loose scorecards. */
  scores: {
    layer: string;
    model: string;
    candidate: string;
    project: string | null;
    percent: number;
    chosen: boolean;
  }[];
  /** What happened to the histories between the run before and this one. */
  events: (LedgerEvent & { project: string })[];
}

/** What became of one project in the collect of an evaluate. */
export interface EvaluatedProject {
  project: string;
  url: string;
  /** False: it could not be collected; what the store had of it was judged. */
  ok: boolean;
  /** Commits in the store, and how many of them are new since the collect before. */
  commits: number;
  newCommits: number;
  error: { code: string; message: string; hint: string | null } | null;
  /** What is missing from what was collected; null: nothing. */
  warning: string | null;
}

/** The outcome of `health evaluate`: what `--json` gives and whoever tells people starts from. Texts are not safe yet. */
export interface Evaluation {
  format: 1;
  tool: { name: string; version: string };
  study: string;
  /** YYYY-MM-DD: the day the figures speak of. */
  day: string;
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  startedAt: string;
  endedAt: string;
  /** The sealed run, `file` as a path from the working folder; null where nothing could be measured. */
  run: { seal: string; file: string } | null;
  /** The run it is compared with; null: this is the first. */
  previous: { seal: string; file: string; day: string } | null;
  /** Empty with `--no-collect`. */
  projects: EvaluatedProject[];
  /** Since the previous run; null: there is none, or its file is gone. */
  changes: Changes | null;
  /** What is deployed, and how old it is; null: the study has no stack, or nothing was measured. */
  deployment: Deployment | null;
  alarms: {
    /** To be told now: opened by this run, or by one that ended before it could tell. */
    new: Alarm[];
    /** All others that still hold, acknowledged or not. */
    open: Alarm[];
    /** Closed by this run, or by one that ended before it could tell. */
    closed: Alarm[];
  };
  /** All that went wrong, one a project or for the whole (`project` null). */
  failures: { project: string | null; code: string; message: string; hint: string | null }[];
  /** 0 fine, 1 an alarm is new (whatever else), 3 some projects failed, 4 all failed. */
  exitCode: ExitCode;
}
