import { HealthError } from '../model/error.js';

export function interrupted(): HealthError {
  return new HealthError('interrupted', 'reading the history was interrupted');
}

export function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw interrupted();
}
