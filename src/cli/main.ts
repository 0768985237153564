import { CommanderError, type Command } from 'commander';
import { ExitCode, HealthError } from '../model/error.js';
import { reportFailure } from './failure.js';
import { readGlobals } from './globals.js';
import { Printer } from './printer.js';
import { buildProgram } from './program.js';

// Long enough for an orderly end, short enough for somebody who pressed Ctrl-C.
const LINGER_MS = 3000;

function unwritable(cause: Error): HealthError {
  return new HealthError('failed', `standard output can't be written: ${cause.message}`, { cause });
}

/** A reader that went away (`health query … | head`) is no error; a full disk behind stdout is. */
function watchStreams(failed: (error: unknown) => number): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    const code = error.code === 'EPIPE' ? (process.exitCode ?? ExitCode.done) : failed(unwritable(error));
    // oxlint-disable-next-line unicorn/no-process-exit -- nobody is there to read the rest
    process.exit(code);
  });
  process.stderr.on('error', () => undefined);
}

/** commander's message on one line: `unknown option '--jbos' (did you mean --jobs?)`. */
function usageError(error: CommanderError): HealthError {
  const message = error.message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace('(Did', '(did')
    .replace(/\.$/, '');
  const helped = message.includes('did you mean');
  return new HealthError('bad-usage', message, helped ? {} : { hint: 'health --help lists commands and options' });
}

function explain(error: unknown): unknown {
  return error instanceof CommanderError ? usageError(error) : error;
}

function exitCodeOf(program: Command, error: unknown): number {
  if (error instanceof CommanderError) {
    // --help and --version end as errors too; `health` alone shows the help on stderr.
    if (error.exitCode === 0) return ExitCode.done;
    if (error.code === 'commander.help') return ExitCode.usage;
  }
  return reportFailure(new Printer(readGlobals(program)), explain(error));
}

/** Runs the command line and sets the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = buildProgram();
  watchStreams((error) => exitCodeOf(program, error));
  const stop = (error: unknown): void => {
    process.exitCode = exitCodeOf(program, error);
    // Something may still be under way (a server that doesn't answer); it is not waited for long.
    // oxlint-disable-next-line unicorn/no-process-exit -- only when the program did not end by itself
    setTimeout(() => process.exit(), LINGER_MS).unref();
  };
  process.on('uncaughtException', stop);
  try {
    await program.parseAsync(argv);
  } catch (error) {
    stop(error);
  }
}
