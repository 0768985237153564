import type { Firing, Rule } from '../model/alarm.js';
import type { KeptRun } from '../model/evaluation.js';
import type { LedgerEvent } from '../model/ledger.js';

/** Whole days since 1970-01-01. */
export type Day = number;

export function toDay(text: string): Day {
  return Math.floor(Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / 86_400_000);
}

export function dayText(day: Day): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** What happened in a project's history, each list in the order of days; whoever judges a day looks no further. */
export interface Signals {
  project: string;
  /** Commits of each person by day. `person` tells people apart, `name` is shown. */
  contributions: { day: Day; person: number; name: string; commits: number }[];
  releases: { day: Day; version: string }[];
  /** `type` as in CVSAnalY: A, M, D, V, C. */
  licences: { day: Day; rev: string; path: string; type: string }[];
  /** sha256 of the queries, by id. */
  queries: Record<string, string>;
}

/** What only a store knows of a project, and no history. */
export interface Standing {
  events: LedgerEvent[];
  /** Collects that failed since the last that ended well. */
  failures: { count: number; code: string; message: string } | null;
  /** The layers it is chosen in or stands for a candidate in: the chosen one's score beside those of the rivals. */
  scores: KeptRun['scores'];
  /** As the run before had them; null: there is none. */
  scoresBefore: KeptRun['scores'] | null;
  /** Subjects of alarms about scores that are open, by rule: they hold until they no longer do. */
  open: ReadonlySet<string>;
}

/** Whether a rule holds for a project on a day, and what it rests on. Pure. */
export type Check<Kind extends Rule['kind']> = (
  rule: Extract<Rule, { kind: Kind }>,
  signals: Signals,
  day: Day,
  standing: Standing | null,
) => Firing[];

/** The entries of a list up to a day, the list being in the order of days. */
export function until<T extends { day: Day }>(list: readonly T[], day: Day): readonly T[] {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.day <= day) low = middle + 1;
    else high = middle;
  }
  return low === list.length ? list : list.slice(0, low);
}

/** Entries after `from`, up to `to`. */
export function between<T extends { day: Day }>(list: readonly T[], from: Day, to: Day): readonly T[] {
  const upTo = until(list, to);
  return upTo.slice(until(upTo, from).length);
}
