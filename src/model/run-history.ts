import type { Alarm } from './alarm.js';
import type { KeptRun } from './evaluation.js';

/** A kept run as a report shows it. */
export type PastRun = Omit<KeptRun, 'study' | 'file'>;

/** The kept runs of a study up to the day of a report, and its alarms as they stood then. */
export interface RunHistory {
  /** The oldest first. */
  runs: PastRun[];
  /**
   * By their number; one that was closed later is still open here. What an alarm says is of the day it was last seen.
   * Null: left out, since they name people and the report has pseudonyms.
   */
  alarms: Alarm[] | null;
}
