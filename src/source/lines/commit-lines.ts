import type { ActionRecord } from '../../model/record.js';
import type { ObjectDatabase } from '../objects/object-database.js';
import { PlainRenames } from '../renames/plain-renames.js';
import type { FileChange } from '../trees/file-change.js';
import { LineCounter, type LineSum, sumLines } from './line-counter.js';

/** Counts the lines of commits that are no merges. */
export class CommitLines {
  readonly #counter: LineCounter;
  readonly #renames: PlainRenames | null;

  /** `plain`: commits as `git log --shortstat` counts them, with its own renames; else with those of the actions. */
  constructor(objects: ObjectDatabase, plain: boolean) {
    this.#counter = new LineCounter(objects);
    this.#renames = plain ? new PlainRenames(objects) : null;
  }

  /** Gives each record its lines, and returns the commit's. `records`: what was made of `changes`, in their order. */
  count(records: readonly ActionRecord[], changes: readonly FileChange[]): LineSum {
    this.#counter.count(records, changes);
    const moves = changes.some(({ before }) => before === null) && changes.some(({ after }) => after === null);
    const copies = records.some(({ from }) => from !== undefined);
    // Without either, both ways of counting compare the same.
    if (this.#renames === null || !(moves || copies)) return sumLines(records.map(({ lines }) => lines));
    return this.#counter.sum(changes, this.#renames.pairs(changes));
  }
}
