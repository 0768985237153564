import type { Cause, Changes } from './changes.js';

/** How the store stands to one project of a run. */
export interface VerifiedProject {
  project: string;
  /**
   * same: it holds just what the run had. moved-on: more was collected since, and the run's part was measured again.
   * lost: commits the run had are gone. missing: the store has no such project.
   */
  state: 'same' | 'moved-on' | 'lost' | 'missing';
  /** Commits collected since. */
  newer: number;
  /** Refs whose commits are gone. */
  lost: string[];
}

/** What came of measuring a run again. */
export interface Verification {
  run: { study: string; asOf: string; seal: string; tool: string };
  /** The bytes are the same. */
  equal: boolean;
  /** The figures are, of all projects. */
  figuresEqual: boolean;
  /** False: nothing could be measured again. */
  recomputed: boolean;
  projects: VerifiedProject[];
  /** Why it differs, where it does. */
  causes: Cause[];
  /** What differs: headline figures, tables, and other parts of the result by name. */
  figures: Changes['figures'];
  tables: Changes['tables'];
  parts: string[];
  /** What was taken from the run as it stands, since no store can tell it again. */
  takenOver: string[];
}
