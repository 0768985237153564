import { ExitCode, HealthError } from '../model/error.js';
import type { Printer } from './printer.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Runs work that Ctrl-C (or SIGTERM) ends in good order: the first one aborts the signal and waits for the work to give
 * up, a second one ends the program at once. Throws HealthError interrupted when the work was aborted.
 */
export async function interruptible<T>(
  printer: Printer,
  message: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const onSignal = (): void => {
    // oxlint-disable-next-line unicorn/no-process-exit -- the second one means now
    if (controller.signal.aborted) process.exit(ExitCode.interrupted);
    controller.abort();
    printer.note('stopping; once more to stop at once');
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  try {
    const result = await work(controller.signal);
    if (!controller.signal.aborted) return result;
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  } finally {
    for (const name of SIGNALS) process.off(name, onSignal);
  }
  throw new HealthError('interrupted', message);
}
