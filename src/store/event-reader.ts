import { HealthError } from '../model/error.js';
import type { ExtractEvent, HistoryOutline, LossCount } from '../model/history.js';
import type { Mailmap } from '../model/identities.js';
import type { CommitChange } from '../model/record.js';

/**
 * Starts reading a history: all of it but the commits already known. May be called twice for one load, the second time
 * with nothing known.
 */
export type Extraction = (known: ReadonlySet<string>) => AsyncIterable<ExtractEvent>;

/** An extraction under way: its outline, then its batches. Always `close` it. */
export class EventReader {
  /** As the outline came with it. */
  mailmap: Mailmap | null | undefined;
  readonly #events: AsyncIterator<ExtractEvent>;
  #outline: HistoryOutline | undefined;
  /** What could not be read; known when all batches came. */
  losses: LossCount | null = null;

  constructor(events: AsyncIterable<ExtractEvent>) {
    this.#events = events[Symbol.asyncIterator]();
  }

  async outline(): Promise<HistoryOutline> {
    if (!this.#outline) {
      const { value, done } = await this.#events.next();
      if (done === true || value.kind !== 'outline')
        throw new HealthError('failed', 'the history came without its outline');
      this.#outline = value.outline;
      this.mailmap = value.mailmap;
    }
    return this.#outline;
  }

  async *batches(): AsyncGenerator<CommitChange[]> {
    for (;;) {
      const { value, done } = await this.#events.next();
      if (done === true) return;
      if (value.kind === 'batch') yield value.changes;
      if (value.kind === 'losses') this.losses = value.losses;
    }
  }

  async close(): Promise<void> {
    await this.#events.return?.();
  }
}
