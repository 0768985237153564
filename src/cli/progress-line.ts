import type { ProgressEvent } from '../model/progress.js';
import { byteSize, count, duration } from './amount.js';

const STAGES: Record<ProgressEvent['stage'], string> = {
  fetch: 'fetching',
  read: 'reading',
  load: 'loading',
  measure: 'measuring',
  done: 'done',
  failed: 'failed',
};

// A rate from less than this says nothing.
const SETTLED_SECONDS = 1;

/** Where one project's work stands. */
export class ProgressLine {
  readonly project: string;
  #event: ProgressEvent | null = null;
  #since = 0;
  #doneAtStart = 0;
  #rowsAtStart = 0;

  constructor(project: string) {
    this.project = project;
  }

  /** `now` in seconds, of any clock that doesn't go back. */
  update(event: ProgressEvent, now: number): void {
    if (event.stage !== this.#event?.stage) {
      this.#since = now;
      this.#doneAtStart = event.done ?? 0;
      this.#rowsAtStart = event.rows ?? 0;
      this.#event = event;
      return;
    }
    // A later event may leave out what hasn't changed. A total that changes is another count (git counts, then sends).
    const recount = event.total !== undefined && event.total !== this.#event.total;
    if (recount) {
      this.#since = now;
      this.#doneAtStart = event.done ?? 0;
    }
    this.#event = { ...this.#event, ...event };
  }

  /** `pacemaker  loading  12,000/37,932 commits  31,000 rows/s  2 min 3 s left`. */
  text(width: number, now: number): string {
    const name = this.project.padEnd(width);
    const event = this.#event;
    if (event === null) return `${name}  waiting`;
    const parts = [STAGES[event.stage], ...this.#amounts(event, now - this.#since)];
    return `${name}  ${parts.join('  ')}`;
  }

  #amounts(event: ProgressEvent, seconds: number): string[] {
    if (event.stage === 'done' || event.stage === 'failed') return [];
    const parts: string[] = [];
    if (event.bytes !== undefined) parts.push(byteSize(event.bytes));
    if (event.done !== undefined) {
      const unit = event.stage === 'fetch' ? 'objects' : event.stage === 'measure' ? 'queries' : 'commits';
      parts.push(`${count(event.done)}${event.total === undefined ? '' : `/${count(event.total)}`} ${unit}`);
    }
    const settled = seconds >= SETTLED_SECONDS;
    const rows = (event.rows ?? 0) - this.#rowsAtStart;
    if (settled && rows > 0) parts.push(`${count(rows / seconds)} rows/s`);
    const rate = ((event.done ?? 0) - this.#doneAtStart) / seconds;
    if (settled && rate > 0 && event.total !== undefined && event.total > (event.done ?? 0)) {
      parts.push(`${duration((event.total - (event.done ?? 0)) / rate)} left`);
    }
    return parts;
  }
}
