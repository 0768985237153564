import { HealthError } from '../model/error.js';

/** Runs `read`; what the file system refuses (rights, a ring of links, a broken disk) becomes a HealthError. */
export function readingFiles<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof HealthError || !(error instanceof Error) || !('syscall' in error)) throw error;
    throw new HealthError('failed', `${path} cannot be read: ${error.message}`, {
      hint: 'check that it is whole, and that you may read it',
      cause: error,
    });
  }
}
