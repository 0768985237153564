import type { RefChoice } from '../model/history.js';

/** What an extraction reads. */
export interface ExtractionOptions {
  refs: RefChoice;
  allowShallow?: boolean;
  /** Whether to compare trees; without, every commit's actions are empty. */
  actions: boolean;
  /** Whether actions tell renames and copies; default: true. */
  renames?: boolean;
  /** Whether lines are counted, and a commit's with which renames (see HistoryOptions); only with actions. */
  lines?: boolean | 'plain';
  /** Revs not to read again. */
  known: ReadonlySet<string>;
  signal?: AbortSignal;
}
