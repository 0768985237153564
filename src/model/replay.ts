import type { Firing, RuleKind } from './alarm.js';

/** An alarm the rules would have raised. `verdict` by how long it held; see `Replay`. */
export interface ReplayedAlarm extends Firing {
  /** YYYY-MM-DD: the first and the last day of the replay on which it held. */
  opened: string;
  lastSeen: string;
  /** The first day on which it no longer held; null: it still does. */
  closed: string | null;
  /**
   * false: its condition did not last: it was gone before the rule's `lasts_days` were over. right: it lasted. undecided:
   * it still holds, but not for that long yet. fact: an event, which is no forecast.
   */
  verdict: 'right' | 'false' | 'undecided' | 'fact';
}

export interface ReplayedRule {
  rule: string;
  kind: RuleKind;
  alarms: number;
  right: number;
  false: number;
  undecided: number;
  facts: number;
  /** False ones among those that are decided, 0 to 1; null: none is. */
  falseRate: number | null;
}

/** What the rules would have said over the past, on today's history: what was rewritten or deleted since can't be seen. */
export interface Replay {
  format: 1;
  from: string;
  to: string;
  /** Days that were judged: the last of each month, and `to`. */
  days: number;
  projects: string[];
  rules: ReplayedRule[];
  /** Over all rules. */
  total: Omit<ReplayedRule, 'rule' | 'kind'>;
  alarms: ReplayedAlarm[];
  /** Rules that a history alone can't be asked about. */
  notReplayed: { rule: string; why: string }[];
}
