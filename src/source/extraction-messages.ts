import type { ExtractionOptions } from './extraction-options.js';
import { type ErrorCode, HealthError } from '../model/error.js';
import type { LossCount } from '../model/history.js';
import type { Mailmap } from '../model/identities.js';
import type { SentBatch, SentOutline } from './extraction-batch.js';

/** What a thread is to read. */
export interface ReadingTask {
  kind: 'task';
  path: string;
  options: Omit<ExtractionOptions, 'signal' | 'known'>;
  /** Just a history's newest part; null: all that is not known. */
  recent: SentOutline | null;
  /** How many events it may send before the listener, having taken one, gives it another. */
  credit: number;
}

/** A reading thread gets a task, then which commits are known, unless it is to read a newest part. */
export type ToWorker = ReadingTask | { kind: 'known'; known: ReadonlySet<string> } | { kind: 'credit' };

/** A HealthError's parts: classes don't survive the way between threads. */
interface SentError {
  code: ErrorCode;
  message: string;
  hint?: string;
}

export type FromWorker =
  | { kind: 'outline'; outline: SentOutline; mailmap: Mailmap | null | undefined }
  | { kind: 'batch'; batch: SentBatch }
  | { kind: 'losses'; losses: LossCount }
  | { kind: 'end' }
  | { kind: 'error'; error: SentError }
  | { kind: 'crash'; error: Error };

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
