import type { Value } from './measurement.js';

/** What a rule looks at. Those of a state hold until the state ends; those of an event for a time after it. */
export type RuleKind =
  | 'silence'
  | 'fewer-committers'
  | 'absence-factor'
  | 'top-committer-gone'
  | 'release-overdue'
  | 'licence-changed'
  | 'history-rewritten'
  | 'default-branch-renamed'
  | 'repository-moved'
  | 'repository-gone'
  | 'score-below'
  | 'rival-ahead';

interface RuleOf<Kind extends RuleKind, Params> {
  /** The user's word for it: `silence`. */
  id: string;
  kind: Kind;
  /** Projects it is for; null: all. */
  projects: string[] | null;
  params: Params;
}

/** How long an event is worth an alarm. */
interface EventParams {
  /** Days after the event that the alarm stays open. */
  days: number;
}

/** A rule as data (data/rules.yaml, `rules:` of health.yaml). Days, months and years as numbers, shares from 0 to 1. */
export type Rule =
  | RuleOf<
      'silence',
      {
        percentile: number;
        factor: number;
        at_least_days: number;
        years: number;
        least_gaps: number;
        lasts_days: number;
      }
    >
  | RuleOf<
      'fewer-committers',
      {
        months: number;
        years: number;
        least_windows: number;
        spreads: number;
        least_drop: number;
        confirm_days: number;
        settle_days: number;
        lasts_days: number;
      }
    >
  | RuleOf<
      'absence-factor',
      {
        years: number;
        share: number;
        from: number;
        margin: number;
        least_commits: number;
        confirm_days: number;
        settle_days: number;
        lasts_days: number;
      }
    >
  | RuleOf<
      'top-committer-gone',
      {
        share: number;
        months: number;
        least_commits: number;
        at_least_days: number;
        percentile: number;
        remember_days: number;
        lasts_days: number;
      }
    >
  | RuleOf<
      'release-overdue',
      {
        percentile: number;
        factor: number;
        at_least_days: number;
        gaps: number;
        least_gaps: number;
        least_commits: number;
        lasts_days: number;
      }
    >
  | RuleOf<'licence-changed', EventParams>
  | RuleOf<'history-rewritten', EventParams>
  | RuleOf<'default-branch-renamed', EventParams>
  | RuleOf<'repository-moved', EventParams>
  | RuleOf<'repository-gone', { failures: number }>
  | RuleOf<'score-below', { model: string | null; percent: number }>
  | RuleOf<'rival-ahead', { model: string | null; margin: number }>;

/** What an alarm rests on. */
interface AlarmEvidence {
  /** Id of the query the figures come from; null: from collects, the ledger or scorecards. */
  query: string | null;
  /** Of the query's file; null where there is none. */
  sha256: string | null;
  /** What time it looks at, in words. */
  window: string;
  figures: { name: string; value: Value; unit: string }[];
}

/** A rule that holds on a day, before it is known whether that is new. */
export interface Firing {
  rule: string;
  kind: RuleKind;
  /** Name of the project; for scores that of the candidate's project, or its id where it has none. */
  project: string;
  /** Which one, where a rule can hold several times for one project: a commit, a ref, a model, a rival. Else empty. */
  subject: string;
  /** One sentence, not made safe for showing yet. */
  text: string;
  evidence: AlarmEvidence;
}

type AlarmState = 'open' | 'acknowledged' | 'closed';

/**
 * A firing with its life: open, then (where somebody took note of it) acknowledged, then closed, once it no longer holds.
 * The same firing later on is an alarm of its own.
 */
export interface Alarm extends Firing {
  /** Number in this store: what `--ack` takes. */
  id: number;
  state: AlarmState;
  /** YYYY-MM-DD: the days of the runs on which it held first and last. `text` and `evidence` are of the last. */
  firstSeen: string;
  lastSeen: string;
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  acknowledgedAt: string | null;
  note: string | null;
  /** YYYY-MM-DD: the day of the run that no longer saw it; null while it holds. */
  closed: string | null;
}

/** What a run does to the alarms of the runs before. */
export interface AlarmChanges {
  opened: Firing[];
  /** Alarms that still hold, with what the rule says now. */
  seen: { id: number; firing: Firing }[];
  closed: Alarm[];
}
