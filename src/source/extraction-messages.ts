import { type ErrorCode, HealthError } from '../model/error.js';
import type { ExtractEvent, HistoryOutline, LossCount } from '../model/history.js';
import type { CommitChange } from '../model/record.js';
import type { ExtractionOptions } from './extraction-options.js';

/** What a reading thread is started with. `credit`: how many events it may send before the listener asks for more. */
export interface WorkerTask {
  path: string;
  options: Omit<ExtractionOptions, 'signal'>;
  credit: number;
}

/** The listener has taken an event: one more may come. */
export interface ToWorker {
  kind: 'credit';
}

/** A HealthError's parts: classes don't survive the way between threads. */
interface SentError {
  code: ErrorCode;
  message: string;
  hint?: string;
}

export type FromWorker =
  | { kind: 'outline'; outline: HistoryOutline }
  // A batch as JSON: its many small objects go over faster as one text than cloned one by one.
  | { kind: 'batch'; changes: string }
  | { kind: 'losses'; losses: LossCount }
  | { kind: 'end' }
  | { kind: 'error'; error: SentError }
  | { kind: 'crash'; error: Error };

export function pack(event: ExtractEvent): FromWorker {
  return event.kind === 'batch' ? { kind: 'batch', changes: JSON.stringify(event.changes) } : event;
}

export function unpack(message: FromWorker & { kind: 'outline' | 'batch' | 'losses' }): ExtractEvent {
  if (message.kind !== 'batch') return message;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- pack wrote it
  return { kind: 'batch', changes: JSON.parse(message.changes) as CommitChange[] };
}

export function describe(error: unknown): FromWorker {
  if (error instanceof HealthError) {
    const { code, message, hint } = error;
    return { kind: 'error', error: { code, message, ...(hint === undefined ? {} : { hint }) } };
  }
  return { kind: 'crash', error: error instanceof Error ? error : new Error(String(error)) };
}

export function revive(message: FromWorker & { kind: 'error' | 'crash' }): Error {
  if (message.kind === 'crash') return message.error;
  const { code, message: text, hint } = message.error;
  return new HealthError(code, text, hint === undefined ? {} : { hint });
}
