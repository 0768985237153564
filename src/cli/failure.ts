import { ExitCode, HealthError } from '../model/error.js';
import { visible } from '../model/text.js';
import type { Printer } from './printer.js';

/** Says what went wrong, without a stack trace unless --verbose, and returns the exit code for it. */
export function reportFailure(printer: Printer, error: unknown): ExitCode {
  if (error instanceof HealthError) {
    printer.error(error.message, error.hint);
    if (printer.verbose && error.code !== 'interrupted') printer.detail(visible(error.stack ?? ''));
    if (printer.verbose && error.cause instanceof Error) printer.detail(visible(error.cause.stack ?? ''));
    return error.exitCode;
  }
  const message = error instanceof Error ? error.message : String(error);
  const [first = ''] = message.split('\n');
  printer.error(`unexpected: ${first}`, printer.verbose ? null : 'run with --verbose for details');
  if (printer.verbose && error instanceof Error) printer.detail(visible(error.stack ?? ''));
  return ExitCode.failed;
}
