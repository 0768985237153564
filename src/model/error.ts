/** The exit codes of every command; README and `--help` list them. */
export const ExitCode = {
  done: 0,
  refused: 1,
  usage: 2,
  partly: 3,
  failed: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export type ErrorCode =
  | 'bad-usage'
  | 'bad-config'
  | 'unknown-project'
  | 'unknown-query'
  | 'bad-query'
  | 'query-writes'
  | 'bad-chart'
  | 'bad-run'
  | 'no-store'
  | 'store-newer'
  | 'store-damaged'
  | 'store-busy'
  | 'evaluate-running'
  | 'not-writable'
  | 'disk-full'
  | 'not-found'
  | 'unreachable'
  | 'unauthorized'
  | 'no-repository'
  | 'no-commits'
  | 'shallow'
  | 'unsupported-repository'
  | 'missing-object'
  | 'corrupt-object'
  | 'missing-tool'
  | 'interrupted'
  | 'failed';

const USAGE = new Set<ErrorCode>([
  'bad-usage',
  'bad-config',
  'unknown-project',
  'unknown-query',
  'bad-query',
  'query-writes',
  'bad-chart',
  'bad-run',
  'no-store',
  'store-newer',
]);

/**
 * An error with a cause a user can act on. `message` is one line that says what is wrong and where; `hint`, where there
 * is something to do about it, says what. Neither has been made safe for a terminal yet.
 */
export class HealthError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HealthError';
    this.code = code;
    this.hint = options.hint;
  }

  get exitCode(): ExitCode {
    if (this.code === 'interrupted') return ExitCode.interrupted;
    return USAGE.has(this.code) ? ExitCode.usage : ExitCode.failed;
  }
}
