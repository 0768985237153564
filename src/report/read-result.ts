import { HealthError } from '../model/error.js';
import type { Result } from '../model/result.js';
import { resultSchema } from './result-schema.js';

const KNOWN_FORMAT = 1;

/**
 * A result from its JSON text; `name` is what messages call it. HealthError bad-run, one line, for text that is no result
 * of this program, whatever it is.
 */
export function readResult(text: string, name: string): Result {
  const refuse = (reason: string, hint?: string, cause?: unknown): never => {
    throw new HealthError('bad-run', `${name}: ${reason}`, { ...(hint !== undefined && { hint }), cause });
  };
  const hint = 'A run is what health report --json --out FILE writes.';
  try {
    const data: unknown = JSON.parse(text);
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return refuse('is no run', hint);
    const { format, manifest } = data as { format?: unknown; manifest?: unknown };
    if (typeof format === 'number' && Number.isInteger(format) && format > KNOWN_FORMAT) {
      return refuse(`is of format ${format}; known is ${KNOWN_FORMAT}`, 'A newer version of this program wrote it.');
    }
    if (format === KNOWN_FORMAT && manifest === undefined) {
      return refuse('has no manifest', 'An older version of this program wrote it: make the report again.');
    }
    const parsed = resultSchema.safeParse(data);
    // Checked as far as this program looks at it.
    if (parsed.success) return data as Result;
    const [issue] = parsed.error.issues;
    const place = (issue?.path ?? []).map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
    return refuse(`is no run: ${place.join('').replace(/^\./, '').slice(0, 200)}: ${issue?.message ?? ''}`, hint);
  } catch (error) {
    if (error instanceof HealthError) throw error;
    const what = error instanceof SyntaxError ? 'is not JSON' : 'is too deeply nested to be a run';
    return refuse(what, hint, error);
  }
}
